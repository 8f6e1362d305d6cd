//! The progress of a study.

use rusqlite::params;

use super::Store;
use crate::study::error::StudyError;
use crate::study::plan::{Job, Plan, Shard};

/// The rate of a status is taken over this many seconds of work.
const LATELY: i64 = 600;

/// The progress of a study.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    /// Completed units, for every job and model: (job, model, done).
    pub done: Vec<(u32, u32, u64)>,
    /// Frames judged for them.
    pub frames: u64,
    /// Units that runners have claimed and not finished, including runners that were killed.
    pub claimed: u64,
    /// Frames per second over the last ten minutes of work, whenever that was.
    pub frames_per_second: Option<f64>,
    /// Number of runs.
    pub runs: u64,
}

/// The progress of one job for one model.
#[derive(Clone, Debug, PartialEq)]
pub struct JobStatus {
    /// The model's name.
    pub model: String,
    /// The job's name.
    pub job: String,
    /// For an attack or a proof, everything that its rate depends on, as text; empty for other jobs.
    pub details: String,
    /// Completed units.
    pub done: u64,
    /// Units in total.
    pub of: u64,
    /// Remaining frames, for attacks and proofs at most.
    pub frames_left: u64,
}

impl Status {
    /// Every job for every model, models first.
    #[must_use]
    pub fn jobs(&self, plan: &Plan) -> Vec<JobStatus> {
        let mut rows = Vec::new();
        for (model, number) in plan.models.iter().zip(0..) {
            for (job, at) in plan.jobs.iter().zip(0..) {
                let units = plan.units(number, Shard::WHOLE);
                let of = units.filter(|unit| unit.job == at).count() as u64;
                let is_it = |one: &&(u32, u32, u64)| (one.0, one.1) == (at, number);
                let done = self.done.iter().find(is_it).map_or(0, |one| one.2);
                rows.push(JobStatus {
                    model: model.name.clone(),
                    job: job.name(),
                    details: match job {
                        Job::Attack(attack_job) => attack_job.details(),
                        Job::Proof(proof) => proof.details(),
                        _ => String::new(),
                    },
                    done,
                    of,
                    frames_left: of.saturating_sub(done) * Job::frames(job),
                });
            }
        }
        rows
    }
}

impl Store {
    /// How far it is.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn status(&self) -> Result<Status, StudyError> {
        let read = || -> rusqlite::Result<Status> {
            let mut statement = self.connection.prepare(
                "SELECT job, model, count(*) FROM done GROUP BY job, model ORDER BY job, model",
            )?;
            let done = statement
                .query_map([], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)? as u64))
                })?
                .collect::<rusqlite::Result<_>>()?;
            let one = |query: &str| -> rusqlite::Result<i64> {
                self.connection.query_row(query, [], |row| row.get(0))
            };
            let last: Option<i64> =
                (self.connection).query_row("SELECT max(at) FROM done", [], |row| row.get(0))?;
            let lately = last.map(|last| last - LATELY).unwrap_or_default();
            let (frames, first): (i64, Option<i64>) = self.connection.query_row(
                "SELECT coalesce(sum(frames), 0), min(at) FROM done WHERE at > ?1",
                params![lately],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let seconds = last.zip(first).map(|(last, first)| (last - first) as f64);
            Ok(Status {
                done,
                frames: one("SELECT coalesce(sum(frames), 0) FROM done")? as u64,
                claimed: one("SELECT count(*) FROM claim")? as u64,
                frames_per_second: seconds
                    .filter(|seconds| *seconds > 0.0)
                    .map(|seconds| frames as f64 / seconds),
                runs: one("SELECT count(*) FROM runner")? as u64,
            })
        };
        read().map_err(StudyError::of(&self.path))
    }
}

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
    /// Frames that are judged and kept, those of units that are not complete yet too: (job, model, frames).
    pub judged: Vec<(u32, u32, u64)>,
    /// Of them those of proofs that are not complete: (job, model, frames).
    pub begun: Vec<(u32, u32, u64)>,
    /// All frames that are judged and kept.
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
    /// Frames that are judged and kept, those of units that are not complete yet too.
    pub frames: u64,
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
                let count = |counts: &[(u32, u32, u64)]| -> u64 {
                    let of_it = counts.iter().filter(|one| (one.0, one.1) == (at, number));
                    of_it.map(|one| one.2).sum()
                };
                let (done, frames) = (count(&self.done), count(&self.judged));
                // An attack may end before its budget, and then nothing of it is left.
                let spent = match job {
                    Job::Attack(_) | Job::Proof(_) => done * job.frames() + count(&self.begun),
                    _ => frames,
                };
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
                    frames,
                    frames_left: (of * job.frames()).saturating_sub(spent),
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
            let counts = |what: &str, table: &str| -> rusqlite::Result<Vec<(u32, u32, u64)>> {
                let query = format!(
                    "SELECT job, model, {what} FROM {table} GROUP BY job, model ORDER BY job, model"
                );
                let mut statement = self.connection.prepare(&query)?;
                let rows = statement.query_map([], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)? as u64))
                })?;
                rows.collect()
            };
            let done = counts("count(*)", "done")?;
            let mut judged = counts("count(*)", "score")?;
            judged.extend(counts("sum(evaluations)", "outcome")?);
            let mut begun = Vec::new();
            if self.has_proofs() {
                judged.extend(counts("sum(judged)", "proof")?);
                // Eight bytes a frame.
                begun = counts("sum(length(verdicts)) / 8", "proof_part")?;
                judged.extend(&begun);
            }
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
                frames: judged.iter().map(|(_, _, frames)| frames).sum(),
                judged,
                begun,
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

//! `flipscope study status`: how far a study is.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::study::plan::{Job, Shard};
use crate::study::store::Store;

use super::shown::duration;
use crate::cli::{Outcome, output};

/// Says how far a study is, also while it runs.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Status {
    pub(super) fn run(self) -> Outcome {
        let store = Store::open(&self.file)?;
        let plan = store.plan()?;
        let standing = store.standing()?;
        let mut rows = Vec::new();
        let (mut done, mut total, mut frames_left) = (0, 0, 0);
        for (model, number) in plan.models.iter().zip(0..) {
            for (job, at) in plan.jobs.iter().zip(0..) {
                let units = plan.units(number, Shard::WHOLE);
                let of = units.filter(|unit| unit.job == at).count() as u64;
                let is_it = |one: &&(u32, u32, u64)| (one.0, one.1) == (at, number);
                let its = standing.done.iter().find(is_it).map_or(0, |one| one.2);
                done += its;
                total += of;
                frames_left += of.saturating_sub(its) * Job::frames(job);
                rows.push((model.name.clone(), job.name(), its, of));
            }
        }
        let left = (standing.frames_per_second.filter(|rate| *rate > 0.0))
            .map(|rate| frames_left as f64 / rate);
        if self.json {
            let jobs: Vec<_> = rows
                .iter()
                .map(|(model, job, done, of)| json!({"model": model, "job": job, "done": done, "of": of}))
                .collect();
            let text = json!({
                "plan_sha256": plan.sha256()?, "dataset": plan.dataset, "done": done, "of": total, "jobs": jobs,
                "frames": standing.frames, "frames_left_at_most": frames_left, "claimed": standing.claimed,
                "runs": standing.runs, "frames_per_second": standing.frames_per_second, "eta_seconds": left,
            });
            output::line(&text.to_string())?;
            return Ok(Ok(()));
        }
        for (model, job, its, of) in rows {
            output::line(&format!("{its:>8} of {of:<8}  {model}  {job}"))?;
        }
        let mut parts = vec![format!("{done:>8} of {total:<8}  in all")];
        if let Some(rate) = standing.frames_per_second {
            parts.push(format!(
                "{rate:.1} frames a second in the last ten minutes of work"
            ));
        }
        if let Some(left) = left.filter(|_| done < total) {
            parts.push(format!("at most about {} left", duration(left)));
        }
        if standing.claimed > 0 {
            parts.push(format!(
                "{} under way, or left by a run that was killed",
                standing.claimed
            ));
        }
        output::line(&parts.join("; "))?;
        Ok(Ok(()))
    }
}

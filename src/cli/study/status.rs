//! `flipscope study status`: the progress of a study.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use flipscope_lab::study::StudyError;
use flipscope_lab::study::plan::{details_in_words, essential_details};
use flipscope_lab::study::store::{JobStatus, Store};

use flipscope_base::human::{duration, grouped};

use crate::cli::{Incomplete, Outcome, judged_by, output};

/// The note for a file of an older version.
pub(super) const NO_CHECKSUMS: &str = "the file was made by an older flipscope, and its results have no checksums: only damage \
that makes no sense can be seen";

/// Show the progress of a study
///
/// Also while it runs: its models with their remedies, what is asked of each, and whether results are damaged.
///
/// Each line counts units: "3 of 17". A unit is one photograph for one job and one model, with all that the job asks of it: one frame for the evaluation, every variant for
/// perturbations, one search for an attack, one box for a proof. It counts when it is complete. The frames behind it are all that are judged and kept, also those of units
/// that are not complete yet; of an attack and of a proof it is known beforehand only how many they are at most. `study run` and the window count the same.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Print one JSON object, with all parameters of each attack
    #[arg(long)]
    json: bool,
}

/// "16 of 34 frames": those that are kept, and how many they will be, of attacks and proofs at most.
fn frames<'r>(rows: impl IntoIterator<Item = &'r JobStatus>) -> String {
    let (mut kept, mut left, mut most) = (0, 0, "");
    for row in rows {
        kept += row.frames;
        left += row.frames_left;
        if !row.details.is_empty() {
            most = "at most ";
        }
    }
    match left {
        0 => format!("{} frames", grouped(kept)),
        left => format!("{} of {most}{} frames", grouped(kept), grouped(kept + left)),
    }
}

impl Status {
    pub(super) fn run(self) -> Outcome {
        let store = Store::open(&self.file)?;
        let plan = store.plan()?;
        let damage = store.damage(&plan)?;
        let status = store.status()?;
        let rows = status.jobs(&plan);
        let sum = |of: fn(&JobStatus) -> u64| rows.iter().map(of).sum::<u64>();
        let (done, total) = (sum(|row| row.done), sum(|row| row.of));
        let frames_left = sum(|row| row.frames_left);
        let left = (status.frames_per_second.filter(|rate| *rate > 0.0))
            .map(|rate| frames_left as f64 / rate);
        if self.json {
            let jobs: Vec<_> = rows
                .iter()
                .map(|row| json!({
                    "model": row.model, "job": row.job, "details": row.details, "done": row.done, "of": row.of,
                    "frames": row.frames, "frames_left_at_most": row.frames_left,
                }))
                .collect();
            let models: Vec<_> = plan
                .models
                .iter()
                .map(|model| json!({
                    "model": model.name, "model_sha256": model.sha256, "framing": model.framing,
                    "threshold": judged_by::short(model.threshold), "precision": model.precision,
                    "remedy": model.remedy,
                }))
                .collect();
            let text = json!({
                "plan_sha256": plan.sha256()?, "dataset": plan.dataset, "models": models, "done": done, "of": total, "jobs": jobs,
                "frames": status.frames, "frames_left_at_most": frames_left, "claimed": status.claimed,
                "runs": status.runs, "frames_per_second": status.frames_per_second, "eta_seconds": left,
                "checksums": store.has_checksums(), "damaged": damage.names,
            });
            output::json(&text)?;
            return Ok(if damage.is_empty() {
                Ok(())
            } else {
                Err(Incomplete)
            });
        }
        for model in &plan.models {
            output::line(&format!("{}: {}", model.name, model.terms()))?;
        }
        for row in &rows {
            let (done, of) = (row.done, row.of);
            let frames = frames([row]);
            output::line(&format!(
                "{done:>8} of {of:<8}  {}  {}; {frames}",
                row.model,
                details_in_words(&row.job)
            ))?;
            if !row.details.is_empty() {
                let details = details_in_words(&essential_details(&row.job, &row.details));
                output::line(&format!("{:22}{details}", ""))?;
            }
        }
        let frames = frames(&rows);
        let mut parts = vec![format!("{done:>8} of {total:<8}  units in total; {frames}")];
        if let Some(rate) = status.frames_per_second {
            parts.push(format!(
                "{rate:.1} frames a second in the last ten minutes of work"
            ));
        }
        if let Some(left) = left.filter(|_| done < total) {
            parts.push(format!("at most about {} left", duration(left)));
        }
        if status.claimed > 0 {
            parts.push(format!(
                "{} in progress, or left by a run that was killed",
                status.claimed
            ));
        }
        output::line(&parts.join("; "))?;
        if !store.has_checksums() {
            output::report(NO_CHECKSUMS);
        }
        if damage.is_empty() {
            return Ok(Ok(()));
        }
        let damaged = StudyError::Damaged {
            path: self.file,
            names: damage.names,
        };
        output::report(&damaged.to_string());
        Ok(Err(Incomplete))
    }
}

//! The thread that looks for the smallest changes that flip, as jobs of the lowest priority.

use std::sync::Arc;
use std::time::{Duration, Instant};

use flipscope_lab::explain::summary::{Remembering, Summary};
use flipscope_lab::explain::{ExplainError, Watch};
use flipscope_lab::search::ScheduledScorer;
use flipscope_model::scheduler::Jobs;

use crate::explorer::explain::thread;
use crate::explorer::summary::request::{SummaryAnswer, SummaryWork};
use crate::explorer::worker::{Answer, Outbox};

/// How often progress is reported.
const OFTEN: Duration = Duration::from_millis(250);

/// Starts the work on a thread of its own; answers come from the outbox.
///
/// # Errors
/// If the system cannot start a thread.
pub(crate) fn start(work: SummaryWork, jobs: Jobs, outbox: Outbox) -> std::io::Result<()> {
    let id = work.id;
    thread::start(
        "summary",
        outbox,
        move |outbox| carry_out(&work, jobs, outbox),
        move |result| Answer::Summary(SummaryAnswer::Ended(id, result)),
    )
}

fn carry_out(
    work: &SummaryWork,
    jobs: Jobs,
    outbox: &Outbox,
) -> Result<Arc<Summary>, ExplainError> {
    work.rest.wait(&work.cancel);
    if work.cancel.is_requested() {
        return Err(ExplainError::Cancelled);
    }
    let id = work.id;
    let scorer = ScheduledScorer::new(jobs, (*work.loaded).clone());
    let scorer = Remembering::new(&scorer, &work.memory);
    let mut last: Option<Instant> = None;
    let mut report = |done, of| {
        if last.is_none_or(|at| at.elapsed() >= OFTEN) {
            last = Some(Instant::now());
            let progress = SummaryAnswer::Progress(id, [done, of]);
            outbox.send(Answer::Summary(progress));
        }
    };
    let mut watch = Watch::new(&work.cancel, &mut report);
    let found = (work.request).run_telling(&scorer, &mut watch, &work.known, &mut |summary| {
        work.memory.clear();
        let so_far = SummaryAnswer::SoFar(id, Arc::new(summary.clone()));
        outbox.send(Answer::Summary(so_far));
    });
    match found {
        Ok(summary) => Ok(Arc::new(summary)),
        Err(_) if work.cancel.is_requested() => Err(ExplainError::Cancelled),
        Err(error) => Err(error),
    }
}

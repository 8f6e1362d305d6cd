//! The thread that looks for the smallest changes that flip, as jobs of the lowest priority.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use flipscope_lab::explain::{ExplainError, Watch};
use flipscope_lab::search::ScheduledScorer;
use flipscope_language::{Language, carried, text, within};
use flipscope_model::scheduler::Jobs;

use crate::explorer::explain::request::NotMade;
use crate::explorer::summary::request::{SummaryAnswer, SummaryWork};
use crate::explorer::worker::{Answer, Outbox};

/// How often progress is reported.
const OFTEN: Duration = Duration::from_millis(250);
/// A lesion is looked at this long before anything begins: whoever goes through a list does not start a search on each.
const PAUSE: Duration = Duration::from_millis(800);
/// How often a cancel is looked for meanwhile.
const LOOK: Duration = Duration::from_millis(50);

/// Starts the work on a thread of its own; answers come from the outbox.
///
/// # Errors
/// If the system cannot start a thread.
pub(crate) fn start(work: SummaryWork, jobs: Jobs, outbox: Outbox) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("summary".to_owned())
        .spawn(carried(move || {
            let id = work.id;
            let found = catch_unwind(AssertUnwindSafe(|| {
                let begin = Instant::now();
                while begin.elapsed() < PAUSE && !work.cancel.is_requested() {
                    std::thread::sleep(LOOK);
                }
                let scorer = ScheduledScorer::new(jobs, (*work.loaded).clone());
                let mut last: Option<Instant> = None;
                let mut report = |done, of| {
                    if last.is_none_or(|at| at.elapsed() >= OFTEN) {
                        last = Some(Instant::now());
                        let progress = SummaryAnswer::Progress(id, [done, of]);
                        outbox.send(Answer::Summary(progress));
                    }
                };
                let mut watch = Watch::new(&work.cancel, &mut report);
                // Its words are written to tables; the window has its own.
                within(Language::English, || {
                    (work.request).run_telling(&scorer, &mut watch, &mut |summary| {
                        let so_far = SummaryAnswer::SoFar(id, Arc::new(summary.clone()));
                        outbox.send(Answer::Summary(so_far));
                    })
                })
            }));
            let result = match found {
                Ok(Ok(summary)) => Ok(Arc::new(summary)),
                Ok(Err(ExplainError::Cancelled)) => Err(NotMade::Cancelled),
                Ok(Err(_)) if work.cancel.is_requested() => Err(NotMade::Cancelled),
                Ok(Err(error)) => Err(NotMade::Failed(error.to_string())),
                Err(_) => Err(NotMade::Failed(text!("explain-bug").to_owned())),
            };
            outbox.send(Answer::Summary(SummaryAnswer::Ended(id, result)));
        }))?;
    Ok(())
}

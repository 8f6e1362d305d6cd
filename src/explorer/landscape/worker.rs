//! The thread that judges the points of a landscape, coarse to fine, as jobs of the scheduler: interactive requests go first.

use std::time::{Duration, Instant};

use flipscope_lab::explain::{ExplainError, Watch};
use flipscope_lab::search::ScheduledScorer;
use flipscope_model::scheduler::Jobs;

use crate::explorer::explain::thread;
use crate::explorer::landscape::request::{LandscapeAnswer, LandscapeWork};
use crate::explorer::worker::{Answer, Outbox};

/// How often new points are reported: often enough to look live.
const OFTEN: Duration = Duration::from_millis(80);

/// Starts the work on a thread of its own; answers come from the outbox.
///
/// # Errors
/// If the system cannot start a thread.
pub(crate) fn start(work: LandscapeWork, jobs: Jobs, outbox: Outbox) -> std::io::Result<()> {
    let id = work.id;
    thread::start(
        "landscape",
        outbox,
        move |outbox| carry_out(&work, &jobs, outbox),
        move |result| Answer::Landscape(LandscapeAnswer::Ended(id, result)),
    )
}

fn carry_out(work: &LandscapeWork, jobs: &Jobs, outbox: &Outbox) -> Result<(), ExplainError> {
    let id = work.id;
    let tell = |answer| outbox.send(Answer::Landscape(answer));
    let of: usize = work
        .fields
        .iter()
        .map(|field| field.grid.values().len())
        .sum();
    let before: usize = work.fields.iter().map(|field| field.grid.judged()).sum();
    let mut judged = before;
    for (at, field) in work.fields.iter().enumerate() {
        let scorer = ScheduledScorer::new(jobs.clone(), (*field.loaded).clone());
        let mut unseen = |_, _| {};
        let mut watch = Watch::new(&work.cancel, &mut unseen);
        if field.here.is_none() {
            let here = work.landscape.here(&scorer, &work.frame, &mut watch)?;
            tell(LandscapeAnswer::Here(id, at, here));
        }
        let open = field.grid.open();
        let mut last = Instant::now();
        let mut waiting: Vec<(usize, f32)> = Vec::new();
        let about = (&work.frame, &field.quantity());
        let result = (work.landscape).judge(&scorer, about, &open, &mut watch, &mut |found| {
            waiting.extend_from_slice(found);
            judged += found.len();
            if last.elapsed() >= OFTEN {
                last = Instant::now();
                tell(LandscapeAnswer::Judged(
                    id,
                    at,
                    std::mem::take(&mut waiting),
                ));
                tell(LandscapeAnswer::Progress(id, [judged, of]));
            }
        });
        // What is judged stays, also if it was stopped.
        tell(LandscapeAnswer::Judged(id, at, waiting));
        tell(LandscapeAnswer::Progress(id, [judged, of]));
        result?;
    }
    Ok(())
}

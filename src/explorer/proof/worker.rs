//! The threads of proofs: frames are counted beside everything else, and judged as jobs of the lowest priority.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use flipscope_base::overwrite::Overwrite;
use flipscope_image::lesion::Frame;
use flipscope_lab::proof::save::{self, SaveProofError};
use flipscope_lab::proof::{ProofRecord, prove};
use flipscope_lab::search::{ScheduledScorer, SearchOutcome};
use flipscope_language::{carried, text};
use flipscope_model::scheduler::Jobs;

use crate::explorer::proof::request::{ProofAnswer, ProofWork};
use crate::explorer::worker::{Answer, Outbox};

/// How often progress is reported.
const OFTEN: Duration = Duration::from_millis(250);
/// How often what is judged so far is, for the session; less often where making the record would take more than a small share of the time.
const KEPT: Duration = Duration::from_secs(3);
const SHARE: u32 = 20;

/// Starts the work on a thread of its own; answers come from the outbox.
///
/// # Errors
/// If the system cannot start a thread.
pub(crate) fn start(work: ProofWork, jobs: Jobs, outbox: Outbox) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("proof".to_owned())
        .spawn(carried(move || {
            let bug = || text!("explain-bug").to_owned();
            let answer = match work {
                ProofWork::Count(id, proof) => {
                    let counted = catch_unwind(AssertUnwindSafe(|| {
                        let plan = proof.plan().map_err(|error| error.to_string())?;
                        Ok((plan.frames(), plan.len()))
                    }));
                    ProofAnswer::Counted(id, counted.unwrap_or_else(|_| Err(bug())))
                }
                ProofWork::Save {
                    record,
                    frame,
                    nearest,
                    name,
                    folder,
                } => {
                    let result = write((&record, &frame, nearest.as_deref()), &folder, &name);
                    ProofAnswer::Saved(result.map_err(|error| error.to_string()))
                }
                ProofWork::Prove {
                    id,
                    proof,
                    earlier,
                    loaded,
                    cancel,
                } => {
                    let scorer = ScheduledScorer::new(jobs, *loaded);
                    let mut last: Option<Instant> = None;
                    let mut next = Instant::now() + KEPT;
                    let mut watch = |session: &flipscope_lab::proof::ProofSession<'_>| {
                        if last.is_none_or(|at| at.elapsed() >= OFTEN) {
                            last = Some(Instant::now());
                            let progress = ProofAnswer::Progress(id, session.progress());
                            outbox.send(Answer::Proof(progress));
                        }
                        let start = Instant::now();
                        if start >= next {
                            let so_far = ProofAnswer::SoFar(id, Arc::new(session.record()));
                            outbox.send(Answer::Proof(so_far));
                            next = Instant::now() + KEPT.max(start.elapsed() * SHARE);
                        }
                    };
                    let proved = catch_unwind(AssertUnwindSafe(|| {
                        let plan = proof.plan()?;
                        let earlier = earlier.as_deref();
                        prove(&scorer, &proof, &plan, earlier, &cancel, &mut watch)
                    }));
                    ProofAnswer::Ended(
                        id,
                        match proved {
                            Ok(Ok(proved)) => Ok(Box::new(proved)),
                            Ok(Err(error)) => Err(error.to_string()),
                            Err(_) => Err(bug()),
                        },
                    )
                }
            };
            outbox.send(Answer::Proof(answer));
        }))?;
    Ok(())
}

/// Writes a record, its frame and the nearest flip under a name that is free in the folder; returns the path of the record.
fn write(
    (record, frame, nearest): (&ProofRecord, &Frame, Option<&SearchOutcome>),
    folder: &Path,
    photograph: &str,
) -> Result<PathBuf, SaveProofError> {
    let stem = Path::new(photograph).file_stem().unwrap_or_default();
    let stem = stem.to_string_lossy();
    let kind = record.region.kind();
    let names = std::iter::once(stem.to_string()).chain((2..).map(|n| format!("{stem}-{n}")));
    let free = |name: &String| save::path(folder, name, kind).symlink_metadata().is_err();
    let name = names.into_iter().find(free).unwrap_or_default();
    let nothing = Overwrite::nothing();
    let path = save::path(folder, &name, kind);
    let png = frame.to_png().map_err(|source| SaveProofError::Write {
        path: path.clone(),
        source,
    })?;
    save::save(record.clone(), &png, folder, &name, &nothing)?;
    save::save_finding((record, nearest), folder, &name, &nothing)?;
    Ok(path)
}

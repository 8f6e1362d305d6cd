//! The thread that runs searches, one after another, as jobs of the scheduler: interactive requests go first.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use flipscope_image::perturb;
use flipscope_lab::search::save::SaveError;
use flipscope_lab::search::{self, BestCandidate, Progress, ScheduledScorer, SearchOutcome};
use flipscope_language::{Language, text};
use flipscope_model::scheduler::Jobs;

use crate::explorer::search::request::{SearchAnswer, SearchRequest, ToExport};
use crate::explorer::worker::{Answer, Outbox};

/// How often a search reports to the window: often enough to look live.
const OFTEN: Duration = Duration::from_millis(80);

/// The thread's handle. When it is dropped, the thread ends after its current search, which ends with the scheduler.
pub struct Searcher {
    /// Searches, and the language to answer in.
    requests: crossbeam_channel::Sender<(Language, SearchRequest)>,
}

impl Searcher {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system cannot start a thread.
    pub fn start(jobs: Jobs, outbox: Outbox) -> std::io::Result<Self> {
        let (requests, received) = crossbeam_channel::unbounded::<(Language, SearchRequest)>();
        std::thread::Builder::new()
            .name("search".to_owned())
            .spawn(move || {
                for (language, request) in received {
                    flipscope_language::set(language);
                    // Cancelled while it waited: the window has removed it from its list.
                    if !request.cancel.is_requested() {
                        carry_out(request, &jobs, &outbox);
                    }
                }
            })?;
        Ok(Self { requests })
    }

    /// Puts a search at the end of the queue.
    pub fn search(&self, request: SearchRequest) {
        // The thread ends after this handle is dropped.
        self.requests
            .send((flipscope_language::current(), request))
            .ok();
    }
}

fn carry_out(request: SearchRequest, jobs: &Jobs, outbox: &Outbox) {
    let SearchRequest {
        id,
        search,
        cancel,
        loaded,
    } = request;
    let tell = |answer| outbox.send(Answer::Search(answer));
    tell(SearchAnswer::Began(id));
    let scorer = ScheduledScorer::new(jobs.clone(), *loaded);
    let mut last_progress: Option<Instant> = None;
    let mut shown: Option<Arc<BestCandidate>> = None;
    let mut watch = |progress: &Progress| {
        if last_progress.is_some_and(|at| at.elapsed() < OFTEN) {
            return;
        }
        last_progress = Some(Instant::now());
        let newer = (progress.best.as_ref())
            .filter(|best| shown.as_ref().is_none_or(|shown| !Arc::ptr_eq(shown, best)))
            .cloned();
        let frame = newer
            .as_ref()
            .map(|best| Arc::new(perturb::render(&search.frame, &best.perturbation)));
        if newer.is_some() {
            shown = newer;
        }
        tell(SearchAnswer::Progress {
            id,
            progress: progress.clone(),
            frame,
        });
    };
    // A bug in one search must not stop those that wait behind it.
    let result = catch_unwind(AssertUnwindSafe(|| {
        search::run(&scorer, &search, &cancel, &mut watch)
    }));
    let result = match result {
        Ok(Ok(found)) => Ok(Box::new(found)),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(text!("search-bug").to_owned()),
    };
    tell(SearchAnswer::Ended { id, result });
}

/// Writes findings to files in a folder.
///
/// # Errors
/// If the system cannot start a thread; errors with the files come back as an answer for each finding.
pub fn export(findings: Vec<ToExport>, folder: PathBuf, outbox: Outbox) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("export".to_owned())
        .spawn(flipscope_language::carried(move || {
            for one in findings {
                let label = one.label.as_deref();
                let written = write((&one.found, label), &folder, &one.name);
                let result = written.map_err(|error| error.to_string());
                outbox.send(Answer::Search(SearchAnswer::Exported {
                    id: one.id,
                    folder: folder.clone(),
                    result,
                }));
            }
        }))?;
    Ok(())
}

/// Writes a finding's files, with the diagnosis of its lesion if that is known, under a name that is free in the folder; returns the path of
/// its JSON.
///
/// # Errors
/// If a file cannot be written.
pub(crate) fn write(
    (found, label): (&SearchOutcome, Option<&str>),
    folder: &Path,
    photograph: &str,
) -> Result<PathBuf, SaveError> {
    /// Two at once could choose the same free name.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let name = free_name(found, folder, photograph);
    let finding = search::save::save_labelled(found, label, folder, &name)?;
    Ok(search::save::path(folder, &name, finding.attack.name()))
}

/// The photograph's name without its extension; with a number, if the folder already has a finding of this attack, or any other
/// file with one of its names.
fn free_name(found: &SearchOutcome, folder: &Path, photograph: &str) -> String {
    let stem = Path::new(photograph).file_stem().unwrap_or_default();
    let stem = stem.to_string_lossy();
    let attack = found.finding.attack.name();
    let names = std::iter::once(stem.to_string()).chain((2..).map(|n| format!("{stem}-{n}")));
    names
        .into_iter()
        .find(|name| {
            let files = search::save::files(folder, name, attack);
            files.iter().all(|file| file.symlink_metadata().is_err())
        })
        .unwrap_or_default()
}

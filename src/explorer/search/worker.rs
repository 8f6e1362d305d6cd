//! The thread that runs searches, one after another, as jobs of the scheduler: interactive requests go first.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use flipscope_image::perturb;
use flipscope_lab::search::save::{self, Ready, SaveError};
use flipscope_lab::search::{
    self, BestCandidate, Progress, ScheduledScorer, Scorer, SearchOutcome, TwoStageScorer,
};
use flipscope_language::{Language, text};
use flipscope_model::scheduler::Jobs;

use crate::explorer::search::proposing::proposing;
use crate::explorer::search::request::{Exported, SearchAnswer, SearchRequest, ToExport};
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
    let proposing = proposing(&loaded, &search);
    let scorer = ScheduledScorer::new(jobs.clone(), *loaded);
    let copy = match proposing {
        Some(precision) => match scorer.copy_in(precision) {
            Ok(copy) => Some(copy),
            Err(error) => {
                tell(SearchAnswer::WithoutProposals(error.to_string()));
                None
            }
        },
        None => None,
    };
    let two_stage = copy.as_ref().map(|proposer| TwoStageScorer {
        proposer,
        verifier: &scorer,
    });
    let scorer: &dyn Scorer = match &two_stage {
        Some(two_stage) => two_stage,
        None => &scorer,
    };
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
        search::run(scorer, &search, &cancel, &mut watch)
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

/// Writes a finding's files, with the diagnosis of its lesion if that is known, under a name that is free in the folder, unless the folder has
/// the same files already.
///
/// # Errors
/// If a file cannot be written.
pub(crate) fn write(
    (found, label): (&SearchOutcome, Option<&str>),
    folder: &Path,
    photograph: &str,
) -> Result<Exported, SaveError> {
    /// Two at once could choose the same free name.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let stem = Path::new(photograph).file_stem().unwrap_or_default();
    let stem = stem.to_string_lossy();
    let attack = found.finding.attack.name();
    let ready = Ready::new(found, label)?;
    let at = |name: &str, was_there| Exported {
        json: save::path(folder, name, attack),
        was_there,
    };
    // Files that it was opened from may be called otherwise than its photograph.
    let own =
        save::stem(&found.finding).and_then(|own| own.strip_suffix(attack)?.strip_suffix('.'));
    if let Some(own) = own
        && ready.is_in(folder, own)?
    {
        return Ok(at(own, true));
    }
    let mut name = stem.to_string();
    // The photograph's name without its extension; with a number, if the folder already has another finding of this attack, or any other
    // file with one of its names.
    for number in 2.. {
        let files = save::files(folder, &name, attack);
        if files.iter().all(|file| file.symlink_metadata().is_err()) {
            break;
        }
        if ready.is_in(folder, &name)? {
            return Ok(at(&name, true));
        }
        name = format!("{stem}-{number}");
    }
    ready.save(folder, &name)?;
    Ok(at(&name, false))
}

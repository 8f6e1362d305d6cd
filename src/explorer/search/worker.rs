//! The thread that runs the queue of searches, as jobs of the scheduler: interactive requests go first. And findings as files.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use flipscope_lab::search::SearchOutcome;
use flipscope_lab::search::save::{self, Ready, SaveError};
use flipscope_model::scheduler::Jobs;

use crate::explorer::search::queue::{self, Queued};
use crate::explorer::search::request::{Exported, SearchAnswer, SearchRequest, ToExport};
use crate::explorer::worker::{Answer, Outbox};

/// The thread's handle. When it is dropped, the thread ends after the searches that run, which end with the scheduler.
pub struct Searcher {
    requests: crossbeam_channel::Sender<Queued>,
}

impl Searcher {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system cannot start a thread.
    pub fn start(jobs: Jobs, outbox: Outbox) -> std::io::Result<Self> {
        let (requests, received) = crossbeam_channel::unbounded();
        std::thread::Builder::new()
            .name("search".to_owned())
            .spawn(move || queue::serve(&received, &jobs, &outbox))?;
        Ok(Self { requests })
    }

    /// Puts a search at the end of the queue.
    pub fn search(&self, request: SearchRequest) {
        // The thread ends after this handle is dropped.
        let language = flipscope_language::current();
        self.requests.send(Queued { language, request }).ok();
    }
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

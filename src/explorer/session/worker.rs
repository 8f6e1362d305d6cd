//! The thread that keeps sessions: it looks for the last one at the start, writes what is open, and reads what is to be opened.

use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

use flipscope_base::atomic::{self, Existing};
use flipscope_base::overwrite::Overwrite;
use flipscope_base::system::in_words;
use flipscope_base::untrusted;
use flipscope_language::{Language, text};

use crate::explorer::session::content::{Session, StoredOrigin};
use crate::explorer::session::file::{self, ReadSession, SessionError};
use crate::explorer::session::files::Files;
use crate::explorer::session::moved;
use crate::explorer::session::request::{LookedIn, Opened, SessionAnswer, SessionWork};
use crate::explorer::session::shelf::{self, Replaced};
use crate::explorer::worker::{Answer, Outbox};

/// The thread's handle; dropping it waits until everything is written.
pub struct Keeper {
    /// Work, and the language to answer in.
    work: Option<crossbeam_channel::Sender<(Language, SessionWork)>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts the thread. Sessions are kept in this folder; without one, they can only be saved and opened by name.
    ///
    /// # Errors
    /// If the system cannot start a thread.
    pub fn start(folder: Option<PathBuf>, outbox: Outbox) -> io::Result<Self> {
        let (work, received) = crossbeam_channel::unbounded();
        let thread = std::thread::Builder::new()
            .name("session".to_owned())
            .spawn(move || {
                let mut thread = Thread {
                    folder,
                    files: None,
                    written: None,
                    opened_previous: None,
                    opened: None,
                };
                let mut waiting = VecDeque::new();
                while let Ok(next) = received.recv() {
                    waiting.push_back(next);
                    waiting.extend(received.try_iter());
                    while let Some((language, work)) = waiting.pop_front() {
                        waiting.extend(received.try_iter());
                        // A newer state replaces it.
                        let newer = |work: &SessionWork| matches!(work, SessionWork::Save(_));
                        if newer(&work) && waiting.iter().any(|(_, work)| newer(work)) {
                            continue;
                        }
                        flipscope_language::set(language);
                        outbox.send(Answer::Session(thread.carry_out(work)));
                    }
                }
            })?;
        Ok(Self {
            work: Some(work),
            thread: Some(thread),
        })
    }

    /// Passes work to the thread.
    pub fn put(&self, work: SessionWork) {
        if let Some(sender) = &self.work {
            // The thread ends after this handle is dropped.
            sender.send((flipscope_language::current(), work)).ok();
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.work.take();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

struct Thread {
    folder: Option<PathBuf>,
    files: Option<Files>,
    /// The hash of what was written last.
    written: Option<[u8; 32]>,
    /// The hash of the previous session when it was opened: it is open now, and needs no other place, as long as its file is the same.
    opened_previous: Option<[u8; 32]>,
    /// The file that was opened last.
    opened: Option<PathBuf>,
}

impl Thread {
    fn carry_out(&mut self, work: SessionWork) -> SessionAnswer {
        match work {
            SessionWork::Look => self.look(),
            SessionWork::Save(session) => SessionAnswer::Saved(self.save(&session.whole())),
            SessionWork::KeepLast => SessionAnswer::Previous(self.keep_last(), self.replaced()),
            SessionWork::KeepPrevious(session) => {
                let result = self.keep_previous(&session.whole());
                SessionAnswer::Previous(result, self.replaced())
            }
            SessionWork::SaveAs {
                path,
                never,
                session,
            } => {
                let path = whole(path);
                let result = save_as(&path, &never, &session.whole());
                SessionAnswer::SavedAs(path, result)
            }
            SessionWork::Open { path, named } => self.open_named(whole(path), named),
            SessionWork::OpenPrevious => SessionAnswer::Opened {
                path: None,
                result: self.open_previous(),
                others: Vec::new(),
            },
            SessionWork::Find {
                folder,
                photographs,
                labels,
            } => {
                let mut search = moved::Search::below(&folder);
                let sought = photographs.len();
                let photographs = (photographs.into_iter())
                    .filter_map(|(id, former, sha256)| {
                        let now = search.photograph(&former, sha256.as_deref());
                        now.map(|now| (id, now))
                    })
                    .collect();
                let labels = (labels.into_iter())
                    .filter_map(|former| {
                        let now = search.other(&former);
                        now.map(|now| (former, now))
                    })
                    .collect();
                SessionAnswer::Relocated {
                    sought,
                    photographs,
                    labels,
                    folder,
                }
            }
        }
    }

    fn open_named(&mut self, path: PathBuf, named: Vec<PathBuf>) -> SessionAnswer {
        let named: Vec<PathBuf> = named.into_iter().map(whole).collect();
        // Photographs may have been copied with it.
        let result = open(&path, path.parent(), &named).map_err(|error| error.to_string());
        let mut others = named;
        if let Ok(opened) = &result {
            self.opened = Some(path.clone());
            let held_some = |path: &PathBuf| {
                let mut looked_in = opened.looked_in.iter();
                looked_in.any(|one| one.place == *path && one.found > 0)
            };
            others.retain(|path| !held_some(path));
        }
        SessionAnswer::Opened {
            path: Some(path),
            result,
            others,
        }
    }

    fn look(&mut self) -> SessionAnswer {
        let mut set_aside = None;
        let mut last = None;
        let mut replaced = Replaced::default();
        let mut elsewhere = false;
        let mut kept = Ok(());
        match self.folder.as_deref().map(Files::find) {
            None => {}
            Some(Err(error)) => {
                let folder = self.folder.as_deref().unwrap_or(Path::new(""));
                kept = Err(text!(
                    "session-folder-not-kept",
                    folder = untrusted::path(folder),
                    error = error.to_string()
                ));
            }
            Some(Ok(files)) => {
                match open(&files.last, None, &[]) {
                    Ok(opened) => last = Some((opened, age(&files.last))),
                    Err(SessionError::Read { source, .. })
                        if source.kind() == ErrorKind::NotFound => {}
                    Err(error) => match aside(&files.last) {
                        Ok(now) => {
                            set_aside = Some(text!(
                                "session-set-aside",
                                error = error.to_string(),
                                file = untrusted::path(&now)
                            ));
                        }
                        // It must not be overwritten.
                        Err(why) => {
                            kept = Err(text!(
                                "session-cannot-be-set-aside",
                                error = error.to_string(),
                                why = why.to_string()
                            ));
                        }
                    },
                }
                replaced = files.replaced();
                elsewhere = files.elsewhere;
                if kept.is_ok() {
                    self.files = Some(files);
                }
            }
        }
        SessionAnswer::Found {
            last,
            replaced,
            kept,
            set_aside,
            elsewhere,
        }
    }

    fn save(&mut self, session: &Session) -> Result<(), String> {
        let Some(files) = &self.files else {
            return Err(text!("session-cannot-be-saved").to_owned());
        };
        let failed = |error: io::Error| format!("{}: {error}", untrusted::path(&files.last));
        let bytes = file::encode(session).map_err(failed)?;
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        if self.written == Some(hash) {
            return Ok(());
        }
        atomic::write(&files.last, &bytes, Existing::Replace).map_err(failed)?;
        self.written = Some(hash);
        Ok(())
    }

    fn keep_last(&self) -> Result<(), String> {
        let Some(files) = &self.files else {
            return Ok(());
        };
        let saved = files.last.metadata().and_then(|last| last.modified());
        let copied = std::fs::read(&files.last)
            .map_err(in_words)
            .and_then(|bytes| {
                files.make_room(self.opened.as_deref())?;
                atomic::write(&files.previous, &bytes, Existing::Replace)
            });
        if let (Ok(()), Ok(saved)) = (&copied, saved) {
            shelf::keep_date(&files.previous, saved);
        }
        copied.map_err(|error| format!("{}: {error}", untrusted::path(&files.previous)))
    }

    fn open_previous(&mut self) -> Result<Arc<Opened>, String> {
        let Some(files) = &self.files else {
            return Err(text!("session-no-previous").to_owned());
        };
        let opened = open(&files.previous, None, &[]).map_err(|error| error.to_string())?;
        self.opened_previous = hash_of(&files.previous);
        Ok(opened)
    }

    fn keep_previous(&mut self, session: &Session) -> Result<(), String> {
        let Some(files) = &self.files else {
            return Ok(());
        };
        let opened = self.opened_previous.take();
        let written = file::encode(session).and_then(|bytes| {
            if opened.is_none() || opened != hash_of(&files.previous) {
                files.make_room(self.opened.as_deref())?;
            }
            atomic::write(&files.previous, &bytes, Existing::Replace)
        });
        written.map_err(|error| format!("{}: {error}", untrusted::path(&files.previous)))
    }

    fn replaced(&self) -> Replaced {
        (self.files.as_ref()).map_or_else(Replaced::default, Files::replaced)
    }
}

/// The hash of a file; none if it cannot be read.
fn hash_of(path: &Path) -> Option<[u8; 32]> {
    Some(Sha256::digest(std::fs::read(path).ok()?).into())
}

/// A path that is valid from any folder: recent sessions are opened from wherever the next window is started.
fn whole(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

fn save_as(path: &Path, never: &[PathBuf], session: &Session) -> Result<(), String> {
    // The dialog has asked whether a file may be replaced.
    let overwrite = Overwrite::new(true, never.iter().map(PathBuf::as_path));
    let written = file::encode(session).and_then(|bytes| overwrite.write(path, &bytes));
    written.map_err(|error| format!("{}: {error}", untrusted::path(path)))
}

/// Reads a session, and looks for its photographs: where they were or, named by the same end of their paths, below a folder or where a
/// person has named. One that was never read is not missing since: whoever reads it again says what is wrong with it.
fn open(path: &Path, below: Option<&Path>, named: &[PathBuf]) -> Result<Arc<Opened>, SessionError> {
    let ReadSession {
        mut session,
        problems,
    } = file::open(path)?;
    // What a person has named comes first: it may be the folder that the session is in.
    let mut looked_in = Vec::new();
    for place in named {
        let sought = lost(&session).count();
        if sought > 0 {
            moved::Search::named(place).relocate(&mut session.contents);
            looked_in.push(LookedIn {
                place: place.clone(),
                folder: place.is_dir(),
                found: sought - lost(&session).count(),
                sought,
            });
        }
    }
    let moved = below.map_or(0, |folder| {
        moved::Search::below(folder).relocate(&mut session.contents)
    });
    let missing = lost(&session).collect();
    Ok(Arc::new(Opened {
        session,
        missing,
        moved,
        looked_in,
        problems,
    }))
}

/// The lesions of a session whose photographs were read when it was saved, and are not where it says.
fn lost(session: &Session) -> impl Iterator<Item = usize> + '_ {
    let read_then =
        (session.contents.lesions.iter().enumerate()).filter(|(_, lesion)| lesion.sha256.is_some());
    let lost = read_then.filter(|(_, lesion)| match &lesion.origin {
        StoredOrigin::File(path) => moved::is_missing(&path.path()),
        StoredOrigin::Sample(_) => false,
    });
    lost.map(|(place, _)| place)
}

/// Gives a file a name that no other file has.
fn aside(path: &Path) -> io::Result<PathBuf> {
    let mut names = std::iter::once("session.set-aside".to_owned())
        .chain((2..).map(|n| format!("session.set-aside-{n}")))
        .map(|ending| path.with_extension(ending));
    let free = names.find(|name| name.symlink_metadata().is_err());
    let free = free.unwrap_or_else(|| path.with_extension("session.set-aside"));
    std::fs::rename(path, &free).map_err(in_words)?;
    Ok(free)
}

/// How long ago a file was written.
fn age(path: &Path) -> Duration {
    let written = path.metadata().and_then(|metadata| metadata.modified());
    let age = (written.ok()).and_then(|at| SystemTime::now().duration_since(at).ok());
    age.unwrap_or_default()
}

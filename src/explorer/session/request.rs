//! Requests to the thread that keeps sessions, and its answers.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::session::content::Session;
use crate::explorer::session::shelf::Replaced;

/// Work for the thread.
#[derive(Clone, Debug)]
pub enum SessionWork {
    /// Look for the session of the last run.
    Look,
    /// Save what is open, to be offered at the next start.
    Save(Box<Session>),
    /// What the last run left becomes the previous session.
    KeepLast,
    /// This becomes the previous session: another one replaces it.
    KeepPrevious(Box<Session>),
    /// Write what is open into a file of the user's.
    SaveAs {
        /// The file.
        path: PathBuf,
        /// Files that are open, and must not be overwritten.
        never: Vec<PathBuf>,
        /// What is open.
        session: Box<Session>,
    },
    /// Read a session.
    Open {
        /// Its file.
        path: PathBuf,
        /// Folders and files that were named with it: where its missing photographs may be.
        named: Vec<PathBuf>,
    },
    /// Read the previous one.
    OpenPrevious,
    /// Look for what is missing of the open session below a folder.
    Find {
        /// The folder.
        folder: PathBuf,
        /// Photographs: where they were, and their SHA-256.
        photographs: Vec<(LesionId, PathBuf, Option<String>)>,
        /// Where labels were.
        labels: Vec<PathBuf>,
    },
}

/// A session that was read, to be shown.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The session.
    pub session: Session,
    /// Its lesions whose photographs were read when it was saved, and are missing now.
    pub missing: Vec<usize>,
    /// How many photographs are no longer where they were, and were found beside its file.
    pub moved: usize,
    /// The folders and files that were named with it, and where its missing photographs were looked for.
    pub looked_in: Vec<LookedIn>,
    /// What of it is lost, one sentence each.
    pub problems: Vec<String>,
}

/// A folder or a photograph in which missing photographs of a session were looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedIn {
    /// The folder, or the photograph.
    pub place: PathBuf,
    /// Whether it is a folder.
    pub folder: bool,
    /// How many photographs were found there.
    pub found: usize,
    /// Of how many that were missing.
    pub sought: usize,
}

/// What the thread reports to the window.
#[derive(Debug)]
pub enum SessionAnswer {
    /// What there is at the start.
    Found {
        /// The session of the last run, and how long ago it was saved.
        last: Option<(Arc<Opened>, Duration)>,
        /// Those that were replaced.
        replaced: Replaced,
        /// Whether what is open can be kept; otherwise why not.
        kept: Result<(), String>,
        /// A session that could not be read, and where it is now.
        set_aside: Option<String>,
        /// Whether another window has the last session.
        elsewhere: bool,
    },
    /// What is open was saved, or not.
    Saved(Result<(), String>),
    /// What was open has become the previous session, or could not.
    Previous(Result<(), String>, Replaced),
    /// A session was written, or not.
    SavedAs(PathBuf, Result<(), String>),
    /// A session was read, or not.
    Opened {
        /// From where; none for the previous one.
        path: Option<PathBuf>,
        /// The session.
        result: Result<Arc<Opened>, String>,
        /// What was named with it and held nothing that it misses: to be opened in addition.
        others: Vec<PathBuf>,
    },
    /// What is missing of the open session was looked for.
    Relocated {
        /// Below this folder.
        folder: PathBuf,
        /// So many photographs.
        sought: usize,
        /// Those that were found, and where they are now.
        photographs: Vec<(LesionId, PathBuf)>,
        /// Labels that were found: where they were, and where they are now.
        labels: Vec<(PathBuf, PathBuf)>,
    },
}

impl SessionAnswer {
    /// Whether what is open may have changed with it.
    pub(crate) fn changes_what_is_open(&self) -> bool {
        matches!(self, Self::Opened { .. } | Self::Found { .. })
    }
}

//! What the search thread is asked, and what it answers.

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::search::{Found, Progress, Search};
use flipscope_model::scheduler::Loaded;

use crate::explorer::search::state::{FindingId, SearchId};

/// A search to be carried out.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// Its name in answers.
    pub id: SearchId,
    /// What is asked.
    pub search: Arc<Search>,
    /// Calls it off.
    pub cancel: Cancel,
    /// The model that judges.
    pub loaded: Box<Loaded>,
}

/// What the thread, or an export, tells the window.
#[derive(Debug)]
pub enum SearchAnswer {
    /// A search has come to the head of the queue.
    Began(SearchId),
    /// A search says how far it is.
    Progress {
        /// Which.
        id: SearchId,
        /// How far.
        progress: Progress,
        /// The frame of the best candidate, rendered, where it is another one than before.
        frame: Option<Arc<Frame>>,
    },
    /// A search has ended.
    Ended {
        /// Which.
        id: SearchId,
        /// What it found, or why nothing.
        result: Result<Box<Found>, String>,
    },
    /// A finding was exported, or not.
    Exported {
        /// Which.
        id: FindingId,
        /// Where to.
        folder: PathBuf,
        /// The finding's JSON, or what is wrong.
        result: Result<PathBuf, String>,
    },
}

/// A finding to be written into files.
#[derive(Clone, Debug)]
pub struct ToExport {
    /// Its name in answers.
    pub id: FindingId,
    /// What was found.
    pub found: Arc<Found>,
    /// Name of its photograph.
    pub name: String,
}

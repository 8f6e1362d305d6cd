//! Requests to the search thread, and its answers.

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::search::{Progress, Search, SearchOutcome};
use flipscope_model::scheduler::Loaded;

use crate::explorer::explore::lesion::Origin;
use crate::explorer::search::state::{FindingId, SearchId};

/// A request to run a search.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// Its identifier in answers.
    pub id: SearchId,
    /// The search.
    pub search: Arc<Search>,
    /// Cancels it.
    pub cancel: Cancel,
    /// The model that judges.
    pub loaded: Box<Loaded>,
    /// How many searches run together with this model.
    pub together: usize,
}

/// What the search thread, or an export, reports to the window.
#[derive(Debug)]
pub enum SearchAnswer {
    /// A search runs.
    Began(SearchId),
    /// The candidates of a search are judged in the type of the verdicts, since the model cannot be loaded in the faster one: why.
    WithoutProposals(String),
    /// The progress of a search.
    Progress {
        /// Which.
        id: SearchId,
        /// Its progress.
        progress: Progress,
        /// The frame of the best candidate, rendered, if it has changed.
        frame: Option<Arc<Frame>>,
    },
    /// A search has ended.
    Ended {
        /// Which.
        id: SearchId,
        /// What it found, or why it failed.
        result: Result<Box<SearchOutcome>, String>,
        /// Whether it had the network to itself: the seconds of one that shared it are those of others, too.
        alone: bool,
    },
    /// A finding was exported, or not.
    Exported {
        /// Which.
        id: FindingId,
        /// The target folder.
        folder: PathBuf,
        /// Where it is, or what went wrong.
        result: Result<Exported, String>,
    },
    /// Findings were read from files.
    Opened(OpenedFindings),
}

/// Findings that were read from files.
#[derive(Debug, Default)]
pub struct OpenedFindings {
    /// Those that could be read.
    pub findings: Vec<OpenedFinding>,
    /// Why others could not, one sentence each.
    pub problems: Vec<String>,
}

/// A finding that was read from its file.
#[derive(Debug)]
pub struct OpenedFinding {
    /// Its file.
    pub file: PathBuf,
    /// What was found.
    pub found: Box<SearchOutcome>,
    /// Where its lesion is read from.
    pub origin: Origin,
    /// Whether that is only the frame that was searched: its photograph was not found.
    pub frame_only: bool,
}

/// A finding in a folder.
#[derive(Clone, Debug)]
pub struct Exported {
    /// Its JSON.
    pub json: PathBuf,
    /// Whether the folder had all its files already: then nothing was written.
    pub was_there: bool,
}

/// A finding to be written to files.
#[derive(Clone, Debug)]
pub struct ToExport {
    /// Its identifier in answers.
    pub id: FindingId,
    /// What was found.
    pub found: Arc<SearchOutcome>,
    /// Name of its photograph.
    pub name: String,
    /// The diagnosis of its lesion, if a table of labels states it.
    pub label: Option<String>,
}

//! What can be asked about searches and findings.

use std::path::PathBuf;

use crate::explorer::search::state::{FindingId, Form, SearchId};

/// What a person can ask for about searches and findings.
#[derive(Clone, Debug, PartialEq)]
pub enum SearchCommand {
    /// Change what the next search will be.
    Set(Box<Form>),
    /// Search on the selected lesion.
    Start,
    /// Call a search off; what it found by then is kept.
    Cancel(SearchId),
    /// Cancel every search.
    CallOffAll,
    /// Take a failed search off the list.
    Dismiss(SearchId),
    /// Put the best of a search so far on the sliders.
    ApplyBest(SearchId),
    /// Put a finding on the sliders.
    Apply(FindingId),
    /// Ask where to export a finding.
    AskExport(FindingId),
    /// Write a finding's files into a folder.
    Export(FindingId, PathBuf),
    /// Take a finding out of the tray.
    Delete(FindingId),
}

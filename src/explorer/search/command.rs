//! Commands about searches and findings.

use std::path::PathBuf;

use crate::explorer::search::state::{FindingId, Form, SearchId};

/// What a person can ask for about searches and findings.
#[derive(Clone, Debug, PartialEq)]
pub enum SearchCommand {
    /// Change the form for the next search.
    Set(Box<Form>),
    /// Search on the selected lesion.
    Start,
    /// Cancel a search; what it has found by then is kept.
    Cancel(SearchId),
    /// Cancel every search.
    CancelAll,
    /// Remove a failed search from the list.
    Dismiss(SearchId),
    /// Apply the best candidate of a search so far to the sliders.
    ApplyBest(SearchId),
    /// Apply a finding to the sliders.
    Apply(FindingId),
    /// Ask for files of findings with the system's dialog.
    AskOpen,
    /// Open findings from their files.
    Open(Vec<PathBuf>),
    /// Ask where to export a finding.
    AskExport(FindingId),
    /// Write a finding's files into a folder.
    Export(FindingId, PathBuf),
    /// Copy what a finding says as text.
    Copy(FindingId),
    /// Remove a finding from the tray.
    Delete(FindingId),
}

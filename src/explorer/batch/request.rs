//! Requests to write files, and the answers.

use std::path::PathBuf;

use flipscope_base::cancel::Cancel;

use crate::explorer::search::request::{Exported, ToExport};
use crate::explorer::search::state::FindingId;

/// Files to be written.
#[derive(Clone, Debug)]
pub enum BatchWork {
    /// Findings, into a folder.
    Export {
        /// Which.
        findings: Vec<ToExport>,
        /// Where to.
        folder: PathBuf,
        /// Stops after the finding in hand.
        cancel: Cancel,
    },
    /// A table.
    Csv(CsvTable),
}

/// A table to be written as CSV.
#[derive(Clone, Debug)]
pub struct CsvTable {
    /// Where to.
    pub path: PathBuf,
    /// Files that must not be overwritten.
    pub never: Vec<PathBuf>,
    /// The titles of the columns.
    pub header: Vec<&'static str>,
    /// The rows, as long as the header.
    pub rows: Vec<Vec<String>>,
}

/// What became of it.
#[derive(Debug)]
pub enum BatchAnswer {
    /// A finding was written, was there already, or could not be written.
    Exported(FindingId, Result<Exported, String>),
    /// All were, or it was stopped; or why no further one can be written.
    ExportEnded(Option<String>),
    /// A table was written, or not.
    Csv(PathBuf, Result<(), String>),
}

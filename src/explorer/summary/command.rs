//! Commands about the smallest changes that flip.

use std::path::PathBuf;

use flipscope_lab::explain::figure::FileKind;

/// What a person can ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum SummaryCommand {
    /// Look for them without being asked, or not.
    Automatic(bool),
    /// Move the sliders to the smallest change of a family, by its place in the summary.
    Apply(usize),
    /// Ask where to write the summary.
    AskSave(FileKind),
    /// Write the summary.
    Save(FileKind, PathBuf),
}

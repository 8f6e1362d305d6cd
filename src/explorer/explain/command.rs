//! Commands about maps.

use std::path::PathBuf;

use crate::explorer::explain::settings::Settings;
use flipscope_lab::explain::figure::FileKind;

/// What a person can ask for on the page *Explain*.
#[derive(Clone, Debug, PartialEq)]
pub enum ExplainCommand {
    /// Change the form for the next map.
    Set(Box<Settings>),
    /// Make the map of the explored lesion.
    Start,
    /// Stop what is under way.
    Cancel,
    /// Opacity of the maps over the pictures, 0 to 1.
    Opacity(f32),
    /// Draw the deletion and insertion curves of the shown map.
    CheckCurves,
    /// Make the shown map of random weights, and compare the two.
    CheckRandom,
    /// Ask where to write the shown map.
    AskSave(FileKind),
    /// Write the shown map.
    Save(FileKind, PathBuf),
}

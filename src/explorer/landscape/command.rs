//! Commands about landscapes.

use std::path::PathBuf;

use flipscope_lab::explain::figure::FileKind;

use crate::explorer::landscape::settings::Settings;

/// What a person can ask for on the page *Landscape*.
#[derive(Clone, Debug, PartialEq)]
pub enum LandscapeCommand {
    /// Change the form for the next landscape.
    Set(Settings),
    /// Judge a landscape of the explored lesion, around its sliders.
    Start,
    /// Stop; what is judged stays.
    Stop,
    /// Judge the points that are left.
    GoOn,
    /// Move the sliders to a point.
    MoveTo(usize),
    /// Ask where to write the shown landscape.
    AskSave(FileKind),
    /// Write the shown landscape.
    Save(FileKind, PathBuf),
}

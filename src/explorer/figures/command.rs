//! Commands about figures.

use std::path::PathBuf;

use crate::explorer::figures::state::Settings;

/// What a person can ask for about figures.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureCommand {
    /// Open the dialog for a figure of the explored lesion.
    OpenFigure,
    /// Open the dialog for a contact sheet of the findings.
    OpenSheet,
    /// Change how figures are drawn.
    Set(Settings),
    /// Show another page, counted from 0.
    Page(usize),
    /// Put some findings on the contact sheet, by their places among the dialog's, or take them off it.
    Include(Vec<usize>, bool),
    /// Ask for a file.
    AskSave,
    /// Write the figure of the dialog.
    Save(PathBuf),
    /// Put the page that the dialog shows on the clipboard.
    Copy,
    /// Put the figure of the explored lesion on the clipboard, without a dialog.
    CopyExplored,
    /// Put the altered frame of the explored lesion on the clipboard.
    CopyPicture,
    /// Close the dialog.
    Close,
}

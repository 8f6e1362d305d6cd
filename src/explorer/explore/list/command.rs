//! What a person can ask of the list.

use std::path::PathBuf;

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::list::arrange::Filter;
use crate::explorer::explore::list::columns::Column;

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum ListCommand {
    /// Sort by a column; again: reversed; again: as opened.
    Sort(Column),
    /// Show all lesions, or some.
    Filter(Filter),
    /// Show those whose name has this in it.
    Search(String),
    /// Show thumbnails side by side, or stop.
    Grid(bool),
    /// Go to the search field.
    Find,
    /// Add a lesion to those that are selected, or take it out.
    Mark(LesionId),
    /// Select nothing but the explored lesion.
    MarkNone,
    /// Select everything from the explored lesion to this one.
    MarkTo(LesionId),
    /// Select all that are shown.
    MarkAll,
    /// Explore the first one that is shown.
    First,
    /// Explore the last one that is shown.
    Last,
    /// Close lesions.
    Close(Vec<LesionId>),
    /// Ask for a table of labels with the system's dialog.
    AskLabels,
    /// Read a table of labels for the open lesions.
    Labels(PathBuf),
    /// Forget the labels that were read.
    ForgetLabels,
}

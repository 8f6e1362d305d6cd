//! Commands about studies.

use std::path::PathBuf;

use crate::explorer::study::request::Writing;
use crate::explorer::study::state::StudyForm;

/// What a person can ask for about studies.
#[derive(Clone, Debug, PartialEq)]
pub enum StudyCommand {
    /// Change the form for the next study.
    Set(Box<StudyForm>),
    /// Ask with the system's dialog.
    Ask(AskStudy),
    /// The labelled photographs of the next study: a table, or a folder per class.
    Data(PathBuf),
    /// The folder of the table's photographs.
    Images(PathBuf),
    /// The split of a training.
    Split(PathBuf),
    /// Make the study described by the form, in a file.
    Make(PathBuf),
    /// Open a study's file.
    Open(PathBuf),
    /// Open one whose photographs are in this folder now.
    OpenWith(PathBuf, PathBuf),
    /// A folder was dropped: where the photographs of the open study are now, if it misses some; else those of the next one.
    Folder(PathBuf),
    /// Take a file off the list of recent studies.
    Forget(PathBuf),
    /// Merge copies of a study into one file: the copies are known, the file is asked for.
    MergeFrom(Vec<PathBuf>),
    /// Merge copies of a study into one file.
    Merge(Vec<PathBuf>, PathBuf),
    /// Cancel making a study.
    Cancel,
    /// Carry out what remains of the open study.
    Run,
    /// Carry it out with the photographs in this folder, where they were moved.
    RunWith(PathBuf),
    /// Stop after the batch in flight.
    Pause,
    /// Close the open study; its file stays.
    Close,
    /// Draw the figures of the results so far.
    Draw,
    /// Write results into a folder.
    Write(Writing, PathBuf),
    /// Copy the path of the newest report to the clipboard.
    CopyReport,
}

/// What can be asked with a dialog of the system about studies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskStudy {
    /// A table of labelled photographs.
    Table,
    /// A folder per class.
    Classes,
    /// The folder of the table's photographs.
    Images,
    /// The split of a training.
    Split,
    /// The folder that the photographs of the open study are in now.
    Root,
    /// A new study's file.
    New,
    /// A study to open.
    Open,
    /// Copies of a study to be merged.
    MergeFrom,
    /// The file that they are merged into.
    MergeInto(Vec<PathBuf>),
    /// A folder for results.
    Write(Writing),
}

//! Commands about reader studies.

use std::path::PathBuf;

use crate::explorer::readers::state::{Origins, ReaderForm};
use crate::explorer::study::request::Writing;

/// What a person can ask for about reader studies.
#[derive(Clone, Debug, PartialEq)]
pub enum ReaderCommand {
    /// Change the form for the next one.
    Set(Box<ReaderForm>),
    /// Ask with the system's dialog.
    Ask(AskReader),
    /// The findings: files and folders.
    Findings(Vec<PathBuf>),
    /// The labelled photographs: a table, or a folder per class.
    Data(PathBuf),
    /// The folder of the table's photographs.
    Images(PathBuf),
    /// Count the lesions that these have, so that a length that suits them can be proposed.
    Count(Origins),
    /// Make the reader study described by the form, in a file.
    Make(PathBuf),
    /// Open a reader study's file.
    Open(PathBuf),
    /// Take a file off the list of recent reader studies.
    Forget(PathBuf),
    /// Merge copies with other readers into one file: the copies are known, the file is asked for.
    MergeFrom(Vec<PathBuf>),
    /// Merge copies with other readers into one file.
    Merge(Vec<PathBuf>, PathBuf),
    /// Cancel making a study.
    Cancel,
    /// The slot of the next reader, from 1; without it, the first free one.
    Slot(Option<u32>),
    /// Let somebody read, in a separate window.
    Read,
    /// Close the open one; its file stays.
    Close,
    /// Write results into a folder.
    Write(Writing, PathBuf),
    /// Copy the path of the newest report to the clipboard.
    CopyReport,
    /// Copy the protocol to the clipboard.
    CopyProtocol,
    /// Show the cases with their truth; if readers have not finished, only warn.
    Reveal,
    /// Show them even if readers have not finished.
    RevealAnyway,
    /// Reveal the lesion this many places further on (or back).
    Step(i32),
    /// Close the reveal.
    EndReveal,
}

/// What can be asked with a dialog of the system about reader studies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskReader {
    /// Files of findings.
    Findings,
    /// A folder of findings.
    Folder,
    /// A table of labelled photographs.
    Table,
    /// A folder per class.
    Classes,
    /// The folder of the table's photographs.
    Images,
    /// A new reader study's file.
    New,
    /// A reader study to open.
    Open,
    /// Copies to be merged.
    MergeFrom,
    /// The file that they are merged into.
    MergeInto(Vec<PathBuf>),
    /// A folder for results.
    Write(Writing),
}

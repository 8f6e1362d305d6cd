//! What can be asked about reader studies.

use std::path::PathBuf;

use crate::explorer::readers::state::ReaderForm;
use crate::explorer::study::request::Writing;

/// What a person can ask for about reader studies.
#[derive(Clone, Debug, PartialEq)]
pub enum ReaderCommand {
    /// Change what the next one will be.
    Set(Box<ReaderForm>),
    /// Ask something with the system's dialog.
    Ask(AskReader),
    /// The findings: files and folders.
    Findings(Vec<PathBuf>),
    /// The labelled photographs: a table, or a folder per class.
    Data(PathBuf),
    /// The folder of the table's photographs.
    Images(PathBuf),
    /// Make the reader study that the form says, in a file.
    Make(PathBuf),
    /// Open a reader study's file.
    Open(PathBuf),
    /// Put copies with other readers into one file: the copies are known, the file is asked for.
    MergeFrom(Vec<PathBuf>),
    /// Put copies with other readers into one file.
    Merge(Vec<PathBuf>, PathBuf),
    /// Cancel the making.
    Cancel,
    /// The slot of the next reader, from 1; without it, the first free one.
    Slot(Option<u32>),
    /// Let somebody read, in a window of its own.
    Read,
    /// Close the open one; its file stays.
    Close,
    /// Write results into a folder.
    Write(Writing, PathBuf),
    /// Put the place of the page that was written last on the clipboard.
    CopyReport,
    /// Put the protocol on the clipboard.
    CopyProtocol,
    /// Show the cases with their truth; where readers have not finished, it is only warned.
    Reveal,
    /// Show them whoever has not finished.
    RevealAnyway,
    /// Reveal the lesion so many places further on (or back).
    Step(i32),
    /// Show no case any more.
    EndReveal,
}

/// What a dialog of the system can be asked about reader studies.
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

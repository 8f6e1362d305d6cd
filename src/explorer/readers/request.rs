//! Requests to a reader study's thread, and its answers.

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_lab::reader::plan::Material;
use flipscope_lab::reader::store::ReaderStatus;
use flipscope_lab::search::SearchOutcome;
use flipscope_model::scheduler::Loaded;

use crate::explorer::readers::state::{OpenedReaderStudy, Origins, ReaderForm, RevealedLesion};
use crate::explorer::study::request::Writing;

/// Work on a reader study.
#[derive(Clone, Debug)]
pub enum ReaderWork {
    /// Make one.
    Make {
        /// Its file.
        file: PathBuf,
        /// Its form.
        form: Box<ReaderForm>,
        /// The findings of the tray, with the names of their photographs.
        tray: Vec<(Arc<SearchOutcome>, String)>,
        /// Models that are loaded.
        loaded: Vec<Loaded>,
        /// Cancels it.
        cancel: Cancel,
    },
    /// Count lesions.
    Count(Origins),
    /// Open a file.
    Open(PathBuf),
    /// Merge copies with other readers into one file.
    Merge {
        /// The copies.
        from: Vec<PathBuf>,
        /// The new file.
        into: PathBuf,
    },
    /// Let somebody read.
    Read {
        /// The file.
        file: PathBuf,
        /// The reader's slot, from 1; without it, the first free one.
        slot: Option<u32>,
    },
    /// Report the readers' progress, whenever it has changed, until stopped.
    Follow {
        /// The file.
        file: PathBuf,
        /// Ends it.
        stop: Cancel,
    },
    /// Read what is revealed about a lesion.
    Reveal {
        /// The file.
        file: PathBuf,
        /// Its position in the plan.
        lesion: u32,
    },
    /// Write results into a folder.
    Write {
        /// The file.
        file: PathBuf,
        /// What to write.
        what: Writing,
        /// Where to.
        folder: PathBuf,
    },
}

/// What the threads report to the window.
#[derive(Debug)]
pub enum ReaderAnswer {
    /// This many labelled photographs have been judged for a study that is being made.
    Judged(u32),
    /// How many lesions there are.
    Counted(Origins, Material),
    /// A reader study is open, or not.
    Opened(Result<Box<OpenedReaderStudy>, String>),
    /// The readers' progress in a file.
    ReaderStatus(PathBuf, Vec<ReaderStatus>),
    /// The reading has ended, or could not begin.
    Ended(Result<(), String>),
    /// A lesion was read for the reveal, or not.
    Revealed {
        /// Of which file.
        file: PathBuf,
        /// Its position in the plan.
        lesion: u32,
        /// What is revealed, or why it cannot be.
        result: Result<Box<RevealedLesion>, String>,
    },
    /// Results were written, or not.
    Written {
        /// Of which file.
        file: PathBuf,
        /// What was written.
        what: Writing,
        /// Where they are, or why they were not written.
        result: Result<PathBuf, String>,
    },
}

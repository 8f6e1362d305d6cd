//! What a reader study's thread is asked, and what it answers.

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_lab::reader::store::ReaderStatus;
use flipscope_lab::search::Found;
use flipscope_model::scheduler::Loaded;

use crate::explorer::readers::state::{OpenedReaderStudy, ReaderForm, RevealedLesion};
use crate::explorer::study::request::Writing;

/// Something to be done with a reader study.
#[derive(Clone, Debug)]
pub enum ReaderWork {
    /// Make one.
    Make {
        /// Its file.
        file: PathBuf,
        /// What it will be.
        form: Box<ReaderForm>,
        /// The findings of the tray, with the names of their photographs.
        tray: Vec<(Arc<Found>, String)>,
        /// Models that are loaded.
        loaded: Vec<Loaded>,
        /// Calls it off.
        cancel: Cancel,
    },
    /// Open a file.
    Open(PathBuf),
    /// Put copies with other readers into one file.
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
    /// Tell how far its readers are, whenever that has changed, until it is to stop.
    Follow {
        /// The file.
        file: PathBuf,
        /// Ends it.
        stop: Cancel,
    },
    /// Read what is revealed of a lesion.
    Reveal {
        /// The file.
        file: PathBuf,
        /// Its place in the plan.
        lesion: u32,
    },
    /// Write results into a folder.
    Write {
        /// The file.
        file: PathBuf,
        /// What.
        what: Writing,
        /// Where to.
        folder: PathBuf,
    },
}

/// What the threads tell the window.
#[derive(Debug)]
pub enum ReaderAnswer {
    /// So many labelled photographs were judged for one that is being made.
    Judged(u32),
    /// A reader study is open, or not.
    Opened(Result<Box<OpenedReaderStudy>, String>),
    /// How far the readers of a file are.
    ReaderStatus(PathBuf, Vec<ReaderStatus>),
    /// The reading has ended, or could not begin.
    Ended(Result<(), String>),
    /// A lesion was read for the reveal, or not.
    Revealed {
        /// Of which file.
        file: PathBuf,
        /// Its place in the plan.
        lesion: u32,
        /// What is revealed, or why not.
        result: Result<Box<RevealedLesion>, String>,
    },
    /// Results were written, or not.
    Written {
        /// Of which file.
        file: PathBuf,
        /// What.
        what: Writing,
        /// Where they are, or why not.
        result: Result<PathBuf, String>,
    },
}

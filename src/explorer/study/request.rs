//! What a study's thread is asked, and what it answers.

use std::path::PathBuf;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::ColorHandling;
use flipscope_lab::search;
use flipscope_lab::study::plan::Model;
use flipscope_lab::study::{Progress, RunReport};
use flipscope_model::DeviceChoice;
use flipscope_model::scheduler::Loaded;

use crate::explorer::study::state::{Opened, StudyForm, StudyStanding};

/// Something to be done with a study.
#[derive(Clone, Debug)]
pub enum StudyWork {
    /// Make a study, and measure how long it will take.
    Make {
        /// The study's file.
        file: PathBuf,
        /// What it will be.
        form: Box<StudyForm>,
        /// The models, at least one.
        models: Vec<Model>,
        /// The first one, loaded.
        loaded: Box<Loaded>,
        /// How files are read.
        reading: ColorHandling,
        /// Calls it off.
        cancel: Cancel,
    },
    /// Open a study's file.
    Open(PathBuf),
    /// Put copies of a study with different results into one file.
    Merge {
        /// The copies.
        from: Vec<PathBuf>,
        /// The new file.
        into: PathBuf,
    },
    /// Carry out what is left.
    Run {
        /// The study's file.
        file: PathBuf,
        /// Models that are loaded already.
        loaded: Vec<Loaded>,
        /// Where others are loaded.
        device: DeviceChoice,
        /// Calls it off.
        cancel: Cancel,
    },
    /// Write results into a folder.
    Write {
        /// The study's file.
        file: PathBuf,
        /// What.
        what: Writing,
        /// Where to.
        folder: PathBuf,
    },
}

/// What is written of a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Tables (CSV).
    Tables,
    /// A page with figures and tables.
    Report,
}

/// What the threads tell the window.
#[derive(Debug)]
pub enum StudyAnswer {
    /// Photographs are read for a study that is being made: so many, of so many.
    Read(usize, usize),
    /// A study is open, or not.
    Opened(Result<Box<Opened>, String>),
    /// A batch was committed.
    Progress(Progress),
    /// An attack on a picture goes on.
    Attack(String, search::Progress),
    /// Results, read anew.
    Status(StudyStanding),
    /// A picture could not be judged.
    Problem(String),
    /// A run has ended.
    Ended(Result<RunReport, String>),
    /// Results were written, or not.
    Written {
        /// Of which study.
        file: PathBuf,
        /// What.
        what: Writing,
        /// Where they are, or why not.
        result: Result<PathBuf, String>,
    },
}

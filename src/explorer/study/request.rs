//! Requests to a study's thread, and its answers.

use std::path::PathBuf;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::ColorHandling;
use flipscope_lab::proof::ProofProgress;
use flipscope_lab::search;
use flipscope_lab::study::plan::Model;
use flipscope_lab::study::{Progress, RunReport};
use flipscope_model::DeviceChoice;
use flipscope_model::scheduler::Loaded;

use crate::explorer::study::state::{Beginning, Drawing, Opened, StudyForm, StudyStatus};

/// Work on a study.
#[derive(Clone, Debug)]
pub enum StudyWork {
    /// Make a study, and measure how long it will take.
    Make {
        /// The study's file.
        file: PathBuf,
        /// Its form.
        form: Box<StudyForm>,
        /// The models, at least one.
        models: Vec<Model>,
        /// The first one, loaded.
        loaded: Box<Loaded>,
        /// How files are read.
        color_handling: ColorHandling,
        /// Cancels it.
        cancel: Cancel,
    },
    /// Open a study's file.
    Open {
        /// The file.
        file: PathBuf,
        /// The folder that a person named for its photographs.
        root: Option<PathBuf>,
    },
    /// Merge copies of a study with different results into one file.
    Merge {
        /// The copies.
        from: Vec<PathBuf>,
        /// The new file.
        into: PathBuf,
    },
    /// Carry out what remains.
    Run {
        /// The study's file.
        file: PathBuf,
        /// The folder that a person named for its photographs.
        root: Option<PathBuf>,
        /// Models that are loaded already.
        loaded: Vec<Loaded>,
        /// The device for the others.
        device: DeviceChoice,
        /// Cancels it.
        cancel: Cancel,
    },
    /// Draw the figures of the results so far.
    Draw(PathBuf),
    /// Write results into a folder.
    Write {
        /// The study's file.
        file: PathBuf,
        /// What to write.
        what: Writing,
        /// Where to.
        folder: PathBuf,
    },
}

/// What can be written about a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Tables (CSV).
    Tables,
    /// A page with figures and tables.
    Report,
}

/// What the threads report to the window.
#[derive(Debug)]
pub enum StudyAnswer {
    /// Photographs are being read for a study that is being made: how many so far, of how many.
    Read(usize, usize),
    /// A study is open, or not.
    Opened(Result<Box<Opened>, String>),
    /// What a run does before its first batch is committed.
    Begins(Beginning),
    /// A batch was committed.
    Progress(Progress),
    /// The progress of an attack on a picture.
    Attack(String, search::Progress),
    /// The progress of a proof on a picture.
    Proof(String, ProofProgress),
    /// Nothing is left but so many units that another run of the study is at.
    Waiting(usize),
    /// Results, read again.
    Status(StudyStatus),
    /// A picture could not be judged.
    Problem(String),
    /// The candidates of attacks are judged in the type of the model, since it cannot be loaded in the faster one: why.
    WithoutProposals(String),
    /// A run has ended.
    Ended(Result<RunReport, String>),
    /// The figures were drawn, or not.
    Drawn {
        /// Of which study.
        file: PathBuf,
        /// The figures and the notes about them, or why there are none.
        result: Result<Drawing, String>,
    },
    /// Results were written, or not.
    Written {
        /// Of which study.
        file: PathBuf,
        /// What was written.
        what: Writing,
        /// Where they are, or why they were not written.
        result: Result<PathBuf, String>,
    },
}

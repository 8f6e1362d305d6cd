//! Everything slow, on named threads: the network ([`judge`]), searches ([`searcher`]), studies ([`studies`], [`reader_studies`]), decoding ([`reader`]),
//! dialogs and saving ([`dialogs`]).
//!
//! They take requests through inboxes, and send [`Answer`]s through one channel; each answer wakes the window.

pub mod dialogs;
pub mod judge;
pub mod reader;
pub mod reader_studies;
pub mod searcher;
pub mod studies;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use flipscope_image::lesion::{Frame, Framing, Photograph, Raster, Reading};
use flipscope_image::perturb::Perturbation;
use flipscope_model::scheduler::{Loaded, Seat};
use flipscope_model::{DeviceChoice, ModelSource, Scored};

use super::command::Command;
use super::controls::Control;
use super::reader_studies::ReaderStudyId;
use super::state::LesionId;
use super::studies::StudyId;

pub use reader_studies::{ReaderAnswer, ReaderWork};
pub use searcher::{SearchAnswer, SearchRequest, ToExport};
pub use studies::{StudyAnswer, StudyWork, Writing};

/// Why the network is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The explored frame as it is (with the field of view, if one is set).
    Before,
    /// A frame of the list as it is.
    Listed,
    /// The altered frame.
    Altered,
    /// A point of a slider's track.
    Track(Control),
}

/// A question to the network.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which model.
    pub seat: Seat,
    /// About which lesion.
    pub lesion: LesionId,
    /// Why.
    pub purpose: Purpose,
    /// Its frame.
    pub frame: Arc<Frame>,
    /// What alters it.
    pub perturbation: Arc<Perturbation>,
    /// When the hand moved.
    pub at: Instant,
}

/// A picture that was read.
#[derive(Clone, Debug)]
pub struct ReadPicture {
    /// What the network sees.
    pub frame: Arc<Frame>,
    /// SHA-256 of its pixels.
    pub frame_sha256: String,
    /// The frame as the list shows it.
    pub thumbnail: Arc<Raster>,
    /// Full size.
    pub photograph: Arc<Photograph>,
    /// What is known of the file, one line each.
    pub facts: Vec<String>,
}

/// What a worker sends back.
#[derive(Debug)]
pub enum Answer {
    /// The pictures in files and folders.
    Listed {
        /// Pictures, sorted by name within each folder.
        files: Vec<PathBuf>,
        /// What could not be listed.
        problems: Vec<String>,
    },
    /// A picture was read, or not.
    Read {
        /// For which lesion.
        lesion: LesionId,
        /// How.
        reading: Reading,
        /// Framed how.
        framing: Framing,
        /// The picture, or what is wrong with it.
        result: Result<ReadPicture, String>,
    },
    /// A model was loaded, or not.
    Model {
        /// Into which seat.
        seat: Seat,
        /// From where.
        source: ModelSource,
        /// Onto which device.
        device: DeviceChoice,
        /// The model, or what is wrong with it.
        result: Result<Box<Loaded>, String>,
    },
    /// The network answered.
    Judged {
        /// The question.
        asked: Asked,
        /// The score, or why there is none.
        result: Result<Scored, String>,
    },
    /// A file was written, or not.
    Saved {
        /// Which.
        path: PathBuf,
        /// Why not.
        result: Result<(), String>,
    },
    /// Recent models could not be remembered, and why.
    Forgotten(String),
    /// The thread that searches says something.
    Search(SearchAnswer),
    /// A thread that works on a study says something.
    Study(StudyId, StudyAnswer),
    /// A thread that works on a reader study says something.
    Reader(ReaderStudyId, ReaderAnswer),
    /// Somebody chose something in a dialog.
    Chosen(Command),
    /// The system has no dialogs.
    NoDialog,
}

/// Sends answers and wakes the window.
#[derive(Clone)]
pub struct Outbox {
    /// Where answers go.
    pub sender: crossbeam_channel::Sender<Answer>,
    /// Called after each.
    pub wake: Arc<dyn Fn() + Send + Sync>,
}

impl Outbox {
    /// Sends one answer. If nobody listens any more, the window is closing.
    pub fn send(&self, answer: Answer) {
        if self.sender.send(answer).is_ok() {
            (self.wake)();
        }
    }
}

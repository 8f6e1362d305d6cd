//! What threads send back to the window.

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_image::perturb::Perturbation;
use flipscope_model::scheduler::{Loaded, ModelSlot};
use flipscope_model::{DeviceChoice, ModelSource, Scored};

use crate::explorer::apply::Dialog;
use crate::explorer::batch::request::BatchAnswer;
use crate::explorer::command::Command;
use crate::explorer::explain::request::ExplainAnswer;
use crate::explorer::explore::file_state::Refused;
use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::list::request::LabelsAnswer;
use crate::explorer::explore::request::{Asked, ReadPicture};
use crate::explorer::figures::request::FigureAnswer;
use crate::explorer::landscape::request::LandscapeAnswer;
use crate::explorer::picture::state::Inspection;
use crate::explorer::proof::request::ProofAnswer;
use crate::explorer::readers::request::ReaderAnswer;
use crate::explorer::readers::state::ReaderStudyId;
use crate::explorer::search::request::SearchAnswer;
use crate::explorer::session::request::SessionAnswer;
use crate::explorer::study::request::StudyAnswer;
use crate::explorer::study::state::StudyId;
use crate::explorer::summary::request::SummaryAnswer;

/// An altered picture that was written, with what altered it beside it, or was not.
#[derive(Debug)]
pub struct SavedPicture {
    /// Its PNG.
    pub path: PathBuf,
    /// What altered it.
    pub perturbation: Arc<Perturbation>,
    /// Why it failed.
    pub result: Result<(), String>,
}

/// What a worker sends back.
#[derive(Debug)]
pub enum Answer {
    /// The pictures in files and folders.
    Listed {
        /// Pictures, in the order of their names within each folder.
        files: Vec<PathBuf>,
        /// What could not be listed.
        problems: Vec<String>,
    },
    /// Labels of photographs were read, or not.
    Labels(LabelsAnswer),
    /// A picture was read, or not.
    Read {
        /// For which lesion.
        lesion: LesionId,
        /// With or without orientation and profile.
        color_handling: ColorHandling,
        /// With which framing.
        framing: Framing,
        /// What is kept beside the words if it cannot be read; none for a sample.
        refused: Option<Refused>,
        /// The picture, or what went wrong.
        result: Result<ReadPicture, String>,
    },
    /// A model was loaded, or not.
    Model {
        /// Into which slot.
        slot: ModelSlot,
        /// From where.
        source: ModelSource,
        /// Onto which device.
        device: DeviceChoice,
        /// The model, or what went wrong.
        result: Result<Box<Loaded>, String>,
    },
    /// The network answered.
    Judged {
        /// The request.
        asked: Asked,
        /// The score, or why there is none.
        result: Result<Scored, String>,
    },
    /// An altered picture was written, or not.
    Saved(SavedPicture),
    /// A frame was rendered, and its pixels were counted.
    Inspected(Arc<Inspection>),
    /// Recent models could not be saved, and why.
    Forgotten(String),
    /// A report from the search thread.
    Search(SearchAnswer),
    /// Files about many lesions were written, or not.
    Batch(BatchAnswer),
    /// A figure was drawn, or not.
    Figure(FigureAnswer),
    /// A report from a thread that makes maps, or writes what explains.
    Explain(ExplainAnswer),
    /// A report from the thread that judges a landscape.
    Landscape(LandscapeAnswer),
    /// A report from the thread that looks for the smallest changes that flip.
    Summary(SummaryAnswer),
    /// A report from a thread of a proof.
    Proof(ProofAnswer),
    /// A report from a thread that works on a study.
    Study(StudyId, StudyAnswer),
    /// A report from a thread that works on a reader study.
    Reader(ReaderStudyId, ReaderAnswer),
    /// A report from the thread that keeps sessions.
    Session(SessionAnswer),
    /// Something was chosen in a dialog.
    Chosen(Command),
    /// The system has not shown a dialog.
    NoDialog {
        /// The dialog.
        dialog: Box<Dialog>,
        /// The name that it would have proposed for a new file.
        proposed: Option<PathBuf>,
    },
    /// A path that was typed in place of a dialog cannot be taken.
    PathRefused {
        /// The dialog.
        dialog: Box<Dialog>,
        /// The path, as it was typed.
        path: PathBuf,
        /// Why.
        why: String,
    },
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
    /// Sends one answer. If nobody receives it any more, the window is closing.
    pub fn send(&self, answer: Answer) {
        if self.sender.send(answer).is_ok() {
            (self.wake)();
        }
    }
}

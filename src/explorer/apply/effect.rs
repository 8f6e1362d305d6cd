//! What follows from a change of state: work for threads and for the window.

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_image::lesion::{ColorHandling, Frame, Framing, Raster};
use flipscope_image::perturb::Perturbation;
use flipscope_lab::altered::JudgedFrame;
use flipscope_lab::explain::figure::FileKind;
use flipscope_lab::search::Subject;
use flipscope_lab::search::figure::FileFormat;
use flipscope_language::text;
use flipscope_model::scheduler::ModelSlot;
use flipscope_model::{DeviceChoice, ModelSource, Overrides, Remedy};

use crate::explorer::appearance::Appearance;
use crate::explorer::batch::command::AskBatch;
use crate::explorer::batch::request::BatchWork;
use crate::explorer::explain::request::{ExplainWork, ExportOf, Redrawing, Writing};
use crate::explorer::explore::lesion::{LesionId, Origin};
use crate::explorer::explore::list::request::LabelsRequest;
use crate::explorer::explore::request::Asked;
use crate::explorer::figures::request::FigureWork;
use crate::explorer::landscape::request::LandscapeWork;
use crate::explorer::picture::state::Wanted;
use crate::explorer::proof::request::ProofWork;
use crate::explorer::readers::command::AskReader;
use crate::explorer::readers::request::ReaderWork;
use crate::explorer::readers::state::ReaderStudyId;
use crate::explorer::remembered::Remembered;
use crate::explorer::search::request::{SearchRequest, ToExport};
use crate::explorer::search::state::FindingId;
use crate::explorer::session::request::SessionWork;
use crate::explorer::study::command::AskStudy;
use crate::explorer::study::request::{StudyWork, Writing as Written};
use crate::explorer::study::state::StudyId;
use crate::explorer::summary::request::SummaryWork;

/// What the application has to do after a change of state.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Show a dialog.
    Dialog(Dialog),
    /// Take a path that was typed as what was chosen in a dialog.
    Typed(Box<Dialog>, PathBuf),
    /// Find the pictures in files and folders.
    List(Vec<PathBuf>),
    /// Read labels of photographs.
    Labels(LabelsRequest),
    /// Decode and frame.
    Read {
        /// For which lesion.
        lesion: LesionId,
        /// From where.
        origin: Origin,
        /// With or without orientation and profile.
        color_handling: ColorHandling,
        /// How to frame.
        framing: Framing,
        /// Before everything else in the queue.
        urgent: bool,
    },
    /// Load a model into a slot, onto a device, with a remedy.
    Load(ModelSlot, ModelSource, DeviceChoice, Remedy),
    /// State something else about the models that are loaded from now on.
    Assume(Box<Overrides>),
    /// Unload the model of a slot.
    Unload(ModelSlot),
    /// Ask the network at once; replaces an older request that is still waiting.
    Ask(Asked),
    /// Ask the network about the explored lesion in the background; replaces earlier background requests.
    AskBackground(Vec<Asked>),
    /// Ask the network about the list; replaces earlier requests about the list.
    AskList {
        /// What a person has asked for, and waits for.
        wanted: Vec<Asked>,
        /// The visible part of the list.
        in_sight: Vec<Asked>,
        /// The next ones.
        rest: Vec<Asked>,
    },
    /// Write a frame as PNG, with what altered it beside it.
    Save {
        /// Where to.
        path: PathBuf,
        /// Files that are open, and must not be overwritten.
        never: Vec<PathBuf>,
        /// The original frame.
        frame: Arc<Frame>,
        /// What alters it.
        perturbation: Arc<Perturbation>,
        /// The photograph, and how it became the frame.
        subject: Box<Subject>,
        /// What the network said, if it had been asked.
        judged: Option<Box<JudgedFrame>>,
    },
    /// Render a frame and count its pixels; replaces an older request that is still waiting.
    Inspect(Wanted),
    /// Run a search, after those that were asked for earlier.
    Search(SearchRequest),
    /// Read findings from their files.
    OpenFindings {
        /// The files.
        findings: Vec<PathBuf>,
        /// The photographs that are open.
        photographs: Vec<PathBuf>,
    },
    /// Write the files of findings.
    Export {
        /// Which.
        findings: Vec<ToExport>,
        /// Where to.
        folder: PathBuf,
    },
    /// Write files about many lesions.
    Batch(BatchWork),
    /// Draw a figure.
    Figure(FigureWork),
    /// Make a map, or check one.
    Explain(Box<ExplainWork>),
    /// Draw a map of an earlier run again.
    Redraw(Box<Redrawing>),
    /// Judge the points of a landscape.
    Landscape(Box<LandscapeWork>),
    /// Look for the smallest changes that flip.
    Summary(Box<SummaryWork>),
    /// Count or judge the frames of a box, or write what came out.
    Proof(Box<ProofWork>),
    /// Write a map, a landscape or a summary.
    WriteExplanation(Box<Writing>),
    /// Put a picture on the clipboard.
    CopyPicture(Arc<Raster>),
    /// Work on a study.
    Study(StudyId, StudyWork),
    /// Work on a reader study.
    Reader(ReaderStudyId, ReaderWork),
    /// Remember recent files and the window at the next start too.
    Remember(Box<Remembered>),
    /// Read or write a session.
    Session(SessionWork),
    /// Put text on the clipboard.
    Copy(String),
    /// Light, dark, or as the system has it.
    Theme(egui::ThemePreference),
    /// High contrast, or not.
    Contrast(bool),
    /// Take the whole screen, or give it back.
    FullScreen(bool),
    /// Theme and zoom.
    Appearance(Appearance),
    /// Close the window.
    Quit,
}

/// A dialog of the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Photographs to open.
    Photographs,
    /// A folder to open.
    Folder,
    /// A table of labels for the open photographs.
    Labels,
    /// A checkpoint to open, for a slot.
    Model(ModelSlot),
    /// A PNG to write, with the proposed name.
    Save(String),
    /// Files of findings to open.
    Findings,
    /// A folder for a finding's files.
    Export(FindingId),
    /// A folder for the record of a proof, by its place among the outcomes.
    Proof(usize),
    /// A folder for the files of every finding that would be lost.
    ExportLost,
    /// A session to open.
    OpenSession,
    /// A session to write.
    SaveSession,
    /// The folder that missing photographs of a session are in now.
    MissingPhotographs,
    /// Something for many lesions.
    Batch(AskBatch),
    /// A figure to write, with the proposed name and the format.
    Figure(String, FileFormat),
    /// An explanation to write: which, the proposed name, and as what.
    Explanation(ExportOf, String, FileKind),
    /// Something for a study.
    Study(AskStudy),
    /// Something for a reader study.
    Reader(AskReader),
}

impl Dialog {
    /// What it asks.
    pub(crate) fn title(&self) -> &'static str {
        if let Some(title) = self.writes() {
            return title;
        }
        match self {
            Self::Folder => text!("dialog-folder"),
            Self::Labels => text!("dialog-labels"),
            Self::Model(_) => text!("dialog-model"),
            Self::Findings | Self::Reader(AskReader::Findings) => text!("dialog-findings"),
            Self::OpenSession => text!("dialog-open-session"),
            Self::MissingPhotographs => text!("dialog-missing-photographs"),
            Self::Study(AskStudy::Table) | Self::Reader(AskReader::Table) => text!("dialog-table"),
            Self::Study(AskStudy::Classes) | Self::Reader(AskReader::Classes) => {
                text!("dialog-classes")
            }
            Self::Study(AskStudy::Images) | Self::Reader(AskReader::Images) => {
                text!("dialog-images")
            }
            Self::Study(AskStudy::Root) => text!("dialog-study-photographs"),
            Self::Study(AskStudy::Split) => text!("dialog-split"),
            Self::Study(AskStudy::Open) => text!("dialog-open-study"),
            Self::Study(AskStudy::MergeFrom) => text!("dialog-merge-study"),
            Self::Reader(AskReader::Folder) => text!("dialog-findings-folder"),
            Self::Reader(AskReader::Open) => text!("dialog-open-readers"),
            Self::Reader(AskReader::MergeFrom) => text!("dialog-merge-readers"),
            // Those that write have a title already.
            _ => text!("dialog-photographs"),
        }
    }

    /// What it asks where to write, as its title has it; none if it asks what to open.
    pub(crate) fn writes(&self) -> Option<&'static str> {
        Some(match self {
            Self::Save(_) => text!("dialog-save-altered"),
            Self::Export(_) => text!("dialog-export"),
            Self::Proof(_) => text!("dialog-proof"),
            Self::ExportLost => text!("dialog-save-findings"),
            Self::SaveSession => text!("dialog-save-session"),
            Self::Batch(AskBatch::Export) => text!("batch-export-folder"),
            Self::Batch(AskBatch::ListCsv) => text!("batch-save-list"),
            Self::Batch(AskBatch::FindingsCsv) => text!("batch-save-findings"),
            Self::Figure(..) => text!("dialog-figure"),
            Self::Explanation(of, ..) => of.title(),
            Self::Study(AskStudy::New) => text!("dialog-make-study"),
            Self::Reader(AskReader::New) => text!("dialog-make-readers"),
            Self::Study(AskStudy::MergeInto(_)) | Self::Reader(AskReader::MergeInto(_)) => {
                text!("dialog-merge-into")
            }
            Self::Study(AskStudy::Write(Written::Tables))
            | Self::Reader(AskReader::Write(Written::Tables)) => text!("dialog-write-tables"),
            Self::Study(AskStudy::Write(Written::Report))
            | Self::Reader(AskReader::Write(Written::Report)) => text!("dialog-write-report"),
            Self::Photographs
            | Self::Folder
            | Self::Labels
            | Self::Model(_)
            | Self::Findings
            | Self::OpenSession
            | Self::MissingPhotographs
            | Self::Study(_)
            | Self::Reader(_) => return None,
        })
    }
}

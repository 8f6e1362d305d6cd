//! Everything that a person can ask for. Widgets, menus, shortcuts and dropped files emit these; [`crate::explorer::apply`] is the
//! only place that carries them out.

mod decision;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_image::perturb::Perturbation;
use flipscope_language::Language;
use flipscope_model::scheduler::ModelSlot;
use flipscope_model::{DeviceChoice, ModelSource, Remedy};

use crate::explorer::batch::command::BatchCommand;
use crate::explorer::explain::command::ExplainCommand;
use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::explore::view::View;
use crate::explorer::figures::command::FigureCommand;
use crate::explorer::history::Gesture;
use crate::explorer::landscape::command::LandscapeCommand;
use crate::explorer::page::{Help, Page, Tool};
use crate::explorer::palette::command::PaletteCommand;
use crate::explorer::picture::command::PictureCommand;
use crate::explorer::presenter::command::PresenterCommand;
use crate::explorer::proof::command::ProofCommand;
use crate::explorer::readers::command::ReaderCommand;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::session::command::SessionCommand;
use crate::explorer::study::command::StudyCommand;
use crate::explorer::summary::command::SummaryCommand;
use crate::explorer::tour::command::TourCommand;
use crate::explorer::typed_path::command::TypedPathCommand;

pub use decision::Decision;

/// A request about remedies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemedyCommand {
    /// Use one for the model of a slot, which is loaded again.
    Use(ModelSlot, Remedy),
    /// Compare the explored model with itself without its remedy.
    CompareWithout,
}

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Ask for photographs with the system's dialog.
    AskPhotographs,
    /// Ask for a folder with the system's dialog.
    AskFolder,
    /// Ask for a checkpoint for a slot with the system's dialog.
    AskModel(ModelSlot),
    /// Ask where to save the altered frame.
    AskSave,
    /// Open files and folders.
    Open(Vec<PathBuf>),
    /// Open the synthetic samples, and explore the one with this index.
    OpenSamples(usize),
    /// Use another model in a slot.
    UseModel(ModelSlot, ModelSource),
    /// What stands between the frames and the verdicts.
    Remedy(RemedyCommand),
    /// Stop comparing with another model.
    StopComparing,
    /// Explore the comparison model, and compare it with the one explored so far.
    SwapModels,
    /// Load the model in use onto another device, or onto the same one again.
    UseDevice(DeviceChoice),
    /// Write the altered frame of the selected lesion.
    SaveAltered(PathBuf),
    /// Explore this lesion.
    Select(LesionId),
    /// A command about the list as a table.
    List(ListCommand),
    /// The visible part of the list, by position.
    InSight(Range<usize>),
    /// Explore the lesion this many places further down (or up).
    Step(i32),
    /// Close a lesion.
    Close(LesionId),
    /// Change the perturbation of the selected lesion.
    Alter(Gesture, Arc<Perturbation>),
    /// The pointer was released.
    EndGesture,
    /// Back to the unaltered frame.
    ResetAll,
    /// Undo the newest step.
    Undo,
    /// Redo it.
    Redo,
    /// Show another tool beside the picture.
    ShowTool(Tool),
    /// A command about searches and findings.
    Search(SearchCommand),
    /// A command about many lesions.
    Batch(BatchCommand),
    /// A command about figures.
    Figure(FigureCommand),
    /// A command about maps.
    Explain(ExplainCommand),
    /// A command about landscapes.
    Landscape(LandscapeCommand),
    /// A command about the smallest changes that flip.
    Summary(SummaryCommand),
    /// Something about proofs.
    Proof(ProofCommand),
    /// Switch to another page.
    OpenPage(Page),
    /// A command about studies.
    Study(StudyCommand),
    /// A command about reader studies.
    Reader(ReaderCommand),
    /// A command about sessions.
    Session(SessionCommand),
    /// Change how the pictures are displayed.
    SetView(View),
    /// Show the pictures one step closer, or one step further away.
    Zoom(bool),
    /// Set the threshold, or go back to the model's.
    SetThreshold(Option<f32>),
    /// Set the framing, or go back to the model's.
    SetFraming(Option<Framing>),
    /// Read files with or without their orientation and profile.
    SetColorHandling(ColorHandling),
    /// Copy the command line that gives the same verdict.
    CopyCommandLine,
    /// Read again the photographs that could not be read.
    ReadAgain,
    /// Dismiss a message.
    Dismiss(u64),
    /// Dismiss the newest message.
    DismissNewest,
    /// Dismiss every message.
    DismissAll,
    /// Keep a message that somebody is looking at.
    KeepMessage(u64),
    /// Show every message in front of the page, or stop.
    AllMessages(bool),
    /// Open or close help.
    Help(Help),
    /// A command about the command palette.
    Palette(PaletteCommand),
    /// A command about pixels.
    Picture(PictureCommand),
    /// A command about presenter mode.
    Presenter(PresenterCommand),
    /// A command about the tour.
    Tour(TourCommand),
    /// A command about a path that is typed in place of a dialog.
    TypedPath(TypedPathCommand),
    /// Light or dark.
    Theme(egui::Theme),
    /// Light or dark, as the system has it.
    SystemTheme,
    /// High contrast, or not.
    Contrast(bool),
    /// The language of the window.
    Language(Language),
    /// Close the window.
    Quit,
    /// Decide about what a command would lose.
    Decide(Decision),
}

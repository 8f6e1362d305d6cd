//! Everything that a person can ask for. Widgets, menus, shortcuts and dropped files emit these; [`crate::explorer::apply`] is the
//! only place that carries them out.

mod decision;
mod keys;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_image::perturb::Perturbation;
use flipscope_model::scheduler::ModelSlot;
use flipscope_model::{DeviceChoice, ModelSource};

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::view::View;
use crate::explorer::history::Gesture;
use crate::explorer::page::{Help, Page, Tool};
use crate::explorer::readers::command::ReaderCommand;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::study::command::StudyCommand;

pub use decision::Decision;
pub(crate) use keys::{SHORTCUTS, escape, from_keys, keys_of};

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
    /// Compare with no other model any more.
    StopComparing,
    /// Explore the model that stands beside, and compare it with the one explored so far.
    SwapModels,
    /// Load the model in use onto another device, or onto the same one again.
    UseDevice(DeviceChoice),
    /// Write the altered frame of the selected lesion.
    SaveAltered(PathBuf),
    /// Explore this lesion.
    Select(LesionId),
    /// The part of the list that is in sight, by places.
    InSight(Range<usize>),
    /// Explore the one so many places further down (or up).
    Step(i32),
    /// Close a lesion.
    Close(LesionId),
    /// Change the perturbation of the selected lesion.
    Alter(Gesture, Arc<Perturbation>),
    /// The pointer was released.
    EndGesture,
    /// Back to the unaltered frame.
    ResetAll,
    /// Take the newest step back.
    Undo,
    /// Do it again.
    Redo,
    /// Show the sliders, or the searches.
    Show(Tool),
    /// About searches and findings.
    Search(SearchCommand),
    /// Explore a lesion, study a set, or have people read.
    Turn(Page),
    /// About studies.
    Study(StudyCommand),
    /// About reader studies.
    Reader(ReaderCommand),
    /// Look at the pictures in another way.
    Look(View),
    /// Set the threshold, or go back to the model's.
    Threshold(Option<f32>),
    /// Set the framing, or go back to the model's.
    Frame(Option<Framing>),
    /// Read files with or without their orientation and profile.
    Read(ColorHandling),
    /// Copy the command line that gives the same verdict.
    CopyCommandLine,
    /// Read the photograph of a lesion again.
    ReadAgain(LesionId),
    /// Dismiss a message.
    Dismiss(u64),
    /// Dismiss the newest message.
    DismissNewest,
    /// Dismiss every message.
    DismissAll,
    /// Keep a message that somebody looks at.
    KeepMessage(u64),
    /// Show every message in front of the page, or no more.
    AllMessages(bool),
    /// Open or close help.
    Help(Help),
    /// Light or dark.
    Theme(egui::Theme),
    /// Close the window.
    Quit,
    /// What is to become of what a command would lose.
    Decide(Decision),
}

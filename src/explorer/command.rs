//! Everything that a person can ask for. Widgets, menus, shortcuts and dropped files emit these; [`super::apply`] is the
//! only place that carries them out.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::classifier::scheduler::Seat;
use crate::classifier::{DeviceChoice, ModelSource};
use crate::lesion::{Framing, Reading};
use crate::perturb::Perturbation;

use super::history::Gesture;
use super::searches::{FindingId, Form, SearchId};
use super::state::{Help, Layout, LesionId, Page, Tool, View};
use super::studies::StudyForm;
use super::worker::Writing;

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Ask for photographs with the system's dialog.
    AskPhotographs,
    /// Ask for a folder with the system's dialog.
    AskFolder,
    /// Ask for a checkpoint for a seat with the system's dialog.
    AskModel(Seat),
    /// Ask where to save the altered frame.
    AskSave,
    /// Open files and folders.
    Open(Vec<PathBuf>),
    /// Open the synthetic samples, and explore the one with this index.
    OpenSamples(usize),
    /// Use another model in a seat.
    UseModel(Seat, ModelSource),
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
    /// Explore a lesion, or study a set.
    Turn(Page),
    /// About studies.
    Study(StudyCommand),
    /// Look at the pictures in another way.
    Look(View),
    /// Set the threshold, or go back to the model's.
    Threshold(Option<f32>),
    /// Set the framing, or go back to the model's.
    Frame(Option<Framing>),
    /// Read files with or without their orientation and profile.
    Read(Reading),
    /// Copy the command line that gives the same verdict.
    CopyCommandLine,
    /// Dismiss a message.
    Dismiss(u64),
    /// Open or close help.
    Help(Help),
    /// Light or dark.
    Theme(egui::Theme),
    /// Close the window.
    Quit,
}

/// What a person can ask for about searches and findings.
#[derive(Clone, Debug, PartialEq)]
pub enum SearchCommand {
    /// Change what the next search will be.
    Set(Box<Form>),
    /// Search on the selected lesion.
    Start,
    /// Call a search off; what it found by then is kept.
    CallOff(SearchId),
    /// Call off every search.
    CallOffAll,
    /// Take a failed search off the list.
    Dismiss(SearchId),
    /// Put the best of a search so far on the sliders.
    ApplyBest(SearchId),
    /// Put a finding on the sliders.
    Apply(FindingId),
    /// Ask where to export a finding.
    AskExport(FindingId),
    /// Write a finding's files into a folder.
    Export(FindingId, PathBuf),
    /// Take a finding out of the tray.
    Delete(FindingId),
}

/// What a person can ask for about studies.
#[derive(Clone, Debug, PartialEq)]
pub enum StudyCommand {
    /// Change what the next study will be.
    Set(Box<StudyForm>),
    /// Ask something with the system's dialog.
    Ask(AskStudy),
    /// The labelled photographs of the next study: a table, or a folder per class.
    Data(PathBuf),
    /// The folder of the table's photographs.
    Images(PathBuf),
    /// The split of a training.
    Split(PathBuf),
    /// Make the study that the form says, in a file.
    Make(PathBuf),
    /// Open a study's file.
    Open(PathBuf),
    /// Put copies of a study into one file: the copies are known, the file is asked for.
    MergeFrom(Vec<PathBuf>),
    /// Put copies of a study into one file.
    Merge(Vec<PathBuf>, PathBuf),
    /// Call off the making of a study.
    CallOff,
    /// Carry out what is left of the open study.
    Run,
    /// Stop after the batch in flight.
    Pause,
    /// Close the open study; its file stays.
    Close,
    /// Write results into a folder.
    Write(Writing, PathBuf),
    /// Put the place of the page that was written last on the clipboard.
    CopyReport,
}

/// What a dialog of the system can be asked about studies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskStudy {
    /// A table of labelled photographs.
    Table,
    /// A folder per class.
    Classes,
    /// The folder of the table's photographs.
    Images,
    /// The split of a training.
    Split,
    /// A new study's file.
    New,
    /// A study to open.
    Open,
    /// Copies of a study to be merged.
    MergeFrom,
    /// The file that they are merged into.
    MergeInto(Vec<PathBuf>),
    /// A folder for results.
    Write(Writing),
}

/// A command with a fixed meaning that a key can give.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shortcut {
    /// What it does, in words.
    pub what: &'static str,
    /// The keys.
    pub keys: KeyboardShortcut,
    /// The command, made from the view as it is now.
    pub command: fn(&View) -> Command,
}

const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

fn layout(view: &View, layout: Layout) -> Command {
    Command::Look(View {
        layout,
        ..view.clone()
    })
}

/// Every shortcut, in the order of the help window. Longer modifier sets stand first: egui matches the first that fits.
pub(crate) const SHORTCUTS: &[Shortcut] = &[
    Shortcut {
        what: "Open a folder",
        keys: key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O),
        command: |_| Command::AskFolder,
    },
    Shortcut {
        what: "Open photographs",
        keys: key(Modifiers::COMMAND, Key::O),
        command: |_| Command::AskPhotographs,
    },
    Shortcut {
        what: "Compare with a model",
        keys: key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::M),
        command: |_| Command::AskModel(Seat::Second),
    },
    Shortcut {
        what: "Open a model",
        keys: key(Modifiers::COMMAND, Key::M),
        command: |_| Command::AskModel(Seat::First),
    },
    Shortcut {
        what: "Save the altered picture",
        keys: key(Modifiers::COMMAND, Key::S),
        command: |_| Command::AskSave,
    },
    Shortcut {
        what: "Redo",
        keys: key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z),
        command: |_| Command::Redo,
    },
    Shortcut {
        what: "Undo",
        keys: key(Modifiers::COMMAND, Key::Z),
        command: |_| Command::Undo,
    },
    Shortcut {
        what: "Redo",
        keys: key(Modifiers::COMMAND, Key::Y),
        command: |_| Command::Redo,
    },
    Shortcut {
        what: "Copy as a command line",
        keys: key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::K),
        command: |_| Command::CopyCommandLine,
    },
    Shortcut {
        what: "Reset every slider",
        keys: key(Modifiers::NONE, Key::R),
        command: |_| Command::ResetAll,
    },
    Shortcut {
        what: "Show the sliders",
        keys: key(Modifiers::NONE, Key::A),
        command: |_| Command::Show(Tool::Alter),
    },
    Shortcut {
        what: "Show the searches",
        keys: key(Modifiers::NONE, Key::S),
        command: |_| Command::Show(Tool::Search),
    },
    Shortcut {
        what: "Start the search",
        keys: key(Modifiers::COMMAND, Key::Enter),
        command: |_| Command::Search(SearchCommand::Start),
    },
    Shortcut {
        what: "Explore a lesion",
        keys: key(Modifiers::COMMAND, Key::Num1),
        command: |_| Command::Turn(Page::Explore),
    },
    Shortcut {
        what: "Study a set",
        keys: key(Modifiers::COMMAND, Key::Num2),
        command: |_| Command::Turn(Page::Study),
    },
    Shortcut {
        what: "Next lesion",
        keys: key(Modifiers::NONE, Key::PageDown),
        command: |_| Command::Step(1),
    },
    Shortcut {
        what: "Previous lesion",
        keys: key(Modifiers::NONE, Key::PageUp),
        command: |_| Command::Step(-1),
    },
    Shortcut {
        what: "Side by side",
        keys: key(Modifiers::NONE, Key::Num1),
        command: |view| layout(view, Layout::SideBySide),
    },
    Shortcut {
        what: "Wipe",
        keys: key(Modifiers::NONE, Key::Num2),
        command: |view| layout(view, Layout::Wipe),
    },
    Shortcut {
        what: "Blink",
        keys: key(Modifiers::NONE, Key::Num3),
        command: |view| layout(view, Layout::Blink),
    },
    Shortcut {
        what: "Difference",
        keys: key(Modifiers::NONE, Key::Num4),
        command: |view| layout(view, Layout::Difference),
    },
    Shortcut {
        what: "Full resolution, or the network's",
        keys: key(Modifiers::NONE, Key::F),
        command: |view| {
            Command::Look(View {
                full_resolution: !view.full_resolution,
                ..view.clone()
            })
        },
    },
    Shortcut {
        what: "Show the whole picture",
        keys: key(Modifiers::NONE, Key::Home),
        command: |view| {
            Command::Look(View {
                zoom: 1.0,
                centre: [0.5, 0.5],
                ..view.clone()
            })
        },
    },
    Shortcut {
        what: "These keys",
        keys: key(Modifiers::NONE, Key::F1),
        command: |_| Command::Help(Help::Keys),
    },
    Shortcut {
        what: "Quit",
        keys: key(Modifiers::COMMAND, Key::Q),
        command: |_| Command::Quit,
    },
];

/// The keys of a command in words, for menus; empty if it has none.
pub(crate) fn keys_of(what: &str, ctx: &egui::Context) -> String {
    SHORTCUTS
        .iter()
        .find(|shortcut| shortcut.what == what)
        .map(|shortcut| ctx.format_shortcut(&shortcut.keys))
        .unwrap_or_default()
}

/// Commands of the keys pressed in this frame. Plain keys are left alone while a text field has them; what alters a lesion, while none
/// is in sight.
pub(crate) fn from_keys(ctx: &egui::Context, page: Page, view: &View) -> Vec<Command> {
    let typing = ctx.egui_wants_keyboard_input() && ctx.text_edit_focused();
    let everywhere = |command: Command| {
        use Command::{AskFolder, AskModel, AskPhotographs, Help, Quit, Turn};
        let of_the_window = matches!(command, AskModel(_) | Help(_) | Quit | Turn(_));
        of_the_window || matches!(command, AskFolder | AskPhotographs)
    };
    ctx.input_mut(|input| {
        SHORTCUTS
            .iter()
            .filter(|shortcut| !typing || shortcut.keys.modifiers.command)
            .filter(|shortcut| page == Page::Explore || everywhere((shortcut.command)(view)))
            .filter(|shortcut| input.consume_shortcut(&shortcut.keys))
            .map(|shortcut| (shortcut.command)(view))
            .collect()
    })
}

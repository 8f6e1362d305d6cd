//! Keys that stand for commands.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::explorer::command::Command;
use crate::explorer::explore::view::{Layout, View};
use crate::explorer::page::{Help, Page, Tool};
use crate::explorer::search::command::SearchCommand;
use flipscope_model::scheduler::ModelSlot;

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

/// Every shortcut, in the order of the help window. Longer modifier sets come first: egui matches the first that fits.
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
        command: |_| Command::AskModel(ModelSlot::Comparison),
    },
    Shortcut {
        what: "Open a model",
        keys: key(Modifiers::COMMAND, Key::M),
        command: |_| Command::AskModel(ModelSlot::Primary),
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
        what: "Copy as command line",
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
        what: "Go to Explore",
        keys: key(Modifiers::COMMAND, Key::Num1),
        command: |_| Command::Turn(Page::Explore),
    },
    Shortcut {
        what: "Go to Study",
        keys: key(Modifiers::COMMAND, Key::Num2),
        command: |_| Command::Turn(Page::Study),
    },
    Shortcut {
        what: "Go to Readers",
        keys: key(Modifiers::COMMAND, Key::Num3),
        command: |_| Command::Turn(Page::Readers),
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
        what: "Toggle full resolution",
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

/// The keys of a command as text, for menus; empty if it has none.
pub(crate) fn keys_of(what: &str, ctx: &egui::Context) -> String {
    SHORTCUTS
        .iter()
        .find(|shortcut| shortcut.what == what)
        .map(|shortcut| ctx.format_shortcut(&shortcut.keys))
        .unwrap_or_default()
}

/// Escape dismisses the newest message, unless a field or a menu uses it.
pub(crate) fn escape(ctx: &egui::Context) -> Option<Command> {
    let elsewhere = ctx.text_edit_focused() || egui::Popup::is_any_open(ctx);
    let pressed =
        !elsewhere && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    pressed.then_some(Command::DismissNewest)
}

/// Commands of the keys pressed in this frame. Plain keys are left to a text field that has the focus; keys that alter a lesion
/// are ignored while no lesion is shown.
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

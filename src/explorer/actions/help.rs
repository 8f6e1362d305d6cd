//! Help.

use egui::Key;

use crate::explorer::actions::action::{Action, ctrl, plain};
use crate::explorer::actions::group::Group;
use crate::explorer::command::Command;
use crate::explorer::page::Help;
use crate::explorer::palette::command::PaletteCommand;

pub(crate) const PALETTE: Action = Action::new("Command palette…", Group::Help, |_| {
    Command::Palette(PaletteCommand::Open)
})
.keys(&[ctrl(Key::P)]);

pub(crate) const KEYS: Action =
    Action::new("Keys and mouse", Group::Help, |_| Command::Help(Help::Keys))
        .keys(&[plain(Key::F1)]);

pub(crate) const ABOUT: Action = Action::new("About flipscope", Group::Help, |_| {
    Command::Help(Help::About)
});

pub(super) const ALL: &[Action] = &[PALETTE, KEYS, ABOUT];

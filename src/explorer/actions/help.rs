//! Help.

use egui::Key;

use crate::explorer::actions::action::{Action, ctrl, plain};
use crate::explorer::actions::group::Group;
use crate::explorer::command::Command;
use crate::explorer::page::Help;
use crate::explorer::palette::command::PaletteCommand;
use crate::explorer::tour::command::TourCommand;

pub(crate) const PALETTE: Action = Action::new("Command palette…", Group::Help, |_| {
    Command::Palette(PaletteCommand::Open)
})
.keys(&[ctrl(Key::P)]);

pub(crate) const KEYS: Action =
    Action::new("Keys and mouse", Group::Help, |_| Command::Help(Help::Keys))
        .keys(&[plain(Key::F1)]);

pub(crate) const TOUR: Action =
    Action::new("Tour: five steps to a first flip", Group::Help, |_| {
        Command::Tour(TourCommand::Start)
    });

pub(crate) const NUMBERS: Action = Action::new("The numbers explained", Group::Help, |_| {
    Command::Help(Help::Numbers)
});

pub(crate) const LETTER: Action = Action::new("The letter explained", Group::Help, |_| {
    Command::Help(Help::Letter)
});

pub(crate) const CITE: Action = Action::new("Cite", Group::Help, |_| Command::Help(Help::Cite));

pub(crate) const ABOUT: Action = Action::new("About flipscope", Group::Help, |_| {
    Command::Help(Help::About)
});

pub(super) const ALL: &[Action] = &[PALETTE, KEYS, TOUR, NUMBERS, LETTER, CITE, ABOUT];

//! Help.

use egui::Key;

use flipscope_language::id;

use crate::explorer::actions::action::{Action, ctrl, plain};
use crate::explorer::actions::group::Group;
use crate::explorer::command::Command;
use crate::explorer::page::Help;
use crate::explorer::palette::command::PaletteCommand;
use crate::explorer::tour::command::TourCommand;

pub(crate) const PALETTE: Action = Action::new(id!("help-palette"), Group::Help, |_| {
    Command::Palette(PaletteCommand::Open)
})
.keys(&[ctrl(Key::P)])
.in_front();

pub(crate) const KEYS: Action =
    Action::new(id!("help-keys"), Group::Help, |_| Command::Help(Help::Keys))
        .keys(&[plain(Key::F1)])
        .in_front();

pub(crate) const TOUR: Action = Action::new(id!("help-tour"), Group::Help, |_| {
    Command::Tour(TourCommand::Start)
});

pub(crate) const NUMBERS: Action = Action::new(id!("help-numbers"), Group::Help, |_| {
    Command::Help(Help::Numbers)
});

pub(crate) const LETTER: Action = Action::new(id!("help-letter"), Group::Help, |_| {
    Command::Help(Help::Letter)
});

pub(crate) const CITE: Action =
    Action::new(id!("help-cite"), Group::Help, |_| Command::Help(Help::Cite));

pub(crate) const ABOUT: Action = Action::new(id!("help-about"), Group::Help, |_| {
    Command::Help(Help::About)
});

pub(super) const ALL: &[Action] = &[PALETTE, KEYS, TOUR, NUMBERS, LETTER, CITE, ABOUT];

//! Figures, and what goes to the clipboard.

use egui::Key;

use flipscope_language::id;

use crate::explorer::actions::action::{Action, ctrl, ctrl_shift};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable;
use crate::explorer::command::Command;
use crate::explorer::figures::command::FigureCommand;
use crate::explorer::figures::obstacle;
use crate::explorer::page::Page;

pub(crate) const FIGURE: Action = Action::new(id!("figures-figure"), Group::Figures, |_| {
    Command::Figure(FigureCommand::OpenFigure)
})
.keys(&[ctrl(Key::E)])
.on(Page::Explore)
.unless(|state| obstacle::to_figure(state).map(Into::into));

pub(crate) const SHEET: Action = Action::new(id!("figures-sheet"), Group::Figures, |_| {
    Command::Figure(FigureCommand::OpenSheet)
})
.keys(&[ctrl_shift(Key::E)])
.on(Page::Explore)
.unless(|state| obstacle::to_sheet(state).map(Into::into));

pub(crate) const COPY_FIGURE: Action =
    Action::new(id!("figures-copy-figure"), Group::Figures, |_| {
        Command::Figure(FigureCommand::CopyExplored)
    })
    .on(Page::Explore)
    .unless(|state| obstacle::to_figure(state).map(Into::into));

pub(crate) const COPY_PICTURE: Action =
    Action::new(id!("figures-copy-picture"), Group::Figures, |_| {
        Command::Figure(FigureCommand::CopyPicture)
    })
    .keys(&[ctrl_shift(Key::C)])
    .on(Page::Explore)
    .unless(usable::picture);

pub(super) const ALL: &[Action] = &[FIGURE, SHEET, COPY_FIGURE, COPY_PICTURE];

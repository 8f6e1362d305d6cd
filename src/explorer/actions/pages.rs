//! Which page is open.

use egui::Key;

use crate::explorer::actions::action::{Action, ctrl};
use crate::explorer::actions::group::Group;
use crate::explorer::command::Command;
use crate::explorer::page::Page;

pub(crate) const EXPLORE: Action = Action::new("Go to Explore", Group::Pages, |_| {
    Command::Turn(Page::Explore)
})
.keys(&[ctrl(Key::Num1)]);

pub(crate) const STUDY: Action =
    Action::new("Go to Study", Group::Pages, |_| Command::Turn(Page::Study))
        .keys(&[ctrl(Key::Num2)]);

pub(crate) const READERS: Action = Action::new("Go to Readers", Group::Pages, |_| {
    Command::Turn(Page::Readers)
})
.keys(&[ctrl(Key::Num3)]);

pub(super) const ALL: &[Action] = &[EXPLORE, STUDY, READERS];

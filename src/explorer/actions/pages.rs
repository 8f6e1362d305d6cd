//! Which page is open.

use egui::Key;

use flipscope_language::id;

use crate::explorer::actions::action::{Action, ctrl};
use crate::explorer::actions::group::Group;
use crate::explorer::command::Command;
use crate::explorer::page::Page;

pub(crate) const EXPLORE: Action = Action::new(id!("pages-explore"), Group::Pages, |_| {
    Command::OpenPage(Page::Explore)
})
.keys(&[ctrl(Key::Num1)]);

pub(crate) const STUDY: Action = Action::new(id!("pages-study"), Group::Pages, |_| {
    Command::OpenPage(Page::Study)
})
.keys(&[ctrl(Key::Num2)]);

pub(crate) const READERS: Action = Action::new(id!("pages-readers"), Group::Pages, |_| {
    Command::OpenPage(Page::Readers)
})
.keys(&[ctrl(Key::Num3)]);

pub(crate) const EXPLAIN: Action = Action::new(id!("pages-explain"), Group::Pages, |_| {
    Command::OpenPage(Page::Explain)
})
.keys(&[ctrl(Key::Num4)]);

pub(crate) const LANDSCAPE: Action = Action::new(id!("pages-landscape"), Group::Pages, |_| {
    Command::OpenPage(Page::Landscape)
})
.keys(&[ctrl(Key::Num5)]);

pub(super) const ALL: &[Action] = &[EXPLORE, STUDY, READERS, EXPLAIN, LANDSCAPE];

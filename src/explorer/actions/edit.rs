//! Undo, redo, reset, find.

use egui::Key;

use flipscope_language::{id, text};

use crate::explorer::actions::action::{Action, ctrl, ctrl_shift, plain};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable;
use crate::explorer::actions::usable::needs;
use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::page::Page;

/// Further pages about the explored lesion, whose sliders can be moved there.
const SHOWS_LESION: &[Page] = &[Page::Explain, Page::Landscape];

pub(crate) const UNDO: Action = Action::new(id!("edit-undo"), Group::Edit, |_| Command::Undo)
    .keys(&[ctrl(Key::Z)])
    .on(Page::Explore)
    .also_on(SHOWS_LESION)
    .unless(|state| needs(state.history.can_undo(), text!("obstacle-nothing-to-undo")));

pub(crate) const REDO: Action = Action::new(id!("edit-redo"), Group::Edit, |_| Command::Redo)
    .keys(&[ctrl_shift(Key::Z), ctrl(Key::Y)])
    .on(Page::Explore)
    .also_on(SHOWS_LESION)
    .unless(|state| needs(state.history.can_redo(), text!("obstacle-nothing-to-redo")));

pub(crate) const RESET_ALL: Action =
    Action::new(id!("edit-reset-all"), Group::Edit, |_| Command::ResetAll)
        .keys(&[plain(Key::R)])
        .on(Page::Explore)
        .unless(|state| {
            usable::lesion(state).or_else(|| {
                let altered = |lesion: &Lesion| !lesion.perturbation.is_identity();
                needs(
                    state.current().is_some_and(altered),
                    text!("obstacle-unaltered"),
                )
            })
        });

pub(crate) const FIND: Action = Action::new(id!("edit-find"), Group::Edit, |_| {
    Command::List(ListCommand::Find)
})
.keys(&[ctrl(Key::F)])
.on(Page::Explore)
.unless(usable::lesions);

pub(super) const ALL: &[Action] = &[UNDO, REDO, RESET_ALL, FIND];

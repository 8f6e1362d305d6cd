//! Presenter mode.

use egui::Key;

use crate::explorer::actions::action::{Action, Obstacle, plain};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable::needs;
use crate::explorer::command::Command;
use crate::explorer::page::Page;
use crate::explorer::presenter::command::PresenterCommand;
use crate::explorer::state::State;

/// It is on.
fn presenting(state: &State) -> Obstacle {
    needs(state.presenter.on, "Only in presenter mode (F11).")
}

pub(crate) const TOGGLE: Action = Action::new("Presenter mode", Group::Presenter, |_| {
    Command::Presenter(PresenterCommand::Toggle)
})
.keys(&[plain(Key::F11)]);

pub(crate) const GUESS: Action = Action::new("Guess, then reveal", Group::Presenter, |_| {
    Command::Presenter(PresenterCommand::Guess)
})
.keys(&[plain(Key::G)])
.on(Page::Explore)
.unless(presenting);

pub(crate) const REVEAL: Action = Action::new("Reveal the verdict", Group::Presenter, |_| {
    Command::Presenter(PresenterCommand::Reveal)
})
.keys(&[plain(Key::Space)])
.on(Page::Explore)
.unless(|state| {
    presenting(state).or_else(|| {
        let guesses = state.presenter.guessing && state.selected.is_some();
        needs(guesses, "No verdict is hidden: G hides them.")
    })
});

pub(crate) const LIST: Action = Action::new("Show or hide the list", Group::Presenter, |_| {
    Command::Presenter(PresenterCommand::List)
})
.keys(&[plain(Key::L)])
.on(Page::Explore)
.unless(presenting);

pub(crate) const TOOLS: Action = Action::new("Show or hide the sliders", Group::Presenter, |_| {
    Command::Presenter(PresenterCommand::Tools)
})
.keys(&[plain(Key::T)])
.on(Page::Explore)
.unless(presenting);

pub(crate) const POINTER: Action = Action::new("Ring around the pointer", Group::Presenter, |_| {
    Command::Presenter(PresenterCommand::Pointer)
})
.keys(&[plain(Key::P)])
.unless(presenting);

pub(super) const ALL: &[Action] = &[TOGGLE, GUESS, REVEAL, LIST, TOOLS, POINTER];

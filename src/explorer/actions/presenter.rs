//! Presenter mode.

use egui::Key;

use flipscope_language::{id, text};

use crate::explorer::actions::action::{Action, Obstacle, plain};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable::needs;
use crate::explorer::command::Command;
use crate::explorer::page::Page;
use crate::explorer::presenter::command::PresenterCommand;
use crate::explorer::state::State;

/// It is on.
fn presenting(state: &State) -> Obstacle {
    needs(state.presenter.on, text!("obstacle-not-presenting"))
}

pub(crate) const TOGGLE: Action = Action::new(id!("presenter-toggle"), Group::Presenter, |_| {
    Command::Presenter(PresenterCommand::Toggle)
})
.keys(&[plain(Key::F11)])
.in_front();

pub(crate) const GUESS: Action = Action::new(id!("presenter-guess"), Group::Presenter, |_| {
    Command::Presenter(PresenterCommand::Guess)
})
.keys(&[plain(Key::G)])
.on(Page::Explore)
.unless(presenting);

/// The same before it is on, so that a class sees nothing of a verdict when it begins.
pub(crate) const HIDE: Action = Action::new(id!("presenter-hide"), Group::Presenter, |_| {
    Command::Presenter(PresenterCommand::Guess)
})
.unless(|state| needs(!state.presenter.on, text!("obstacle-presenting")));

pub(crate) const REVEAL: Action = Action::new(id!("presenter-reveal"), Group::Presenter, |_| {
    Command::Presenter(PresenterCommand::Reveal)
})
.keys(&[plain(Key::Space)])
.on(Page::Explore)
.also_on(&[Page::Explain, Page::Landscape])
.unless(|state| {
    presenting(state).or_else(|| {
        let there = state.presenter.guessing && state.selected.is_some();
        // Only beside the pictures is it hidden again by the same key: elsewhere, a space is for the form's buttons.
        let wanted = state.page == Page::Explore
            || (state.selected).is_some_and(|id| state.presenter.hides(id));
        needs(there && wanted, text!("obstacle-nothing-hidden"))
    })
});

pub(crate) const LIST: Action = Action::new(id!("presenter-list"), Group::Presenter, |_| {
    Command::Presenter(PresenterCommand::List)
})
.keys(&[plain(Key::L)])
.on(Page::Explore)
.unless(presenting);

pub(crate) const TOOLS: Action = Action::new(id!("presenter-tools"), Group::Presenter, |_| {
    Command::Presenter(PresenterCommand::Tools)
})
.keys(&[plain(Key::T)])
.unless(presenting);

pub(crate) const POINTER: Action = Action::new(id!("presenter-pointer"), Group::Presenter, |_| {
    Command::Presenter(PresenterCommand::Pointer)
})
.keys(&[plain(Key::P)])
.unless(presenting);

pub(super) const ALL: &[Action] = &[TOGGLE, HIDE, GUESS, REVEAL, LIST, TOOLS, POINTER];

//! Searches.

use egui::Key;

use flipscope_language::{id, text};

use crate::explorer::actions::action::{Action, ctrl};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable::needs;
use crate::explorer::command::Command;
use crate::explorer::page::Page;
use crate::explorer::proof;
use crate::explorer::proof::command::ProofCommand;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::search::obstacle;

pub(crate) const START: Action = Action::new(id!("search-start"), Group::Search, |_| {
    Command::Search(SearchCommand::Start)
})
.keys(&[ctrl(Key::Enter)])
.on(Page::Explore)
.unless(|state| obstacle::to_start(state, &state.searches.form).map(Into::into));

pub(crate) const CANCEL_ALL: Action = Action::new(id!("search-cancel-all"), Group::Search, |_| {
    Command::Search(SearchCommand::CancelAll)
})
.unless(|state| {
    needs(
        state.searches.open().next().is_some(),
        text!("obstacle-no-search"),
    )
});

pub(crate) const PROVE: Action = Action::new(id!("search-prove"), Group::Search, |_| {
    Command::Proof(ProofCommand::Show(true))
})
.on(Page::Explore)
.unless(|state| proof::obstacle::to_look(state).map(Into::into));

pub(crate) const CANCEL_PROOF: Action =
    Action::new(id!("search-cancel-proof"), Group::Search, |_| {
        Command::Proof(ProofCommand::Cancel)
    })
    .unless(|state| needs(state.proofs.task.is_some(), text!("obstacle-no-proof")));

pub(super) const ALL: &[Action] = &[START, CANCEL_ALL, PROVE, CANCEL_PROOF];

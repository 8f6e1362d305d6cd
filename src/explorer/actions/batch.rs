//! What is done to all lesions of the list, or to those that are selected.

use egui::Key;

use flipscope_language::{id, text};

use crate::explorer::actions::action::{Action, ctrl_shift};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable;
use crate::explorer::actions::usable::needs;
use crate::explorer::batch::command::{AskBatch, BatchCommand, Whom};
use crate::explorer::batch::{applying, exporting, searching};
use crate::explorer::command::Command;
use crate::explorer::page::{Page, Tool};

pub(crate) const APPLY_ALL: Action = Action::new(id!("batch-apply-all"), Group::Batch, |_| {
    Command::Batch(BatchCommand::Apply(Whom::All))
})
.on(Page::Explore)
.unless(|state| applying::obstacle(state, Whom::All).map(Into::into));

pub(crate) const APPLY_SELECTED: Action =
    Action::new(id!("batch-apply-selected"), Group::Batch, |_| {
        Command::Batch(BatchCommand::Apply(Whom::Selected))
    })
    .on(Page::Explore)
    .unless(|state| applying::obstacle(state, Whom::Selected).map(Into::into));

pub(crate) const STOP_APPLYING: Action =
    Action::new(id!("batch-stop-applying"), Group::Batch, |_| {
        Command::Batch(BatchCommand::StopApplying)
    })
    .unless(|state| {
        let applied = state.batch.applied.as_ref();
        let going_on = applied.is_some_and(|one| one.asking && !one.counts.is_complete());
        needs(going_on, text!("obstacle-nothing-being-applied"))
    });

pub(crate) const SEARCH_ALL: Action = Action::new(id!("batch-search-all"), Group::Batch, |_| {
    Command::Batch(BatchCommand::Search(Whom::All))
})
.keys(&[ctrl_shift(Key::Enter)])
.on(Page::Explore)
.unless(|state| searching::obstacle(state, Whom::All).map(Into::into));

pub(crate) const SEARCH_SELECTED: Action =
    Action::new(id!("batch-search-selected"), Group::Batch, |_| {
        Command::Batch(BatchCommand::Search(Whom::Selected))
    })
    .on(Page::Explore)
    .unless(|state| searching::obstacle(state, Whom::Selected).map(Into::into));

pub(crate) const SEARCH_AGAIN: Action =
    Action::new(id!("batch-search-all-again"), Group::Batch, |_| {
        Command::Batch(BatchCommand::SearchAgain(Whom::All))
    })
    .on(Page::Explore)
    .unless(|state| searching::obstacle_to_again(state, Whom::All).map(Into::into));

pub(crate) const FINDINGS: Action = Action::new(id!("batch-findings"), Group::Batch, |_| {
    Command::ShowTool(Tool::Findings)
})
.on(Page::Explore)
.unless(usable::lesion);

pub(crate) const EXPORT_FINDINGS: Action =
    Action::new(id!("batch-export-findings"), Group::Batch, |_| {
        Command::Batch(BatchCommand::Ask(AskBatch::Export))
    })
    .on(Page::Explore)
    .unless(|state| exporting::obstacle(state).map(Into::into));

pub(crate) const FINDINGS_CSV: Action =
    Action::new(id!("batch-findings-csv"), Group::Batch, |_| {
        Command::Batch(BatchCommand::Ask(AskBatch::FindingsCsv))
    })
    .on(Page::Explore)
    .unless(|state| {
        needs(
            !state.searches.findings.is_empty(),
            text!("obstacle-no-findings"),
        )
    });

pub(crate) const LIST_CSV: Action = Action::new(id!("batch-list-csv"), Group::Batch, |_| {
    Command::Batch(BatchCommand::Ask(AskBatch::ListCsv))
})
.on(Page::Explore)
.unless(usable::lesions);

pub(crate) const MAKE_STUDY: Action = Action::new(id!("batch-make-study"), Group::Batch, |_| {
    Command::Batch(BatchCommand::MakeStudy)
})
.on(Page::Explore)
.unless(usable::lesions);

pub(super) const ALL: &[Action] = &[
    APPLY_ALL,
    APPLY_SELECTED,
    STOP_APPLYING,
    SEARCH_ALL,
    SEARCH_SELECTED,
    SEARCH_AGAIN,
    FINDINGS,
    EXPORT_FINDINGS,
    FINDINGS_CSV,
    LIST_CSV,
    MAKE_STUDY,
];

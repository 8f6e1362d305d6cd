//! The page *Study*.

use flipscope_language::{id, text};

use crate::explorer::actions::action::{Action, Obstacle};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable::needs;
use crate::explorer::command::Command;
use crate::explorer::page::Page;
use crate::explorer::state::State;
use crate::explorer::study::command::{AskStudy, StudyCommand};
use crate::explorer::study::obstacle;
use crate::explorer::study::request::Writing;

/// None is open, and none is being made.
fn none_open(state: &State) -> Obstacle {
    needs(
        state.studies.open.is_none() && state.studies.is_idle(),
        text!("obstacle-study-open"),
    )
}

/// One is open.
fn open(state: &State) -> Obstacle {
    needs(state.studies.open.is_some(), text!("obstacle-no-study"))
}

/// One is open, and has results.
fn results(state: &State) -> Obstacle {
    let opened = state.studies.open.as_ref();
    open(state).or_else(|| {
        needs(
            opened.is_some_and(|opened| !opened.status.is_untouched()),
            text!("obstacle-no-results"),
        )
    })
}

pub(crate) const CREATE: Action = Action::new(id!("study-create"), Group::Study, |_| {
    Command::Study(StudyCommand::Ask(AskStudy::New))
})
.on(Page::Study)
.unless(|state| obstacle::to_create(state, &state.studies.form).map(Into::into));

pub(crate) const OPEN: Action = Action::new(id!("study-open"), Group::Study, |_| {
    Command::Study(StudyCommand::Ask(AskStudy::Open))
})
.on(Page::Study)
.unless(none_open);

pub(crate) const MERGE: Action = Action::new(id!("study-merge"), Group::Study, |_| {
    Command::Study(StudyCommand::Ask(AskStudy::MergeFrom))
})
.on(Page::Study)
.unless(none_open);

pub(crate) const RUN: Action = Action::new(id!("study-run"), Group::Study, |_| {
    Command::Study(StudyCommand::Run)
})
.on(Page::Study)
.unless(|state| {
    let opened = state.studies.open.as_ref();
    let complete = opened.is_some_and(|opened| opened.status.is_complete());
    open(state)
        .or_else(|| needs(!complete, text!("obstacle-study-complete")))
        .or_else(|| needs(state.studies.is_idle(), text!("obstacle-study-running")))
});

pub(crate) const PAUSE: Action = Action::new(id!("study-pause"), Group::Study, |_| {
    Command::Study(StudyCommand::Pause)
})
.on(Page::Study)
.unless(|state| {
    needs(
        state.studies.is_running(),
        text!("obstacle-study-not-running"),
    )
});

pub(crate) const TABLES: Action = Action::new(id!("study-tables"), Group::Study, |_| {
    Command::Study(StudyCommand::Ask(AskStudy::Write(Writing::Tables)))
})
.on(Page::Study)
.unless(results);

pub(crate) const REPORT: Action = Action::new(id!("study-report"), Group::Study, |_| {
    Command::Study(StudyCommand::Ask(AskStudy::Write(Writing::Report)))
})
.on(Page::Study)
.unless(results);

pub(crate) const CLOSE: Action = Action::new(id!("study-close"), Group::Study, |_| {
    Command::Study(StudyCommand::Close)
})
.on(Page::Study)
.unless(open);

pub(super) const ALL: &[Action] = &[CREATE, OPEN, MERGE, RUN, PAUSE, TABLES, REPORT, CLOSE];

//! Maps of what the network looks at, and landscapes.

use flipscope_language::{id, text};

use crate::explorer::actions::action::Action;
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable::needs;
use crate::explorer::command::Command;
use crate::explorer::explain::command::ExplainCommand;
use crate::explorer::explain::obstacle;
use crate::explorer::landscape;
use crate::explorer::landscape::command::LandscapeCommand;
use crate::explorer::page::Page;
use crate::explorer::summary::command::SummaryCommand;

pub(crate) const MAP: Action = Action::new(id!("action-explain-map"), Group::Explain, |_| {
    Command::Explain(ExplainCommand::Start)
})
.on(Page::Explain)
.unless(|state| obstacle::to_map(state).map(Into::into));

pub(crate) const CANCEL_MAP: Action =
    Action::new(id!("action-explain-cancel"), Group::Explain, |_| {
        Command::Explain(ExplainCommand::Cancel)
    })
    .unless(|state| {
        needs(
            state.explain.task.is_some(),
            text!("explain-obstacle-nothing-under-way"),
        )
    });

pub(crate) const CHECK_CURVES: Action =
    Action::new(id!("explain-check-curves"), Group::Explain, |_| {
        Command::Explain(ExplainCommand::CheckCurves)
    })
    .on(Page::Explain)
    .unless(|state| obstacle::to_check(state).map(Into::into));

pub(crate) const CHECK_RANDOM: Action =
    Action::new(id!("explain-check-random"), Group::Explain, |_| {
        Command::Explain(ExplainCommand::CheckRandom)
    })
    .on(Page::Explain)
    .unless(|state| obstacle::to_check(state).map(Into::into));

pub(crate) const LANDSCAPE: Action =
    Action::new(id!("action-landscape-start"), Group::Explain, |_| {
        Command::Landscape(LandscapeCommand::Start)
    })
    .on(Page::Landscape)
    .unless(|state| landscape::apply::obstacle(state).map(Into::into));

pub(crate) const GO_ON: Action = Action::new(id!("action-landscape-go-on"), Group::Explain, |_| {
    Command::Landscape(LandscapeCommand::GoOn)
})
.on(Page::Landscape)
.unless(|state| landscape::apply::obstacle_to_go_on(state).map(Into::into));

pub(crate) const STOP: Action = Action::new(id!("action-landscape-stop"), Group::Explain, |_| {
    Command::Landscape(LandscapeCommand::Stop)
})
.unless(|state| {
    needs(
        state.landscape.task.is_some(),
        text!("landscape-obstacle-nothing-under-way"),
    )
});

pub(crate) const SUMMARIES: Action =
    Action::new(id!("action-summary-automatic"), Group::Explain, |state| {
        Command::Summary(SummaryCommand::Automatic(!state.summary.automatic))
    });

pub(super) const ALL: &[Action] = &[
    MAP,
    CANCEL_MAP,
    CHECK_CURVES,
    CHECK_RANDOM,
    LANDSCAPE,
    GO_ON,
    STOP,
    SUMMARIES,
];

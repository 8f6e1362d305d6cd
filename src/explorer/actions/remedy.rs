//! Remedies of the explored model: colour constancy, and which views of a frame are judged. Each command keeps the other part.

use flipscope_model::scheduler::ModelSlot;
use flipscope_model::{Constancy, Remedy, Vote};

use flipscope_language::{id, text};

use crate::explorer::actions::action::{Action, Obstacle};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable;
use crate::explorer::actions::usable::needs;
use crate::explorer::command::{Command, RemedyCommand};
use crate::explorer::state::State;

/// The explored model with another constancy, or another vote.
fn with(state: &State, constancy: Option<Constancy>, vote: Option<Vote>) -> Command {
    let now = state.remedy.primary;
    let remedy = Remedy {
        constancy: constancy.unwrap_or(now.constancy),
        vote: vote.unwrap_or(now.vote),
    };
    Command::Remedy(RemedyCommand::Use(ModelSlot::Primary, remedy))
}

pub(crate) const COLOURS_AS_THEY_ARE: Action = Action::new(
    id!("remedy-colours-as-they-are"),
    Group::Remedies,
    |state| with(state, Some(Constancy::None), None),
);

pub(crate) const GREY_WORLD: Action =
    Action::new(id!("remedy-grey-world"), Group::Remedies, |state| {
        with(state, Some(Constancy::GreyWorld), None)
    });

pub(crate) const SHADES_OF_GREY: Action =
    Action::new(id!("remedy-shades-of-grey"), Group::Remedies, |state| {
        with(state, Some(Constancy::ShadesOfGrey), None)
    });

pub(crate) const ONE_VIEW: Action = Action::new(id!("remedy-one-view"), Group::Remedies, |state| {
    with(state, None, Some(Vote::One))
});

pub(crate) const AVERAGE_4: Action =
    Action::new(id!("remedy-average-4"), Group::Remedies, |state| {
        with(state, None, Some(Vote::Average4))
    });

pub(crate) const AVERAGE_8: Action =
    Action::new(id!("remedy-average-8"), Group::Remedies, |state| {
        with(state, None, Some(Vote::Average8))
    });

pub(crate) const AVERAGE_16: Action =
    Action::new(id!("remedy-average-16"), Group::Remedies, |state| {
        with(state, None, Some(Vote::Average16))
    });

pub(crate) const MEDIAN_COLOURS: Action =
    Action::new(id!("remedy-median-colours"), Group::Remedies, |state| {
        with(state, None, Some(Vote::MedianColours))
    });

pub(crate) const COMPARE_WITHOUT: Action =
    Action::new(id!("remedy-compare-without"), Group::Remedies, |_| {
        Command::Remedy(RemedyCommand::CompareWithout)
    })
    .unless(remedied);

fn remedied(state: &State) -> Obstacle {
    usable::model(state)
        .or_else(|| needs(!state.remedy.primary.is_none(), text!("obstacle-no-remedy")))
}

/// By constancy, in the order of the menu.
pub(crate) const CONSTANCIES: &[(Constancy, Action)] = &[
    (Constancy::None, COLOURS_AS_THEY_ARE),
    (Constancy::GreyWorld, GREY_WORLD),
    (Constancy::ShadesOfGrey, SHADES_OF_GREY),
];

/// By vote, in the order of the menu.
pub(crate) const VOTES: &[(Vote, Action)] = &[
    (Vote::One, ONE_VIEW),
    (Vote::Average4, AVERAGE_4),
    (Vote::Average8, AVERAGE_8),
    (Vote::Average16, AVERAGE_16),
    (Vote::MedianColours, MEDIAN_COLOURS),
];

pub(super) const ALL: &[Action] = &[
    COLOURS_AS_THEY_ARE,
    GREY_WORLD,
    SHADES_OF_GREY,
    ONE_VIEW,
    AVERAGE_4,
    AVERAGE_8,
    AVERAGE_16,
    MEDIAN_COLOURS,
    COMPARE_WITHOUT,
];

//! The direction of the next search: it follows the verdict on the open lesion, unless a person has chosen the other one.

use flipscope_lab::search::Direction;
use flipscope_language::text;

use crate::explorer::search::state::Form;
use crate::explorer::state::State;

/// The direction that the search of a form has on the open lesion.
pub(crate) fn of(state: &State, form: &Form) -> Direction {
    if form.direction_chosen {
        form.direction
    } else {
        followed(state).unwrap_or(form.direction)
    }
}

/// The direction that starts from the verdict on the open lesion; none before there is one.
pub(crate) fn followed(state: &State) -> Option<Direction> {
    let before = state.current()?.answers.primary.before.as_ref()?;
    Some(Direction::starting_from(state.label(&before.verdict)))
}

/// A direction's name in the window.
pub(crate) fn in_words(direction: Direction) -> &'static str {
    match direction {
        Direction::MelanomaToNevus => text!("search-to-nevus"),
        Direction::NevusToMelanoma => text!("search-to-melanoma"),
    }
}

//! The direction of the next search: it follows the verdict on the open lesion, unless a person has chosen the other one.

use flipscope_lab::search::Direction;

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

//! Whether the person has flipped a lesion.

use crate::explorer::explore::lesion::{Lesion, ModelAnswer};
use crate::explorer::state::State;
use crate::explorer::tour::flip::Flip;

/// The flip of a lesion as it is altered now; none if its verdict is not flipped, or not known yet.
pub(crate) fn current(state: &State, lesion: &Lesion) -> Option<Flip> {
    let verdicts = lesion.answers.primary.answered(&lesion.perturbation)?;
    of(state, verdicts)
}

/// The newest flip of an altered lesion: while a slider moves, that of the last verdict, so that nothing flickers.
pub(crate) fn newest(state: &State, lesion: &Lesion) -> Option<Flip> {
    let answers = &lesion.answers.primary;
    if lesion.perturbation.is_identity() {
        return None;
    }
    of(state, [answers.before.as_ref()?, answers.after.as_ref()?])
}

fn of(state: &State, verdicts: [&ModelAnswer; 2]) -> Option<Flip> {
    let [_, after] = verdicts;
    let verdicts = verdicts.map(|answer| {
        let verdict = &answer.verdict;
        (state.label(verdict), verdict.p_melanoma)
    });
    let [(from, _), (to, _)] = verdicts;
    (from != to && !after.perturbation.is_identity()).then(|| Flip {
        change: (*after.perturbation).clone(),
        verdicts,
        threshold: state.threshold(),
    })
}

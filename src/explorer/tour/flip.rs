//! A flip that a person has made: what was changed, and the verdicts before and after. It ends the tour, and solves a sample's task.

use flipscope_base::human::probability;
use flipscope_image::perturb::Perturbation;
use flipscope_model::Label;

use crate::explorer::explore::lesion::{Lesion, ModelAnswer};
use crate::explorer::state::State;

/// A change that flips, with the verdicts.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// What the person changed.
    pub change: Perturbation,
    /// The verdict and P(melanoma) before and after.
    pub verdicts: [(Label, f32); 2],
}

impl Eq for Flip {}

impl Flip {
    /// Both verdicts in words, with P(melanoma): "melanoma (0.53)".
    pub(crate) fn in_words(&self) -> [String; 2] {
        (self.verdicts).map(|(label, p)| format!("{} ({})", label.in_words(), probability(p, 2)))
    }
}

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
    })
}

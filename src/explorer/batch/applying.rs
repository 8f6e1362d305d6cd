//! Putting one alteration on many lesions, and counting what it does. The verdicts come like those of the list: in the background,
//! visible lesions first, frames read and released as needed.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use flipscope_language::text;

use crate::explorer::apply::Effect;
use crate::explorer::batch::command::Whom;
use crate::explorer::batch::counts::{Case, Counts};
use crate::explorer::batch::state::Applied;
use crate::explorer::explore::apply::requests::ask;
use crate::explorer::explore::lesion::{LesionId, ModelAnswer, Picture};
use crate::explorer::history::Edit;
use crate::explorer::message::Severity;
use crate::explorer::state::State;

/// Which lesions are meant, in the order of the list.
pub(super) fn lesions(state: &State, whom: Whom) -> Vec<LesionId> {
    match whom {
        Whom::All => state.list.shown().iter().map(|place| place.id).collect(),
        Whom::Selected => state.marked(),
    }
}

/// Why the alteration of the explored lesion cannot be applied to others, as a sentence.
pub(crate) fn obstacle(state: &State, whom: Whom) -> Option<&'static str> {
    let Some(lesion) = state.current() else {
        return Some(text!("obstacle-no-lesion"));
    };
    if lesion.perturbation.is_identity() {
        return Some(text!("batch-nothing-to-apply"));
    }
    let others = |ids: &[LesionId]| ids.iter().any(|id| *id != lesion.id);
    match whom {
        Whom::All if state.list.shown().len() < 2 => Some(text!("batch-no-other-listed")),
        Whom::Selected if !others(&state.marked()) => Some(text!("batch-no-other-selected")),
        Whom::All | Whom::Selected => None,
    }
}

/// Applies it: one step of the history.
pub(super) fn apply(state: &mut State, whom: Whom, now: Instant) -> Vec<Effect> {
    if let Some(why) = obstacle(state, whom) {
        state.say(Severity::Note, why, now);
        return Vec::new();
    }
    let Some(after) = state
        .current()
        .map(|lesion| Arc::clone(&lesion.perturbation))
    else {
        return Vec::new();
    };
    let ids: BTreeSet<LesionId> = lesions(state, whom).into_iter().collect();
    let mut before = Vec::new();
    for lesion in &mut state.lesions {
        if !ids.contains(&lesion.id) || Arc::ptr_eq(&lesion.perturbation, &after) {
            continue;
        }
        if lesion.perturbation != after {
            before.push((lesion.id, Arc::clone(&lesion.perturbation)));
        }
        lesion.put(&after);
    }
    if !before.is_empty() {
        state.history.push(Edit::AlterMany {
            before,
            after: Arc::clone(&after),
        });
    }
    state.batch.applied = Some(Applied {
        perturbation: after,
        lesions: ids,
        asking: true,
        counts: Counts::default(),
    });
    ask(state, now)
}

/// Asks for no further verdicts.
pub(super) fn stop(state: &mut State, now: Instant) {
    let Some(applied) = &mut state.batch.applied else {
        return;
    };
    applied.asking = false;
    let Counts { judged, total, .. } = applied.counts;
    let text = text!("batch-stopped", judged = judged, total = total);
    state.say(Severity::Note, text, now);
}

/// Counts again, after a change of the state.
pub(super) fn count(state: &mut State) {
    let Some(applied) = &state.batch.applied else {
        return;
    };
    let threshold = state.threshold();
    let cases = state.lesions.iter().enumerate().filter_map(|(at, lesion)| {
        let part = Arc::ptr_eq(&lesion.perturbation, &applied.perturbation)
            && applied.lesions.contains(&lesion.id);
        if !part {
            return None;
        }
        let row = (state.list.rows.get(at)).filter(|row| row.id == lesion.id);
        let answers = &lesion.answers.primary;
        let label = |answer: &ModelAnswer| answer.verdict.label(threshold);
        Some(Case {
            truth: row.and_then(|row| row.truth.as_ref()?.label),
            before: answers.before.as_ref().map(label),
            after: lesion.current().map(label),
            failed: matches!(lesion.picture, Picture::Failed(_)),
        })
    });
    let counts = Counts::of(cases);
    if let Some(applied) = &mut state.batch.applied {
        applied.counts = counts;
    }
}

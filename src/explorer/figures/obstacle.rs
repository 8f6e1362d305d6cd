//! What stands in the way of a figure.

use flipscope_language::text;

use crate::explorer::explore::lesion::Picture;
use crate::explorer::state::State;

/// Why there is no figure of the explored lesion now, as a sentence.
pub(crate) fn to_figure(state: &State) -> Option<&'static str> {
    let Some(lesion) = state.current() else {
        return Some(text!("obstacle-no-lesion"));
    };
    if state.presenter.hides(lesion.id) {
        return Some(text!("figures-hidden"));
    }
    match lesion.picture {
        Picture::Ready { .. } => {}
        Picture::Loading | Picture::Released { .. } => {
            return Some(text!("obstacle-photograph-not-read"));
        }
        Picture::Failed(_) => return Some(text!("obstacle-photograph-unreadable")),
    }
    if lesion.perturbation.is_identity() {
        return Some(text!("figures-nothing-to-compare"));
    }
    if state.model.ready.is_none() {
        return Some(text!("obstacle-no-model"));
    }
    let answered = lesion.answers.primary.answered(&lesion.perturbation);
    answered
        .is_none()
        .then_some(text!("figures-no-verdict-yet"))
}

/// Why there is no contact sheet now, as a sentence.
pub(crate) fn to_sheet(state: &State) -> Option<&'static str> {
    if state.searches.findings.is_empty() {
        return Some(text!("obstacle-no-findings"));
    }
    state
        .hides_findings()
        .then_some(text!("figures-sheet-hidden"))
}

//! What commands need in order to be available, each with the sentence that says that it is missing.

use flipscope_language::text;

use crate::explorer::actions::action::Obstacle;
use crate::explorer::explore::lesion::Picture;
use crate::explorer::state::State;

/// The sentence, unless the condition holds.
pub(super) fn needs(condition: bool, sentence: &'static str) -> Obstacle {
    (!condition).then_some(sentence.into())
}

/// A lesion is being explored.
pub(super) fn lesion(state: &State) -> Obstacle {
    needs(
        state.current().is_some(),
        text!("obstacle-no-lesion-is-open"),
    )
}

/// Lesions are open.
pub(super) fn lesions(state: &State) -> Obstacle {
    needs(
        !state.lesions.is_empty(),
        text!("obstacle-no-lesion-is-open"),
    )
}

/// A lesion is being explored, and its picture has been read.
pub(super) fn picture(state: &State) -> Obstacle {
    let Some(lesion) = state.current() else {
        return Some(text!("obstacle-no-lesion-is-open").into());
    };
    match lesion.picture {
        Picture::Ready { .. } => None,
        Picture::Loading | Picture::Released { .. } => {
            Some(text!("obstacle-the-photograph-is-not-read-yet").into())
        }
        Picture::Failed(_) => Some(text!("obstacle-the-photograph-cannot-be-read").into()),
    }
}

/// A model is loaded.
pub(super) fn model(state: &State) -> Obstacle {
    needs(
        state.model.ready.is_some(),
        text!("obstacle-there-is-no-model-yet"),
    )
}

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
    needs(state.current().is_some(), text!("obstacle-no-lesion"))
}

/// Lesions are open.
pub(super) fn lesions(state: &State) -> Obstacle {
    needs(!state.lesions.is_empty(), text!("obstacle-no-lesion"))
}

/// A lesion is being explored, and its picture has been read.
pub(super) fn picture(state: &State) -> Obstacle {
    let Some(lesion) = state.current() else {
        return Some(text!("obstacle-no-lesion").into());
    };
    match lesion.picture {
        Picture::Ready { .. } => None,
        Picture::Loading | Picture::Released { .. } => {
            Some(text!("obstacle-photograph-not-read").into())
        }
        Picture::Failed(_) => Some(text!("obstacle-photograph-unreadable").into()),
    }
}

/// A model is loaded.
pub(super) fn model(state: &State) -> Obstacle {
    needs(state.model.ready.is_some(), text!("obstacle-no-model"))
}

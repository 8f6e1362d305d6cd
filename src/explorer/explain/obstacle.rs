//! What stands in the way of an explanation.

use std::time::Instant;

use flipscope_language::text;

use crate::explorer::explore::lesion::Picture;
use crate::explorer::message::Severity;
use crate::explorer::state::State;

/// Says what stands in the way, if something does; returns whether.
pub(crate) fn hinders(state: &mut State, why: Option<&'static str>, now: Instant) -> bool {
    if let Some(why) = why {
        state.say(Severity::Note, why, now);
    }
    why.is_some()
}

/// Why nothing can be said about the explored lesion now, as a sentence.
pub(crate) fn to_look(state: &State) -> Option<&'static str> {
    let Some(lesion) = state.current() else {
        return Some(text!("explain-obstacle-no-lesion"));
    };
    if state.presenter.hides(lesion.id) {
        return Some(text!("explain-obstacle-hidden"));
    }
    match lesion.picture {
        Picture::Ready { .. } if !lesion.outdated => {}
        Picture::Ready { .. } | Picture::Loading | Picture::Released { .. } => {
            return Some(text!("explain-obstacle-not-read"));
        }
        Picture::Failed(_) => return Some(text!("explain-obstacle-unreadable")),
    }
    state
        .model
        .ready
        .is_none()
        .then(|| text!("explain-obstacle-no-model"))
}

/// Why no map of the explored lesion can be made now, as a sentence.
pub(crate) fn to_map(state: &State) -> Option<&'static str> {
    if state.explain.task.is_some() {
        return Some(text!("explain-obstacle-under-way"));
    }
    if let Some(why) = to_look(state) {
        return Some(why);
    }
    let remedy = state.model.ready.as_ref().map(|model| model.info.remedy);
    // Probes are inputs of the network itself, which views of a frame are not.
    remedy
        .is_some_and(|remedy| !remedy.is_none())
        .then(|| text!("explain-obstacle-remedy"))
}

/// Why the shown map cannot be checked now, as a sentence.
pub(crate) fn to_check(state: &State) -> Option<&'static str> {
    if let Some(why) = to_map(state) {
        return Some(why);
    }
    let kept = state.selected.and_then(|id| state.explain.of(id));
    let Some(kept) = kept else {
        return Some(text!("explain-obstacle-no-map"));
    };
    let generation = state.model.ready.as_ref().map(|model| model.generation);
    if generation != Some(kept.explained.generation) {
        return Some(text!("explain-obstacle-other-model"));
    }
    let painted = kept
        .explained
        .newest()
        .is_some_and(|one| one.colours.is_some());
    (!painted).then(|| text!("explain-obstacle-flat"))
}

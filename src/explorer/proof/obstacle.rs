//! What stands in the way of a proof.

use flipscope_language::text;

use crate::explorer::explore::lesion::Picture;
use crate::explorer::proof::about::about;
use crate::explorer::state::State;
use crate::explorer::wording::in_window;

/// The type that proofs are computed in.
const PRECISION: &str = "f32";

/// Why nothing can be proved about the explored lesion now, as a sentence; the box aside.
pub(crate) fn to_look(state: &State) -> Option<&'static str> {
    let Some(lesion) = state.current() else {
        return Some(text!("obstacle-no-lesion"));
    };
    match lesion.picture {
        Picture::Ready { .. } if !lesion.outdated => {}
        Picture::Ready { .. } | Picture::Loading | Picture::Released { .. } => {
            return Some(text!("obstacle-photograph-not-read"));
        }
        Picture::Failed(_) => return Some(text!("proof-obstacle-unreadable")),
    }
    let Some(ready) = &state.model.ready else {
        return Some(text!("obstacle-no-model"));
    };
    (ready.precision != PRECISION).then(|| text!("proof-obstacle-precision"))
}

/// Why the proof of the form cannot begin, as a sentence.
pub(crate) fn to_start(state: &State) -> Option<String> {
    if let Some(why) = to_look(state) {
        return Some(why.to_owned());
    }
    if let Err(error) = state.proofs.region.validate() {
        return Some(in_window(&error.to_string()));
    }
    if state.proofs.task.is_some() {
        return Some(text!("proof-obstacle-under-way").to_owned());
    }
    let about = about(state)?;
    let kept = state.proofs.of(&about)?;
    (kept.record.finished).then(|| text!("proof-obstacle-known").to_owned())
}

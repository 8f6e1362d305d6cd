//! The message that photographs of a session are missing. It names those that still are, and goes with the last of them.

use std::time::Instant;

use flipscope_language::text;

use crate::explorer::explore::lesion::{Lesion, LesionId};
use crate::explorer::message::Severity;
use crate::explorer::session::state::Missing;
use crate::explorer::state::State;

/// Names that the message lists; for more it gives the number.
const NAMED: usize = 5;

/// Says it.
pub(super) fn tell(state: &mut State, lesions: Vec<LesionId>, now: Instant) {
    state.sessions.missing = None;
    if lesions.is_empty() {
        return;
    }
    state.say(Severity::Warning, words(state, &lesions), now);
    let message = state.messages.last().map(|message| message.id);
    state.sessions.missing = message.map(|message| Missing { message, lesions });
}

/// The photograph of a lesion was read.
pub(crate) fn found(state: &mut State, id: LesionId) {
    let Some(missing) = &mut state.sessions.missing else {
        return;
    };
    // One that has been closed is not missed.
    let open = &state.lesions;
    (missing.lesions).retain(|one| *one != id && open.iter().any(|lesion| lesion.id == *one));
    let Missing { message, lesions } = missing.clone();
    if lesions.is_empty() {
        state.sessions.missing = None;
        state.messages.retain(|one| one.id != message);
        return;
    }
    let text = words(state, &lesions);
    if let Some(one) = state.messages.iter_mut().find(|one| one.id == message) {
        one.text = text;
    }
}

fn words(state: &State, lesions: &[LesionId]) -> String {
    let named = lesions.iter().filter_map(|id| state.lesion(*id));
    let names = named.take(NAMED).map(Lesion::shown).collect::<Vec<_>>();
    let names = names.join(", ");
    match lesions.len().saturating_sub(NAMED) {
        0 => text!("session-missing", count = lesions.len(), names = names),
        more => text!("session-missing-more", names = names, more = more),
    }
}

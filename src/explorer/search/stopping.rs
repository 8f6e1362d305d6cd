//! Stopping searches.

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::search::state::{SearchId, Stage};
use crate::explorer::state::State;

/// Calls a search off: one that waits is gone at once, one that runs ends after its batch and keeps its best.
pub(crate) fn call_off(state: &mut State, id: SearchId) {
    if let Some(one) = state.searches.pursuits.iter().find(|one| one.id == id) {
        one.cancel.request();
    }
    state
        .searches
        .pursuits
        .retain(|one| one.id != id || one.stage == Stage::Running);
}

/// Calls off what runs or waits for a lesion, or for all of them.
pub(crate) fn call_off_all(state: &mut State, lesion: Option<LesionId>) {
    let ids: Vec<_> = state
        .searches
        .open()
        .filter(|one| lesion.is_none_or(|id| one.lesion == id))
        .map(|one| one.id)
        .collect();
    for id in ids {
        call_off(state, id);
    }
}

//! Cancelling searches.

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::search::state::{SearchId, Stage};
use crate::explorer::state::State;

/// Cancels a search: a waiting one is removed at once, a running one stops after its batch and keeps its best.
pub(crate) fn cancel(state: &mut State, id: SearchId) {
    if let Some(one) = state.searches.tasks.iter().find(|one| one.id == id) {
        one.cancel.request();
        if one.stage == Stage::Waiting {
            state.batch.forget_search(id);
        }
    }
    state
        .searches
        .tasks
        .retain(|one| one.id != id || one.stage == Stage::Running);
}

/// Cancels the running and waiting searches of a lesion, or of all lesions.
pub(crate) fn cancel_all(state: &mut State, lesion: Option<LesionId>) {
    state.batch.stop_searching(lesion);
    let ids: Vec<_> = state
        .searches
        .open()
        .filter(|one| lesion.is_none_or(|id| one.lesion == id))
        .map(|one| one.id)
        .collect();
    for id in ids {
        cancel(state, id);
    }
}

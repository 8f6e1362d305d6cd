//! Leaving presenter mode shows every verdict: where some are still to be guessed, it is asked once more.

use std::time::{Duration, Instant};

use crate::explorer::explore::lesion::{Lesion, Picture};
use crate::explorer::page::Page;
use crate::explorer::state::State;

/// How long the question stays without an answer.
const STAYS: Duration = Duration::from_secs(12);

/// The lesions of which leaving would show something that is hidden now: a verdict, or a diagnosis. Pages that are not about a lesion
/// show neither.
pub(crate) fn hidden(state: &State) -> usize {
    if matches!(state.page, Page::Study | Page::Readers) {
        return 0;
    }
    let judges = state.model.ready.is_some() || state.model.loading.is_some();
    let known = |one: &Lesion| {
        let judged = one.answers.primary.before.is_some();
        let row = || state.list.rows.iter().find(|row| row.id == one.id);
        judges || judged || row().is_some_and(|row| row.truth.is_some())
    };
    (state.lesions.iter())
        .filter(|one| state.presenter.hides(one.id) && !matches!(one.picture, Picture::Failed(_)))
        .filter(|one| known(one))
        .count()
}

/// Takes the question back once it has stood long enough; returns how long it still does.
pub(crate) fn expire(state: &mut State, now: Instant) -> Option<Duration> {
    let stood = now.duration_since(state.presenter.asked?);
    if stood >= STAYS {
        state.presenter.asked = None;
        return None;
    }
    Some(STAYS.saturating_sub(stood))
}

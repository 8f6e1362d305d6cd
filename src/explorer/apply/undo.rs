//! Undo and redo.

use std::time::Instant;

use crate::explorer::apply::Effect;
use crate::explorer::explore::apply::list::{reopen, select, take_out};
use crate::explorer::explore::apply::requests::ask;
use crate::explorer::history::Edit;
use crate::explorer::search;
use crate::explorer::state::State;

/// Carries out one step of the history, backwards or forwards.
pub(super) fn apply_history(
    state: &mut State,
    edit: Option<Edit>,
    back: bool,
    now: Instant,
) -> Vec<Effect> {
    match edit {
        None => Vec::new(),
        Some(Edit::Alter {
            lesion,
            before,
            after,
        }) => {
            let target = if back { before } else { after };
            if let Some(lesion) = state.lesion_mut(lesion) {
                lesion.put(&target);
            }
            select(state, lesion, now)
        }
        Some(Edit::AlterMany { before, after }) => {
            for (id, before) in &before {
                if let Some(lesion) = state.lesion_mut(*id) {
                    lesion.put(if back { before } else { &after });
                }
            }
            ask(state, now)
        }
        Some(Edit::DeleteFinding { index, finding }) => {
            search::apply::apply_history(state, index, *finding, back)
        }
        Some(Edit::Close { lesions, findings }) => {
            if back {
                search::tray::put_back(state, findings);
                return reopen(state, lesions, now);
            }
            let given_up: Vec<_> = findings.iter().map(|(_, kept)| kept.id).collect();
            (state.searches.findings).retain(|kept| !given_up.contains(&kept.id));
            let ids = lesions.iter().map(|(_, lesion)| lesion.id).collect();
            take_out(state, &ids, now).1
        }
    }
}

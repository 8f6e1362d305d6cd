//! What is in the tray: nothing twice; and findings that go with their lesions: closing gives up those that are in no file, and undo brings
//! them back.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use flipscope_lab::search::{Finding, SearchOutcome, StopReason};
use flipscope_language::text;

use crate::explorer::explore::lesion::{LesionId, name_in_words};
use crate::explorer::message::Severity;
use crate::explorer::search::state::{Saved, SearchId, SearchTask, TrayFinding};
use crate::explorer::state::State;

/// What a search has found, unless the tray has it already: then the finding that is there says from now on how the later search ended, if
/// that says more, and it is told, except of searches on many lesions, whose result is told as a whole.
pub(crate) fn unless_known(
    state: &mut State,
    (id, task): (SearchId, &SearchTask),
    found: Box<SearchOutcome>,
    now: Instant,
) -> Option<Box<SearchOutcome>> {
    let mut tray = state.searches.findings.iter_mut();
    let known = tray.find(|kept| {
        kept.lesion == task.lesion && is_found_again(&kept.found.finding, &found.finding)
    });
    let Some(kept) = known else {
        return Some(found);
    };
    if is_cut_short(&kept.found.finding) || !is_cut_short(&found.finding) {
        kept.found = Arc::from(found);
        kept.curve = task.curve.clone();
        // A file has the earlier one.
        kept.saved = Saved::No;
    }
    let of_batch = state
        .batch
        .search
        .as_ref()
        .is_some_and(|run| run.last == Some(id));
    let title = kept.title();
    if !of_batch {
        let lesion = name_in_words(&task.name);
        let text = text!("search-found-again", finding = title, lesion = &*lesion);
        state.say(Severity::Note, text, now);
    }
    None
}

/// Whether two searches with the same question have come to the same altered frame, whatever their budgets and seeds were.
fn is_found_again(one: &Finding, other: &Finding) -> bool {
    one.altered_sha256 == other.altered_sha256
        && one.frame_sha256 == other.frame_sha256
        && one.model_sha256 == other.model_sha256
        && one.remedy == other.remedy
        && one.attack == other.attack
        && (one.mode, one.direction) == (other.mode, other.direction)
        && one.threshold.to_bits() == other.threshold.to_bits()
}

/// Whether a search ended before it was at its end.
fn is_cut_short(finding: &Finding) -> bool {
    matches!(finding.ended, StopReason::Budget | StopReason::Cancelled)
}

/// Takes the findings of lesions that are in no file out of the tray, with their positions: closing the lesions gives them up.
pub(crate) fn give_up(state: &mut State, ids: &BTreeSet<LesionId>) -> Vec<(usize, TrayFinding)> {
    let mut given_up = Vec::new();
    let mut kept = Vec::new();
    let all = std::mem::take(&mut state.searches.findings);
    for (index, finding) in all.into_iter().enumerate() {
        if ids.contains(&finding.lesion) && finding.saved == Saved::No {
            given_up.push((index, finding));
        } else {
            kept.push(finding);
        }
    }
    state.searches.findings = kept;
    given_up
}

/// Puts them back where they were.
pub(crate) fn put_back(state: &mut State, findings: Vec<(usize, TrayFinding)>) {
    let all = &mut state.searches.findings;
    for (index, finding) in findings {
        all.insert(index.min(all.len()), finding);
    }
}

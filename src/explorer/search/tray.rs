//! Findings that go with their lesions: closing gives up those that are in no file, and undo brings them back.

use std::collections::BTreeSet;
use std::sync::Arc;

use flipscope_lab::search::save;

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::search::request::Exported;
use crate::explorer::search::state::{FindingId, Saved, TrayFinding};
use crate::explorer::state::State;

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

/// Takes in that a finding was exported: where its JSON is, after which its files are called; or that it was not.
pub(crate) fn exported(state: &mut State, id: FindingId, result: &Result<Exported, String>) {
    let Some(kept) = state.searches.finding_mut(id) else {
        return;
    };
    let Ok(Exported { json, .. }) = result else {
        kept.saved = Saved::No;
        return;
    };
    kept.saved = Saved::Done;
    if let Some(stem) = json.file_stem() {
        let found = Arc::make_mut(&mut kept.found);
        save::name_pictures(&mut found.finding, &stem.to_string_lossy());
    }
    let found = Arc::clone(&kept.found);
    (state.perturbation_files).note(json, &found.finding.perturbation);
}

/// Puts them back where they were.
pub(crate) fn put_back(state: &mut State, findings: Vec<(usize, TrayFinding)>) {
    let all = &mut state.searches.findings;
    for (index, finding) in findings {
        all.insert(index.min(all.len()), finding);
    }
}

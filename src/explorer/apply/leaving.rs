//! Asking before something is lost: what was decided, and saving findings first.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use super::super::losses::{Decision, Leaving, Losses};
use super::super::searches::Saved;
use super::super::state::State;
use super::super::worker::ToExport;
use super::{Dialog, Effect, carry_out, search};

/// Carries out what was decided.
pub(super) fn decide(state: &mut State, decision: Decision, now: Instant) -> Vec<Effect> {
    match decision {
        Decision::Cancel => {
            state.leaving = None;
            Vec::new()
        }
        Decision::Discard => match state.leaving.take() {
            Some(Leaving { then, .. }) => carry_out(state, *then, now),
            None => Vec::new(),
        },
        Decision::Save => match state.leaving {
            Some(_) => vec![Effect::Dialog(Dialog::ExportLost)],
            None => Vec::new(),
        },
        Decision::SaveInto(folder) => save_into(state, folder, now),
    }
}

fn save_into(state: &mut State, folder: PathBuf, now: Instant) -> Vec<Effect> {
    let Some(leaving) = &mut state.leaving else {
        return Vec::new();
    };
    leaving.saving = Some(folder);
    let then = leaving.then.clone();
    for id in Losses::of(state, &then).searches {
        search::call_off(state, id);
    }
    go_on(state, now)
}

/// Saves what there is to save by now; when all of it is saved, does what was asked for.
pub(super) fn go_on(state: &mut State, now: Instant) -> Vec<Effect> {
    let Some(Leaving {
        then,
        saving: Some(folder),
    }) = state.leaving.clone()
    else {
        return Vec::new();
    };
    let losses = Losses::of(state, &then);
    let mut findings = Vec::new();
    for kept in &mut state.searches.findings {
        if kept.saved == Saved::No && losses.findings.contains(&kept.id) {
            kept.saved = Saved::Writing;
            findings.push(ToExport {
                id: kept.id,
                found: Arc::clone(&kept.found),
                name: kept.name.clone(),
            });
        }
    }
    if !findings.is_empty() {
        return vec![Effect::Export { findings, folder }];
    }
    if losses.findings.is_empty() && losses.searches.is_empty() {
        state.leaving = None;
        return carry_out(state, *then, now);
    }
    Vec::new()
}

/// A finding could not be saved: a person decides again.
pub(super) fn failed(state: &mut State) {
    if let Some(leaving) = &mut state.leaving {
        leaving.saving = None;
    }
}

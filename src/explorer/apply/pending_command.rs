//! Asks before something is lost: the decision, and saving findings first.

use std::path::PathBuf;
use std::sync::Arc;

use crate::explorer::apply::{Dialog, Effect};
use crate::explorer::command::{Command, Decision};
use crate::explorer::pending_command::PendingCommand;
use crate::explorer::search::request::ToExport;
use crate::explorer::search::state::Saved;
use crate::explorer::search::stopping::cancel;
use crate::explorer::state::State;
use crate::explorer::unsaved_work::UnsavedWork;

/// What follows from a decision.
pub(super) enum Next {
    /// Work for threads.
    Effects(Vec<Effect>),
    /// The original command is carried out.
    CarryOut(Box<Command>),
}

impl Next {
    fn nothing() -> Self {
        Self::Effects(Vec::new())
    }
}

/// Carries out the decision.
pub(super) fn decide(state: &mut State, decision: Decision) -> Next {
    match decision {
        Decision::Cancel => {
            state.leaving = None;
            Next::nothing()
        }
        Decision::Discard => match state.leaving.take() {
            Some(PendingCommand { then, .. }) => Next::CarryOut(then),
            None => Next::nothing(),
        },
        Decision::Save => match state.leaving {
            Some(_) => Next::Effects(vec![Effect::Dialog(Dialog::ExportLost)]),
            None => Next::nothing(),
        },
        Decision::SaveInto(folder) => save_into(state, folder),
    }
}

fn save_into(state: &mut State, folder: PathBuf) -> Next {
    let Some(leaving) = &mut state.leaving else {
        return Next::nothing();
    };
    leaving.saving = Some(folder);
    let then = leaving.then.clone();
    let losses = UnsavedWork::of(state, &then);
    // Otherwise the next of them would begin as soon as one ends.
    for lesion in losses.waiting {
        state.batch.stop_searching(Some(lesion));
    }
    for id in losses.searches {
        cancel(state, id);
    }
    go_on(state)
}

/// Saves what can be saved by now; when everything is saved, carries out the original command.
pub(super) fn go_on(state: &mut State) -> Next {
    let Some(PendingCommand {
        then,
        saving: Some(folder),
    }) = state.leaving.clone()
    else {
        return Next::nothing();
    };
    let losses = UnsavedWork::of(state, &then);
    let mut findings = Vec::new();
    for kept in &mut state.searches.findings {
        if kept.saved == Saved::No && losses.findings.contains(&kept.id) {
            kept.saved = Saved::Writing;
            findings.push(ToExport {
                id: kept.id,
                found: Arc::clone(&kept.found),
                name: kept.name.clone(),
                label: state.list.label_of(kept.lesion),
            });
        }
    }
    if !findings.is_empty() {
        return Next::Effects(vec![Effect::Export { findings, folder }]);
    }
    if losses.findings.is_empty() && losses.searches.is_empty() {
        state.leaving = None;
        return Next::CarryOut(then);
    }
    Next::nothing()
}

/// A finding could not be saved: the person decides again.
pub(crate) fn failed(state: &mut State) {
    if let Some(leaving) = &mut state.leaving {
        leaving.saving = None;
    }
}

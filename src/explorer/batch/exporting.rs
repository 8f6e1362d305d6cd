//! All findings as files in a folder.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use flipscope_base::cancel::Cancel;
use flipscope_base::untrusted;
use flipscope_language::text;

use crate::explorer::apply::Effect;
use crate::explorer::batch::request::BatchWork;
use crate::explorer::batch::state::ExportRun;
use crate::explorer::message::Severity;
use crate::explorer::search::request::ToExport;
use crate::explorer::search::state::{FindingId, Saved};
use crate::explorer::search::tray;
use crate::explorer::state::State;

/// Why findings cannot be exported now, as a sentence.
pub(crate) fn obstacle(state: &State) -> Option<&'static str> {
    if state.searches.findings.is_empty() {
        return Some(text!("obstacle-no-findings"));
    }
    (state.batch.export.is_some()).then_some(text!("batch-export-under-way"))
}

/// Starts writing.
pub(super) fn start(state: &mut State, folder: PathBuf, now: Instant) -> Vec<Effect> {
    if let Some(why) = obstacle(state) {
        state.say(Severity::Note, why, now);
        return Vec::new();
    }
    let mut findings = Vec::new();
    for kept in &mut state.searches.findings {
        kept.saved = Saved::Writing;
        findings.push(ToExport {
            id: kept.id,
            found: Arc::clone(&kept.found),
            name: kept.name.clone(),
            label: state.list.label_of(kept.lesion),
        });
    }
    let cancel = Cancel::default();
    state.batch.export = Some(ExportRun {
        folder: folder.clone(),
        total: findings.len(),
        done: 0,
        problems: Vec::new(),
        cancel: cancel.clone(),
    });
    vec![Effect::Batch(BatchWork::Export {
        findings,
        folder,
        cancel,
    })]
}

/// One was written, or not.
pub(super) fn exported(state: &mut State, id: FindingId, result: Result<PathBuf, String>) {
    tray::exported(state, id, &result);
    let Some(run) = &mut state.batch.export else {
        return;
    };
    match result {
        Ok(_) => run.done += 1,
        Err(error) => run.problems.push(error),
    }
}

/// All were written, or it was stopped; or, for the reason that is given, no further one can be written.
pub(super) fn ended(state: &mut State, ended_by: Option<String>, now: Instant) {
    for kept in &mut state.searches.findings {
        if kept.saved == Saved::Writing {
            kept.saved = Saved::No;
        }
    }
    let Some(ExportRun {
        folder,
        total,
        done,
        problems,
        ..
    }) = state.batch.export.take()
    else {
        return;
    };
    // Nothing but the reason, which names the folder.
    if let Some(why) = ended_by
        .as_ref()
        .filter(|_| done == 0 && problems.is_empty())
    {
        let why = why.as_str();
        state.say(
            Severity::Error,
            text!("batch-exported-none", why = why),
            now,
        );
        return;
    }
    let folder = untrusted::path(&folder);
    let first = if done == total {
        text!("batch-exported", count = total, folder = folder)
    } else {
        text!(
            "batch-exported-part",
            done = done,
            count = total,
            folder = folder
        )
    };
    let severity = if problems.is_empty() && ended_by.is_none() {
        Severity::Note
    } else {
        Severity::Error
    };
    let mut lines = vec![first];
    for problem in ended_by.into_iter().chain(problems) {
        if !lines.contains(&problem) && lines.len() < 5 {
            lines.push(problem);
        }
    }
    state.say(severity, lines.join("\n"), now);
}

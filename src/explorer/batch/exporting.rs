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
use crate::explorer::search::request::{Exported, ToExport};
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
        there: 0,
        problems: Vec::new(),
        cancel: cancel.clone(),
    });
    vec![Effect::Batch(BatchWork::Export {
        findings,
        folder,
        cancel,
    })]
}

/// One was written, was there already, or could not be written.
pub(super) fn exported(state: &mut State, id: FindingId, result: Result<Exported, String>) {
    tray::exported(state, id, &result);
    let Some(run) = &mut state.batch.export else {
        return;
    };
    match result {
        Ok(one) if one.was_there => run.there += 1,
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
        there,
        problems,
        ..
    }) = state.batch.export.take()
    else {
        return;
    };
    // Nothing but the reason, which names the folder.
    if let Some(why) = ended_by
        .as_ref()
        .filter(|_| done + there == 0 && problems.is_empty())
    {
        let why = why.as_str();
        state.say(
            Severity::Error,
            text!("batch-exported-none", why = why),
            now,
        );
        return;
    }
    let first = outcome(&untrusted::path(&folder), [done, there, total]);
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

/// How many of `total` were written, and how many the folder had already.
fn outcome(folder: &str, [done, there, total]: [usize; 3]) -> String {
    if there > 0 && there == total {
        return text!("batch-exported-before", count = total, folder = folder);
    }
    let written = if done + there == total {
        text!("batch-exported", count = done, folder = folder)
    } else {
        text!(
            "batch-exported-part",
            done = done,
            count = total,
            folder = folder
        )
    };
    if there == 0 {
        return written;
    }
    let there = text!("batch-exported-there", count = there);
    format!("{written} {there}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_language::{Language, within};

    #[test]
    fn it_is_said_how_many_were_there_already() {
        let said = |counts| outcome("/out", counts);
        assert_eq!(
            said([3, 0, 3]),
            "Exported 3 findings, each with its pictures, to /out."
        );
        let some = "Exported 3 findings, each with its pictures, to /out. 5 were there already.";
        assert_eq!(said([3, 5, 8]), some);
        let part =
            "Exported 1 of 8 findings, each with its pictures, to /out. 1 was there already.";
        assert_eq!(said([1, 1, 8]), part);
        let none = "All 8 findings were in /out already, with their pictures: none was written.";
        assert_eq!(said([0, 8, 8]), none);
        let german = within(Language::German, || said([1, 2, 3]));
        assert_eq!(
            german,
            "1 Fund mit seinen Bildern exportiert nach /out. 2 waren schon dort."
        );
    }
}

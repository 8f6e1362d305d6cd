//! Takes in what the threads that work on a study answer.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use flipscope_base::untrusted;
use flipscope_lab::study::RunReport;
use flipscope_language::text;

use crate::explorer::apply::Effect;
use crate::explorer::message::Severity;
use crate::explorer::state::State;
use crate::explorer::study::apply::{draw, forget_problems, remember};
use crate::explorer::study::request::{StudyAnswer, Writing};
use crate::explorer::study::state::{Activity, Drawing, Figures, Opened, StudyId};
use crate::explorer::wording;

/// Processes one answer of a thread that works on a study.
pub(crate) fn receive(
    state: &mut State,
    id: StudyId,
    answer: StudyAnswer,
    now: Instant,
) -> Vec<Effect> {
    // The files were written, whatever is open now.
    if let StudyAnswer::Written { file, what, result } = answer {
        written(state, &file, what, result, now);
        return Vec::new();
    }
    if let StudyAnswer::Drawn { file, result } = answer {
        drawn(state, &file, result, now);
        return Vec::new();
    }
    if state.studies.id != Some(id) {
        return Vec::new();
    }
    match answer {
        StudyAnswer::Read(done, total) => {
            if let Activity::Making { read, .. } = &mut state.studies.activity {
                *read = Some((done, total));
            }
        }
        StudyAnswer::Opened(result) => return opened(state, result, now),
        StudyAnswer::Begins(with) => {
            if let Activity::Running {
                beginning, waiting, ..
            } = &mut state.studies.activity
            {
                *waiting = None;
                *beginning = with;
            }
        }
        StudyAnswer::Waiting(units) => {
            if let Activity::Running { waiting, .. } = &mut state.studies.activity {
                *waiting = Some(units);
            }
        }
        StudyAnswer::Progress(told) => {
            if let Activity::Running {
                progress,
                attack,
                waiting,
                ..
            } = &mut state.studies.activity
            {
                *waiting = None;
                *attack = None;
                *progress = Some(told);
            }
        }
        StudyAnswer::Proof(image, told) => {
            if let Activity::Running {
                proof,
                attack,
                waiting,
                ..
            } = &mut state.studies.activity
            {
                *waiting = None;
                *attack = None;
                *proof = Some(Box::new((image, told)));
            }
        }
        StudyAnswer::Attack(image, told) => {
            if let Activity::Running {
                attack, waiting, ..
            } = &mut state.studies.activity
            {
                *waiting = None;
                *attack = Some(Box::new((image, told)));
            }
        }
        StudyAnswer::Status(status) => {
            if let Some(open) = &mut state.studies.open {
                open.status = status;
            }
        }
        StudyAnswer::Problem(problem) => state.studies.problems.push(problem),
        StudyAnswer::WithoutProposals(why) => {
            let text = text!("search-without-proposals", why = wording::in_window(&why));
            state.say(Severity::Note, text, now);
        }
        StudyAnswer::Ended(result) => {
            ended(state, result, now);
            let mut effects = remember(state);
            effects.extend(draw(state));
            return effects;
        }
        StudyAnswer::Written { .. } | StudyAnswer::Drawn { .. } => {}
    }
    Vec::new()
}

fn opened(state: &mut State, result: Result<Box<Opened>, String>, now: Instant) -> Vec<Effect> {
    state.studies.activity = Activity::Idle;
    match result {
        Ok(opened) => {
            forget_problems(state);
            state.studies.report = None;
            state.studies.open = Some(*opened);
            state.studies.figures = Figures::default();
            let mut effects = remember(state);
            effects.extend(draw(state));
            effects
        }
        // The open one stays open.
        Err(error) => {
            state.say(Severity::Error, error, now);
            Vec::new()
        }
    }
}

fn drawn(state: &mut State, file: &Path, result: Result<Drawing, String>, now: Instant) {
    let studies = &mut state.studies;
    if studies.open.as_ref().is_none_or(|open| open.file != file) {
        return;
    }
    // A person has named a folder, and they are not in it.
    let named = studies.open.as_ref().and_then(|open| open.root.clone());
    let missing = matches!(&result, Ok(drawing) if drawing.photographs_missing);
    let not_there = named.filter(|_| missing && studies.missing == 0);
    studies.figures.drawing = false;
    match result {
        Ok(drawing) => {
            studies.figures.drawn = Arc::new(drawing.figures);
            studies.figures.notes = drawing.notes;
            studies.figures.photographs_missing = drawing.photographs_missing;
        }
        Err(problem) => studies.figures.problem = Some(problem),
    }
    if let Some(folder) = not_there {
        let text = text!(
            "study-photographs-not-in",
            folder = untrusted::path(&folder)
        );
        state.say(Severity::Warning, text, now);
    }
}

fn ended(state: &mut State, result: Result<RunReport, String>, now: Instant) {
    state.studies.activity = Activity::Idle;
    match result {
        Err(error) => state.say(Severity::Error, text!("study-stopped", error = error), now),
        Ok(report) => {
            if !report.damaged.is_empty() {
                let names = report.damaged.join(", ");
                state.say(
                    Severity::Warning,
                    text!("study-damaged", names = names),
                    now,
                );
            }
            state.studies.missing = report.missing.len();
            let count = report.problems.len();
            if count > 0 {
                let said = text!("study-not-judged", count = count);
                state.studies.said = Some(wording::in_window(&said));
                state.say(Severity::Warning, said, now);
            }
        }
    }
}

fn written(
    state: &mut State,
    file: &Path,
    what: Writing,
    result: Result<PathBuf, String>,
    now: Instant,
) {
    state.studies.writing = state.studies.writing.saturating_sub(1);
    match (what, result) {
        (_, Err(error)) => state.say(Severity::Error, error, now),
        (Writing::Tables, Ok(folder)) => state.say(
            Severity::Note,
            text!(
                "study-tables-written",
                folder = folder.display().to_string()
            ),
            now,
        ),
        (Writing::Report, Ok(page)) => {
            state.say(
                Severity::Note,
                text!("study-report-written", page = page.display().to_string()),
                now,
            );
            let open = state.studies.open.as_ref();
            if open.is_some_and(|open| open.file == file) {
                state.studies.report = Some(page);
            }
        }
    }
}

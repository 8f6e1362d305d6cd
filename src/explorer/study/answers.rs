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
            not_in_root(state, &opened, now);
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

/// Says before any run that photographs are not in the folder that was named with a study.
fn not_in_root(state: &mut State, opened: &Opened, now: Instant) {
    let (count, total) = (opened.not_in_root, opened.plan.images.len());
    let Some(folder) = opened.root.as_deref().filter(|_| count > 0) else {
        return;
    };
    let folder = untrusted::path(folder);
    let text = if count == total {
        text!("study-photographs-none-there", folder = folder)
    } else {
        text!(
            "study-photographs-not-there",
            count = count,
            total = total,
            folder = folder
        )
    };
    state.studies.missing = count;
    state.studies.said = Some(state.issue(Severity::Warning, text, now));
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
        state.studies.said = Some(state.issue(Severity::Warning, text, now));
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
            not_judged(state, &report, now);
        }
    }
}

/// Says that photographs could not be judged; of a folder that a person has named and that holds none of them, only that.
fn not_judged(state: &mut State, report: &RunReport, now: Instant) {
    let count = report.problems.len();
    if count == 0 {
        return;
    }
    let open = state.studies.open.as_ref();
    let named = open.and_then(|open| open.root.as_deref());
    let nothing_found = report.units == 0 && report.missing.len() == count;
    let said = match named.filter(|_| nothing_found) {
        None => text!("study-not-judged", count = count),
        Some(folder) => {
            // They are the same as before it was named.
            state.studies.problems.clear();
            text!(
                "study-photographs-none-in",
                folder = untrusted::path(folder)
            )
        }
    };
    state.studies.said = Some(state.issue(Severity::Warning, said, now));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::study::state::StudyStatus;
    use flipscope_image::lesion::ColorHandling;
    use flipscope_lab::study::plan::Plan;

    /// A window with a study open whose photographs a person has said to be in a folder.
    fn named(folder: &str) -> State {
        let mut state = State::default();
        state.studies.id = Some(StudyId(1));
        state.studies.open = Some(Opened {
            file: PathBuf::from("one.study"),
            plan: Plan {
                seed: 1,
                dataset: String::new(),
                color_handling: ColorHandling::Converted,
                sensitivities: Vec::new(),
                root: PathBuf::new(),
                models: Vec::new(),
                images: Vec::new(),
                jobs: Vec::new(),
            },
            sha256: String::new(),
            status: StudyStatus::default(),
            estimate: None,
            notes: Vec::new(),
            root: Some(PathBuf::from(folder)),
            not_in_root: 0,
        });
        state
    }

    fn said(state: &State) -> Vec<&str> {
        let messages = state.messages.iter();
        messages.map(|message| message.text.as_str()).collect()
    }

    #[test]
    fn a_folder_without_the_photographs_of_the_figures_is_said_until_another_is_tried() {
        let mut state = named("wrong");
        let missing = || StudyAnswer::Drawn {
            file: PathBuf::from("one.study"),
            result: Ok(Drawing {
                photographs_missing: true,
                ..Drawing::default()
            }),
        };
        receive(&mut state, StudyId(2), missing(), Instant::now());
        let [text] = said(&state)[..] else {
            panic!("{:?}", state.messages);
        };
        assert!(
            text.starts_with("wrong does not hold the photographs"),
            "{text}"
        );
        forget_problems(&mut state);
        assert!(said(&state).is_empty());
    }

    #[test]
    fn a_folder_that_holds_nothing_is_said_instead_of_the_photographs_that_are_missing() {
        let report = |units| RunReport {
            units,
            problems: vec!["a.png is missing".to_owned()],
            missing: vec!["a.png".to_owned()],
            ..RunReport::default()
        };
        for (units, part, lines) in [
            (0, "wrong holds none of the missing photographs.", 0),
            (1, "The study could not judge 1 photograph", 1),
        ] {
            let mut state = named("wrong");
            let problem = StudyAnswer::Problem("a.png is missing".to_owned());
            receive(&mut state, StudyId(1), problem, Instant::now());
            let ended = StudyAnswer::Ended(Ok(report(units)));
            receive(&mut state, StudyId(1), ended, Instant::now());
            assert!(matches!(said(&state)[..], [text] if text.starts_with(part)));
            assert_eq!(state.studies.problems.len(), lines);
            assert!(state.studies.asks_for_photographs());
        }
    }
}

//! Starting, cancelling and ending searches; applying, exporting and deleting findings.

use crate::explorer::panels::framing::in_words;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use flipscope_image::lesion::{ColorHandling, Frame};
use flipscope_image::perturb::Perturbation;
use flipscope_lab::search::{Progress, SearchOutcome};
use flipscope_language::text;

use crate::explorer::apply::{Dialog, Effect, failed};
use crate::explorer::explore::apply::alter::alter_as_found;
use crate::explorer::explore::apply::list::select;
use crate::explorer::explore::lesion::{LesionId, Picture};
use crate::explorer::history::Edit;
use crate::explorer::message::Severity;
use crate::explorer::page::Tool;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::search::enqueue::enqueue;
use crate::explorer::search::request::{Exported, SearchAnswer, ToExport};
use crate::explorer::search::state::{FindingId, Saved, SearchId, Stage, TrayFinding};
use crate::explorer::search::stopping::{cancel, cancel_all};
use crate::explorer::search::{direction, finding_words, opened, tray};
use crate::explorer::state::State;
use crate::explorer::wording;

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: SearchCommand, now: Instant) -> Vec<Effect> {
    match command {
        SearchCommand::Start => return start(state, now),
        SearchCommand::ApplyBest(id) => return apply_best(state, id, now),
        SearchCommand::Apply(id) => return apply_finding(state, id, now),
        SearchCommand::AskOpen => return vec![Effect::Dialog(Dialog::Findings)],
        SearchCommand::Open(findings) => return opened::open(state, findings),
        SearchCommand::AskExport(id) => return ask_export(state, id),
        SearchCommand::Copy(id) => return copy(state, id, now),
        SearchCommand::Export(id, folder) => return export(state, id, folder),
        SearchCommand::Set(form) => state.searches.form = *form,
        SearchCommand::Cancel(id) => cancel(state, id),
        SearchCommand::CancelAll => cancel_all(state, None),
        SearchCommand::Dismiss(id) => dismiss(state, id),
        SearchCommand::Delete(id) => delete(state, id),
    }
    Vec::new()
}

/// Processes one answer of the search thread.
pub(crate) fn receive(state: &mut State, answer: SearchAnswer, now: Instant) -> Vec<Effect> {
    match answer {
        SearchAnswer::Began(id) => {
            if let Some(one) = state.searches.task_mut(id) {
                one.stage = Stage::Running;
            }
        }
        SearchAnswer::Progress {
            id,
            progress: reported,
            frame,
        } => progress(state, id, reported, frame),
        SearchAnswer::WithoutProposals(why) => {
            let text = text!("search-without-proposals", why = wording::in_window(&why));
            state.say(Severity::Note, text, now);
        }
        SearchAnswer::Ended { id, result, alone } => ended(state, id, result, alone),
        SearchAnswer::Exported { id, folder, result } => exported(state, id, &folder, result, now),
        SearchAnswer::Opened(findings) => return opened::opened(state, findings, now),
    }
    Vec::new()
}

/// Starts the search of the form on the selected lesion.
fn start(state: &mut State, now: Instant) -> Vec<Effect> {
    state.tool = Tool::Search;
    let Some(lesion) = state.current() else {
        return Vec::new();
    };
    if !matches!(lesion.picture, Picture::Ready { .. }) {
        let lesion_name = lesion.shown();
        let text = match lesion.picture {
            Picture::Failed(_) => text!("search-cannot-be-read", lesion = lesion_name),
            _ => text!("search-not-read-yet", lesion = lesion_name),
        };
        state.say(Severity::Note, text, now);
        return Vec::new();
    }
    if state.model.ready.is_none() {
        state.say(Severity::Note, text!("search-needs-model"), now);
        return Vec::new();
    }
    let id = lesion.id;
    let form = state.searches.form.clone();
    if let Err(error) = form.attack.validate() {
        let text = text!("search-cannot-start", error = error.to_string());
        state.say(Severity::Warning, text, now);
        return Vec::new();
    }
    let direction = direction::of(state, &form);
    let begun = enqueue(state, id, &form, direction);
    begun.map(|(_, effect)| effect).into_iter().collect()
}

/// Removes a failed search from the list.
fn dismiss(state: &mut State, id: SearchId) {
    state
        .searches
        .tasks
        .retain(|one| one.id != id || !matches!(one.stage, Stage::Failed(_)));
}

fn progress(state: &mut State, id: SearchId, progress: Progress, best: Option<Arc<Frame>>) {
    let Some(one) = state.searches.task_mut(id) else {
        return;
    };
    if let Some(best) = &progress.best {
        one.curve.push(progress.evaluations, best.p_melanoma);
    }
    one.progress = Some(progress);
    if best.is_some() {
        one.best = best;
    }
}

/// A finding goes into the tray; a failure stays on the list with its reason, and with its best candidate.
fn ended(state: &mut State, id: SearchId, result: Result<Box<SearchOutcome>, String>, alone: bool) {
    let Some(at) = state.searches.tasks.iter().position(|one| one.id == id) else {
        return;
    };
    match result {
        Err(reason) => {
            if let Some(one) = state.searches.tasks.get_mut(at) {
                one.stage = Stage::Failed(wording::in_window(&reason));
            }
        }
        Ok(found) => {
            let mut one = state.searches.tasks.remove(at);
            one.curve
                .push(found.finding.evaluations, found.finding.p_after);
            let id = FindingId(state.fresh_id());
            // One that shared the network took longer than the next one will, or than it would have alone.
            if alone
                && let (Some(ready), Some(cost)) =
                    (&state.model.ready, found.finding.forward_equivalents)
            {
                let seconds = found.finding.seconds;
                state.passes.searched(ready.generation, seconds, cost);
            }
            state.searches.count += 1;
            let number = state.searches.count;
            state.searches.findings.push(TrayFinding {
                id,
                number,
                lesion: one.lesion,
                name: one.name,
                altered: Arc::new(found.altered.frame.clone()),
                found: Arc::from(found),
                curve: one.curve,
                saved: Saved::No,
            });
        }
    }
}

/// Copies what a finding says.
fn copy(state: &mut State, id: FindingId, now: Instant) -> Vec<Effect> {
    let Some(text) = state.searches.finding(id).map(finding_words::copied) else {
        return Vec::new();
    };
    state.say(Severity::Note, text!("search-copied"), now);
    vec![Effect::Copy(text)]
}

/// Applies a finding's perturbation to the sliders of the lesion that it was found on.
fn apply_finding(state: &mut State, id: FindingId, now: Instant) -> Vec<Effect> {
    let Some(kept) = state.searches.finding(id) else {
        return Vec::new();
    };
    let (lesion, found) = (kept.lesion, Arc::clone(&kept.found));
    let perturbation = Arc::new(found.finding.perturbation.clone());
    let effects = put_on_sliders(state, lesion, &perturbation, now);
    let differs = state
        .lesion(lesion)
        .and_then(|lesion| lesion.frame_sha256())
        .is_some_and(|sha256| sha256 != found.finding.frame_sha256 && !perturbation.field_of_view);
    if differs {
        let subject = &found.finding.subject;
        let framing = in_words(subject.framing);
        let text = match subject.color_handling {
            ColorHandling::Converted => text!("search-framing-differs", framing = framing),
            ColorHandling::Raw => text!("search-framing-differs-raw", framing = framing),
        };
        state.say(Severity::Warning, text, now);
    }
    effects
}

/// Applies the best candidate of a running or failed search to the sliders.
fn apply_best(state: &mut State, id: SearchId, now: Instant) -> Vec<Effect> {
    let Some(one) = state.searches.tasks.iter().find(|one| one.id == id) else {
        return Vec::new();
    };
    let Some(best) = one.best_so_far() else {
        return Vec::new();
    };
    let (lesion, perturbation) = (one.lesion, Arc::clone(&best.perturbation));
    put_on_sliders(state, lesion, &perturbation, now)
}

fn put_on_sliders(
    state: &mut State,
    lesion: LesionId,
    perturbation: &Arc<Perturbation>,
    now: Instant,
) -> Vec<Effect> {
    if state.lesion(lesion).is_none() {
        state.say(Severity::Note, text!("search-lesion-closed"), now);
        return Vec::new();
    }
    let mut effects = select(state, lesion, now);
    effects.extend(alter_as_found(state, perturbation, now));
    effects
}

/// Removes a finding from the tray; undo restores it.
fn delete(state: &mut State, id: FindingId) {
    let findings = &mut state.searches.findings;
    let Some(index) = findings.iter().position(|kept| kept.id == id) else {
        return;
    };
    let finding = Box::new(findings.remove(index));
    state.history.push(Edit::DeleteFinding { index, finding });
}

/// Restores a deleted finding, or deletes it again.
pub(crate) fn apply_history(
    state: &mut State,
    index: usize,
    finding: TrayFinding,
    back: bool,
) -> Vec<Effect> {
    let findings = &mut state.searches.findings;
    if back {
        findings.insert(index.min(findings.len()), finding);
    } else {
        findings.retain(|kept| kept.id != finding.id);
    }
    Vec::new()
}

fn ask_export(state: &State, id: FindingId) -> Vec<Effect> {
    let there = state.searches.finding(id).is_some();
    there
        .then_some(Effect::Dialog(Dialog::Export(id)))
        .into_iter()
        .collect()
}

fn export(state: &mut State, id: FindingId, folder: PathBuf) -> Vec<Effect> {
    let Some(kept) = state.searches.finding_mut(id) else {
        return Vec::new();
    };
    kept.saved = Saved::Writing;
    let (found, name, lesion) = (Arc::clone(&kept.found), kept.name.clone(), kept.lesion);
    let one = ToExport {
        id,
        found,
        name,
        label: state.list.label_of(lesion),
    };
    vec![Effect::Export {
        findings: vec![one],
        folder,
    }]
}

fn exported(
    state: &mut State,
    id: FindingId,
    folder: &std::path::Path,
    result: Result<Exported, String>,
    now: Instant,
) {
    tray::exported(state, id, &result);
    match result {
        Ok(Exported { json, was_there }) => {
            let name = json.file_name().unwrap_or_default().to_string_lossy();
            let folder = folder.display().to_string();
            let text = if was_there {
                text!("search-exported-before", file = name, folder = folder)
            } else {
                text!("search-exported", file = name, folder = folder)
            };
            state.say(Severity::Note, text, now);
        }
        Err(error) => {
            failed(state);
            state.say(Severity::Error, error, now);
        }
    }
}

//! When frames are counted and judged, and what becomes of what comes out.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use flipscope_base::cancel::Cancel;
use flipscope_lab::proof::{Draws, Proof, Proved};
use flipscope_lab::search::Subject;
use flipscope_language::text;

use crate::explorer::apply::{Dialog, Effect};
use crate::explorer::explore::apply::alter::alter;
use crate::explorer::explore::apply::list::select;
use crate::explorer::explore::lesion::{Picture, name_in_words};
use crate::explorer::history::Gesture;
use crate::explorer::message::Severity;
use crate::explorer::model::ReadyModel;
use crate::explorer::page::{Page, Tool};
use crate::explorer::proof::about::about;
use crate::explorer::proof::command::ProofCommand;
use crate::explorer::proof::request::{ProofAnswer, ProofWork};
use crate::explorer::proof::state::{About, Counted, Counting, Kept, ProofId, Task};
use crate::explorer::proof::{obstacle, words};
use crate::explorer::search::state::{Curve, FindingId, Saved, TrayFinding};
use crate::explorer::state::State;
use crate::explorer::wording::in_window;

/// Random frames of a box that has too many, and their seed, as on the command line.
const DRAWS: Draws = Draws {
    count: 1000,
    seed: 1,
};

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: ProofCommand, now: Instant) -> Vec<Effect> {
    match command {
        ProofCommand::Show(shown) => {
            state.proofs.shown = shown;
            if shown {
                state.tool = Tool::Search;
            }
        }
        ProofCommand::Set(region) => state.proofs.region = region,
        ProofCommand::Start => return begin(state),
        ProofCommand::Cancel => {
            if let Some(task) = &state.proofs.task {
                task.cancel.request();
            }
        }
        ProofCommand::Apply(at) => return apply_nearest(state, at, now),
        ProofCommand::AskSave(at) => {
            let there = state.proofs.kept.get(at).is_some();
            let ask = there.then_some(Effect::Dialog(Dialog::Proof(at)));
            return ask.into_iter().collect();
        }
        ProofCommand::Save(at, folder) => return save(state, at, folder, now),
        ProofCommand::Dismiss(at) => {
            if at < state.proofs.kept.len() {
                state.proofs.kept.remove(at);
            }
        }
    }
    Vec::new()
}

/// Processes one answer.
pub(crate) fn receive(state: &mut State, answer: ProofAnswer, now: Instant) {
    match answer {
        ProofAnswer::Counted(id, result) => {
            let counting = &mut state.proofs.counting;
            let Some(counting) = counting.take_if(|counting| counting.id == id) else {
                return;
            };
            let judged = result.as_ref().map_or(0, |(_, judged)| *judged);
            state.proofs.count(Counted {
                about: counting.about,
                frames: result
                    .map(|(frames, _)| frames)
                    .map_err(|why| in_window(&why)),
                judged,
            });
        }
        ProofAnswer::Progress(id, progress) => {
            if let Some(task) = state.proofs.task.as_mut().filter(|task| task.id == id) {
                task.progress = Some(progress);
            }
        }
        ProofAnswer::SoFar(id, record) => {
            if let Some(task) = state.proofs.task.as_mut().filter(|task| task.id == id) {
                task.so_far = Some(record);
            }
        }
        ProofAnswer::Ended(id, result) => {
            let task = state.proofs.task.take_if(|task| task.id == id);
            if let Some(task) = task {
                ended(state, task, result, now);
            }
        }
        ProofAnswer::Saved(Err(why)) => state.say(Severity::Error, why, now),
        ProofAnswer::Saved(Ok(path)) => {
            let text = text!("proof-saved", file = path.display().to_string());
            state.say(Severity::Note, text, now);
        }
    }
}

/// An outcome is kept; the nearest flip of a finished proof becomes a finding as well.
fn ended(state: &mut State, task: Task, result: Result<Box<Proved>, String>, now: Instant) {
    let unfinished = task.in_progress();
    let task_cancelled = task.cancel.is_requested();
    let Task { about, name, .. } = task;
    let Proved {
        record,
        original,
        nearest,
    } = match result {
        Ok(proved) => *proved,
        Err(why) => {
            state.proofs.failed = Some((about, in_window(&why)));
            if let Some(unfinished) = unfinished {
                state.proofs.keep(unfinished);
            }
            return;
        }
    };
    let nearest = nearest.map(Arc::new);
    if let Some(found) = nearest.as_ref().filter(|_| record.finished) {
        let id = FindingId(state.fresh_id());
        state.searches.count += 1;
        state.searches.findings.push(TrayFinding {
            id,
            number: state.searches.count,
            lesion: about.lesion,
            name: name.clone(),
            altered: Arc::new(found.altered.frame.clone()),
            found: Arc::clone(found),
            curve: Curve::default(),
            saved: Saved::No,
        });
    }
    // Cancelled before the first frame, with nothing known from before: nothing came out.
    if record.judged > 0 {
        // It ends long after it was asked for, mostly while another page or lesion is looked at.
        if !task_cancelled && !state.presenter.hides(about.lesion) {
            let (lesion, outcome) = (name_in_words(&name), words::outcome(record.outcome));
            let region = about.region.in_words();
            let text = text!(
                "proof-ended",
                lesion = &*lesion,
                region = region,
                outcome = outcome
            );
            state.say(Severity::Note, text, now);
        }
        state.proofs.keep(Kept {
            about,
            name,
            record: Arc::new(record),
            frame: Some(Arc::new(original.frame)),
            nearest,
        });
    }
}

/// Counts what the form asks for, and ends what belongs to closed lesions or another model.
pub(crate) fn settle(state: &mut State) -> Option<Effect> {
    let (lesions, proofs) = (&state.lesions, &mut state.proofs);
    let is_open = |about: &About| lesions.iter().any(|lesion| lesion.id == about.lesion);
    proofs.kept.retain(|kept| is_open(&kept.about));
    let generation = state.model.ready.as_ref().map(|ready| ready.generation);
    if let Some(task) = &proofs.task
        && (!is_open(&task.about) || Some(task.generation) != generation)
    {
        task.cancel.request();
    }
    let seen = proofs.shown && state.page == Page::Explore && state.tool == Tool::Search;
    if !seen || state.proofs.counting.is_some() || obstacle::to_look(state).is_some() {
        return None;
    }
    let about = about(state)?;
    let known = state.proofs.count_of(&about).is_some();
    if known || about.region.validate().is_err() {
        return None;
    }
    let proof = Box::new(proof(state)?);
    let id = ProofId(state.fresh_id());
    state.proofs.counting = Some(Counting { id, about });
    Some(Effect::Proof(Box::new(ProofWork::Count(id, proof))))
}

/// What is asked about the explored lesion.
fn proof(state: &State) -> Option<Proof> {
    let lesion = state.current()?;
    let Picture::Ready {
        frame,
        framing,
        sha256,
        ..
    } = &lesion.picture
    else {
        return None;
    };
    Some(Proof {
        subject: Subject {
            image: lesion.name.clone(),
            image_sha256: sha256.clone(),
            framing: *framing,
            color_handling: state.color_handling,
        },
        frame: Arc::clone(frame),
        region: state.proofs.region.clone(),
        draws: DRAWS,
        sample: false,
        threshold: state.threshold(),
        seconds: None,
        most: None,
    })
}

fn begin(state: &mut State) -> Vec<Effect> {
    if obstacle::to_start(state).is_some() {
        return Vec::new();
    }
    let (Some(about), Some(proof)) = (about(state), proof(state)) else {
        return Vec::new();
    };
    let Some(loaded) = state.model.ready.as_ref().map(ReadyModel::loaded) else {
        return Vec::new();
    };
    let earlier = state.proofs.of(&about);
    let earlier = earlier.map(|kept| Box::new(kept.record.as_ref().clone()));
    let id = ProofId(state.fresh_id());
    let cancel = Cancel::default();
    state.proofs.shown = true;
    state.proofs.failed = None;
    state.proofs.task = Some(Task {
        id,
        name: proof.subject.image.clone(),
        about,
        generation: loaded.generation,
        cancel: cancel.clone(),
        progress: None,
        so_far: None,
    });
    vec![Effect::Proof(Box::new(ProofWork::Prove {
        id,
        proof: Box::new(proof),
        earlier,
        loaded: Box::new(loaded),
        cancel,
    }))]
}

/// Moves the sliders of the lesion to the nearest flip.
fn apply_nearest(state: &mut State, at: usize, now: Instant) -> Vec<Effect> {
    let Some(kept) = state.proofs.kept.get(at) else {
        return Vec::new();
    };
    if !kept.has_a_flip() {
        return Vec::new();
    }
    let (lesion, change) = (
        kept.about.lesion,
        Arc::new(kept.record.closest.perturbation.clone()),
    );
    let mut effects = select(state, lesion, now);
    effects.extend(alter(state, Gesture::Click, &change, now));
    effects
}

fn save(state: &mut State, at: usize, folder: PathBuf, now: Instant) -> Vec<Effect> {
    let Some(kept) = state.proofs.kept.get(at) else {
        return Vec::new();
    };
    let frame = kept.frame.clone().or_else(|| {
        let lesion = state.lesion(kept.about.lesion)?;
        let same = lesion.frame_sha256() == Some(kept.about.frame_sha256.as_str());
        lesion.frame_to_judge().filter(|_| same).cloned()
    });
    let Some(frame) = frame else {
        let why = text!("proof-frame-not-open", name = kept.name.as_str());
        state.say(Severity::Error, why, now);
        return Vec::new();
    };
    vec![Effect::Proof(Box::new(ProofWork::Save {
        record: Arc::clone(&kept.record),
        frame,
        nearest: kept.nearest.clone(),
        name: kept.name.clone(),
        folder,
    }))]
}

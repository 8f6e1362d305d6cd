//! Making, opening, running and closing studies; what comes of it is taken in by [`answers`](super::answers).

use std::path::PathBuf;
use std::time::Instant;

use flipscope_base::cancel::Cancel;
use flipscope_lab::study::plan::{Model, Role};
use flipscope_language::text;
use flipscope_model::Label;
use flipscope_model::scheduler::{Loaded, ModelSlot};

use crate::explorer::apply::{Dialog, Effect};
use crate::explorer::apply::{copy_place, named};
use crate::explorer::message::Severity;
use crate::explorer::model::ReadyModel;
use crate::explorer::remembered::{Contents, RecentStudy, StudyProgress};
use crate::explorer::state::State;
use crate::explorer::study::command::{AskStudy, StudyCommand};
use crate::explorer::study::request::{StudyWork, Writing};
use crate::explorer::study::state::{Activity, Beginning, Figures, StudyId};

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: StudyCommand, now: Instant) -> Vec<Effect> {
    match command {
        StudyCommand::Ask(what) => return vec![Effect::Dialog(Dialog::Study(what))],
        StudyCommand::MergeFrom(from) => {
            let into = AskStudy::MergeInto(from);
            return vec![Effect::Dialog(Dialog::Study(into))];
        }
        StudyCommand::Make(file) => return make(state, file, now),
        StudyCommand::Open(file) => return open(state, file, None, now),
        StudyCommand::OpenWith(file, root) => return open(state, file, Some(root), now),
        StudyCommand::Merge(from, into) => {
            let into = named(into, "study");
            return begin(state, StudyWork::Merge { from, into }, now);
        }
        StudyCommand::Forget(file) => {
            RecentStudy::forget(&mut state.studies.recent, &file);
            return vec![Effect::Remember(Box::new(state.remembered()))];
        }
        StudyCommand::Run => return run(state),
        StudyCommand::RunWith(root) => return run_with(state, root),
        StudyCommand::Folder(root) if state.studies.asks_for_photographs() => {
            return run_with(state, root);
        }
        StudyCommand::Draw => return draw(state),
        StudyCommand::Write(what, folder) => return write(state, what, folder),
        StudyCommand::CopyReport => {
            return copy_place(state, |state| state.studies.report.as_deref(), now);
        }
        StudyCommand::Set(form) => state.studies.form = *form,
        StudyCommand::Data(path) | StudyCommand::Folder(path) => {
            state.studies.form.data = Some(path);
        }
        StudyCommand::Images(path) => state.studies.form.images = Some(path),
        StudyCommand::Split(path) => state.studies.form.split = Some(path),
        StudyCommand::Cancel => cancel(state),
        StudyCommand::Pause => {
            if let Activity::Running { cancel, .. } = &state.studies.activity {
                cancel.request();
            }
        }
        StudyCommand::Close => return close(state, now),
    }
    Vec::new()
}

fn open(state: &mut State, file: PathBuf, root: Option<PathBuf>, now: Instant) -> Vec<Effect> {
    begin(state, StudyWork::Open { file, root }, now)
}

/// Carries out the open study with the photographs in a folder.
fn run_with(state: &mut State, root: PathBuf) -> Vec<Effect> {
    if let Some(open) = state.studies.open.as_mut() {
        open.root = Some(root);
    }
    run(state)
}

/// Starts work that opens another study, unless something else is in progress.
fn begin(state: &mut State, work: StudyWork, now: Instant) -> Vec<Effect> {
    if !state.studies.is_idle() {
        state.say(Severity::Warning, text!("study-under-way"), now);
        return Vec::new();
    }
    let id = StudyId(state.fresh_id());
    state.studies.id = Some(id);
    state.studies.activity = match &work {
        StudyWork::Make { cancel, .. } => Activity::Making {
            read: None,
            cancel: cancel.clone(),
        },
        _ => Activity::Opening,
    };
    vec![Effect::Study(id, work)]
}

fn make(state: &mut State, file: PathBuf, now: Instant) -> Vec<Effect> {
    let form = state.studies.form.clone();
    let Some(first) = &state.model.ready else {
        state.say(Severity::Warning, text!("study-no-model"), now);
        return Vec::new();
    };
    let model = |slot: ModelSlot, ready: &ReadyModel| Model {
        threshold: state.threshold_of(slot),
        ..Model::of(
            &ready.info,
            ready.precision,
            state.framing.unwrap_or(ready.info.framing),
        )
    };
    let mut models = vec![model(ModelSlot::Primary, first)];
    if let Some(second) = state
        .comparison
        .ready
        .as_ref()
        .filter(|_| form.include_comparison)
    {
        models.push(model(ModelSlot::Comparison, second));
    }
    let work = StudyWork::Make {
        file: named(file, "study"),
        form: Box::new(form),
        models,
        loaded: Box::new(first.loaded()),
        color_handling: state.color_handling,
        cancel: Cancel::default(),
    };
    begin(state, work, now)
}

/// The open study is the first one that the page offers at the next start, with what is known about it now.
pub(super) fn remember(state: &mut State) -> Vec<Effect> {
    let Some(open) = &state.studies.open else {
        return Vec::new();
    };
    let [melanomas, nevi] =
        [Label::Melanoma, Label::Nevus].map(|label| open.plan.count(Role::Study, label));
    let [done, of] = open.status.work();
    let recent = RecentStudy {
        file: open.file.clone(),
        what: Contents::Lesions {
            dataset: open.plan.dataset.clone(),
            melanomas,
            nevi,
        },
        progress: StudyProgress::Study { done, of },
    };
    recent.remember(&mut state.studies.recent);
    vec![Effect::Remember(Box::new(state.remembered()))]
}

/// Draws the figures of the open study, unless they are being drawn or there is nothing to draw.
pub(super) fn draw(state: &mut State) -> Vec<Effect> {
    let studies = &mut state.studies;
    let Some(open) = studies.open.as_ref() else {
        return Vec::new();
    };
    if open.status.is_untouched() || studies.figures.drawing {
        return Vec::new();
    }
    studies.figures.drawing = true;
    studies.figures.problem = None;
    let work = StudyWork::Draw(open.file.clone());
    vec![Effect::Study(StudyId(state.fresh_id()), work)]
}

fn run(state: &mut State) -> Vec<Effect> {
    let Some(open) = &state.studies.open else {
        return Vec::new();
    };
    if !state.studies.is_idle() {
        return Vec::new();
    }
    let cancel = Cancel::default();
    let ready =
        [ModelSlot::Primary, ModelSlot::Comparison].map(|slot| state.model_of(slot).ready.as_ref());
    let loaded: Vec<Loaded> = ready
        .into_iter()
        .flatten()
        .map(ReadyModel::loaded)
        .collect();
    let work = StudyWork::Run {
        file: open.file.clone(),
        root: open.root.clone(),
        loaded,
        device: state.device,
        cancel: cancel.clone(),
    };
    let id = StudyId(state.fresh_id());
    state.studies.id = Some(id);
    forget_problems(state);
    state.studies.activity = Activity::Running {
        beginning: Beginning::default(),
        progress: None,
        attack: None,
        proof: None,
        waiting: None,
        cancel,
    };
    vec![Effect::Study(id, work)]
}

/// Cancels making a study; a run is paused first.
fn cancel(state: &mut State) {
    if let Activity::Making { cancel, .. } = &state.studies.activity {
        cancel.request();
        state.studies.activity = Activity::Idle;
        state.studies.id = None;
    }
}

/// Closes the open study. A run stops after the batch in flight, and keeps it.
fn close(state: &mut State, now: Instant) -> Vec<Effect> {
    if let Activity::Running { cancel, .. } = &state.studies.activity {
        cancel.request();
        state.studies.activity = Activity::Idle;
    }
    state.studies.id = None;
    let effects = remember(state);
    state.studies.figures = Figures::default();
    if let Some(open) = state.studies.open.take() {
        let file = open.file.display().to_string();
        let said = if open.status.is_complete() {
            text!("study-closed-complete", file = file)
        } else {
            text!("study-closed", file = file)
        };
        state.say(Severity::Note, said, now);
    }
    forget_problems(state);
    state.studies.report = None;
    effects
}

pub(super) fn forget_problems(state: &mut State) {
    state.studies.problems.clear();
    state.studies.missing = 0;
    if let Some(said) = state.studies.said.take() {
        state.take_back(said);
    }
}

fn write(state: &mut State, what: Writing, folder: PathBuf) -> Vec<Effect> {
    let Some(open) = &state.studies.open else {
        return Vec::new();
    };
    let work = StudyWork::Write {
        file: open.file.clone(),
        what,
        folder,
    };
    state.studies.writing += 1;
    vec![Effect::Study(StudyId(state.fresh_id()), work)]
}

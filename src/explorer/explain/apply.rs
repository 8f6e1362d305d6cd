//! How commands and answers change the page *Explain*.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use flipscope_base::cancel::Cancel;
use flipscope_base::untrusted;
use flipscope_lab::explain::check::{Comparison, Curves};
use flipscope_lab::explain::figure::{Caption, FileKind};
use flipscope_language::{Language, text, within};

use crate::explorer::apply::Effect;
use crate::explorer::explain::command::ExplainCommand;
use crate::explorer::explain::pace::Pace;
use crate::explorer::explain::request::{
    Content, ExplainAnswer, ExplainTask, ExplainWork, ExplainedModel, ExportOf, Made, NotMade,
    Redrawing, WantedMap,
};
use crate::explorer::explain::state::{ExplainId, Explained, Kept, Kind, Task};
use crate::explorer::explain::{obstacle, saving};
use crate::explorer::explore::lesion::{Lesion, LesionId};
use crate::explorer::message::Severity;
use crate::explorer::model::ModelIdentity;
use crate::explorer::state::State;
use crate::explorer::wording::in_window;

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: ExplainCommand, now: Instant) -> Vec<Effect> {
    match command {
        ExplainCommand::Set(settings) => {
            state.explain.settings = *settings;
            Vec::new()
        }
        ExplainCommand::Start => start(state, now),
        ExplainCommand::Cancel => {
            if let Some(task) = &state.explain.task {
                task.cancel.request();
            }
            Vec::new()
        }
        ExplainCommand::Opacity(opacity) => {
            state.explain.opacity = opacity.clamp(0.0, 1.0);
            Vec::new()
        }
        ExplainCommand::CheckCurves => check(state, Kind::Curves, now),
        ExplainCommand::CheckRandom => check(state, Kind::RandomWeights, now),
        ExplainCommand::AskSave(kind) => ask_save(state, kind, now),
        ExplainCommand::Save(kind, path) => save(state, kind, path),
    }
}

/// Processes one answer.
pub(crate) fn receive(state: &mut State, answer: ExplainAnswer, now: Instant) -> Vec<Effect> {
    match answer {
        ExplainAnswer::Progress(id, progress) => {
            if let Some(task) = &mut state.explain.task
                && task.id == id
            {
                task.progress = progress;
                task.pace.told(progress, now);
            }
        }
        ExplainAnswer::Ended(id, result) => {
            state.explain.task.take_if(|task| task.id == id);
            match result {
                Ok(made) => keep(state, made),
                Err(NotMade::Cancelled) => {
                    state.say(Severity::Note, text!("explain-cancelled"), now);
                }
                Err(NotMade::Failed(why)) => state.say(Severity::Error, in_window(&why), now),
            }
        }
        ExplainAnswer::Redrawn(lesion, result) => redrawn(state, lesion, result, now),
        ExplainAnswer::Written(result) => {
            state.explain.writing = state.explain.writing.saturating_sub(1);
            match result {
                Ok(paths) => {
                    let names: Vec<String> =
                        paths.iter().map(|path| untrusted::path(path)).collect();
                    let said = text!("explain-saved", files = names.join(", "));
                    state.say(Severity::Note, said, now);
                }
                Err(error) => state.say(Severity::Error, error, now),
            }
        }
    }
    Vec::new()
}

fn keep(state: &mut State, made: Made) {
    let lesion = match &made {
        Made::Map(explained) | Made::Curves(explained, _) | Made::Random(explained, _) => {
            explained.lesion
        }
    };
    // It may have been closed meanwhile.
    if state.lesion(lesion).is_none() {
        return;
    }
    let place = |state: &mut State, explained: &Explained| {
        let mut kept = state.explain.kept.iter_mut();
        let at = kept.position(|kept| kept.explained.id == explained.id)?;
        Some(at)
    };
    match made {
        Made::Map(explained) => state.explain.keep(Kept {
            explained,
            curves: None,
            random: None,
        }),
        Made::Curves(explained, curves) => {
            if let Some(at) = place(state, &explained)
                && let Some(kept) = state.explain.kept.get_mut(at)
            {
                kept.curves = Some(curves);
            }
        }
        Made::Random(explained, comparison) => {
            if let Some(at) = place(state, &explained)
                && let Some(kept) = state.explain.kept.get_mut(at)
            {
                kept.random = Some(comparison);
            }
        }
    }
}

/// What a figure says about a lesion as the sliders have it, and the model in use.
pub(crate) fn caption(state: &State, lesion: &Lesion) -> Option<Caption> {
    let altered = !lesion.perturbation.is_identity();
    Some(Caption {
        image: lesion.name.clone(),
        altered: altered.then(|| within(Language::English, || lesion.perturbation.in_words())),
        p_original: None,
        truth: (state.list.truth_of(lesion.id)).map(|truth| truth.name().to_owned()),
        model: state.model.ready.as_ref()?.info.name.clone(),
        threshold: state.threshold(),
        checks: Vec::new(),
    })
}

/// The model in use, and how it is loaded once more.
fn model(state: &State) -> Option<ExplainedModel> {
    let ready = state.model.ready.as_ref()?;
    let mut overrides = state.overrides.clone();
    overrides.remedy = state.remedy.primary;
    Some(ExplainedModel {
        loaded: Box::new(ready.loaded()),
        source: ready.source.clone(),
        overrides: Box::new(overrides),
    })
}

fn start(state: &mut State, now: Instant) -> Vec<Effect> {
    if obstacle::hinders(state, obstacle::to_map(state), now) {
        return Vec::new();
    }
    let Some(lesion) = state.current() else {
        return Vec::new();
    };
    let (Some(frame), Some(frame_sha256), Some(mut caption), Some(model)) = (
        lesion.frame_to_judge().cloned(),
        lesion.frame_sha256().map(str::to_owned),
        caption(state, lesion),
        model(state),
    ) else {
        return Vec::new();
    };
    if caption.altered.is_some() {
        let before = lesion.answers.primary.before.as_ref();
        caption.p_original = before.map(|before| before.verdict.p_melanoma);
    }
    let wanted = WantedMap {
        lesion: lesion.id,
        settings: state.explain.settings.clone(),
        frame,
        frame_sha256,
        perturbation: Arc::clone(&lesion.perturbation),
        caption,
    };
    let (lesion, name) = (lesion.id, lesion.name.clone());
    let task = ExplainTask::Map(Box::new(wanted));
    vec![work(state, (lesion, name), (Kind::Map, task), model)]
}

fn check(state: &mut State, kind: Kind, now: Instant) -> Vec<Effect> {
    if obstacle::hinders(state, obstacle::to_check(state), now) {
        return Vec::new();
    }
    let kept = state.selected.and_then(|id| state.explain.of(id));
    let (Some(kept), Some(model)) = (kept, model(state)) else {
        return Vec::new();
    };
    let explained = Arc::clone(&kept.explained);
    let about = (explained.lesion, explained.caption.image.clone());
    let task = match kind {
        Kind::RandomWeights => ExplainTask::RandomWeights(explained),
        Kind::Curves | Kind::Map => ExplainTask::Curves(explained),
    };
    vec![work(state, about, (kind, task), model)]
}

fn work(
    state: &mut State,
    (lesion, name): (LesionId, String),
    (kind, task): (Kind, ExplainTask),
    model: ExplainedModel,
) -> Effect {
    let id = ExplainId(state.fresh_id());
    let cancel = Cancel::default();
    state.explain.task = Some(Task {
        id,
        kind,
        lesion,
        name,
        cancel: cancel.clone(),
        progress: [0; 2],
        pace: Pace::default(),
    });
    Effect::Explain(Box::new(ExplainWork {
        id,
        task,
        model,
        cancel,
    }))
}

fn ask_save(state: &mut State, kind: FileKind, now: Instant) -> Vec<Effect> {
    let hidden = state.selected.is_some_and(|id| state.presenter.hides(id));
    if hidden {
        obstacle::hinders(state, Some(text!("explain-obstacle-hidden")), now);
        return Vec::new();
    }
    let kept = state.selected.and_then(|id| state.explain.of(id));
    let (Some(kept), Some(lesion)) = (kept, state.current()) else {
        obstacle::hinders(state, Some(text!("explain-obstacle-no-map")), now);
        return Vec::new();
    };
    let method = kept.explained.settings.method.file_name();
    saving::ask(lesion, ExportOf::Map, method, kind)
}

fn save(state: &mut State, kind: FileKind, path: PathBuf) -> Vec<Effect> {
    let Some(kept) = state.selected.and_then(|id| state.explain.of(id)) else {
        return Vec::new();
    };
    let checks = [
        kept.curves.as_ref().map(Curves::sentence),
        kept.random.as_ref().map(Comparison::sentence),
    ];
    let content = Content::Map {
        explained: Arc::clone(&kept.explained),
        checks: checks.into_iter().flatten().collect(),
        // Whole per cents, as the slider has them.
        opacity: f64::from((state.explain.opacity * 100.0).round()) / 100.0,
    };
    saving::write(state, content, kind, path)
}

/// Another lesion is gone, or another model is in use: what was made for what is gone is forgotten. A map of an earlier run of the explored
/// lesion is drawn again, once its photograph is read and its model answers.
pub(crate) fn settle(state: &mut State) -> Option<Effect> {
    let (explain, lesions) = (&mut state.explain, &state.lesions);
    if explain.kept.is_empty() && explain.earlier.is_empty() && explain.task.is_none() {
        return None;
    }
    let open = |id: LesionId| lesions.iter().any(|lesion| lesion.id == id);
    explain.kept.retain(|kept| open(kept.explained.lesion));
    explain.earlier.retain(|one| open(one.record.lesion));
    if let Some(task) = &explain.task
        && !open(task.lesion)
    {
        task.cancel.request();
    }
    redraw(state)
}

fn redraw(state: &mut State) -> Option<Effect> {
    if state.explain.earlier.is_empty() {
        return None;
    }
    let lesion = state.current()?;
    let (id, hash) = (lesion.id, lesion.frame_sha256()?.to_owned());
    let frame = Arc::clone(lesion.frame_to_judge()?);
    let ready = state.model.ready.as_ref()?;
    let (model, generation) = (ModelIdentity::of_ready(ready), ready.generation);
    let mut earlier = state.explain.earlier.iter_mut();
    let one = earlier.find(|one| {
        let record = &one.record;
        !one.asked && record.lesion == id && record.frame_sha256 == hash && record.model == model
    })?;
    one.asked = true;
    let record = one.record.clone();
    Some(Effect::Redraw(Box::new(Redrawing {
        id: ExplainId(state.fresh_id()),
        record,
        frame,
        generation,
    })))
}

fn redrawn(state: &mut State, lesion: LesionId, result: Result<Box<Kept>, NotMade>, now: Instant) {
    // A newer map may have been made meanwhile.
    let mut earlier = state.explain.earlier.iter();
    let wanted = earlier.any(|one| one.record.lesion == lesion);
    match result {
        Ok(kept) if wanted => state.explain.keep(*kept),
        Err(NotMade::Failed(why)) if wanted => {
            state
                .explain
                .earlier
                .retain(|one| one.record.lesion != lesion);
            state.say(Severity::Warning, in_window(&why), now);
        }
        _ => {}
    }
}

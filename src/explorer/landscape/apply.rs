//! How commands and answers change the page *Landscape*.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use flipscope_base::cancel::Cancel;
use flipscope_lab::explain::figure::FileKind;
use flipscope_lab::explain::landscape::Landscape;
use flipscope_language::text;
use flipscope_model::scheduler::ModelSlot;

use crate::explorer::apply::Effect;
use crate::explorer::explain::apply::caption;
use crate::explorer::explain::obstacle::{hinders, to_look};
use crate::explorer::explain::pace::Pace;
use crate::explorer::explain::request::{Content, ExportOf, NotMade};
use crate::explorer::explain::saving;
use crate::explorer::explore::apply::alter::alter;
use crate::explorer::explore::lesion::LesionId;
use crate::explorer::history::Gesture;
use crate::explorer::landscape::command::LandscapeCommand;
use crate::explorer::landscape::record::Record;
use crate::explorer::landscape::request::{LandscapeAnswer, LandscapeWork};
use crate::explorer::landscape::settings::Settings;
use crate::explorer::landscape::state::{Field, LandscapeId, Shown, Task};
use crate::explorer::message::Severity;
use crate::explorer::model::ModelIdentity;
use crate::explorer::state::State;
use crate::explorer::wording::in_window;

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: LandscapeCommand, now: Instant) -> Vec<Effect> {
    match command {
        LandscapeCommand::Set(settings) => {
            state.landscape.settings = settings;
            Vec::new()
        }
        LandscapeCommand::Start => start(state, now),
        LandscapeCommand::Stop => {
            if let Some(task) = &state.landscape.task {
                task.cancel.request();
            }
            Vec::new()
        }
        LandscapeCommand::GoOn => go_on(state, now),
        LandscapeCommand::MoveTo(point) => move_to(state, point, now),
        LandscapeCommand::AskSave(kind) => ask_save(state, kind, now),
        LandscapeCommand::Save(kind, path) => save(state, kind, path),
    }
}

/// Processes one answer.
pub(crate) fn receive(state: &mut State, answer: LandscapeAnswer, now: Instant) {
    let shown = |state: &mut State, id: LandscapeId, at: usize, change: &dyn Fn(&mut Field)| {
        if let Some(shown) = &mut state.landscape.shown
            && shown.id == id
            && let Some(field) = shown.fields.get_mut(at)
        {
            change(field);
            shown.version += 1;
        }
    };
    match answer {
        LandscapeAnswer::Here(id, at, verdict) => {
            shown(state, id, at, &|field| field.here = Some(verdict.clone()));
        }
        LandscapeAnswer::Judged(id, at, found) => {
            shown(state, id, at, &|field| field.grid.put(&found));
        }
        LandscapeAnswer::Progress(id, progress) => {
            if let Some(task) = &mut state.landscape.task
                && task.id == id
            {
                task.progress = progress;
                task.pace.told(progress, now);
            }
        }
        LandscapeAnswer::Ended(id, result) => {
            state.landscape.task.take_if(|task| task.id == id);
            if let Err(NotMade::Failed(why)) = result {
                state.say(Severity::Error, in_window(&why), now);
            }
        }
    }
}

/// Why no landscape can be judged now, as a sentence.
pub(crate) fn obstacle(state: &State) -> Option<&'static str> {
    if state.landscape.task.is_some() {
        return Some(text!("landscape-obstacle-under-way"));
    }
    if state.selected.is_some_and(|id| state.presenter.hides(id)) {
        return Some(text!("landscape-obstacle-hidden"));
    }
    to_look(state)
}

/// Why the shown landscape cannot go on, as a sentence.
pub(crate) fn obstacle_to_go_on(state: &State) -> Option<&'static str> {
    if let Some(why) = obstacle(state) {
        return Some(why);
    }
    let Some(shown) = state.selected.and_then(|id| state.landscape.of(id)) else {
        return Some(text!("landscape-obstacle-none"));
    };
    if shown.is_complete() {
        return Some(text!("landscape-obstacle-complete"));
    }
    let generation = |slot| {
        state
            .model_of(slot)
            .ready
            .as_ref()
            .map(|one| one.generation)
    };
    let loaded = |field: &Field| {
        let own = Some(field.loaded.generation);
        ModelSlot::ALL
            .into_iter()
            .any(|slot| generation(slot) == own)
    };
    (!shown.fields.iter().all(loaded)).then(|| text!("landscape-obstacle-other-model"))
}

/// The landscape that a form asks for around the sliders of the explored lesion.
pub(crate) fn wanted(state: &State, settings: &Settings) -> Option<Landscape> {
    Some(Landscape {
        x: settings.x,
        y: (!settings.profile).then_some(settings.y),
        around: (*state.current()?.perturbation).clone(),
    })
}

fn start(state: &mut State, now: Instant) -> Vec<Effect> {
    if hinders(state, obstacle(state), now) {
        return Vec::new();
    }
    let settings = state.landscape.settings;
    let (Some(landscape), Some(lesion)) = (wanted(state, &settings), state.current()) else {
        return Vec::new();
    };
    // Here, not on the thread: the landscape that is shown stays if the new one makes no sense.
    if let Err(error) = landscape.validate() {
        state.say(Severity::Error, in_window(&error.to_string()), now);
        return Vec::new();
    }
    let (Some(frame), Some(frame_sha256), Some(caption)) = (
        lesion.frame_to_judge().cloned(),
        lesion.frame_sha256().map(str::to_owned),
        caption(state, lesion),
    ) else {
        return Vec::new();
    };
    let slots = ModelSlot::ALL.into_iter();
    let slots = slots.filter(|slot| *slot == ModelSlot::Primary || settings.compare);
    let fields = slots.filter_map(|slot| {
        Some(Field {
            loaded: Box::new(state.model_of(slot).ready.as_ref()?.loaded()),
            threshold: state.threshold_of(slot),
            grid: landscape.grid(),
            here: None,
        })
    });
    let (fields, lesion, name) = (fields.collect(), lesion.id, lesion.name.clone());
    let id = LandscapeId(state.fresh_id());
    let shown = Shown {
        id,
        lesion,
        frame,
        frame_sha256,
        landscape: Arc::new(landscape),
        fields,
        caption,
        version: 0,
    };
    state.landscape.earlier = None;
    vec![work(state, shown, name)]
}

fn go_on(state: &mut State, now: Instant) -> Vec<Effect> {
    if hinders(state, obstacle_to_go_on(state), now) {
        return Vec::new();
    }
    let name = state.current().map(|lesion| lesion.name.clone());
    match (state.landscape.shown.take(), name) {
        (Some(shown), Some(name)) => vec![work(state, shown, name)],
        (shown, _) => {
            state.landscape.shown = shown;
            Vec::new()
        }
    }
}

fn work(state: &mut State, shown: Shown, name: String) -> Effect {
    let cancel = Cancel::default();
    let work = LandscapeWork {
        id: shown.id,
        landscape: Arc::clone(&shown.landscape),
        frame: Arc::clone(&shown.frame),
        fields: shown.fields.clone(),
        cancel: cancel.clone(),
    };
    state.landscape.task = Some(Task {
        id: shown.id,
        name,
        cancel,
        progress: [0; 2],
        pace: Pace::default(),
    });
    state.landscape.shown = Some(shown);
    Effect::Landscape(Box::new(work))
}

/// Moves the sliders to a point: everything that no axis varies is as the landscape has it, so that P is what it shows.
fn move_to(state: &mut State, point: usize, now: Instant) -> Vec<Effect> {
    let shown = state.selected.and_then(|id| state.landscape.of(id));
    let Some(there) = shown.and_then(|shown| shown.landscape.at(point)) else {
        return Vec::new();
    };
    alter(state, Gesture::Click, &Arc::new(there), now)
}

fn ask_save(state: &mut State, kind: FileKind, now: Instant) -> Vec<Effect> {
    let hidden = state.selected.is_some_and(|id| state.presenter.hides(id));
    if hidden {
        hinders(state, Some(text!("landscape-obstacle-hidden")), now);
        return Vec::new();
    }
    let shown = state.selected.and_then(|id| state.landscape.of(id));
    let (Some(_), Some(lesion)) = (shown, state.current()) else {
        hinders(state, Some(text!("landscape-obstacle-none")), now);
        return Vec::new();
    };
    saving::ask(
        lesion,
        ExportOf::Landscape,
        text!("file-of-landscape"),
        kind,
    )
}

fn save(state: &mut State, kind: FileKind, path: PathBuf) -> Vec<Effect> {
    let Some(shown) = state.selected.and_then(|id| state.landscape.of(id)) else {
        return Vec::new();
    };
    let models: Vec<_> = (shown.fields.iter())
        .filter_map(|field| Some((shown.map(field)?, shown.caption(field))))
        .collect();
    if models.is_empty() {
        return Vec::new();
    }
    let content = Content::Landscape {
        models,
        landscape: Arc::clone(&shown.landscape),
    };
    saving::write(state, content, kind, path)
}

/// The landscape of a lesion that was closed is forgotten. That of the session is shown, once its photograph is read and its models answer.
pub(crate) fn settle(state: &mut State) {
    if let Some(shown) = &state.landscape.shown
        && state.lesion(shown.lesion).is_none()
    {
        if let Some(task) = &state.landscape.task {
            task.cancel.request();
        }
        state.landscape.shown = None;
    }
    if let Some(earlier) = &state.landscape.earlier {
        if state.lesion(earlier.lesion).is_none() {
            state.landscape.earlier = None;
        } else if let Some(shown) = shown_again(state, earlier) {
            let id = LandscapeId(state.fresh_id());
            state.landscape.shown = Some(Shown { id, ..shown });
            state.landscape.earlier = None;
        }
    }
}

/// The landscape of an earlier run, if its lesion is explored, and if the models that answer are those that judged it.
fn shown_again(state: &State, earlier: &Record<LesionId>) -> Option<Shown> {
    let lesion = state.current().filter(|one| one.id == earlier.lesion)?;
    let same = lesion.frame_sha256() == Some(&earlier.frame_sha256);
    let frame = lesion.frame_to_judge().filter(|_| same)?;
    let fields = (earlier.fields.iter().zip(ModelSlot::ALL)).map(|(field, slot)| {
        let ready = state.model_of(slot).ready.as_ref()?;
        (ModelIdentity::of_ready(ready) == field.model).then(|| Field {
            loaded: Box::new(ready.loaded()),
            threshold: field.threshold,
            grid: field.grid.clone(),
            here: field.here.clone(),
        })
    });
    Some(Shown {
        id: LandscapeId(0),
        lesion: lesion.id,
        frame: Arc::clone(frame),
        frame_sha256: earlier.frame_sha256.clone(),
        landscape: Arc::clone(&earlier.landscape.0),
        fields: fields.collect::<Option<_>>()?,
        caption: earlier.caption.clone(),
        version: 0,
    })
}

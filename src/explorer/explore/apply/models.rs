//! Which models answer: loading them, comparing two, swapping them.

use crate::explorer::panels::framing::in_words;
use std::path::{Path, PathBuf};
use std::time::Instant;

use flipscope_language::text;
use flipscope_model::scheduler::{Loaded, ModelSlot};
use flipscope_model::{DeviceChoice, ModelSource, Remedy};

use crate::explorer::apply::Effect;
use crate::explorer::command::RemedyCommand;
use crate::explorer::explore::apply::list::read_all;
use crate::explorer::explore::apply::requests::ask;
use crate::explorer::explore::lesion::ModelAnswers;
use crate::explorer::message::Severity;
use crate::explorer::model::{Model, ReadyModel};
use crate::explorer::search::stopping::cancel_all;
use crate::explorer::state::State;

/// Checkpoints that the menu remembers: with these it still fits on a screen of 768 pixels.
const RECENT: usize = 4;

/// Loads a model into a slot; the previous one answers until it is loaded.
pub(crate) fn load(state: &mut State, slot: ModelSlot, source: ModelSource) -> Vec<Effect> {
    let device = state.device;
    state.model_of_mut(slot).loading = Some(source.clone());
    let remedy = *state.remedy.of(slot);
    vec![Effect::Load(slot, source, device, remedy)]
}

/// Loads a model again, with another remedy, or once more without one. A comparison that only the remedy told apart ends with it.
pub(crate) fn remedy(state: &mut State, command: RemedyCommand, now: Instant) -> Vec<Effect> {
    let (slot, remedy, from) = match command {
        RemedyCommand::Use(slot, remedy) => (slot, remedy, slot),
        RemedyCommand::CompareWithout => {
            (ModelSlot::Comparison, Remedy::default(), ModelSlot::Primary)
        }
    };
    let different = !are_same(state);
    *state.remedy.of_mut(slot) = remedy;
    state.overrides.remedy = state.remedy.primary;
    let mut effects = match source(state.model_of(from)) {
        Some(source) => load(state, slot, source),
        None => Vec::new(),
    };
    if matches!(command, RemedyCommand::Use(..)) && different && are_same(state) {
        effects.extend(stop_comparing(state, now));
        state.say(Severity::Note, text!("explore-comparison-ended"), now);
    }
    effects
}

/// The model that is being loaded, or else the one that answers.
fn source(model: &Model) -> Option<ModelSource> {
    let ready = model.ready.as_ref().map(|ready| &ready.source);
    model.loading.as_ref().or(ready).cloned()
}

/// Whether both slots have the same model with the same remedy.
fn are_same(state: &State) -> bool {
    let [first, second] = [&state.model, &state.comparison].map(source);
    first.is_some() && first == second && state.remedy.primary == state.remedy.comparison
}

/// Loads the models onto another device, or onto the same one again.
pub(crate) fn load_onto(state: &mut State, device: DeviceChoice) -> Vec<Effect> {
    let mut effects = Vec::new();
    for slot in ModelSlot::ALL {
        let model = state.model_of(slot);
        let ready = model.ready.as_ref().map(|ready| ready.source.clone());
        if let Some(source) = model.loading.clone().or(ready) {
            state.device = device;
            effects.extend(load(state, slot, source));
        }
    }
    effects
}

/// Unloads the comparison model.
pub(crate) fn stop_comparing(state: &mut State, now: Instant) -> Vec<Effect> {
    state.comparison = Model::default();
    for lesion in &mut state.lesions {
        lesion.answers.comparison = ModelAnswers::default();
    }
    let mut effects = vec![Effect::Unload(ModelSlot::Comparison)];
    effects.extend(ask(state, now));
    effects
}

/// Explores the comparison model, and compares it with the one explored so far: both are loaded again.
pub(crate) fn swap(state: &mut State) -> Vec<Effect> {
    let source = |model: &Model| model.ready.as_ref().map(|ready| ready.source.clone());
    let (Some(first), Some(second)) = (source(&state.model), source(&state.comparison)) else {
        return Vec::new();
    };
    let remedies = &mut state.remedy;
    std::mem::swap(&mut remedies.primary, &mut remedies.comparison);
    state.overrides.remedy = state.remedy.primary;
    let mut effects = load(state, ModelSlot::Primary, second);
    effects.extend(load(state, ModelSlot::Comparison, first));
    effects
}

/// A model was loaded into a slot, or failed to load.
pub(crate) fn loaded(
    state: &mut State,
    slot: ModelSlot,
    source: ModelSource,
    device: DeviceChoice,
    result: Result<Box<Loaded>, String>,
    now: Instant,
) -> Vec<Effect> {
    let remedy = result.as_ref().map(|loaded| loaded.info.remedy).ok();
    let wanted = state.model_of(slot).loading.as_ref() == Some(&source)
        && state.device == device
        && remedy.is_none_or(|remedy| remedy == *state.remedy.of(slot));
    if wanted {
        state.model_of_mut(slot).loading = None;
    } else if slot == ModelSlot::Comparison && state.comparison.loading.is_none() {
        // The comparison was stopped in the meantime.
        return Vec::new();
    }
    match result {
        Ok(loaded) => ready(state, slot, source, device, *loaded, now),
        Err(error) => {
            let model = state.model_of(slot);
            let kept = model
                .ready
                .as_ref()
                .map(|model| model.info.name_in_words().to_owned());
            if let (ModelSlot::Primary, None, Some(ready)) = (slot, &model.loading, &model.ready) {
                state.device = ready.choice;
            }
            let text = match (slot, kept) {
                (ModelSlot::Primary, Some(name)) => {
                    text!("explore-still-using", error = error, name = name)
                }
                (ModelSlot::Comparison, Some(name)) => {
                    text!("explore-still-comparing", error = error, name = name)
                }
                (_, None) => error,
            };
            state.say(Severity::Error, text, now);
            forget(state, &source)
        }
    }
}

/// A checkpoint that cannot be loaded is not offered again.
fn forget(state: &mut State, source: &ModelSource) -> Vec<Effect> {
    let ModelSource::File(path) = source else {
        return Vec::new();
    };
    let before = state.recent.len();
    state.recent.retain(|known| known != path);
    if state.recent.len() == before {
        return Vec::new();
    }
    vec![Effect::Remember(Box::new(state.remembered()))]
}

fn ready(
    state: &mut State,
    slot: ModelSlot,
    source: ModelSource,
    choice: DeviceChoice,
    loaded: Loaded,
    now: Instant,
) -> Vec<Effect> {
    let framing = state.framing();
    // The serious ones are shown before every verdict (`panels/assumed.rs`); the others are listed with the rest of what is
    // known about the model, since in full they would leave no room for the pictures.
    let lesser = loaded
        .info
        .assumptions
        .iter()
        .filter(|one| !one.is_severe());
    let lesser = lesser.count();
    if lesser > 0 {
        let name = loaded.info.name_in_words();
        let text = text!("explore-assumed", count = lesser, name = name);
        state.say(Severity::Warning, text, now);
    }
    if let Some(note) = loaded.note {
        state.say(Severity::Note, note, now);
    }
    let mut effects = Vec::new();
    if let ModelSource::File(path) = &source {
        remember(&mut state.recent, path);
        effects.push(Effect::Remember(Box::new(state.remembered())));
    }
    if slot == ModelSlot::Primary {
        // They belong to another model, which is dropped after its last batch.
        cancel_all(state, None);
    } else if loaded.info.framing != framing {
        state.say(
            Severity::Warning,
            text!(
                "explore-other-framing",
                name = loaded.info.name_in_words(),
                own = in_words(loaded.info.framing),
                framing = in_words(framing),
            ),
            now,
        );
    }
    state.model_of_mut(slot).ready = Some(ReadyModel {
        source,
        info: loaded.info,
        choice,
        device: loaded.device,
        kind: loaded.kind,
        precision: loaded.precision,
        generation: loaded.generation,
    });
    for lesion in &mut state.lesions {
        *lesion.answers.of_mut(slot) = ModelAnswers::default();
    }
    if state.framing() == framing {
        effects.extend(ask(state, now));
    } else {
        read_all(state);
    }
    effects
}

/// Moves a checkpoint to the top of those that the menu offers.
fn remember(recent: &mut Vec<PathBuf>, path: &Path) {
    recent.retain(|known| known != path);
    recent.insert(0, path.to_owned());
    recent.truncate(RECENT);
}

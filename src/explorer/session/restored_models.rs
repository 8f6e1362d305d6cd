//! The models of a session: loaded again unless they answer already, and compared with those that it was saved with.

use std::time::Instant;

use flipscope_base::untrusted;
use flipscope_language::text;
use flipscope_model::scheduler::ModelSlot;
use flipscope_model::{DemoModel, ModelSource};

use crate::explorer::apply::Effect;
use crate::explorer::explore::apply::models::{load, stop_comparing};
use crate::explorer::message::Severity;
use crate::explorer::session::content::{Session, StoredModel, StoredSource};
use crate::explorer::session::state::Stated;
use crate::explorer::state::State;

/// Loads the models of the session, unless they answer already.
pub(super) fn load_models(
    state: &mut State,
    session: &Session,
    stated: Stated,
    now: Instant,
) -> Vec<Effect> {
    let contents = &session.contents;
    let device = (contents.device.parse().ok()).filter(|_| !stated.device);
    let moved = device.is_some_and(|device| device != state.device);
    if let Some(device) = device {
        state.device = device;
    }
    state.sessions.expected_models.clear();
    let mut effects = Vec::new();
    // They are about the models of the session, not about one that this command line names.
    let others = contents.overrides != state.overrides && !stated.overrides && !stated.model;
    let mut moved = moved || others;
    if others {
        state.overrides = contents.overrides.clone();
        state.remedy.primary = contents.overrides.remedy;
        effects.push(Effect::Assume(Box::new(contents.overrides.clone())));
    }
    if !stated.overrides && !stated.model {
        moved |= state.remedy.comparison != contents.comparison_remedy;
        state.remedy.comparison = contents.comparison_remedy;
    }
    let primary = (contents.model.as_ref()).filter(|_| !stated.model);
    let primary = primary.and_then(|stored| source(state, stored));
    let wanted = primary.or_else(|| current(state, ModelSlot::Primary));
    if let Some(wanted) = wanted
        && (moved || current(state, ModelSlot::Primary).as_ref() != Some(&wanted))
    {
        effects.extend(load(state, ModelSlot::Primary, wanted));
    }
    let wanted = contents.comparison.as_ref();
    let wanted = wanted.and_then(|stored| source(state, stored));
    let compared = current(state, ModelSlot::Comparison);
    match wanted {
        Some(wanted) if moved || compared.as_ref() != Some(&wanted) => {
            effects.extend(load(state, ModelSlot::Comparison, wanted));
        }
        None if compared.is_some() => effects.extend(stop_comparing(state, now)),
        Some(_) | None => {}
    }
    effects
}

fn current(state: &State, slot: ModelSlot) -> Option<ModelSource> {
    let model = state.model_of(slot);
    let ready = model.ready.as_ref().map(|ready| &ready.source);
    model.loading.as_ref().or(ready).cloned()
}

/// Where a model of the session is; a file is expected to be the one that was loaded then.
fn source(state: &mut State, stored: &StoredModel) -> Option<ModelSource> {
    match &stored.source {
        StoredSource::Embedded(name) => DemoModel::named(name).map(ModelSource::Embedded),
        StoredSource::File(path) => {
            let path = path.path();
            if let Some(sha256) = &stored.sha256 {
                let expected = (path.clone(), sha256.clone());
                state.sessions.expected_models.push(expected);
            }
            Some(ModelSource::File(path))
        }
    }
}

/// A model was loaded: says so if it is not the one that the session was saved with.
pub(crate) fn check_models(state: &mut State, now: Instant) {
    if state.sessions.expected_models.is_empty() {
        return;
    }
    let loaded: Vec<_> = (ModelSlot::ALL.into_iter())
        .filter_map(|slot| state.model_of(slot).ready.as_ref())
        .filter_map(|ready| match &ready.source {
            ModelSource::File(path) => Some((path.clone(), ready.info.sha256.clone())),
            ModelSource::Embedded(_) => None,
        })
        .collect();
    for (path, sha256) in loaded {
        let expected = &mut state.sessions.expected_models;
        let Some(at) = expected.iter().position(|(known, _)| *known == path) else {
            continue;
        };
        let (_, then) = expected.swap_remove(at);
        if then != sha256 {
            let text = text!("session-another-model", file = untrusted::path(&path));
            state.say(Severity::Warning, text, now);
        }
    }
}

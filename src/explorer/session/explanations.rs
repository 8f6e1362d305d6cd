//! Maps, landscapes, summaries and proofs: from the state into a session, and back. Their values are in the file; what is drawn from them is
//! drawn again when their lesion is looked at, by the threads of their pages, so that nothing waits for it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::explorer::explain;
use crate::explorer::explain::state::Earlier;
use crate::explorer::explore::lesion::LesionId;
use crate::explorer::landscape;
use crate::explorer::proof;
use crate::explorer::proof::state::Task;
use crate::explorer::session::stored_explanations::{
    StoredExplanations, StoredProof, StoredSummary,
};
use crate::explorer::shared::Shared;
use crate::explorer::state::State;
use crate::explorer::summary::state::{About, Kept};

/// Those of the lesions that have a place.
pub(super) fn capture(state: &State, places: &HashMap<LesionId, usize>) -> StoredExplanations {
    let (explain, landscape) = (&state.explain, &state.landscape);
    let place = |lesion: LesionId| places.get(&lesion).copied();
    let kept = explain.kept.iter().map(explain::state::Kept::record);
    let maps = (explain.earlier.iter().map(|one| one.record.clone())).chain(kept);
    let shown = landscape
        .shown
        .as_ref()
        .map(landscape::state::Shown::record);
    let shown = shown.or_else(|| landscape.earlier.clone());
    let summaries = state.summary.kept.iter().filter_map(|kept| {
        Some(StoredSummary {
            lesion: place(kept.about.lesion)?,
            frame_sha256: kept.about.frame_sha256.clone(),
            model: kept.about.model.clone(),
            threshold: kept.about.threshold,
            summary: Shared(Arc::clone(&kept.summary)),
            complete: kept.complete,
            caption: kept.caption.clone(),
        })
    });
    // Of the proof under way, what it has judged: it goes on from there.
    let under_way = state.proofs.task.as_ref().and_then(Task::in_progress);
    let is_older = |kept: &&proof::state::Kept| {
        (under_way.as_ref()).is_none_or(|under_way| under_way.about != kept.about)
    };
    let proofs = (state.proofs.kept.iter().filter(is_older)).chain(&under_way);
    let proofs = proofs.filter_map(|kept| {
        Some(StoredProof {
            lesion: place(kept.about.lesion)?,
            model: kept.about.model.clone(),
            record: Shared(Arc::clone(&kept.record)),
        })
    });
    StoredExplanations {
        map_form: explain.settings.clone(),
        opacity: explain.opacity,
        landscape_form: landscape.settings,
        maps: maps
            .filter_map(|record| Some((place(record.lesion)?, record)))
            .map(|(place, record)| record.of(place))
            .collect(),
        landscape: shown
            .and_then(|record| Some((place(record.lesion)?, record)))
            .map(|(place, record)| record.of(place)),
        summaries: summaries.collect(),
        proof_form: Some(state.proofs.region.clone()),
        proofs: proofs.collect(),
    }
}

/// Puts them into the state; `id` names the lesion of a place.
pub(super) fn restore(
    state: &mut State,
    stored: &StoredExplanations,
    id: impl Fn(usize) -> Option<LesionId>,
) {
    let explain = &mut state.explain;
    explain.settings = stored.map_form.clone();
    explain.opacity = stored.opacity.clamp(0.0, 1.0);
    explain.kept.clear();
    let maps = stored.maps.iter().cloned();
    let maps = maps.filter_map(|record| Some((id(record.lesion)?, record)));
    let earlier = maps.map(|(lesion, record)| Earlier {
        record: record.of(lesion),
        asked: false,
    });
    explain.earlier = earlier.collect();
    let landscape = &mut state.landscape;
    if stored.landscape_form.is_valid() {
        landscape.settings = stored.landscape_form;
    }
    landscape.shown = None;
    if let Some(task) = &landscape.task {
        task.cancel.request();
    }
    let record = stored
        .landscape
        .clone()
        .filter(landscape::record::Record::is_valid);
    let record = record.and_then(|record| Some((id(record.lesion)?, record)));
    landscape.earlier = record.map(|(lesion, record)| record.of(lesion));
    let summaries = stored.summaries.iter().filter_map(|one| {
        Some(Kept {
            about: About {
                lesion: id(one.lesion)?,
                frame_sha256: one.frame_sha256.clone(),
                model: one.model.clone(),
                threshold: one.threshold,
            },
            summary: Arc::clone(&one.summary.0),
            complete: one.complete,
            caption: one.caption.clone(),
        })
    });
    state.summary.kept = summaries.collect();
    let proofs = stored.proofs.iter().filter_map(|one| {
        let (lesion, record) = (id(one.lesion)?, Arc::clone(&one.record.0));
        Some(proof::state::Kept {
            about: proof::state::About {
                lesion,
                frame_sha256: record.frame_sha256.clone(),
                model: one.model.clone(),
                threshold: record.threshold,
                region: record.region.clone(),
            },
            name: state.lesion(lesion)?.name.clone(),
            record,
            frame: None,
            nearest: None,
        })
    });
    state.proofs.kept = proofs.collect();
    let form = stored.proof_form.clone();
    if let Some(form) = form.filter(|form| form.validate().is_ok()) {
        state.proofs.region = form;
    }
}

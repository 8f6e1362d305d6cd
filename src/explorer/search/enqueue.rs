//! Putting a search into the queue.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_lab::search::{Direction, Search};

use crate::explorer::apply::Effect;
use crate::explorer::explore::lesion::LesionId;
use crate::explorer::search::request::SearchRequest;
use crate::explorer::search::state::{Curve, Form, SearchId, SearchTask, Stage};
use crate::explorer::state::State;

/// Puts the search of a form on a lesion at the end of the queue; nothing if its picture or a model is missing.
pub(crate) fn enqueue(
    state: &mut State,
    lesion: LesionId,
    form: &Form,
    direction: Direction,
) -> Option<(SearchId, Effect)> {
    let lesion = state.lesion(lesion)?;
    let (subject, frame) = (lesion.subject(state.color_handling)?, lesion.frame()?);
    let loaded = Box::new(state.model.ready.as_ref()?.loaded());
    let search = Arc::new(Search {
        subject,
        frame: Arc::clone(frame),
        attack: form.attack.clone(),
        mode: form.mode,
        strategy: form.strategy,
        direction,
        threshold: state.threshold(),
        seed: form.seed,
        budget: form.budget,
    });
    let (lesion, name) = (lesion.id, lesion.name.clone());
    let id = SearchId(state.fresh_id());
    let cancel = Cancel::default();
    state.searches.tasks.push(SearchTask {
        id,
        lesion,
        name,
        search: Arc::clone(&search),
        cancel: cancel.clone(),
        stage: Stage::Waiting,
        progress: None,
        curve: Curve::default(),
        best: None,
    });
    let request = SearchRequest {
        id,
        search,
        cancel,
        loaded,
        together: state.searches_together(),
    };
    Some((id, Effect::Search(request)))
}

//! How the state changes when a photograph was read or a verdict arrives.

use std::sync::Arc;
use std::time::Instant;

use flipscope_image::lesion::Framing;
use flipscope_model::Scored;
use flipscope_model::scheduler::ModelSlot;

use crate::explorer::apply::{Effect, of_page};
use crate::explorer::explore::apply::list::forget_answers;
use crate::explorer::explore::apply::requests::{
    ask, ask_about_explored, ask_list, ask_more_of_list,
};
use crate::explorer::explore::file_state::{FileState, Refused};
use crate::explorer::explore::lesion::{LesionId, ModelAnswer, Picture, Requested};
use crate::explorer::explore::list::apply::labels_of_found;
use crate::explorer::explore::request::{Asked, Purpose, ReadPicture};
use crate::explorer::message::Severity;
use crate::explorer::page::Page;
use crate::explorer::session::missing;
use crate::explorer::state::State;
use crate::explorer::wording;

/// Stores a photograph that was decoded, with the framing that it has now, or why it failed, and what is kept beside the words then.
pub(crate) fn read(
    state: &mut State,
    id: LesionId,
    (framing, mut refused): (Framing, Option<Refused>),
    result: Result<ReadPicture, String>,
    now: Instant,
) -> Vec<Effect> {
    let selected = state.selected == Some(id);
    let language = state.language();
    let Some(lesion) = state.lesion_mut(id) else {
        return Vec::new();
    };
    lesion.outdated = false;
    lesion.requested = Requested::No;
    let before = lesion.refused.take();
    let was_missing = before.is_some_and(|before| before.file == FileState::Missing);
    let mut effects = Vec::new();
    let result = result.and_then(|picture| {
        // What is wrong from here on is in words of this thread.
        refused = refused.map(|refused| Refused {
            language,
            ..refused
        });
        let found = picture.photograph.source.sha256();
        lesion.accepts(found).map(|()| picture)
    });
    match result {
        Ok(picture) => {
            let same = lesion.frame_sha256() == Some(&*picture.frame_sha256);
            let metadata = picture.metadata;
            let sha256 = picture.photograph.source.sha256().map(str::to_owned);
            lesion.sha256.clone_from(&sha256);
            lesion.picture = Picture::Ready {
                frame: picture.frame,
                frame_sha256: picture.frame_sha256,
                thumbnail: picture.thumbnail,
                photograph: selected.then_some(picture.photograph),
                metadata,
                framing,
                sha256,
            };
            if !same {
                forget_answers(lesion);
            }
            missing::found(state, id);
            if was_missing {
                effects.extend(labels_of_found(state, id));
            }
        }
        Err(error) => {
            let error = wording::in_window(&error);
            // Read again, it may have been said already.
            let known = match (&lesion.picture, refused, before) {
                (Picture::Failed(words), Some(refused), Some(before)) => {
                    refused.repeats(&error, before, words)
                }
                (Picture::Failed(_), ..) => true,
                _ => false,
            };
            lesion.picture = Picture::Failed(error.clone());
            lesion.refused = refused;
            // Another language was chosen while it was being read.
            lesion.outdated = refused.is_some_and(|refused| refused.language != language);
            forget_answers(lesion);
            if known {
                return Vec::new();
            }
            of_page(state, Page::Explore, |state| {
                state.say(Severity::Error, error, now);
                Vec::new()
            });
        }
    }
    if selected {
        effects.extend(ask(state, now));
        return effects;
    }
    // A visible one is judged soon; enough of the others are waiting already.
    let sight = state.list.clipped(&state.in_sight);
    let more = if state.listed(sight).any(|lesion| lesion.id == id) {
        ask_list(state, now)
    } else {
        ask_more_of_list(state, now)
    };
    effects.extend(more);
    effects
}

/// Stores a verdict, or why there is none.
pub(crate) fn judged(
    state: &mut State,
    asked: &Asked,
    result: Result<Scored, String>,
    now: Instant,
) -> Vec<Effect> {
    let waiting = match asked.purpose {
        Purpose::Before | Purpose::Altered => None,
        Purpose::Listed | Purpose::Applied => Some(&mut state.waiting.list),
        Purpose::Band(_) => Some(&mut state.waiting.bands),
    };
    if let Some(waiting) = waiting {
        *waiting = waiting.saturating_sub(1);
    }
    let scored = match result {
        Ok(scored) => scored,
        // No further background requests: they would fail in the same way, again and again.
        Err(error) => {
            state.say(Severity::Error, error, now);
            return Vec::new();
        }
    };
    keep(state, asked, scored, now);
    match asked.purpose {
        Purpose::Listed | Purpose::Applied => ask_more_of_list(state, now).into_iter().collect(),
        // What to examine next follows from the answers so far.
        Purpose::Band(_) if state.waiting.bands == 0 => ask_about_explored(state, now),
        Purpose::Before | Purpose::Altered | Purpose::Band(_) => Vec::new(),
    }
}

/// Stores an answer, if it belongs to the current model, frame and setting.
fn keep(state: &mut State, asked: &Asked, scored: Scored, now: Instant) {
    let ready = state.model_of(asked.slot).ready.as_ref();
    if ready.is_none_or(|model| model.generation != scored.provenance.generation) {
        return;
    }
    if asked.slot == ModelSlot::Primary {
        state.passes.took(&scored.provenance);
    }
    let Some(lesion) = state.lesion_mut(asked.lesion) else {
        return;
    };
    let frame = lesion.frame_to_judge();
    if frame.is_none_or(|frame| !Arc::ptr_eq(frame, &asked.frame)) {
        return;
    }
    let judged = ModelAnswer {
        verdict: scored.verdict,
        perturbation: Arc::clone(&asked.perturbation),
        provenance: scored.provenance,
        total_ms: now.saturating_duration_since(asked.at).as_secs_f32() * 1000.0,
    };
    let answers = lesion.answers.of_mut(asked.slot);
    // While the sliders move, the newest answer is shown, whichever setting it is for. Where they rest and are answered, one that was
    // still on its way must not take that answer's place.
    let is_late = answers.current(&lesion.perturbation).is_some()
        && *judged.perturbation != *lesion.perturbation;
    // With another field of view, the unaltered frame is another one.
    let same_view = lesion.perturbation.field_of_view == asked.perturbation.field_of_view;
    match asked.purpose {
        Purpose::Before | Purpose::Listed => {
            if same_view {
                answers.before = Some(judged);
            }
        }
        Purpose::Applied | Purpose::Altered => {
            let is_altered = asked.purpose == Purpose::Altered;
            if is_altered && same_view && judged.perturbation.is_identity() {
                answers.before = Some(judged.clone());
            }
            if is_late {
                return;
            }
            if is_altered {
                answers.follow(judged.verdict.p_melanoma, now);
            }
            answers.after = Some(judged);
        }
        Purpose::Band(control) => answers.bands.put(
            control,
            &lesion.perturbation,
            &asked.perturbation,
            judged.verdict.p_melanoma,
        ),
    }
}

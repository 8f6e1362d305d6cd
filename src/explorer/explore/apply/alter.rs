//! Altering the selected lesion, and looking at it.

use std::sync::Arc;
use std::time::Instant;

use flipscope_image::perturb::Perturbation;
use flipscope_language::text;

use crate::explorer::apply::Effect;
use crate::explorer::command::Command;
use crate::explorer::explore::apply::requests::ask_about_explored;
use crate::explorer::explore::resampling::{fill_in_words, sampling_in_words};
use crate::explorer::explore::view::View;
use crate::explorer::history::Gesture;
use crate::explorer::message::Severity;
use crate::explorer::state::State;

/// Changes the perturbation of the selected lesion.
pub(crate) fn alter(
    state: &mut State,
    gesture: Gesture,
    perturbation: &Arc<Perturbation>,
    now: Instant,
) -> Vec<Effect> {
    let Some(id) = state.selected else {
        return Vec::new();
    };
    let Some(lesion) = state.lesion_mut(id) else {
        return Vec::new();
    };
    if lesion.perturbation == *perturbation {
        return Vec::new();
    }
    if let Err(error) = perturbation.validate() {
        state.say(Severity::Warning, error.to_string(), now);
        return Vec::new();
    }
    let before = std::mem::replace(&mut lesion.perturbation, Arc::clone(perturbation));
    if before.field_of_view != perturbation.field_of_view {
        lesion.forget_originals();
    }
    state.history.alter(id, gesture, &before, perturbation, now);
    ask_about_explored(state, now)
}

/// Puts on the sliders what was found elsewhere. How it is sampled and filled comes with it, and stays after a reset: that is said.
pub(crate) fn alter_as_found(
    state: &mut State,
    found: &Arc<Perturbation>,
    now: Instant,
) -> Vec<Effect> {
    let Some(before) = state
        .current()
        .map(|lesion| Arc::clone(&lesion.perturbation))
    else {
        return Vec::new();
    };
    let effects = alter(state, Gesture::Click, found, now);
    let resampled = |one: &Perturbation| (one.sampling, one.fill);
    if !found.keeps_pose() && resampled(&before) != resampled(found) {
        let text = text!(
            "alter-resampled",
            sampling = sampling_in_words(found.sampling),
            fill = fill_in_words(found.fill)
        );
        state.say(Severity::Note, text, now);
    }
    effects
}

/// Back to the unaltered frame.
pub(crate) fn reset_all(state: &mut State, now: Instant) -> Vec<Effect> {
    let Some(lesion) = state.current() else {
        return Vec::new();
    };
    // Sampling, fill and field of view say how to alter, not how much: they stay.
    let kept = &lesion.perturbation;
    let neutral = Perturbation {
        sampling: kept.sampling,
        fill: kept.fill,
        field_of_view: kept.field_of_view,
        ..Perturbation::default()
    };
    alter(state, Gesture::Click, &Arc::new(neutral), now)
}

/// Carries out commands about how the pictures are displayed.
pub(crate) fn change_view(state: &mut State, command: Command) {
    match command {
        Command::SetView(view) => look(state, view),
        Command::Zoom(closer) => {
            let view = state.view.zoomed(closer);
            look(state, view);
        }
        _ => {}
    }
}

/// Changes how the pictures are displayed.
pub(crate) fn look(state: &mut State, view: View) {
    state.view = view;
    let view = &mut state.view;
    view.zoom = view.zoom.clamp(1.0, View::CLOSEST);
    // The view stays within the picture.
    let half = 0.5 / view.zoom;
    view.centre = view.centre.map(|c| c.clamp(half, 1.0 - half));
}

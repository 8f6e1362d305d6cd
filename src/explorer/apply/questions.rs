//! What the network is asked after a change, and in which order.

use std::sync::Arc;
use std::time::Instant;

use crate::perturb::Perturbation;

use super::super::state::State;
use super::super::worker::{Asked, Purpose};
use super::Effect;

/// The questions that the selected lesion leaves open: the altered frame at once, the rest when there is time.
pub(super) fn ask(state: &State) -> Vec<Effect> {
    if state.model.ready.is_none() {
        return Vec::new();
    }
    let mut effects = Vec::new();
    let mut later = Vec::new();
    if let Some(lesion) = state.current()
        && let Some(frame) = lesion.frame()
    {
        let asked = |purpose, perturbation: &Arc<Perturbation>| Asked {
            lesion: lesion.id,
            purpose,
            frame: Arc::clone(frame),
            perturbation: Arc::clone(perturbation),
            at: Instant::now(),
        };
        // The verdict of an unaltered frame answers both questions.
        if lesion.before.is_none() && !lesion.perturbation.is_identity() {
            later.push(asked(Purpose::Before, &lesion.perturbation));
        }
        if lesion.current().is_none()
            || (lesion.before.is_none() && lesion.perturbation.is_identity())
        {
            effects.push(Effect::Ask(asked(Purpose::Altered, &lesion.perturbation)));
        }
        for (control, perturbation) in lesion.tracks.missing(&lesion.perturbation) {
            later.push(asked(Purpose::Track(control), &perturbation));
        }
    }
    // Verdicts of the list come after the first answers of the explored lesion and before its tracks.
    let list = state
        .lesions
        .iter()
        .filter(|lesion| Some(lesion.id) != state.selected && lesion.before.is_none())
        .filter_map(|lesion| {
            Some(Asked {
                lesion: lesion.id,
                purpose: Purpose::Before,
                frame: Arc::clone(lesion.frame()?),
                perturbation: Arc::clone(&lesion.perturbation),
                at: Instant::now(),
            })
        });
    let at = later
        .iter()
        .take_while(|asked| asked.purpose == Purpose::Before)
        .count();
    later.splice(at..at, list);
    effects.push(Effect::AskLater(later));
    effects
}

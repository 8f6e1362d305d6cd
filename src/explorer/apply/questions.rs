//! What the network is asked after a change, and in which order.

use std::sync::Arc;
use std::time::Instant;

use crate::classifier::scheduler::{Seat, Seats};
use crate::perturb::Perturbation;

use super::super::state::State;
use super::super::worker::{Asked, Purpose};
use super::Effect;

/// The questions that the selected lesion leaves open: the altered frame at once, the rest when there is time.
pub(super) fn ask(state: &State) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut later = Vec::new();
    let mut tracks: Seats<Vec<Asked>> = Seats::default();
    for seat in Seat::ALL {
        let Some(lesion) = state.current() else {
            break;
        };
        let (Some(frame), Some(_)) = (lesion.frame(), &state.model_of(seat).ready) else {
            continue;
        };
        let asked = |purpose, perturbation: &Arc<Perturbation>| Asked {
            seat,
            lesion: lesion.id,
            purpose,
            frame: Arc::clone(frame),
            perturbation: Arc::clone(perturbation),
            at: Instant::now(),
        };
        let said = lesion.said.of(seat);
        // The verdict of an unaltered frame answers both questions.
        if said.before.is_none() && !lesion.perturbation.is_identity() {
            later.push(asked(Purpose::Before, &lesion.perturbation));
        }
        if said.current(&lesion.perturbation).is_none()
            || (said.before.is_none() && lesion.perturbation.is_identity())
        {
            effects.push(Effect::Ask(asked(Purpose::Altered, &lesion.perturbation)));
        }
        for (control, perturbation) in said.tracks.missing(&lesion.perturbation) {
            let asked = asked(Purpose::Track(control), &perturbation);
            tracks.of_mut(seat).push(asked);
        }
    }
    if state.model.ready.is_none() && state.beside.ready.is_none() {
        return Vec::new();
    }
    // Verdicts of the list come after the first answers of the explored lesion and before its tracks.
    let list = state
        .lesions
        .iter()
        .filter(|_| state.model.ready.is_some())
        .filter(|lesion| Some(lesion.id) != state.selected && lesion.said.first.before.is_none())
        .filter_map(|lesion| {
            Some(Asked {
                seat: Seat::First,
                lesion: lesion.id,
                purpose: Purpose::Before,
                frame: Arc::clone(lesion.frame()?),
                perturbation: Arc::clone(&lesion.perturbation),
                at: Instant::now(),
            })
        });
    later.extend(list);
    later.extend(in_turn(tracks));
    effects.push(Effect::AskLater(later));
    effects
}

/// One of the first, one of the second, so that both models' coarse tracks come early.
fn in_turn<T>(of: Seats<Vec<T>>) -> impl Iterator<Item = T> {
    let (mut first, mut second) = (of.first.into_iter(), of.second.into_iter());
    std::iter::from_fn(move || Some([first.next(), second.next()]))
        .take_while(|pair| pair.iter().any(Option::is_some))
        .flat_map(|pair| pair.into_iter().flatten())
}

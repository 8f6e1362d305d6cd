//! Which photographs are read next, and which frames are kept. Nothing else requests a photograph.
//!
//! A list of thousands holds a thumbnail of each lesion, and the frames of at most a few hundred: of the explored lesion, of
//! the visible ones, and of those that are still to be judged. If that many wait for the network, no more are read.

use crate::explorer::apply::Effect;
use crate::explorer::explore::lesion::{Lesion, Picture, Requested};
use crate::explorer::explore::list::needed::wants_altered;
use crate::explorer::explore::list::state::Place;
use crate::explorer::state::State;

/// Frames that are kept, in addition to the explored one and the visible ones: 268 kB each.
const HELD: usize = 256;

/// Requests at a time: few, so that entries that scroll into view are read soon.
const REQUESTS: usize = 4;

/// Releases frames if too many are held, and requests the photographs that are wanted next: the explored one at once, then the
/// visible ones, then the others downwards from there and from the top. Call after every change of the state.
pub(crate) fn update_frame_cache(state: &mut State) -> Vec<Effect> {
    release(state);
    let sight = state.list.clipped(&state.in_sight);
    let mut effects = Vec::new();
    let mut requests = 0;
    let mut waiting = 0;
    for lesion in &state.lesions {
        requests += usize::from(lesion.requested != Requested::No);
        waiting += usize::from(lesion.frame().is_some() && is_needed(state, lesion));
    }
    let selected = (state.lesions.iter()).position(|lesion| Some(lesion.id) == state.selected);
    if let Some(at) = selected {
        effects.extend(request(state, at, Requested::AtOnce));
    }
    // The last ones are those that the list does not show.
    let all = 0..state.list.order.len();
    let order = sight
        .clone()
        .chain(sight.end..all.end)
        .chain(0..sight.start);
    for position in order {
        let room = sight.contains(&position) || waiting + requests < HELD;
        if requests >= REQUESTS || !room {
            break;
        }
        let place = state.list.order.get(position);
        let Some(at) = place.and_then(|place| place.index(&state.lesions)) else {
            continue;
        };
        if Some(at) != selected
            && let Some(read) = request(state, at, Requested::InTurn)
        {
            effects.push(read);
            requests += 1;
        }
    }
    effects
}

/// The request for a lesion's photograph, if it is wanted and not requested with the same urgency already.
fn request(state: &mut State, at: usize, urgency: Requested) -> Option<Effect> {
    let lesion = state.lesions.get(at)?;
    if lesion.requested >= urgency || !is_wanted(state, lesion) {
        return None;
    }
    let read = Effect::Read {
        lesion: lesion.id,
        origin: lesion.origin.clone(),
        color_handling: state.color_handling,
        framing: state.framing(),
        urgent: urgency == Requested::AtOnce,
    };
    state.lesions.get_mut(at)?.requested = urgency;
    Some(read)
}

/// Whether a part of a photograph is needed that is not in memory.
fn is_wanted(state: &State, lesion: &Lesion) -> bool {
    if lesion.outdated {
        return true;
    }
    let explored = Some(lesion.id) == state.selected;
    match &lesion.picture {
        Picture::Loading => true,
        Picture::Failed(_) => false,
        Picture::Released { .. } => explored || is_needed(state, lesion),
        // Only the explored photograph is kept at full size.
        Picture::Ready { photograph, .. } => {
            explored && state.view.full_resolution && photograph.is_none()
        }
    }
}

/// Whether a frame is needed that nobody looks at.
fn is_needed(state: &State, lesion: &Lesion) -> bool {
    is_to_be_judged(state, lesion) || state.batch.wants_frame(lesion.id)
}

/// Whether the list waits for the network's answer about a lesion, or will once the model is loaded.
fn is_to_be_judged(state: &State, lesion: &Lesion) -> bool {
    let model = state.model.ready.is_some() || state.model.loading.is_some();
    let missing = lesion.answers.primary.before.is_none()
        || state.batch.wants_verdict(lesion)
        || wants_altered(&state.list.made_with.chosen, lesion);
    model && missing
}

/// Releases frames that are not needed, if more are held than allowed; those farthest from the visible part first.
fn release(state: &mut State) {
    let held = (state.lesions.iter()).filter(|lesion| lesion.frame().is_some());
    let excess = held.count().saturating_sub(HELD);
    if excess == 0 {
        return;
    }
    let sight = state.list.clipped(&state.in_sight);
    let distance = |position: usize| {
        sight
            .start
            .saturating_sub(position)
            .max(position.saturating_sub(sight.end))
    };
    let releasable = |(position, place): (usize, &Place)| {
        let at = place.index(&state.lesions)?;
        let lesion = state.lesions.get(at)?;
        let releasable = lesion.frame().is_some()
            && Some(lesion.id) != state.selected
            && !sight.contains(&position)
            && (lesion.outdated || !is_needed(state, lesion));
        releasable.then(|| (distance(position), at))
    };
    let mut places: Vec<(usize, usize)> = (state.list.order.iter().enumerate())
        .filter_map(releasable)
        .collect();
    places.sort_by_key(|(distance, _)| std::cmp::Reverse(*distance));
    for (_, at) in places.into_iter().take(excess) {
        if let Some(lesion) = state.lesions.get_mut(at) {
            lesion.release();
        }
    }
}

#[cfg(test)]
mod tests;

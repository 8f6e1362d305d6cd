//! What the network is asked after a change, and in which order.

use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_model::scheduler::{ModelSlot, PerModel};

use crate::explorer::apply::Effect;
use crate::explorer::explore::lesion::{Lesion, ModelAnswer};
use crate::explorer::explore::list::needed::{Needs, wants_altered};
use crate::explorer::explore::list::rows::Row;
use crate::explorer::explore::request::{Asked, Purpose};
use crate::explorer::state::State;

/// Lesions of the list that are requested after the visible ones; when few of them are left, the next ones are requested.
const AHEAD: usize = 32;
/// This many count as few.
const FEW: usize = 4;

/// The open requests about the explored lesion and about the list.
pub(crate) fn ask(state: &mut State, now: Instant) -> Vec<Effect> {
    let mut effects = ask_about_explored(state, now);
    effects.extend(ask_list(state, now));
    effects
}

/// The open requests about the explored lesion: the altered frame at once, the original and the bands in the background.
pub(crate) fn ask_about_explored(state: &mut State, now: Instant) -> Vec<Effect> {
    let mut effects = Vec::new();
    for slot in ModelSlot::ALL {
        take_known(state, slot, now);
        let Some((lesion, frame)) = to_be_judged(state, slot) else {
            continue;
        };
        let answers = lesion.answers.of(slot);
        if answers.current(&lesion.perturbation).is_none()
            || (answers.before.is_none() && lesion.perturbation.is_identity())
        {
            let purpose = Purpose::Altered;
            let request = request(slot, lesion, purpose, frame, &lesion.perturbation, now);
            effects.push(Effect::Ask(request));
        }
    }
    effects.extend(ask_in_background(state, now));
    effects
}

/// Sliders that alter nothing show the unaltered frame: if the model of a slot has judged that one, its verdict is known.
fn take_known(state: &mut State, slot: ModelSlot, now: Instant) {
    let ready = state.model_of(slot).ready.as_ref();
    let (Some(generation), Some(id)) = (ready.map(|model| model.generation), state.selected) else {
        return;
    };
    let lesion = state.lesion_mut(id);
    // A frame that is outdated was judged as another one; an answer is forgotten with its frame.
    let Some(lesion) = lesion.filter(|one| one.frame_to_judge().is_some()) else {
        return;
    };
    let perturbation = &lesion.perturbation;
    let answers = lesion.answers.of_mut(slot);
    if !perturbation.is_identity() || answers.current(perturbation).is_some() {
        return;
    }
    let known = answers.before.as_ref().filter(|known| {
        known.provenance.generation == generation
            && known.perturbation.field_of_view == perturbation.field_of_view
    });
    let Some(known) = known else {
        return;
    };
    let known = ModelAnswer {
        perturbation: Arc::clone(perturbation),
        ..known.clone()
    };
    answers.follow(known.verdict.p_melanoma, now);
    answers.after = Some(known);
}

/// The sliders came into sight, or are hidden now: their bands are computed only while somebody sees them.
pub(crate) fn settle(state: &mut State, now: Instant) -> Option<Effect> {
    let shown = state.shows_sliders();
    if std::mem::replace(&mut state.waiting.with_bands, shown) == shown {
        return None;
    }
    ask_in_background(state, now)
}

/// The verdict on the original, and the bands of the sliders that are shown.
fn ask_in_background(state: &mut State, now: Instant) -> Option<Effect> {
    if state.model.ready.is_none() && state.comparison.ready.is_none() {
        return None;
    }
    let mut later = Vec::new();
    let mut bands: PerModel<Vec<Asked>> = PerModel::default();
    for slot in ModelSlot::ALL {
        let Some((lesion, frame)) = to_be_judged(state, slot) else {
            continue;
        };
        let about = |purpose, perturbation: &Arc<Perturbation>| {
            request(slot, lesion, purpose, frame, perturbation, now)
        };
        let answers = lesion.answers.of(slot);
        // The verdict on an unaltered frame answers both requests.
        if answers.before.is_none() && !lesion.perturbation.is_identity() {
            later.push(about(Purpose::Before, &lesion.perturbation));
        }
        if !state.shows_sliders() {
            continue;
        }
        let threshold = state.threshold_of(slot);
        for (control, perturbation) in answers.bands.missing(&lesion.perturbation, threshold) {
            let request = about(Purpose::Band(control), &perturbation);
            bands.of_mut(slot).push(request);
        }
    }
    state.waiting.bands = bands.primary.len() + bands.comparison.len();
    later.extend(in_turn(bands));
    Some(Effect::AskBackground(later))
}

/// The explored lesion with its frame, once the model of a slot can judge it.
fn to_be_judged(state: &State, slot: ModelSlot) -> Option<(&Lesion, &Arc<Frame>)> {
    state.model_of(slot).ready.as_ref()?;
    let lesion = state.current()?;
    Some((lesion, lesion.frame_to_judge()?))
}

/// What is asked about a frame with an alteration.
fn request(
    slot: ModelSlot,
    lesion: &Lesion,
    purpose: Purpose,
    frame: &Arc<Frame>,
    perturbation: &Arc<Perturbation>,
    at: Instant,
) -> Asked {
    Asked {
        slot,
        lesion: lesion.id,
        purpose,
        frame: Arc::clone(frame),
        perturbation: Arc::clone(perturbation),
        at,
    }
}

/// The verdicts for the list: those of a batch, which a person waits for, or else those that a filter or an order by verdict waits
/// for; without them, the visible entries and the next ones.
pub(crate) fn ask_list(state: &mut State, now: Instant) -> Option<Effect> {
    state.model.ready.as_ref()?;
    let about = |lesion: &Lesion| {
        let (purpose, frame) = open(state, lesion)?;
        let slot = ModelSlot::Primary;
        let perturbation = &lesion.perturbation;
        Some(request(slot, lesion, purpose, frame, perturbation, now))
    };
    let count = state.list.order.len();
    let sight = state.list.clipped(&state.in_sight);
    let of = |range: Range<usize>| state.listed(range).filter_map(about);
    // Downwards from the visible part, as people scroll; then from the top. What the list does not show comes before that.
    let later = [sight.end..count, 0..sight.start];
    let mut wanted = Vec::new();
    if (state.batch.applied.as_ref()).is_some_and(|applied| applied.asking) {
        let all = [sight.clone()].into_iter().chain(later.clone());
        let of_batch = all.flat_map(|range| state.listed(range));
        let of_batch = of_batch.filter(|lesion| state.batch.wants_verdict(lesion));
        wanted = of_batch.filter_map(about).take(AHEAD).collect();
    }
    if wanted.is_empty()
        && let Some(needs) = Needs::of(state)
    {
        let all = [sight.clone()].into_iter().chain(later.clone());
        let needed = all.flat_map(|range| with_rows(state, range));
        let needed = needed.filter(|(row, lesion)| needs.wait_for(row, lesion));
        let needed = needed.filter_map(|(_, lesion)| about(lesion));
        wanted = needed.take(AHEAD).collect();
    }
    let (mut in_sight, mut rest) = (Vec::new(), Vec::new());
    // Nothing else of the list holds these up.
    if wanted.is_empty() {
        in_sight = of(sight).collect();
        rest = later.into_iter().flat_map(of).take(AHEAD).collect();
    }
    state.waiting.list = wanted.len() + in_sight.len() + rest.len();
    Some(Effect::AskList {
        wanted,
        in_sight,
        rest,
    })
}

/// The lesions in a part of the list, by position, with their rows.
fn with_rows(state: &State, positions: Range<usize>) -> impl Iterator<Item = (&Row, &Lesion)> {
    let places = state.list.order.get(positions).unwrap_or_default();
    places.iter().filter_map(|place| {
        let row = (state.list.rows.get(place.at)).filter(|row| row.id == place.id)?;
        let at = place.index(&state.lesions)?;
        Some((row, state.lesions.get(at)?))
    })
}

/// When few requests about the list are left, the next ones are made.
pub(crate) fn ask_more_of_list(state: &mut State, now: Instant) -> Option<Effect> {
    if state.waiting.list > FEW {
        return None;
    }
    let open = (state.lesions.iter()).filter(|lesion| open(state, lesion).is_some());
    // The remaining ones have been requested already.
    let more = open.take(FEW + 1).count() > state.waiting.list;
    more.then(|| ask_list(state, now)).flatten()
}

/// The frame of a list entry that is still to be judged: unaltered, or altered, if that was applied to the list or the list is filtered
/// or in order by it.
fn open<'a>(state: &State, lesion: &'a Lesion) -> Option<(Purpose, &'a Arc<Frame>)> {
    if Some(lesion.id) == state.selected {
        return None;
    }
    let purpose = if lesion.answers.primary.before.is_none() {
        Purpose::Listed
    } else if state.batch.wants_verdict(lesion)
        || wants_altered(&state.list.made_with.chosen, lesion)
    {
        Purpose::Applied
    } else {
        return None;
    };
    Some((purpose, lesion.frame_to_judge()?))
}

/// Alternates between the two, so that both models' coarse bands come early.
fn in_turn<T>(of: PerModel<Vec<T>>) -> impl Iterator<Item = T> {
    let (mut first, mut second) = (of.primary.into_iter(), of.comparison.into_iter());
    std::iter::from_fn(move || Some([first.next(), second.next()]))
        .take_while(|pair| pair.iter().any(Option::is_some))
        .flat_map(|pair| pair.into_iter().flatten())
}

//! Opening, selecting and closing lesions. What is read, and when, is decided in [`crate::explorer::explore::apply::frames`].

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use flipscope_image::lesion::synthetic;
use flipscope_model::scheduler::PerModel;

use crate::explorer::apply::Effect;
use crate::explorer::explore::apply::requests::{ask, ask_list};
use crate::explorer::explore::lesion::{Lesion, LesionId, Origin, Picture, Requested};
use crate::explorer::history::Edit;
use crate::explorer::search::stopping::cancel_all;
use crate::explorer::search::tray::give_up;
use crate::explorer::state::State;

/// Adds a lesion to the list.
pub(crate) fn new_lesion(state: &mut State, origin: Origin, name: String) -> LesionId {
    let id = LesionId(state.fresh_id());
    state.lesions.push(Lesion {
        id,
        origin,
        name,
        picture: Picture::Loading,
        outdated: false,
        requested: Requested::No,
        sha256: None,
        from_session: false,
        refused: None,
        perturbation: Arc::default(),
        answers: PerModel::default(),
    });
    id
}

/// Adds the synthetic samples, and explores one of them.
pub(crate) fn open_samples(state: &mut State, chosen: usize, now: Instant) -> Vec<Effect> {
    let samples = 0..synthetic::samples().len();
    let all: Vec<_> = samples.map(|index| add_sample(state, index)).collect();
    let wanted = all.get(chosen).copied().flatten();
    wanted.map_or_else(Vec::new, |(id, _)| select(state, id, now))
}

/// Adds one synthetic sample, unless it is in the list already: which it is, and whether it is new.
pub(crate) fn add_sample(state: &mut State, index: usize) -> Option<(LesionId, bool)> {
    let sample = synthetic::samples().get(index)?;
    let mut lesions = state.lesions.iter();
    if let Some(lesion) = lesions.find(|lesion| lesion.origin == Origin::Sample(index)) {
        return Some((lesion.id, false));
    }
    let id = new_lesion(state, Origin::Sample(index), sample.name.to_owned());
    Some((id, true))
}

/// Adds the files that a listing found; selects the first of them.
pub(crate) fn add_files(state: &mut State, files: Vec<PathBuf>, now: Instant) -> Vec<Effect> {
    let mut first = None;
    let there = |(at, lesion): (usize, &Lesion)| match &lesion.origin {
        Origin::File(path) => Some((path.clone(), at)),
        Origin::Sample(_) => None,
    };
    // By path: comparing each of thousands with all others takes longer than a frame.
    let mut places: HashMap<PathBuf, usize> = (state.lesions.iter().enumerate())
        .filter_map(there)
        .collect();
    for path in files {
        let known = places.get(&path).copied();
        let id = if let Some(lesion) = known.and_then(|at| state.lesions.get_mut(at)) {
            open_again(lesion);
            lesion.id
        } else {
            places.insert(path.clone(), state.lesions.len());
            let name = name_of(&path);
            new_lesion(state, Origin::File(path), name)
        };
        first.get_or_insert(id);
    }
    first.map_or_else(Vec::new, |id| select(state, id, now))
}

/// Whoever opens a photograph again that could not be read means the file as it is now.
fn open_again(lesion: &mut Lesion) {
    if matches!(lesion.picture, Picture::Failed(_)) {
        lesion.from_session = false;
        lesion.picture = Picture::Loading;
    }
}

/// The name that a file has in the list.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// Framing or reading has changed: every picture is read again; its old frame stays until then.
pub(crate) fn read_all(state: &mut State) {
    for lesion in &mut state.lesions {
        lesion.outdated = true;
        lesion.requested = Requested::No;
        forget_answers(lesion);
    }
}

/// Another language was chosen. What was noticed about a file, or is wrong with it, is in words of the one in which it was read: such files
/// are read again. Their frames and verdicts stay.
pub(crate) fn reword(state: &mut State) {
    for lesion in &mut state.lesions {
        let in_words = match &lesion.picture {
            Picture::Failed(_) => !lesion.is_synthetic(),
            Picture::Ready { metadata, .. } => metadata.has_notes(),
            Picture::Loading | Picture::Released { .. } => false,
        };
        if in_words {
            lesion.outdated = true;
            lesion.requested = Requested::No;
        }
    }
}

/// Reads again what could not be read: its file may be complete by now, or back in its place, and with it those of the others.
pub(crate) fn retry(state: &mut State) {
    for lesion in &mut state.lesions {
        if matches!(lesion.picture, Picture::Failed(_)) {
            lesion.picture = Picture::Loading;
        }
    }
}

/// Forgets the models' verdicts on a lesion.
pub(crate) fn forget_answers(lesion: &mut Lesion) {
    lesion.answers = PerModel::default();
}

/// Explores a lesion.
pub(crate) fn select(state: &mut State, id: LesionId, now: Instant) -> Vec<Effect> {
    if state.lesion(id).is_none() {
        return Vec::new();
    }
    if state.selected != Some(id) {
        // Only the explored photograph is kept at full size: a folder of hundreds would not fit in memory.
        if let Some(old) = state.selected
            && let Some(lesion) = state.lesion_mut(old)
            && let Picture::Ready { photograph, .. } = &mut lesion.picture
        {
            *photograph = None;
        }
        state.selected = Some(id);
        state.history.end_gesture();
    }
    ask(state, now)
}

/// Another part of the list is visible: its verdicts are requested before the rest.
pub(crate) fn in_sight(state: &mut State, positions: Range<usize>, now: Instant) -> Vec<Effect> {
    state.in_sight = positions;
    ask_list(state, now).into_iter().collect()
}

/// Explores the lesion this many places further down (or up) in the list.
pub(crate) fn step(state: &mut State, by: i32, now: Instant) -> Vec<Effect> {
    state.list.handling.key(now);
    let shown = state.list.shown();
    let target = match state.selected.and_then(|id| state.list.position(id)) {
        Some(at) => at
            .saturating_add_signed(by as isize)
            .min(shown.len().saturating_sub(1)),
        None => 0,
    };
    match shown.get(target).map(|place| place.id) {
        Some(id) => select(state, id, now),
        None => Vec::new(),
    }
}

/// Restores closed lesions and reads them again: framing and reading may have changed since.
pub(crate) fn reopen(
    state: &mut State,
    lesions: Vec<(usize, Lesion)>,
    now: Instant,
) -> Vec<Effect> {
    let first = lesions.first().map(|(_, lesion)| lesion.id);
    // To the places that they had, also under the pointer.
    state.list.rearranged += 1;
    for (index, lesion) in lesions {
        let lesion = Lesion {
            outdated: true,
            requested: Requested::No,
            ..lesion
        };
        state.lesions.insert(index.min(state.lesions.len()), lesion);
    }
    first.map_or_else(Vec::new, |id| select(state, id, now))
}

/// Closes lesions; undo brings all of them back.
pub(crate) fn close(state: &mut State, ids: &[LesionId], now: Instant) -> Vec<Effect> {
    for id in ids {
        cancel_all(state, Some(*id));
    }
    let ids: BTreeSet<LesionId> = ids.iter().copied().collect();
    let (mut closed, effects) = take_out(state, &ids, now);
    let findings = give_up(state, &ids);
    let many = closed.len() > 1;
    for (_, lesion) in &mut closed {
        // Thousands would not fit in memory: they are read again if they are restored.
        if many {
            lesion.release();
        } else if let Picture::Ready { photograph, .. } = &mut lesion.picture {
            *photograph = None;
        }
        // They may be restored under another model, framing or reading.
        forget_answers(lesion);
    }
    if !closed.is_empty() {
        state.history.push(Edit::Close {
            lesions: closed,
            findings,
        });
    }
    effects
}

/// Takes lesions out of the list; if the explored one is among them, the next one in the list is explored. Returns them with
/// their positions.
pub(crate) fn take_out(
    state: &mut State,
    ids: &BTreeSet<LesionId>,
    now: Instant,
) -> (Vec<(usize, Lesion)>, Vec<Effect>) {
    let next = state.selected.filter(|id| ids.contains(id)).map(|id| {
        let shown = state.list.shown();
        let at = state.list.position(id).unwrap_or(shown.len());
        let (before, after) = shown.split_at_checked(at).unwrap_or((shown, &[]));
        let mut near = after
            .iter()
            .chain(before.iter().rev())
            .map(|place| place.id);
        near.find(|id| !ids.contains(id))
    });
    let mut closed = Vec::new();
    let mut kept = Vec::new();
    for (index, lesion) in std::mem::take(&mut state.lesions).into_iter().enumerate() {
        if ids.contains(&lesion.id) {
            closed.push((index, lesion));
        } else {
            kept.push(lesion);
        }
    }
    state.lesions = kept;
    state.list.marked.retain(|id| !ids.contains(id));
    let Some(next) = next else {
        return (closed, Vec::new());
    };
    state.selected = None;
    // Where the list shows nothing else, it is one of those that it does not show.
    let next = next.or_else(|| state.lesions.first().map(|lesion| lesion.id));
    let effects = match next {
        Some(id) => select(state, id, now),
        None => vec![Effect::AskBackground(Vec::new())],
    };
    (closed, effects)
}

//! Opening, selecting, reading again and closing lesions.

use std::path::PathBuf;
use std::sync::Arc;

use crate::classifier::scheduler::Seats;

use super::super::history::Edit;
use super::super::state::{Lesion, LesionId, Origin, Picture, State};
use super::Effect;
use super::questions::ask;
use super::search;

fn new_lesion(
    state: &mut State,
    origin: Origin,
    name: String,
    caption: Option<String>,
) -> (LesionId, Effect) {
    let id = LesionId(state.fresh_id());
    let read = Effect::Read {
        lesion: id,
        origin: origin.clone(),
        reading: state.reading,
        framing: state.framing(),
        urgent: false,
    };
    state.lesions.push(Lesion {
        id,
        origin,
        name,
        caption,
        picture: Picture::Loading,
        outdated: false,
        perturbation: Arc::default(),
        said: Seats::default(),
    });
    (id, read)
}

pub(super) fn open_samples(state: &mut State, chosen: usize) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut wanted = None;
    for (index, sample) in crate::lesion::synthetic::samples().iter().enumerate() {
        let there = state
            .lesions
            .iter()
            .find(|lesion| lesion.origin == Origin::Sample(index));
        let id = if let Some(lesion) = there {
            lesion.id
        } else {
            let caption = Some(sample.caption.to_owned());
            let (id, read) = new_lesion(
                state,
                Origin::Sample(index),
                sample.name.to_owned(),
                caption,
            );
            effects.push(read);
            id
        };
        if index == chosen {
            wanted = Some(id);
        }
    }
    if let Some(id) = wanted {
        effects.extend(select(state, id));
    }
    effects
}

/// Adds the files that a listing found; selects the first of them.
pub(super) fn add_files(state: &mut State, files: Vec<PathBuf>) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut first = None;
    for path in files {
        let origin = Origin::File(path.clone());
        let there = state.lesions.iter().find(|lesion| lesion.origin == origin);
        let id = if let Some(lesion) = there {
            lesion.id
        } else {
            let name = path.file_name().map_or_else(
                || path.display().to_string(),
                |name| name.to_string_lossy().into_owned(),
            );
            let (id, read) = new_lesion(state, origin, name, None);
            effects.push(read);
            id
        };
        first.get_or_insert(id);
    }
    if let Some(id) = first {
        effects.extend(select(state, id));
    }
    effects
}

fn read_again(state: &State, lesion: &Lesion, urgent: bool) -> Effect {
    Effect::Read {
        lesion: lesion.id,
        origin: lesion.origin.clone(),
        reading: state.reading,
        framing: state.framing(),
        urgent,
    }
}

/// Framing or reading changed: every picture is read again, the selected one first; its old frame stays until then.
pub(super) fn read_all(state: &mut State) -> Vec<Effect> {
    for lesion in &mut state.lesions {
        lesion.outdated = true;
        forget_answers(lesion);
    }
    let mut effects: Vec<_> = state
        .lesions
        .iter()
        .filter(|lesion| Some(lesion.id) != state.selected)
        .map(|lesion| read_again(state, lesion, false))
        .collect();
    effects.extend(
        state
            .current()
            .map(|lesion| read_again(state, lesion, true)),
    );
    effects
}

/// Reads a photograph again that could not be read: its file may be whole by now.
pub(super) fn retry(state: &mut State, id: LesionId) -> Vec<Effect> {
    let Some(lesion) = state.lesion_mut(id) else {
        return Vec::new();
    };
    if !matches!(lesion.picture, Picture::Failed(_)) {
        return Vec::new();
    }
    lesion.picture = Picture::Loading;
    state
        .lesion(id)
        .map(|lesion| read_again(state, lesion, true))
        .into_iter()
        .collect()
}

pub(super) fn forget_answers(lesion: &mut Lesion) {
    lesion.said = Seats::default();
}

pub(super) fn select(state: &mut State, id: LesionId) -> Vec<Effect> {
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
    let mut effects = ask(state);
    effects.extend(full_size(state));
    if let Some(lesion) = state.current()
        && matches!(lesion.picture, Picture::Loading)
    {
        effects.push(read_again(state, lesion, true));
    }
    effects
}

/// Reads the selected photograph again where its full size is wanted and was let go.
pub(super) fn full_size(state: &State) -> Option<Effect> {
    let lesion = state.current()?;
    let gone = matches!(
        &lesion.picture,
        Picture::Ready {
            photograph: None,
            ..
        }
    );
    (state.view.full_resolution && gone).then(|| read_again(state, lesion, true))
}

pub(super) fn step(state: &mut State, by: i32) -> Vec<Effect> {
    let at = state
        .lesions
        .iter()
        .position(|lesion| Some(lesion.id) == state.selected);
    let target = match at {
        Some(at) => at
            .saturating_add_signed(by as isize)
            .min(state.lesions.len().saturating_sub(1)),
        None => 0,
    };
    match state.lesions.get(target).map(|lesion| lesion.id) {
        Some(id) => select(state, id),
        None => Vec::new(),
    }
}

/// Brings a closed lesion back and reads it again: framing and reading may have changed since.
pub(super) fn reopen(state: &mut State, index: usize, lesion: Lesion) -> Vec<Effect> {
    let id = lesion.id;
    let read = read_again(state, &lesion, true);
    let lesion = Lesion {
        outdated: true,
        ..lesion
    };
    state.lesions.insert(index.min(state.lesions.len()), lesion);
    let mut effects = select(state, id);
    effects.push(read);
    effects
}

pub(super) fn close(state: &mut State, id: LesionId) -> Vec<Effect> {
    let Some(index) = state.lesions.iter().position(|lesion| lesion.id == id) else {
        return Vec::new();
    };
    search::call_off_all(state, Some(id));
    let mut lesion = state.lesions.remove(index);
    if let Picture::Ready { photograph, .. } = &mut lesion.picture {
        *photograph = None;
    }
    // It may come back under another model, framing or reading.
    forget_answers(&mut lesion);
    state.history.push(Edit::Close {
        index,
        lesion: Box::new(lesion),
    });
    if state.selected != Some(id) {
        return Vec::new();
    }
    state.selected = None;
    let next = state
        .lesions
        .get(index)
        .or_else(|| state.lesions.last())
        .map(|lesion| lesion.id);
    match next {
        Some(id) => select(state, id),
        None => vec![Effect::AskLater(Vec::new())],
    }
}

//! The message that photographs of a session are missing. It names those that still are, and goes with the last of them.

use std::path::PathBuf;
use std::time::Instant;

use flipscope_language::text;

use crate::explorer::apply::Effect;
use crate::explorer::explore::file_state::FileState;
use crate::explorer::explore::lesion::{Lesion, LesionId, Origin, Picture};
use crate::explorer::explore::list;
use crate::explorer::explore::list::request::{LabelsAnswer, LabelsSource};
use crate::explorer::message::Severity;
use crate::explorer::session::request::SessionWork;
use crate::explorer::session::state::Missing;
use crate::explorer::state::State;

/// Names that the message lists; for more it gives the number.
const NAMED: usize = 5;

/// Says it.
pub(super) fn tell(state: &mut State, lesions: Vec<LesionId>, now: Instant) {
    state.sessions.missing = None;
    if lesions.is_empty() {
        return;
    }
    let message = state.issue(Severity::Warning, words(state, &lesions, false), now);
    state.sessions.missing = Some(Missing {
        message,
        lesions,
        labels: false,
    });
}

/// The labels of the session were read again. Where its photographs are missing, so may be the folders that labels are for: that is said
/// with the photographs, and not once more by itself.
pub(crate) fn labels(state: &mut State, answer: &mut LabelsAnswer) {
    let Some(missing) = state.sessions.missing.as_mut().filter(|_| answer.again) else {
        return;
    };
    missing.labels = !std::mem::take(&mut answer.gone).is_empty();
    let Missing {
        message,
        lesions,
        labels,
    } = missing.clone();
    let text = words(state, &lesions, labels);
    state.reword(message, &text);
}

/// The photograph of a lesion was read.
pub(crate) fn found(state: &mut State, id: LesionId) {
    let Some(missing) = &mut state.sessions.missing else {
        return;
    };
    // One that has been closed is not missed.
    let open = &state.lesions;
    (missing.lesions).retain(|one| *one != id && open.iter().any(|lesion| lesion.id == *one));
    let Missing {
        message,
        lesions,
        labels,
    } = missing.clone();
    if lesions.is_empty() {
        state.sessions.missing = None;
        state.take_back(message);
        return;
    }
    let text = words(state, &lesions, labels);
    state.reword(message, &text);
}

/// Whether the photograph of a session's lesion is not where it was.
pub(crate) fn is_missing(lesion: &Lesion) -> bool {
    let file = lesion.refused.map(|refused| refused.file);
    lesion.from_session && file == Some(FileState::Missing)
}

/// Looks for everything that is missing below a folder.
pub(super) fn look_in(state: &State, folder: PathBuf) -> Vec<Effect> {
    let missing = state.lesions.iter().filter(|lesion| is_missing(lesion));
    let photographs = missing.filter_map(|lesion| match &lesion.origin {
        Origin::File(path) => Some((lesion.id, path.clone(), lesion.sha256.clone())),
        Origin::Sample(_) => None,
    });
    let labels = state.list.labels.iter().map(|labels| match labels {
        LabelsSource::Opened(path) | LabelsSource::Table(path) => path.clone(),
    });
    vec![Effect::Session(SessionWork::Find {
        folder,
        photographs: photographs.collect(),
        labels: labels.collect(),
    })]
}

/// Reads what was found where it is now.
pub(super) fn relocate(
    state: &mut State,
    photographs: Vec<(LesionId, PathBuf)>,
    labels: &[(PathBuf, PathBuf)],
) -> Vec<Effect> {
    for (id, now) in photographs {
        if let Some(lesion) = state.lesion_mut(id) {
            lesion.origin = Origin::File(now);
            lesion.picture = Picture::Loading;
        }
    }
    if labels.is_empty() {
        return Vec::new();
    }
    let now = |path: &PathBuf| {
        let mut moved = labels.iter();
        let moved = moved.find(|(former, _)| former == path);
        moved.map_or_else(|| path.clone(), |(_, now)| now.clone())
    };
    let from = state.list.labels.iter().map(|labels| match labels {
        LabelsSource::Opened(path) => LabelsSource::Opened(now(path)),
        LabelsSource::Table(path) => LabelsSource::Table(now(path)),
    });
    let from = from.collect();
    state.list.opened = state.list.opened.iter().map(now).collect();
    list::apply::restore(state, from)
}

fn words(state: &State, lesions: &[LesionId], labels: bool) -> String {
    let named = lesions.iter().filter_map(|id| state.lesion(*id));
    let names = named.take(NAMED).map(Lesion::shown).collect::<Vec<_>>();
    let names = names.join(", ");
    let missing = match lesions.len().saturating_sub(NAMED) {
        0 => text!("session-missing", count = lesions.len(), names = names),
        more => text!("session-missing-more", names = names, more = more),
    };
    if labels {
        format!("{missing} {}", text!("session-missing-labels"))
    } else {
        missing
    }
}

//! Saving the altered picture, and copying the command line.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use crate::explorer::apply::{Dialog, Effect};
use crate::explorer::explore::command_line;
use crate::explorer::explore::lesion::Origin;
use crate::explorer::message::Severity;
use crate::explorer::state::State;

/// Asks where to save the altered frame.
pub(crate) fn ask_save(state: &mut State, now: Instant) -> Vec<Effect> {
    match state.current() {
        Some(lesion) if lesion.frame().is_some() => {
            let stem = lesion
                .name
                .rsplit_once('.')
                .map_or(&*lesion.name, |(stem, _)| stem);
            vec![Effect::Dialog(Dialog::Save(format!("{stem}.altered.png")))]
        }
        _ => {
            state.say(
                Severity::Note,
                "There is no picture to save yet: open one first.",
                now,
            );
            Vec::new()
        }
    }
}

/// Saves the altered frame, never over a file that is open.
pub(crate) fn save(state: &mut State, path: PathBuf) -> Vec<Effect> {
    let Some((frame, perturbation)) = state.current().and_then(|lesion| {
        Some((
            Arc::clone(lesion.frame()?),
            Arc::clone(&lesion.perturbation),
        ))
    }) else {
        return Vec::new();
    };
    let opened = state.lesions.iter().map(|lesion| &lesion.origin);
    let files = opened.filter_map(|origin| match origin {
        Origin::File(file) => Some(file.clone()),
        Origin::Sample(_) => None,
    });
    let models = state.recent.iter().cloned();
    vec![Effect::Save {
        never: files.chain(models).collect(),
        path,
        frame,
        perturbation,
    }]
}

/// Copies the command line that gives the same verdict.
pub(crate) fn copy_command_line(state: &mut State, now: Instant) -> Vec<Effect> {
    let Some(lesion) = state.current() else {
        return Vec::new();
    };
    let Origin::File(path) = &lesion.origin else {
        state.say(
            Severity::Note,
            "The synthetic samples are drawn, not read from a file: `flipscope synth` writes them as PNG first.",
            now,
        );
        return Vec::new();
    };
    let model = state.model.ready.as_ref().map(|model| &model.source);
    let text = command_line::classify(path, &lesion.perturbation, model, state);
    state.say(Severity::Note, "The command line is on the clipboard.", now);
    vec![Effect::Copy(text)]
}

//! Saving the altered picture, and copying the command line.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use flipscope_lab::altered::JudgedFrame;
use flipscope_language::text;

use crate::explorer::apply::{Dialog, Effect};
use crate::explorer::explore::command_line;
use crate::explorer::explore::lesion::{Lesion, Origin};
use crate::explorer::message::Severity;
use crate::explorer::state::State;

/// Asks where to save the altered frame.
pub(crate) fn ask_save(state: &mut State, now: Instant) -> Vec<Effect> {
    match state.current() {
        Some(lesion) if lesion.frame().is_some() => {
            let name = format!("{}.{}.png", lesion.stem(), text!("file-of-altered"));
            vec![Effect::Dialog(Dialog::Save(name))]
        }
        _ => {
            state.say(Severity::Note, text!("explore-nothing-to-save"), now);
            Vec::new()
        }
    }
}

/// Files that are open, and must not be overwritten: photographs and models.
pub(crate) fn files_in_use(state: &State) -> Vec<PathBuf> {
    let opened = state.lesions.iter().map(|lesion| &lesion.origin);
    let files = opened.filter_map(|origin| match origin {
        Origin::File(file) => Some(file.clone()),
        Origin::Sample(_) => None,
    });
    files.chain(state.recent.iter().cloned()).collect()
}

/// Saves the altered frame with what altered it, never over a file that is open.
pub(crate) fn save(state: &mut State, path: PathBuf) -> Vec<Effect> {
    let never = files_in_use(state);
    let Some(lesion) = state.current() else {
        return Vec::new();
    };
    let (Some(subject), Some(frame)) = (lesion.subject(state.color_handling), lesion.frame())
    else {
        return Vec::new();
    };
    vec![Effect::Save {
        path,
        never,
        frame: Arc::clone(frame),
        perturbation: Arc::clone(&lesion.perturbation),
        subject: Box::new(subject),
        judged: judged(state, lesion).map(Box::new),
    }]
}

/// What the network said about exactly these sliders, if it has answered.
fn judged(state: &State, lesion: &Lesion) -> Option<JudgedFrame> {
    let [before, after] = lesion.answers.primary.answered(&lesion.perturbation)?;
    let model = state.model.ready.as_ref()?;
    Some(JudgedFrame {
        p_before: before.verdict.p_melanoma,
        p_after: after.verdict.p_melanoma,
        label_before: state.label(&before.verdict),
        label_after: state.label(&after.verdict),
        threshold: state.threshold(),
        model: model.info.name.clone(),
        model_sha256: model.info.sha256.clone(),
        remedy: model.info.remedy,
        assumptions: model.info.assumptions.clone(),
        device: model.device.to_string(),
        precision: after.provenance.precision.to_owned(),
    })
}

/// Copies the command line that gives the same verdict, or says that there is none, and what to do.
pub(crate) fn copy_command_line(state: &mut State, now: Instant) -> Vec<Effect> {
    let Some(lesion) = state.current() else {
        return Vec::new();
    };
    let Origin::File(path) = &lesion.origin else {
        state.say(Severity::Note, text!("explore-samples-have-no-file"), now);
        return Vec::new();
    };
    let model = state.model.ready.as_ref().map(|model| &model.source);
    let Some(line) = command_line::classify(path, &lesion.perturbation, model, state) else {
        state.say(Severity::Warning, text!("explore-no-command-line"), now);
        return Vec::new();
    };
    state.say(Severity::Note, text!("explore-command-line-copied"), now);
    vec![Effect::Copy(line)]
}

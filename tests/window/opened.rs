//! What several tests open: folders of pictures with labels, and windows with them.

use std::path::{Path, PathBuf};

use egui::Theme;
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::lesion::Picture;
use flipscope::explorer::state::State;
use flipscope_image::lesion::Frame;
use flipscope_model::ModelSource;

use super::support::{LECTURE_HALL, Window, launch};

/// No model at all: for what needs no verdict, a window without one is the faster one.
pub(crate) fn no_model() -> ModelSource {
    ModelSource::File(PathBuf::from("no-such-model.safetensors"))
}

/// A folder of plain pictures, light and dark by turns.
pub(crate) fn album(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (at, name) in names.iter().enumerate() {
        let light = [235, 60, 150, 20, 190][at % 5];
        let pixels = [light, light / 2, light / 3].repeat(Frame::BYTES / 3);
        let frame = Frame::from_rgb(pixels).expect("a whole frame");
        frame.write_png(folder.path().join(name)).expect("a PNG");
    }
    folder
}

/// A table of labels in a folder.
pub(crate) fn write_labels(folder: &Path, rows: &str) -> PathBuf {
    let path = folder.join("labels.csv");
    std::fs::write(&path, format!("image_id,diagnosis\n{rows}")).expect("written");
    path
}

/// A window with these files and folders open.
pub(crate) fn with(
    paths: Vec<PathBuf>,
    model: ModelSource,
    size: [f32; 2],
    theme: Theme,
) -> Option<Window> {
    let start = Launch {
        paths,
        model,
        ..Launch::default()
    };
    launch(start, size, theme)
}

/// A window that keeps its session in a folder.
pub(crate) fn keeping(folder: &Path, paths: Vec<PathBuf>, model: ModelSource) -> Option<Window> {
    let launched = Launch {
        paths,
        model,
        memory: Some(folder.join("window.json")),
        ..Launch::default()
    };
    launch(launched, LECTURE_HALL, Theme::Light)
}

/// The same without a model.
pub(crate) fn keeping_bare(folder: &Path, paths: Vec<PathBuf>) -> Option<Window> {
    let mut window = keeping(folder, paths, no_model())?;
    window.until("the refusal of the model", |state| {
        state.model.loading.is_none() && !state.messages.is_empty()
    });
    window.ask(Command::DismissAll);
    Some(window)
}

/// Whether something is open, and all of it has been read, or could not be.
pub(crate) fn settled(state: &State) -> bool {
    let waits = |picture: &Picture| matches!(picture, Picture::Loading);
    state.listing == 0
        && state.list.reading == 0
        && !state.lesions.is_empty()
        && !(state.lesions.iter()).any(|lesion| waits(&lesion.picture))
}

/// The names of the lesions, as opened.
pub(crate) fn names(window: &Window) -> Vec<&str> {
    let lesions = window.seen().lesions.iter();
    lesions.map(|lesion| lesion.name.as_str()).collect()
}

/// The message that has some words in it.
#[track_caller]
pub(crate) fn message(window: &Window, part: &str) -> String {
    let messages = &window.seen().messages;
    let found = messages.iter().find(|message| message.text.contains(part));
    found
        .unwrap_or_else(|| panic!("no message has {part:?}: {messages:?}"))
        .text
        .clone()
}

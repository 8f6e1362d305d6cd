//! What the tests of explanations share: a lesion and a small network in a folder, a window with them, and the command line on them.

use std::path::{Path, PathBuf};

use egui::Theme;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::Launch;
use flipscope::explorer::state::State;
use flipscope_model::ModelSource;

use super::support::{LECTURE_HALL, Window, launch};
use super::tiny;

/// The files: a lesion, and a network.
pub(crate) fn files(folder: &Path) -> (PathBuf, PathBuf) {
    let (photograph, model) = (folder.join("mole.png"), folder.join("tiny.safetensors"));
    tiny::lesion().write_png(&photograph).expect("a PNG");
    tiny::checkpoint(3).write(&model).expect("a checkpoint");
    (photograph, model)
}

/// A window with them, which has judged the lesion.
pub(crate) fn opened(photograph: PathBuf, model: PathBuf) -> Option<Window> {
    let start = Launch {
        paths: vec![photograph],
        model: ModelSource::File(model),
        ..Launch::default()
    };
    let mut window = launch(start, LECTURE_HALL, Theme::Light)?;
    judged(&mut window);
    Some(window)
}

/// Waits until the explored lesion is read and judged.
pub(crate) fn judged(window: &mut Window) {
    window.until("the picture", |state| {
        state.current().is_some_and(|one| one.frame().is_some())
    });
    window.verdict();
}

/// A window with a small network and a lesion, judged.
pub(crate) fn small(folder: &Path) -> Option<Window> {
    let (photograph, model) = files(folder);
    opened(photograph, model)
}

/// Whether a message has some words in it.
pub(crate) fn said(state: &State, words: &str) -> bool {
    state.messages.iter().any(|one| one.text.contains(words))
}

/// The label of the picture whose label begins so, and where it stands.
pub(crate) fn picture(window: &Window, begins: &str) -> (String, egui::Rect) {
    let found = window.query_all(by().role(Role::Image)).find_map(|node| {
        let label = node.accesskit_node().label()?;
        label.starts_with(begins).then(|| (label, node.rect()))
    });
    found.unwrap_or_else(|| panic!("no picture {begins}"))
}

/// What `flipscope explain` writes about the lesion of a folder: `line.svg` and `line.csv`.
pub(crate) fn command_line(folder: &Path, method: &str, flags: &[&str]) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_flipscope"))
        .args(["explain", method])
        .arg(folder.join("mole.png"))
        .args(flags)
        .args(["--device", "cpu"])
        .args([Path::new("--model"), &folder.join("tiny.safetensors")])
        .args([Path::new("--out"), &folder.join("line.svg")])
        .args([Path::new("--csv"), &folder.join("line.csv")])
        .output()
        .expect("the program");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{error}");
}

/// The text of a file of a folder.
pub(crate) fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect("a file")
}

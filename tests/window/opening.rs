//! Opening photographs and models, whole and broken.

use std::path::{Path, PathBuf};

use egui::Theme;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::explore::lesion::{ModelAnswer, Picture};
use flipscope::explorer::state::State;
use flipscope_model::ModelSource;

use super::opened;
use super::support::{LECTURE_HALL, Window, chart, window, write_chart};

fn settled(state: &State) -> bool {
    let read = |picture: &Picture| !matches!(picture, Picture::Loading);
    state.listing == 0 && state.lesions.iter().all(|lesion| read(&lesion.picture))
}

fn half(path: &Path, bytes: &[u8]) -> PathBuf {
    std::fs::write(path, &bytes[..bytes.len() / 2]).expect("written");
    path.to_owned()
}

fn truncated(folder: &Path) -> [PathBuf; 2] {
    let frame = chart();
    let png = frame.to_png().expect("a PNG");
    let mut jpeg = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_RGB);
    jpeg.set_size(299, 299);
    let mut jpeg = jpeg.start_compress(Vec::new()).expect("a JPEG");
    jpeg.write_scanlines(frame.pixels()).expect("a JPEG");
    let jpeg = jpeg.finish().expect("a JPEG");
    [
        half(&folder.join("half.png"), &png),
        half(&folder.join("half.jpg"), &jpeg),
    ]
}

/// The message that names something, dismissed.
#[track_caller]
fn take_message(window: &mut Window, naming: &str) -> String {
    let messages = &window.seen().messages;
    let found = messages
        .iter()
        .find(|message| message.text.contains(naming));
    let message = found.unwrap_or_else(|| panic!("no message names {naming}: {messages:?}"));
    let (id, text) = (message.id, message.text.clone());
    // A photograph that cannot be read says so in its place as well.
    let shown = |window: &Window| window.query_all_by_label(&text).count();
    let before = shown(window);
    window.ask(Command::Dismiss(id));
    assert_eq!(shown(window) + 1, before, "shown, then dismissed");
    text
}

fn name(path: &Path) -> String {
    let name = path.file_name().expect("a file");
    name.to_string_lossy().into_owned()
}

#[test]
fn photographs_and_models_whole_and_broken() {
    let Some(mut window) = window() else { return };
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    let sample = window.verdict();
    a_sample_is_open(&window);
    let folder = tempfile::tempdir().expect("a folder");
    broken_photographs(&mut window, folder.path());
    let broken_model = folder.path().join("broken.safetensors");
    std::fs::write(&broken_model, [0x5A; 4096]).expect("written");
    broken_models(&mut window, &broken_model, &sample);
    folders(&mut window, folder.path());
    another_model(&mut window);
}

fn a_sample_is_open(window: &Window) {
    let lesion = window.lesion();
    assert_eq!(lesion.name, "Synthetic 1");
    assert_eq!(
        lesion.answers.primary.before, lesion.answers.primary.after,
        "nothing is altered"
    );
    let verdict = &lesion
        .answers
        .primary
        .before
        .as_ref()
        .expect("judged")
        .verdict;
    let p = verdict.p_melanoma;
    let label = window.seen().label(verdict).name();
    for title in ["Original", "Altered"] {
        window.get_by_label(&format!("{title}: P(melanoma) {p:.3}, {label}"));
    }
    window.node(Role::ListBoxOption, &format!("Synthetic 1, {p:.2} {label}"));
    window.get_by_label(
        "For research and teaching. Not a medical device: its verdicts are not diagnoses.",
    );
}

fn broken_photographs(window: &mut Window, folder: &Path) {
    let sample = window.lesion().id;
    let lesions = window.seen().lesions.len();
    for path in truncated(folder) {
        window.drop_files(std::slice::from_ref(&path));
        window.until("the refusal", |state| {
            settled(state) && !state.messages.is_empty()
        });
        let text = take_message(window, &name(&path));
        assert!(text.contains("truncated"), "{text}");
    }
    // Named, not hidden; what was open is still there, and still answered for.
    assert_eq!(window.seen().lesions.len(), lesions + 2);
    let lesion = window.seen().lesion(sample).expect("still open");
    assert!(lesion.frame().is_some() && lesion.answers.primary.before.is_some());
    window.node(Role::ListBoxOption, "half.jpg, cannot be read");
    // Among whole files a broken one is one line in the list; the first one is explored.
    let whole = write_chart(folder, "whole.png");
    window.drop_files(&[whole, folder.join("half.bmp")]);
    window.until("the files", settled);
    take_message(window, "half.bmp");
    assert_eq!(window.lesion().name, "whole.png");
    window.verdict();
    // A file that is open already is shown, not opened twice.
    let lesions = window.seen().lesions.len();
    window.drop_files(&[folder.join("whole.png")]);
    window.until("the file", settled);
    assert_eq!(window.seen().lesions.len(), lesions);
}

fn broken_models(window: &mut Window, path: &Path, sample: &ModelAnswer) {
    let id = window.seen().lesions[0].id;
    window.ask(Command::Select(id));
    let missing = path.with_file_name("missing.safetensors");
    for path in [path, &missing] {
        window.drop_files(&[path.to_owned()]);
        window.until("the refusal", |state| state.model.loading.is_none());
        let text = take_message(window, &name(path));
        assert!(text.contains("Still using demo model"), "{text}");
    }
    // The old model goes on answering.
    assert_eq!(window.verdict().verdict, sample.verdict);
    let to = window.on_slider(Control::OffsetGreen, -10.0);
    window.click_at(to);
    let answer = window.verdict();
    assert_ne!(answer.verdict, sample.verdict);
    let generation = window
        .seen()
        .model
        .ready
        .as_ref()
        .map(|model| model.generation);
    assert_eq!(generation, Some(1));
}

fn folders(window: &mut Window, folder: &Path) {
    let album = folder.join("album");
    std::fs::create_dir_all(album.join("inner")).expect("a folder");
    write_chart(&album, "one.png");
    write_chart(&album.join("inner"), "two.png");
    std::fs::write(album.join("notes.txt"), "no picture").expect("written");
    let lesions = window.seen().lesions.len();
    window.drop_files(&[album]);
    window.until("the folder", |state| {
        settled(state) && state.lesions.len() > lesions
    });
    let names: Vec<_> = window.seen().lesions[lesions..]
        .iter()
        .map(|lesion| lesion.name.clone())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.contains(&"one.png".to_owned()) && names.contains(&"two.png".to_owned()));
    let explored = window.lesion().name.clone();
    assert_eq!(explored, names[0]);
    let empty = folder.join("empty");
    std::fs::create_dir(&empty).expect("a folder");
    window.drop_files(std::slice::from_ref(&empty));
    window.until("the empty folder", |state| {
        settled(state) && !state.messages.is_empty()
    });
    take_message(window, &name(&empty));
    assert_eq!(window.lesion().name, explored, "what was open stays open");
}

/// Dropped, it is loaded, and everything is judged again.
fn another_model(window: &mut Window) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo-model.safetensors");
    let before = window.verdict();
    window.drop_files(std::slice::from_ref(&path));
    window.until("the model", |state| {
        let ready = state.model.ready.as_ref();
        ready.is_some_and(|model| model.source == ModelSource::File(path.clone()))
    });
    let after = window.verdict();
    assert_eq!(before.verdict, after.verdict, "the same weights");
}

#[test]
fn a_missing_file_on_launch_is_named() {
    let paths = vec![PathBuf::from("no-such-folder/mole.png")];
    let model = ModelSource::File(PathBuf::from("no-such-folder/model.pth"));
    let Some(mut window) = opened::with(paths, model, LECTURE_HALL, Theme::Dark) else {
        return;
    };
    window.until("both refusals", |state| {
        state.messages.len() == 2 && settled(state)
    });
    window.get_by_label("No model: open one with Model > Open model…");
    for name in ["mole.png", "model.pth"] {
        let text = take_message(&mut window, name);
        assert!(text.contains("no-such-folder"), "{text}");
    }
    // Nothing to alter, nothing judged; and another photograph opens as ever.
    assert!(matches!(window.lesion().picture, Picture::Failed(_)));
    let folder = tempfile::tempdir().expect("a folder");
    let whole = write_chart(folder.path(), "whole.png");
    window.drop_files(&[whole]);
    window.until("the file", |state| {
        state
            .current()
            .is_some_and(|lesion| lesion.frame().is_some())
    });
}

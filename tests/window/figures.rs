//! Figures of the altered picture: the dialog with its preview, the files, the clipboard; the altered frame with what altered it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{ColorImage, Key, Modifiers, OutputCommand, Pos2, Rect, vec2};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::figures::command::FigureCommand;
use flipscope::explorer::figures::state::Settings;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::state::State;
use flipscope_base::human::{probability, probability_beside};
use flipscope_image::perturb;
use flipscope_lab::altered::AlteredFrame;
use flipscope_language::Language;

use super::support::{
    LECTURE_HALL, Window, chart, only, window, window_without_model, write_chart,
};

pub(super) fn ask(window: &mut Window, command: FigureCommand) {
    window.ask(Command::Figure(command));
}

pub(super) fn said(state: &State, text: &str) -> bool {
    let mut messages = state.messages.iter();
    messages.any(|message| message.text.contains(text))
}

/// The borderline sample with less green, judged.
pub(super) fn altered() -> Option<Window> {
    let mut window = window()?;
    window.get_by_label("Start with Synthetic 2").click();
    window.step();
    window.verdict();
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::OffsetGreen, -30.0)),
    ));
    window.verdict();
    Some(window)
}

pub(super) fn previewed(state: &State) -> bool {
    let open = state.figures.open.as_ref();
    open.is_some_and(|open| open.drawing.is_none() && matches!(open.preview, Some(Ok(_))))
}

/// Whether the dialog says that this file was written last.
fn written(state: &State, name: &str) -> bool {
    let open = state.figures.open.as_ref();
    let written = open.and_then(|open| open.written.as_ref());
    written.is_some_and(|text| text.contains(name))
}

/// Writes what the dialog shows; returns the file's bytes.
pub(super) fn write(window: &mut Window, path: &Path) -> Vec<u8> {
    ask(window, FigureCommand::Save(path.to_owned()));
    let name = path
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    window.until("the file", |state| written(state, &name));
    std::fs::read(path)
        .unwrap_or_else(|error| panic!("{name}: {error}; {:?}", window.seen().messages))
}

/// The size in a PNG's header.
fn size(png: &[u8]) -> [u32; 2] {
    [16, 20].map(|at| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes")))
}

#[test]
fn a_figure_is_previewed_set_and_written_in_every_format() {
    let Some(mut window) = altered() else { return };
    window.keys(Modifiers::COMMAND, Key::E);
    window.until("the preview", previewed);
    window.get_by_label("Preview of the figure");
    let height = |window: &Window| {
        let open = window.seen().figures.open.as_ref().expect("open");
        let preview = open.preview.as_ref().expect("drawn").as_ref();
        preview.expect("drawn").size_mm[1]
    };
    let with_all = height(&window);
    window.click(Role::CheckBox, "Numbers");
    window.until("the preview", previewed);
    assert!(height(&window) < with_all);
    window.click(Role::CheckBox, "Numbers");
    window.click(Role::RadioButton, "Width: 1 column");
    window.until("the preview", previewed);
    assert_eq!(window.seen().figures.settings.width_mm, 85.0);
    window.get_by_label_contains("85 × ");
    // Keys of the page behind do nothing.
    let view = window.seen().view.layout;
    window.key(Key::Num3);
    assert_eq!(window.seen().view.layout, view);
    window.check_accessibility();

    let folder = tempfile::tempdir().expect("a folder");
    let svg = write(&mut window, &folder.path().join("figure.svg"));
    // It stays, says what was written and where, and goes on with another format.
    let file = folder.path().join("figure.svg");
    let saved = format!("Saved {}.", file.display());
    for [width, height] in [[900.0, 560.0], LECTURE_HALL] {
        window.set_size(vec2(width, height));
        window.run_steps(4);
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(width, height));
        let buttons = window.place(Role::Button, "Save as…");
        let line = window.get_by_label(&saved).rect();
        assert!(screen.contains_rect(line), "{line:?} in {screen:?}");
        assert!(line.top() >= buttons.bottom(), "{line:?}, {buttons:?}");
    }
    let svg = String::from_utf8(svg).expect("text");
    assert!(svg.contains("width=\"85.00mm\""), "{}", &svg[..200]);
    let lesion = window.lesion();
    let [before, after] = lesion
        .answers
        .primary
        .answered(&lesion.perturbation)
        .expect("judged");
    for words in [
        "Green lowered by 30 of 255.".to_owned(),
        "Original".to_owned(),
        "Difference × 10".to_owned(),
        "of 255".to_owned(),
        // 30 is more than the scale shows.
        "Clipped: ".to_owned(),
        window.seen().label(&before.verdict).name().to_owned(),
        probability(before.verdict.p_melanoma, 3),
        probability(after.verdict.p_melanoma, 3),
    ] {
        assert!(svg.contains(&words), "{words}");
    }
    assert!(!svg.contains(folder.path().to_str().expect("Unicode")));

    window.click(Role::RadioButton, "File format: PNG");
    let settings = Settings {
        dpi: 150,
        width_mm: 127.0,
        ..window.seen().figures.settings.clone()
    };
    ask(&mut window, FigureCommand::Set(settings));
    // The extension follows the format where the dialog leaves it out.
    ask(
        &mut window,
        FigureCommand::Save(folder.path().join("figure.v2")),
    );
    window.until("the file", |state| written(state, "figure.v2.png"));
    let png = std::fs::read(folder.path().join("figure.v2.png")).expect("a PNG");
    assert_eq!(size(&png)[0], 750, "5 inches at 150");
    assert_eq!(&png[37..41], b"pHYs");

    let pdf = write(&mut window, &folder.path().join("figure.pdf"));
    assert!(pdf.starts_with(b"%PDF"));
    assert!(!said(window.seen(), "Saved"), "the dialog has said it");
    window.click(Role::Button, "Close");
    assert!(window.seen().figures.open.is_none());
    window.keys(Modifiers::COMMAND, Key::E);
    window.until("the preview", previewed);
    assert!(
        window
            .seen()
            .figures
            .open
            .as_ref()
            .is_some_and(|open| open.written.is_none())
    );
    window.key(Key::Escape);
    assert!(window.seen().figures.open.is_none());
}

/// It says what was written for it, and nothing about the one before.
#[test]
fn a_file_that_is_late_is_not_announced_in_another_dialog() {
    let Some(mut window) = altered() else { return };
    ask(&mut window, FigureCommand::OpenFigure);
    window.until("the preview", previewed);
    let folder = tempfile::tempdir().expect("a folder");
    let late = folder.path().join("late.svg");
    // In one frame, so that no answer comes in between.
    for command in [
        FigureCommand::Save(late.clone()),
        FigureCommand::Close,
        FigureCommand::OpenFigure,
    ] {
        window.state_mut().command(Command::Figure(command));
    }
    window.step();
    window.until("the file", |state| state.figures.drawing == 0);
    assert!(late.exists());
    window.get_by_label_contains("late.svg");
    assert!(said(window.seen(), "late.svg"), "as a message");
    assert!(!written(window.seen(), ""));
    window.until("the preview", previewed);
    write(&mut window, &folder.path().join("own.svg"));
}

/// What is said of a file takes no more room than was kept for it: no button moves away from the pointer.
#[test]
fn no_button_of_the_dialog_moves_when_a_file_was_written() {
    let Some(mut window) = altered() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let long = folder.path().join("a-folder-with-a-long-name-".repeat(5));
    std::fs::create_dir(&long).expect("a folder");
    ask(&mut window, FigureCommand::OpenFigure);
    window.until("the preview", previewed);
    let buttons = ["Save as…", "Copy", "Close"];
    let places = |window: &mut Window| {
        window.run_steps(4);
        buttons.map(|name| window.place(Role::Button, name))
    };
    for [width, height] in [LECTURE_HALL, [900.0, 560.0]] {
        window.set_size(vec2(width, height));
        let none = places(&mut window);
        // On one line, on two, and on more than there is room for.
        let one = folder.path().join("a.svg");
        let more = ["b.svg".to_owned(), format!("{}.svg", "b".repeat(200))];
        let files = [one, long.join(&more[0]), long.join(&more[1])];
        for file in files {
            write(&mut window, &file);
            assert_eq!(places(&mut window), none, "{}", file.display());
        }
        ask(&mut window, FigureCommand::Close);
        ask(&mut window, FigureCommand::OpenFigure);
        window.until("the preview", previewed);
    }
}

/// Nothing of the dialog is hidden by what is said about it.
#[test]
fn a_message_stands_beside_the_dialog() {
    let Some(mut window) = altered() else { return };
    window.keys(Modifiers::COMMAND, Key::E);
    window.until("the preview", previewed);
    window.click(Role::Button, "Copy");
    window.until("the figure", |state| said(state, "on the clipboard"));
    window.run_steps(4);
    let message = window.get_by_label_contains("on the clipboard").rect();
    let dialog = [
        (Role::RadioButton, "File format: PNG"),
        (Role::RadioButton, "Width: 1 column"),
        (Role::CheckBox, "Numbers"),
        (Role::Button, "Copy"),
    ];
    for (role, name) in dialog {
        let place = window.place(role, name);
        assert!(!place.intersects(message), "{name}: {place}, {message}");
    }
}

#[test]
fn a_p_near_the_threshold_is_seen_on_its_side() {
    let Some(mut window) = altered() else { return };
    let p = window.verdict().verdict.p_melanoma;
    let rounded = (p * 1000.0).round() / 1000.0;
    let threshold = rounded.max(p);
    window.ask(Command::SetThreshold(Some(threshold)));
    let shown = probability_beside(p, threshold, 3);
    assert_ne!(shown, probability(p, 3));
    ask(&mut window, FigureCommand::OpenFigure);
    window.until("the preview", previewed);
    let folder = tempfile::tempdir().expect("a folder");
    let svg = write(&mut window, &folder.path().join("figure.svg"));
    let svg = String::from_utf8(svg).expect("text");
    assert!(svg.contains(&format!(">P(melanoma) {shown}<")), "{shown}");
}

#[test]
fn a_figure_of_a_german_window_is_german() {
    let Some(mut window) = altered() else { return };
    window.ask(Command::Language(Language::German));
    ask(&mut window, FigureCommand::OpenFigure);
    window.until("the preview", previewed);
    let folder = tempfile::tempdir().expect("a folder");
    let svg = write(&mut window, &folder.path().join("figure.svg"));
    let svg = String::from_utf8(svg).expect("text");
    for (here, there) in [
        ("Offset 0 −30 0", "offset 0 −30 0"),
        ("Grün um 30 von 255 verringert", "lowered"),
        ("P(Melanom)", "P(melanoma)"),
        ("keine Diagnose", "not a diagnosis"),
        ("Differenz", "Difference"),
    ] {
        assert!(svg.contains(here) && !svg.contains(there), "{here}");
    }
}

/// The picture that is put on the clipboard.
pub(super) fn copied(window: &mut Window, command: Command) -> ColorImage {
    window.state_mut().command(command);
    for _ in 0..2_000 {
        window.step();
        let commands = &window.output().platform_output.commands;
        let image = commands.iter().find_map(|command| match command {
            OutputCommand::CopyImage(image) => Some(image.clone()),
            _ => None,
        });
        if let Some(image) = image {
            return image;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("nothing was copied: {:?}", window.seen().messages);
}

#[test]
fn picture_and_figure_go_to_the_clipboard() {
    let Some(mut window) = altered() else { return };
    let image = copied(&mut window, Command::Figure(FigureCommand::CopyPicture));
    let frame = window.lesion().frame().expect("read");
    let expected = perturb::render(frame, &window.perturbation());
    let pixels: Vec<u8> = image
        .pixels
        .iter()
        .flat_map(|p| [p.r(), p.g(), p.b()])
        .collect();
    assert_eq!(image.size, [299, 299]);
    assert_eq!(pixels, expected.pixels());
    assert!(said(window.seen(), "299 × 299"));

    let image = copied(&mut window, Command::Figure(FigureCommand::CopyExplored));
    // 180 mm at 300 dots per inch.
    assert_eq!(image.size[0], 2126);
    assert!(said(window.seen(), "The figure is on the clipboard"));

    // Unaltered, there is nothing to compare.
    window.ask(Command::ResetAll);
    ask(&mut window, FigureCommand::CopyExplored);
    assert!(said(window.seen(), "nothing to compare"));
}

#[test]
fn a_saved_picture_holds_its_verdict_and_is_replayed() {
    let Some(mut window) = altered() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    // The extension is added.
    window.ask(Command::SaveAltered(folder.path().join("sample")));
    window.until("the file", |state| said(state, "sample.png"));
    let json = folder.path().join("sample.json");
    let text = std::fs::read_to_string(&json).expect("JSON");
    let record = AlteredFrame::from_json(&text).expect("a record");
    let judged = record.judged.expect("judged");
    let p = window.verdict().verdict.p_melanoma;
    assert_eq!(judged.p_after, p);
    let replay = || {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_flipscope"))
            .arg("replay")
            .arg(&json)
            .output()
            .expect("the program");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code(), said)
    };
    let (status, said) = replay();
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("holds"), "{said}");
    chart()
        .write_png(folder.path().join("sample.png"))
        .expect("a PNG");
    let (status, said) = replay();
    assert_eq!(status, Some(1));
    assert!(said.contains("image not the same"), "{said}");
}

#[test]
fn the_altered_picture_is_saved_with_what_altered_it_and_can_be_made_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let photograph = write_chart(folder.path(), "chart.png");
    let Some(mut window) = window_without_model(vec![photograph.clone()]) else {
        return;
    };
    let perturbation = flipscope_image::perturb::Perturbation {
        rotate: 33.3,
        gain: [1.05, 0.9, 1.0],
        ..only(Control::ShiftX, -7.0)
    };
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(perturbation.clone()),
    ));
    let png: PathBuf = folder.path().join("chart.altered.png");
    window.ask(Command::SaveAltered(png.clone()));
    window.until("the file", |state| said(state, "Saved"));
    let json = folder.path().join("chart.altered.json");
    let text = std::fs::read_to_string(&json).expect("JSON");
    let record: AlteredFrame = serde_json::from_str(&text).expect("a record");
    assert_eq!(record.perturbation, perturbation);
    assert_eq!(record.altered_png, "chart.altered.png");
    assert_eq!(
        record.altered_sha256,
        perturb::render(&chart(), &perturbation).sha256()
    );
    assert_eq!(record.judged, None, "there is no model");
    assert!(!text.contains(folder.path().to_str().expect("Unicode")));

    // The command line makes the same frame from it.
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_flipscope"))
        .args(["classify", "--json", "--perturbation"])
        .args([&json, &photograph])
        .output()
        .expect("the program");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(line["altered_sha256"], record.altered_sha256.as_str());
    assert_eq!(line["perturbation"]["rotate"], 33.3);

    // Another JSON of that name stays.
    std::fs::write(&json, "{\"classes\": [\"a\"]}").expect("written");
    window.ask(Command::SaveAltered(png));
    window.until("the refusal", |state| said(state, "choose another name"));
    assert_eq!(
        std::fs::read_to_string(&json).expect("text"),
        "{\"classes\": [\"a\"]}"
    );
}

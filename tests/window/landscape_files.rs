//! Landscapes as files: of two models beside each other, and in the language of the window.

use std::sync::Arc;

use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::landscape::command::LandscapeCommand;
use flipscope::explorer::page::Page;
use flipscope_lab::explain::figure::FileKind;
use flipscope_language::Language;
use flipscope_model::ModelSource;
use flipscope_model::scheduler::ModelSlot;

use super::explained::{command_line, said, small, text};
use super::landscapes::{ask, complete, settings, shown};
use super::support::{Window, only};
use super::tiny;

#[test]
fn two_models_stand_side_by_side_and_are_written_together() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    let other = folder.path().join("other.safetensors");
    tiny::checkpoint(5).write(&other).expect("a checkpoint");
    let source = ModelSource::File(other.clone());
    window.ask(Command::UseModel(ModelSlot::Comparison, source));
    window.until("the other model", |state| state.comparison.ready.is_some());
    window.ask(Command::OpenPage(Page::Landscape));
    ask(&mut window, LandscapeCommand::Set(settings()));
    ask(&mut window, LandscapeCommand::Start);
    window.until("both landscapes", complete);
    assert_eq!(shown(window.seen()).expect("shown").fields.len(), 2);
    let kinds = [
        (FileKind::Csv, "two.csv"),
        (FileKind::Svg, "two.svg"),
        (FileKind::Png, "two.png"),
        (FileKind::Pdf, "two.pdf"),
    ];
    for (kind, name) in kinds {
        let path = folder.path().join(name);
        ask(&mut window, LandscapeCommand::Save(kind, path));
        window.until("the file", |state| said(state, name));
    }
    let against = other.to_str().expect("Unicode");
    let flags = "--x rotate,-90,90,7 --y kelvin,3000,9000,5 --against";
    let flags: Vec<&str> = flags.split(' ').chain([against]).collect();
    command_line(folder.path(), "landscape", &flags);
    let text = |name: &str| text(folder.path(), name);
    assert_eq!(text("two.csv"), text("line.csv"));
    assert_eq!(text("two.svg"), text("line.svg"));
    assert!(text("two.csv").starts_with("rotate,kelvin,p_melanoma,p_melanoma_of_model_2\n"));
    assert_eq!(text("two.svg").matches("crispEdges").count(), 2);
    let bytes = |name: &str| std::fs::read(folder.path().join(name)).expect("a file");
    assert!(bytes("two.pdf").starts_with(b"%PDF") && bytes("two.png").starts_with(b"\x89PNG"));
}

/// A German window writes German figures; the table is data, and stays as it is.
#[test]
fn figures_speak_the_language_of_the_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::OffsetGreen, -10.0)),
    ));
    window.ask(Command::OpenPage(Page::Landscape));
    ask(&mut window, LandscapeCommand::Set(settings()));
    ask(&mut window, LandscapeCommand::Start);
    window.until("the landscape", complete);
    let path = |name: &str| folder.path().join(name);
    let write = |window: &mut Window, kind, name: &str| {
        ask(window, LandscapeCommand::Save(kind, path(name)));
        window.until("the file", |state| said(state, name));
        text(folder.path(), name)
    };
    let english = write(&mut window, FileKind::Svg, "english.svg");
    let table = write(&mut window, FileKind::Csv, "english.csv");
    window.ask(Command::Language(Language::German));
    let german = write(&mut window, FileKind::Svg, "german.svg");
    assert_eq!(write(&mut window, FileKind::Csv, "german.csv"), table);
    for (there, here) in [
        (": landscape, P(melanoma)", ": Landschaft, P(Melanom)"),
        ("Rotation (°)", "Drehung (°)"),
        (
            "Cross: the values set now",
            "Kreuz: jetzt eingestellte Werte",
        ),
        ("P(melanoma) at every point.", "P(Melanom) an jedem Punkt."),
        (
            "Altered: green lowered by 10 of 255.",
            "Verändert: Grün um 10 von 255 verringert.",
        ),
        ("· not a diagnosis", "· keine Diagnose"),
    ] {
        assert!(
            english.contains(there) && !english.contains(here),
            "{there}"
        );
        assert!(german.contains(here) && !german.contains(there), "{here}");
    }
}

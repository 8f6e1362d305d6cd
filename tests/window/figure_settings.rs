//! How figures are drawn is remembered from one start to the next.

use std::sync::Arc;

use egui::accesskit::Role;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::figures::command::FigureCommand;
use flipscope::explorer::figures::state::Settings;
use flipscope::explorer::history::Gesture;
use flipscope_lab::search::figure::FileFormat;
use flipscope_model::ModelSource;

use super::explained::{files, judged};
use super::opened::keeping;
use super::support::{Window, only};

/// A window that remembers, with the dialog for a figure open.
fn dialog(folder: &std::path::Path) -> Option<Window> {
    let (photograph, model) = files(folder);
    let mut window = keeping(folder, vec![photograph], ModelSource::File(model))?;
    judged(&mut window);
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::OffsetGreen, -30.0)),
    ));
    window.verdict();
    window.ask(Command::Figure(FigureCommand::OpenFigure));
    assert!(window.seen().figures.open.is_some());
    Some(window)
}

#[test]
fn the_dialog_opens_as_it_was_left_in_the_last_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = dialog(folder.path()) else {
        return;
    };
    assert_eq!(window.seen().figures.settings, Settings::default());
    window.click(Role::RadioButton, "File format: PNG");
    window.click(Role::RadioButton, "Width: 1 column");
    window.click(Role::CheckBox, "Numbers");
    let chosen = Settings {
        width_mm: 85.0,
        format: FileFormat::Png,
        details: false,
        dpi: 450,
        ..Settings::default()
    };
    window.ask(Command::Figure(FigureCommand::Set(Settings {
        dpi: 450,
        ..window.seen().figures.settings.clone()
    })));
    assert_eq!(window.seen().figures.settings, chosen);
    window.click(Role::Button, "Close");
    let file = folder.path().join("window.json");
    window.until("it is written", |_| {
        std::fs::read_to_string(&file).is_ok_and(|text| text.contains("450"))
    });
    drop(window);
    let Some(window) = dialog(folder.path()) else {
        return;
    };
    assert_eq!(window.seen().figures.settings, chosen);
    window.node(Role::RadioButton, "File format: PNG");
}

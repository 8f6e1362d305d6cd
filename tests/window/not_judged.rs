//! A list that a filter by verdict shortens says how many photographs are not judged yet.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope_language::Language;
use flipscope_model::ModelSource;

use super::opened::{self, album, no_model, write_labels};
use super::support::{LECTURE_HALL, Window};

/// Three lesions with a label, and two without, in a window.
fn labelled(model: ModelSource) -> Option<(tempfile::TempDir, Window)> {
    let folder = album(&["a.png", "b.png", "c.png", "d.png", "e.png"]);
    write_labels(folder.path(), "a,melanoma\nb,nevus\nc,nevus\n");
    let paths = vec![folder.path().to_owned()];
    let mut window = opened::with(paths, model, LECTURE_HALL, egui::Theme::Light)?;
    window.until("the labels", |state| {
        state.list.reading == 0 && state.list.counts.known == 3
    });
    Some((folder, window))
}

fn filter(window: &mut Window, name: &str) {
    window.click(Role::Button, "Filter the list");
    window.click(Role::RadioButton, name);
}

#[test]
fn a_filter_by_verdict_says_how_many_are_not_judged_yet() {
    // Without a model, none will be.
    let Some((_folder, mut window)) = labelled(no_model()) else {
        return;
    };
    filter(&mut window, "Verdict differs from label");
    window.get_by_label("0 of 5 shown · 3 not judged yet");
    window.ask(Command::Language(Language::German));
    window.get_by_label("0 von 5 zu sehen · 3 noch nicht beurteilt");
    window.ask(Command::Language(Language::English));
    filter(&mut window, "Nevi");
    window.get_by_label("2 of 5 shown");
    filter(&mut window, "All lesions");
    window.get_by_label("5 lesions");
}

#[test]
fn nothing_is_missing_once_all_are_judged() {
    let Some((_folder, mut window)) = labelled(ModelSource::default()) else {
        return;
    };
    filter(&mut window, "Verdict differs from label");
    window.until("all verdicts", |state| state.list.not_judged == 0);
    let shown = window.seen().list.shown().len();
    window.get_by_label(&format!("{shown} of 5 shown"));
}

//! The order of the rows, and rows that keep their places under the pointer.

use std::time::Instant;

use egui::accesskit::Role;
use egui::{Theme, vec2};
use flipscope::explorer::command::Command;
use flipscope::explorer::state::State;
use flipscope_model::scheduler::ModelSlot;
use flipscope_model::{DemoModel, ModelSource};

use super::list::{judged, rows};
use super::opened::{self, album};
use super::support::{HANG, LECTURE_HALL, Window, window_without_model, write_chart};

/// As people count, whatever the case: in the order as opened and in both directions of the column.
#[test]
fn numbers_in_names_are_counted() {
    let folder = album(&["Mole-10.png", "mole-1.png", "mole-3.png", "mole-10b.png"]);
    let Some(mut window) = window_without_model(vec![folder.path().to_owned()]) else {
        return;
    };
    let mut counted = ["mole-1.png", "mole-3.png", "Mole-10.png", "mole-10b.png"];
    assert_eq!(rows(&window), counted);
    window.click(Role::Button, "Sort by name");
    assert_eq!(rows(&window), counted);
    window.pause();
    window.click(Role::Button, "Sort by name");
    counted.reverse();
    assert_eq!(rows(&window), counted);
}

/// Verdicts arrive while the pointer is over the rows: none moves away from it. They are sorted once it leaves, or rests.
#[test]
fn rows_keep_their_places_under_the_pointer() {
    let folder = album(&["a.png", "b.png", "c.png", "d.png", "e.png"]);
    let (paths, model) = (vec![folder.path().to_owned()], ModelSource::default());
    let Some(mut window) = opened::with(paths, model, LECTURE_HALL, Theme::Light) else {
        return;
    };
    window.until("verdicts", judged);
    let as_opened = rows(&window);
    assert_eq!(as_opened.len(), 5, "{as_opened:?}");
    window.click(Role::Button, "Sort by P(melanoma)");
    let by_p = |window: &Window| {
        let mut rows: Vec<(f32, String)> = (window.seen().lesions.iter())
            .map(|lesion| {
                let judged = lesion.answers.primary.before.as_ref().expect("judged");
                (judged.verdict.p_melanoma, lesion.name.clone())
            })
            .collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    let first = by_p(&window);
    assert_eq!(rows(&window), first);
    assert_ne!(first, as_opened, "otherwise this shows nothing");

    // Another model: its verdicts come one by one, under a pointer that moves.
    let place = window.place(Role::ListBox, "Lesions");
    let at = place.center_top() + vec2(0.0, 60.0);
    window.hover_at(at);
    window.run_steps(2);
    let use_model = |window: &mut Window, model: DemoModel| {
        let model = ModelSource::Embedded(model);
        window.ask(Command::UseModel(ModelSlot::Primary, model));
    };
    let answers = |state: &State, model: DemoModel| {
        let ready = state.model.ready.as_ref();
        ready.is_some_and(|ready| ready.source == ModelSource::Embedded(model)) && judged(state)
    };
    use_model(&mut window, DemoModel::Jitter);
    let start = Instant::now();
    while !answers(window.seen(), DemoModel::Jitter) {
        assert!(start.elapsed() < HANG, "no verdicts");
        for right in [0.0, 3.0] {
            window.hover_at(at + vec2(right, 0.0));
            window.step();
            assert_eq!(rows(&window), first);
        }
    }
    assert_ne!(by_p(&window), first, "otherwise this shows nothing");
    window.remove_cursor();
    window.run_steps(2);
    assert_eq!(rows(&window), by_p(&window));

    // And a pointer that lies there.
    window.hover_at(at);
    window.run_steps(2);
    use_model(&mut window, DemoModel::Plain);
    window.until("verdicts of the first model", |state| {
        answers(state, DemoModel::Plain) && state.list.arranged
    });
    assert_eq!(rows(&window), first);

    // A title sorts at once.
    window.click(Role::Button, "Sort by P(melanoma)");
    assert_eq!(rows(&window), first.into_iter().rev().collect::<Vec<_>>());
}

/// A new lesion comes to the end first: those under the pointer are the ones that a person is about to click.
#[test]
fn a_lesion_that_is_opened_moves_no_row_under_the_pointer() {
    let folder = album(&["a.png", "c.png", "d.png"]);
    let Some(mut window) = window_without_model(vec![folder.path().to_owned()]) else {
        return;
    };
    window.click(Role::Button, "Sort by name");
    assert_eq!(rows(&window), ["a.png", "c.png", "d.png"]);
    let place = window.place(Role::ListBox, "Lesions");
    let at = place.center_top() + vec2(0.0, 60.0);
    window.hover_at(at);
    window.run_steps(2);
    let new = write_chart(folder.path(), "b.png");
    window.ask(Command::Open(vec![new]));
    let start = Instant::now();
    while window.seen().lesions.len() < 4 {
        assert!(start.elapsed() < HANG, "no lesion");
        // One that moves.
        for right in [0.0, 3.0] {
            window.hover_at(at + vec2(right, 0.0));
            window.step();
        }
    }
    assert_eq!(rows(&window), ["a.png", "c.png", "d.png", "b.png"]);
    window.remove_cursor();
    window.run_steps(2);
    assert_eq!(rows(&window), ["a.png", "b.png", "c.png", "d.png"]);
}

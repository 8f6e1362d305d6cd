//! Presenter mode: who gets the room where there is little, and what is said whole all the same.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Shape, Theme, vec2};
use egui_kittest::kittest::{Queryable as _, by};
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::history::Gesture;
use flipscope_language::Language;
use flipscope_model::ModelSource;

use super::opened::{self, album, write_labels};
use super::presenter::{drawn, sample};
use super::support::{HALL, LECTURE_HALL, Window, launch, only, window_without_model, write_chart};

/// What it says stands below everything else, in as many lines as it needs.
#[test]
fn a_message_covers_nothing_and_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let Some(mut window) = window_without_model(paths.into()) else {
        return;
    };
    window.set_size(HALL.into());
    for language in [Language::English, Language::German] {
        window.ask(Command::Language(language));
        let (begin, picture) = match language {
            Language::English => ("Presenter mode: ", "Original picture"),
            Language::German => ("Präsentation: ", "Originalbild"),
        };
        window.key(Key::F11);
        for key in [None, Some(Key::T), Some(Key::L)] {
            if let Some(key) = key {
                window.key(key);
            }
            let id = window.seen().messages.last().expect("a message").id;
            window.ask(Command::KeepMessage(id));
            window.run_steps(4);
            let said = window.get_by_label_contains(begin).rect();
            let picture = window.place(Role::Image, picture);
            assert!(picture.bottom() <= said.top(), "{picture:?}, {said:?}");
            let cut = window.output().shapes.iter().any(|clipped| {
                matches!(&clipped.shape, Shape::Text(text)
                    if text.galley.text().starts_with(begin) && text.galley.elided)
            });
            assert!(!cut, "{language:?}");
        }
        for key in [Key::L, Key::T, Key::Escape] {
            window.key(key);
        }
        assert!(!window.seen().presenter.on);
    }
}

/// With both panes, two pictures still have more than half of the screen's width, and outside presenter mode the panes are as before.
#[test]
fn panes_leave_the_pictures_their_room_and_keep_their_own_widths() {
    let Some(mut window) = sample() else {
        return;
    };
    window.set_size(LECTURE_HALL.into());
    window.run_steps(4);
    let widths = |window: &Window| {
        let list = window.place(Role::ListBox, "Lesions");
        let slider = window.place(Role::Slider, Control::Rotation.name());
        [list.width(), slider.width()]
    };
    let before = widths(&window);
    window.key(Key::F11);
    window.set_size(HALL.into());
    window.key(Key::L);
    window.key(Key::T);
    // What it says at the beginning stands below the pictures for a while.
    window.ask(Command::DismissAll);
    window.run_steps(4);
    let picture = window.place(Role::Image, "Altered picture");
    assert!(picture.width() > 250.0, "{picture:?}");
    window.key(Key::F11);
    window.set_size(LECTURE_HALL.into());
    window.run_steps(4);
    assert_eq!(widths(&window), before);
    // Neither does a window that was small for a while leave them narrow.
    for large in [LECTURE_HALL, [1900.0, 900.0]] {
        window.set_size(large.into());
        window.run_steps(4);
        let large_widths = widths(&window);
        window.set_size(vec2(900.0, 600.0));
        window.run_steps(4);
        assert!(widths(&window)[1] < large_widths[1]);
        window.set_size(large.into());
        window.run_steps(4);
        assert_eq!(widths(&window), large_widths);
    }
}

/// The end of a long name says which of many it is: the middle is left out, and the whole is there on hover and for assistive technology.
#[test]
fn a_long_name_keeps_its_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "dermoscopy_of_the_outpatient_clinic_of_the_university_in_november_ISIC_0024306.png";
    let paths = vec![
        write_chart(folder.path(), name),
        write_chart(folder.path(), "short.png"),
    ];
    let Some(mut window) = window_without_model(paths) else {
        return;
    };
    window.set_size(HALL.into());
    window.key(Key::F11);
    window.key(Key::L);
    window.run_steps(4);
    window.get_by_label(&format!("{name} · 1 of 2"));
    window.get_by_role_and_label(Role::ListBoxOption, &format!("{name}, …"));
    let texts = drawn(&window);
    assert!(
        texts.iter().all(|(text, _)| !text.contains(name)),
        "{texts:?}"
    );
    let heading = texts.iter().find(|(text, _)| text.contains("· 1 of 2"));
    let (heading, _) = heading.expect("the heading");
    assert!(
        heading.contains("…") && heading.contains("ISIC_0024306.png"),
        "{heading}"
    );
    let row = texts
        .iter()
        .find(|(text, _)| text.contains("…") && text.contains(".png") && !text.contains(" of 2"));
    let (row, _) = row.expect("the row");
    assert!(row.starts_with("derm"), "{row}");
}

/// A sample that was turned until it flipped, in presenter mode with the sliders and without the list, in this language.
fn turned(language: Language) -> Option<Window> {
    let mut window = launch(Launch::default(), HALL, Theme::Light)?;
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    window.verdict();
    window.key(Key::PageDown);
    window.key(Key::PageDown);
    window.verdict();
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::Rotation, 45.0)),
    ));
    window.verdict();
    window.ask(Command::Language(language));
    window.key(Key::F11);
    window.key(Key::T);
    window.remove_cursor();
    window.run_steps(6);
    Some(window)
}

/// With sliders and without the list, the verdict ends where the sliders begin, whether it has flipped or not.
#[test]
fn the_verdict_ends_where_the_sliders_begin() {
    for language in [Language::English, Language::German] {
        let Some(mut window) = turned(language) else {
            return;
        };
        let (badge, first) = match language {
            Language::English => ("Flipped", "Tools: Alter"),
            Language::German => ("Gekippt", "Werkzeuge: Verändern"),
        };
        // The edge of their pane.
        let sliders = window.place(Role::RadioButton, first).left() - 14.0;
        let said = window.get_by_label_contains(badge).rect();
        assert!(said.right() < sliders, "{said:?}, {sliders}");
        window.ask(Command::Alter(
            Gesture::Click,
            Arc::new(only(Control::Rotation, 1.0)),
        ));
        window.verdict();
        window.run_steps(4);
        let meters = window
            .query_all(by().role(Role::Slider))
            .map(|one| one.rect());
        let meters: Vec<_> = meters.filter(|one| one.left() < sliders - 40.0).collect();
        assert_eq!(meters.len(), 1, "{meters:?}");
        assert!(meters[0].right() < sliders, "{meters:?}, {sliders}");
    }
}

/// The diagnosis of a table takes no room from the verdict: with sliders, and with the list too, all of it ends where the sliders begin.
#[test]
fn a_diagnosis_leaves_the_verdict_its_room() {
    let folder = album(&["a.png"]);
    write_labels(folder.path(), "a,melanoma\n");
    let paths = vec![folder.path().to_owned()];
    let Some(mut window) = opened::with(paths, ModelSource::default(), HALL, Theme::Light) else {
        return;
    };
    window.until("verdict and truth", |state| {
        let judged = (state.lesions.iter()).any(|one| one.answers.primary.before.is_some());
        judged && state.list.counts.known == 1
    });
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::Rotation, 90.0)),
    ));
    window.verdict();
    window.key(Key::F11);
    window.key(Key::T);
    for language in [Language::English, Language::German] {
        window.ask(Command::Language(language));
        let (first, words) = match language {
            Language::English => (
                "Tools: Alter",
                ["Label: melanoma", "network ", "threshold "],
            ),
            Language::German => (
                "Werkzeuge: Verändern",
                ["Diagnose laut Tabelle: Melanom", "Netz ", "Schwelle "],
            ),
        };
        for list in [false, true] {
            if list {
                window.key(Key::L);
            }
            window.remove_cursor();
            window.run_steps(6);
            let sliders = window.place(Role::RadioButton, first).left() - 14.0;
            for word in words {
                let shapes = window.output().shapes.iter();
                let drawn: Vec<_> = shapes
                    .filter_map(|clipped| match &clipped.shape {
                        Shape::Text(text) if text.galley.text().starts_with(word) => {
                            let right = text.visual_bounding_rect().right();
                            Some((right, text.galley.elided))
                        }
                        _ => None,
                    })
                    .collect();
                assert_eq!(
                    drawn.len(),
                    1,
                    "{language:?}, list {list}: {word}: {drawn:?}"
                );
                let (right, cut) = drawn[0];
                assert!(
                    right < sliders && !cut,
                    "{language:?}, list {list}: {word}: {right}, {sliders}"
                );
            }
            let meters = window
                .query_all(by().role(Role::Slider))
                .map(|one| one.rect());
            let meters: Vec<_> = meters.filter(|one| one.left() < sliders - 40.0).collect();
            assert_eq!(meters.len(), 1, "{meters:?}");
            assert!(meters[0].right() < sliders, "{meters:?}, {sliders}");
        }
        window.key(Key::L);
    }
}

/// Where there is no room beside the tabs, the button is on a line of its own.
#[test]
fn the_reset_button_does_not_cover_the_tabs() {
    for (language, tab, button) in [
        (Language::English, "Tools: Findings", "Reset all"),
        (Language::German, "Werkzeuge: Funde", "Zurücksetzen"),
    ] {
        let Some(window) = turned(language) else {
            return;
        };
        let tab = window.place(Role::RadioButton, tab);
        let button = window.place(Role::Button, button);
        assert!(
            tab.right() <= button.left() || tab.bottom() <= button.top(),
            "{language:?}: {tab:?}, {button:?}"
        );
    }
}

/// What solved a task is said in full.
#[test]
fn a_solved_task_is_not_cut() {
    for (language, solved) in [
        (Language::English, "Solved: "),
        (Language::German, "Geschafft: "),
    ] {
        let Some(window) = turned(language) else {
            return;
        };
        let texts = drawn(&window);
        let said = texts.iter().find(|(text, _)| text.starts_with(solved));
        assert!(said.is_some(), "{texts:?}");
        let cut = window.output().shapes.iter().any(|clipped| {
            matches!(&clipped.shape, Shape::Text(text)
                if text.galley.text().starts_with(solved) && text.galley.elided)
        });
        assert!(!cut, "{said:?}");
    }
}

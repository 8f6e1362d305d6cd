//! Presenter mode: what is drawn is large enough, panes come by key, and *guess, then reveal* gives nothing away.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Shape, Theme, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::page::Page;
use flipscope::explorer::presenter::command::PresenterCommand;
use flipscope_base::human::probability;
use flipscope_model::ModelSource;

use super::opened::{self, album, write_labels};
use super::support::{
    HALL, LECTURE_HALL, Window, can_be_read_from_the_last_row, launch, letters, only,
    window_without_model, write_chart,
};

/// Every text that is drawn, with the size of its letters in points.
pub(super) fn drawn(window: &Window) -> Vec<(String, f32)> {
    letters(window)
}

/// All that assistive technology can read, and all that is drawn.
pub(super) fn everything_said(window: &Window) -> Vec<String> {
    let mut said: Vec<String> = drawn(window).into_iter().map(|(text, _)| text).collect();
    for node in window.query_all(by().predicate(|_| true)) {
        let node = node.accesskit_node();
        let parts = [node.label(), node.value(), node.description()];
        said.extend(parts.into_iter().flatten());
    }
    said
}

pub(super) fn sample() -> Option<Window> {
    let mut window = launch(Launch::default(), HALL, Theme::Light)?;
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    window.verdict();
    window.until("the list's verdicts", |state| {
        let mut lesions = state.lesions.iter();
        lesions.all(|lesion| lesion.answers.primary.before.is_some())
    });
    Some(window)
}

#[test]
fn f11_enters_and_escape_leaves() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let Some(mut window) = window_without_model(paths.into()) else {
        return;
    };
    window.key(Key::L);
    assert!(!window.seen().presenter.list, "only while presenting");
    window.key(Key::F11);
    assert!(window.seen().presenter.on);
    assert!(window.query_by_label("File").is_none(), "no menu");
    assert!(window.query_by_label("Lesions").is_none(), "no list");
    // Panes by key, and lesions by those of a clicker.
    window.key(Key::L);
    window.node(Role::ListBox, "Lesions");
    window.key(Key::T);
    window.place(Role::Slider, Control::Rotation.name());
    for key in [Key::L, Key::T] {
        window.key(key);
    }
    assert!(window.query_by_label("Lesions").is_none());
    window.key(Key::PageDown);
    let second = window.seen().lesions[1].id;
    assert_eq!(window.seen().selected, Some(second));
    window.get_by_label_contains("b.png · 2 of 2");
    window.key(Key::PageUp);
    window.get_by_label_contains("a.png · 1 of 2");
    // Escape closes what is in front first.
    window.keys(Modifiers::COMMAND, Key::P);
    window.key(Key::Escape);
    assert!(window.seen().presenter.on && window.seen().palette.open.is_none());
    window.key(Key::F1);
    window.key(Key::Escape);
    assert!(window.seen().presenter.on);
    window.check_accessibility();
    window.key(Key::Escape);
    assert!(!window.seen().presenter.on);
    window.node(Role::Button, "File");
}

/// The scale of the difference is said in words below it, also where nobody can point at it.
#[test]
fn the_difference_says_its_scale_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write_chart(folder.path(), "a.png");
    let Some(mut window) = window_without_model(vec![path]) else {
        return;
    };
    window.set_size(HALL.into());
    window.key(Key::Num4);
    let said = |window: &Window| {
        let said = drawn(window).into_iter();
        let mut said = said.filter(|(text, _)| text.starts_with("Of 255, each channel"));
        said.next().is_some()
    };
    window.run_steps(4);
    assert!(said(&window), "on a desk");
    window.fits_everywhere("the difference");
    window.key(Key::F11);
    window.ask(Command::DismissAll);
    window.run_steps(4);
    assert!(said(&window));
    can_be_read_from_the_last_row(&window, "the difference");
    window.fits_everywhere("the difference in presenter mode");
}

/// Letters of at least 1/45 of the screen's height, figures of a tenth; nothing overlaps or is cut off.
#[test]
fn the_last_row_can_read_it() {
    let Some(mut window) = sample() else {
        return;
    };
    window.key(Key::F11);
    let p = window.lesion().answers.primary.before.as_ref();
    let number = probability(p.expect("judged").verdict.p_melanoma, 2);
    for panes in [&[][..], &[Key::T], &[Key::L]] {
        for key in panes {
            window.key(*key);
        }
        window.remove_cursor();
        window.run_steps(4);
        let texts = drawn(&window);
        // Those of panes are tables and forms.
        if panes.is_empty() {
            can_be_read_from_the_last_row(&window, "presenter mode");
            let largest = texts.iter().filter(|(text, _)| *text == number);
            let largest = largest.map(|(_, size)| *size).fold(0.0, f32::max);
            assert!(largest * 2.0 >= 1080.0 / 10.5, "{largest}");
        }
    }
    window.fits_everywhere("presenter mode with list and sliders");
    window.key(Key::L);
    window.key(Key::T);
    window.fits_everywhere("presenter mode");
}

/// A space is a key of presenter mode only where it does something there.
#[test]
fn a_space_still_presses_the_button_that_has_the_focus() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "a.png");
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    let open = |window: &mut Window| {
        window.node(Role::RadioButton, "Layout: Wipe").focus();
        window.run_steps(2);
        window.key(Key::Space);
    };
    open(&mut window);
    assert_eq!(window.seen().view.layout.name(), "Wipe");
}

/// A file of labels beside the photograph states the truth: what it says of the verdict holds for the original alone.
#[test]
fn what_is_right_or_wrong_is_the_verdict_on_the_original() {
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
    window.key(Key::F11);
    window.get_by_label_contains("Label: melanoma");
    let said = |window: &Window| -> Vec<String> {
        let said = drawn(window).into_iter().map(|(text, _)| text);
        said.filter(|text| text.starts_with("network ")).collect()
    };
    let [plain] = <[String; 1]>::try_from(said(&window)).expect("one sentence");
    let outcome = plain
        .strip_prefix("network ")
        .expect("a sentence")
        .to_owned();
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::Rotation, 90.0)),
    ));
    window.verdict();
    assert_eq!(
        said(&window),
        [format!("network {outcome} on the original")]
    );
}

/// The ring is drawn where the pointer is, on every page, and can be turned off.
#[test]
fn a_ring_follows_the_pointer() {
    let Some(mut window) = launch(Launch::default(), LECTURE_HALL, Theme::Dark) else {
        return;
    };
    let rings = |window: &mut Window| {
        window.hover_at(egui::pos2(400.0, 300.0));
        window.run_steps(2);
        let circles = window.output().shapes.iter().filter(|clipped| {
            matches!(&clipped.shape, Shape::Circle(circle)
                if circle.center == egui::pos2(400.0, 300.0) && circle.radius > 20.0)
        });
        circles.count()
    };
    assert_eq!(rings(&mut window), 0);
    window.ask(Command::OpenPage(Page::Readers));
    window.key(Key::F11);
    assert_eq!(rings(&mut window), 3);
    // Everything is enlarged under a pointer that rests, as when presenter mode begins.
    window.ctx.set_zoom_factor(2.0);
    window.run_steps(3);
    let circles = window.output().shapes.iter().filter(|clipped| {
        matches!(&clipped.shape, Shape::Circle(circle)
            if circle.center == egui::pos2(200.0, 150.0) && circle.radius > 20.0)
    });
    assert_eq!(circles.count(), 3);
    window.ctx.set_zoom_factor(1.0);
    window.run_steps(3);
    window.key(Key::P);
    assert_eq!(rings(&mut window), 0);
    window.ask(Command::Presenter(PresenterCommand::Toggle));
    assert!(!window.seen().presenter.on);
}

/// An arrow moves through the list, also from its first row, and the keys of presenter mode stay such.
#[test]
fn an_arrow_never_leaves_the_list_for_a_field() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let Some(mut window) = window_without_model(paths.into()) else {
        return;
    };
    window.set_size(vec2(1600.0, 900.0));
    window.key(Key::F11);
    window.key(Key::L);
    window.run_steps(4);
    for key in [
        Key::ArrowUp,
        Key::ArrowUp,
        Key::ArrowDown,
        Key::ArrowUp,
        Key::ArrowUp,
        Key::ArrowLeft,
        Key::ArrowRight,
    ] {
        window.key(key);
        let field = window.node(Role::TextInput, "Find by name");
        assert!(!field.accesskit_node().is_focused(), "{key:?}");
    }
    window.letters("l");
    assert_eq!(window.seen().list.chosen.search, "");
}

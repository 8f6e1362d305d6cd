//! Fields of numbers: as wide as they are, exact whatever they show, and never silent about what they do not take.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::history::Gesture;
use flipscope_image::perturb::{Perturbation, Sampling};

use super::support::{Window, letters, only, window_without_model, write_chart};

fn open() -> Option<(tempfile::TempDir, Window)> {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let window = window_without_model(vec![picture])?;
    Some((folder, window))
}

/// What is said in the window that contains a text.
fn said(window: &Window, part: &str) -> usize {
    window
        .query_all(by().role(Role::Label))
        .filter(|node| {
            let node = node.accesskit_node();
            let text = node.label().or_else(|| node.value()).unwrap_or_default();
            text.contains(part)
        })
        .count()
}

#[test]
fn a_finding_and_a_long_number_leave_the_pane_as_it_is() {
    let Some((_folder, mut window)) = open() else {
        return;
    };
    let places = |window: &Window| {
        let of = |role, control: Control| window.place(role, control.name());
        let mut all: Vec<_> = Control::ALL.map(|one| of(Role::SpinButton, one)).into();
        all.extend(Control::ALL.map(|one| of(Role::Slider, one)));
        all.push(window.place(Role::RadioButton, "Tools: Alter"));
        all.push(window.place(Role::Image, "Altered picture"));
        all
    };
    let before = places(&window);
    let found = Perturbation {
        gain: [1.077_684_099_585_512_3, 0.9, 1.1],
        shift: [-31.287_364_512_987, 0.1 + 0.2],
        rotate: -123.456_789_012_345_6,
        ..Perturbation::default()
    };
    let found = std::sync::Arc::new(found);
    window.ask(Command::Alter(
        Gesture::Click,
        std::sync::Arc::clone(&found),
    ));
    assert_eq!(places(&window), before);
    // Who clicks into each, looks, and leaves, by Tab or Enter, changes nothing.
    for control in Control::ALL {
        for key in [Key::Enter, Key::Tab] {
            window.pause();
            window.click(Role::SpinButton, control.name());
            assert_eq!(places(&window), before, "while it is edited");
            window.key(key);
            assert_eq!(window.perturbation(), *found, "{}", control.name());
        }
    }
    let exact = window.node(Role::SpinButton, "Gain red").accesskit_node();
    assert_eq!(exact.numeric_value(), Some(1.077_684_099_585_512_3));
    assert!(
        exact
            .value()
            .unwrap_or_default()
            .contains("1.0776840995855")
    );
    // A long number while it is typed, and after.
    window.pause();
    window.click(Role::SpinButton, "Gain green");
    window.letters("1.0123456789012345678901234567890123456789");
    assert_eq!(places(&window), before);
    window.key(Key::Enter);
    assert_eq!(window.perturbation().gain[1], 1.012_345_678_901_234_6);
    assert_eq!(places(&window), before);
}

/// What is not zero is not shown as zero, and what colours need of a number is in sight.
#[test]
fn small_and_exact_numbers_are_shown_with_the_digits_that_count() {
    let Some((_folder, mut window)) = open() else {
        return;
    };
    let found = Perturbation {
        // 173 becomes 172; with four digits, 0.9942 · 173 = 171.997 becomes 171.
        gain: [172.000_5 / 173.0, 1.0, 1.0],
        offset: [-0.001_25, 0.0, 0.0],
        shift: [0.084_112_233, -0.000_084_2],
        rotate: -0.004_172_3,
        sampling: Sampling::Bilinear,
        ..Perturbation::default()
    };
    window.ask(Command::Alter(Gesture::Click, std::sync::Arc::new(found)));
    let drawn = letters(&window);
    for shown in ["0.99422 ×", "−0.0013", "−0.0042°", "0.084 px", "−8.4e−5 px"] {
        assert!(drawn.iter().any(|(text, _)| text == shown), "{shown}");
    }
    assert!(!drawn.iter().any(|(text, _)| text == "0.0 px"));
}

#[test]
fn what_people_type_is_understood_or_named() {
    let Some((_folder, mut window)) = open() else {
        return;
    };
    for (control, text, value) in [
        (Control::GainRed, "1,05", 1.05),
        (Control::GainRed, "105 %", 1.05),
        (Control::Rotation, "45°", 45.0),
        (Control::ShiftX, "−7,5 px", -7.5),
        (Control::OffsetGreen, "-10", -10.0),
    ] {
        window.ask(Command::ResetAll);
        window.type_number(control, text);
        assert_eq!(window.perturbation(), only(control, value), "{text}");
        assert_eq!(said(&window, "“"), 0, "{text}");
    }
    for (control, text, value, part) in [
        (Control::OffsetGreen, "abc", 0.0, "“abc” is not a number"),
        (Control::OffsetGreen, "9999", 255.0, "(−255 to 255)"),
        (Control::GainRed, "45°", 1.0, "“45°” is not a number"),
        (Control::GainRed, "-1", 0.0, "(0 × to 4 ×)"),
        (Control::Rotation, "400°", 40.0, "“400°” is 40°"),
    ] {
        window.ask(Command::ResetAll);
        window.type_number(control, text);
        assert_eq!(control.get(&window.perturbation()), value, "{text}");
        assert_eq!(said(&window, part), 1, "{text}: {part}");
        // It goes when the field is used again.
        window.pause();
        window.click(Role::SpinButton, control.name());
        window.key(Key::Escape);
        assert_eq!(said(&window, part), 0, "{text}");
    }
}

/// They would pile up, and push what is below them down.
#[test]
fn a_message_about_what_was_typed_goes_when_something_else_is_done() {
    let Some((_folder, mut window)) = open() else {
        return;
    };
    let refuse = |window: &mut Window| {
        window.type_number(Control::OffsetGreen, "abc");
        assert_eq!(said(window, "“abc” is not a number"), 1);
        window.pause();
    };
    refuse(&mut window);
    window.type_number(Control::GainRed, "1.1");
    assert_eq!(said(&window, "“abc”"), 0, "another number");
    refuse(&mut window);
    for tool in ["Search", "Alter"] {
        window.click(Role::RadioButton, &format!("Tools: {tool}"));
    }
    assert_eq!(said(&window, "“abc”"), 0, "a click");
    assert_eq!(window.perturbation(), only(Control::GainRed, 1.1));
}

#[test]
fn what_was_typed_is_taken_when_tab_leaves_the_field() {
    let Some((_folder, mut window)) = open() else {
        return;
    };
    for (text, value) in [("-12", -12.0), ("18", 18.0)] {
        window.ask(Command::ResetAll);
        window.pause();
        window.click(Role::SpinButton, Control::OffsetGreen.name());
        window.letters(text);
        window.key(Key::Tab);
        assert_eq!(window.perturbation(), only(Control::OffsetGreen, value));
    }
    // Escape gives it up.
    window.pause();
    window.click(Role::SpinButton, Control::OffsetGreen.name());
    window.letters("40");
    window.key(Key::Escape);
    assert_eq!(
        window.perturbation(),
        only(Control::OffsetGreen, 18.0),
        "after Escape"
    );
}

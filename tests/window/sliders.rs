//! Every slider, by every way of moving it; and that the verdict is of exactly what it says.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::page::{Page, Tool};
use flipscope::explorer::state::State;
use flipscope_image::perturb::Perturbation;

use super::support::{Window, chart, only, window, window_without_model, write_chart};

/// A value on the slider, a number that is on no step of it, and one beyond the slider's end that the field takes.
fn values(control: Control) -> (f64, &'static str, &'static str) {
    match control {
        Control::GainRed | Control::GainGreen | Control::GainBlue => (0.9, "1.0375", "2.5"),
        Control::OffsetRed | Control::OffsetGreen | Control::OffsetBlue => (-10.0, "12.25", "90"),
        Control::Kelvin => (5400.0, "7000.5", "12000"),
        Control::Rotation => (-45.0, "37.5", "200.125"),
        Control::ShiftX | Control::ShiftY => (20.0, "-7.25", "-150"),
    }
}

#[track_caller]
fn says(window: &Window, control: Control, value: f64) {
    assert_eq!(window.perturbation(), only(control, value));
    let shown = window.node(Role::Slider, control.name());
    let shown = egui_kittest::kittest::NodeT::accesskit_node(&shown).numeric_value();
    assert_eq!(shown, Some(value), "what assistive technology hears");
}

/// P along the sliders costs hundreds of verdicts: none of them is made while no slider is in sight.
#[test]
fn bands_are_computed_while_the_sliders_are_shown() {
    let Some(mut window) = window() else {
        return;
    };
    window.ask(Command::ShowTool(Tool::Search));
    window.ask(Command::OpenSamples(0));
    window.verdict();
    let asked = |window: &Window| window.seen().waiting.bands > 0;
    let known = |state: &State| {
        let lesion = state.current().expect("explored");
        let bands = &lesion.answers.primary.bands;
        bands.get(Control::Rotation, &lesion.perturbation).is_some()
    };
    assert!(!asked(&window) && !known(window.seen()));
    window.click(Role::RadioButton, "Tools: Alter");
    assert!(asked(&window));
    window.until("a band", known);
    assert!(asked(&window), "more of it is to come");
    for (hide, show) in [
        (
            Command::OpenPage(Page::Study),
            Command::OpenPage(Page::Explore),
        ),
        (
            Command::ShowTool(Tool::Search),
            Command::ShowTool(Tool::Alter),
        ),
    ] {
        window.ask(hide);
        assert!(!asked(&window));
        window.ask(show);
        assert!(asked(&window));
    }
}

#[test]
fn every_slider_by_every_way_of_moving_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    for control in Control::ALL {
        let (value, number, beyond) = values(control);
        let name = control.name();
        let reset = format!("Reset {}", name.to_lowercase());
        let (neutral, step) = (control.neutral(), control.step());
        let near = |a: f64| (a * 1e6).round() / 1e6;

        window.node(Role::Slider, name).set_value_accesskit(value);
        window.run_steps(2);
        says(&window, control, value);
        window.node(Role::Slider, name).increment_accesskit();
        window.run_steps(2);
        says(&window, control, near(value + step));
        window.click(Role::Button, &reset);
        says(&window, control, neutral);
        assert!(window.query_by_label(&reset).is_none(), "nothing to reset");

        window.node(Role::Slider, name).focus();
        window.step();
        window.key(Key::ArrowRight);
        window.key(Key::ArrowRight);
        says(&window, control, near(neutral + 2.0 * step));
        window.keys(Modifiers::SHIFT, Key::ArrowLeft);
        says(&window, control, near(neutral - 8.0 * step));

        let from = window.on_slider(control, neutral - 8.0 * step);
        let to = window.on_slider(control, value);
        window.drag(&[from, to]);
        says(&window, control, value);
        // Beyond the end, and off the slider: it stops at the end.
        let (_, high) = control.range();
        window.pause();
        window.drag(&[
            to,
            window.on_slider(control, high) + egui::vec2(200.0, 90.0),
        ]);
        says(&window, control, high);

        window.pause();
        let at = window.on_slider(control, value);
        window.click_at(at);
        says(&window, control, value);
        window.click_at(at);
        says(&window, control, neutral);

        for text in [number, beyond] {
            window.type_number(control, text);
            says(&window, control, text.parse().expect("a number"));
        }
        // Beyond what means anything: the nearest that does.
        window.type_number(control, "99999");
        let beyond = match control {
            Control::Rotation => 99_999.0 % 360.0,
            _ => control.limits().1,
        };
        says(&window, control, beyond);
        window.type_number(control, number);
        window.type_number(control, "nonsense");
        says(&window, control, number.parse().expect("a number"));
        // Looking at a number changes nothing, also where the field shows fewer digits.
        window.pause();
        window.click(Role::SpinButton, name);
        window.key(Key::Enter);
        says(&window, control, number.parse().expect("a number"));
        // Nor does giving up.
        window.pause();
        window.click(Role::SpinButton, name);
        window.letters("1.5");
        window.key(Key::Escape);
        says(&window, control, number.parse().expect("a number"));
        window.click(Role::Button, &reset);
        says(&window, control, neutral);
    }
    assert_eq!(window.seen().messages, Vec::new());
    assert_eq!(**window.lesion().frame().expect("read"), chart());
}

#[test]
fn the_verdict_is_of_what_the_slider_says() {
    let Some(mut window) = window() else { return };
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    let start = window.verdict();
    let mut expected = Perturbation::default();
    for control in Control::ALL {
        let (value, ..) = values(control);
        expected = control.set(&expected, value);
        let to = window.on_slider(control, value);
        window.pause();
        window.click_at(to);
        let judged = window.verdict();
        assert_eq!(*judged.perturbation, expected);
        assert_ne!(judged.verdict, start.verdict);
        let before = window
            .lesion()
            .answers
            .primary
            .before
            .as_ref()
            .expect("the original's");
        assert_eq!(
            before.verdict, start.verdict,
            "the original's does not move"
        );
        let p = judged.verdict.p_melanoma;
        let label = window.seen().label(&judged.verdict).name();
        window.get_by_label(&format!("Altered: P(melanoma) {p:.3}, {label}"));
    }
    window.click(Role::Button, "Reset all");
    assert!(window.perturbation().is_identity());
    let again = window.verdict();
    assert_eq!(again.verdict, start.verdict);
    the_newest_wins(&mut window);
}

/// Input that is faster than the network.
fn the_newest_wins(window: &mut Window) {
    let answers = window.lesion().answers.primary.trace.len();
    let asked: u32 = 60;
    for turn in 1..=asked {
        let perturbation = Arc::new(only(Control::Rotation, f64::from(turn)));
        let gesture = Gesture::Control(Control::Rotation);
        window
            .state_mut()
            .command(Command::Alter(gesture, perturbation));
        window.step();
        // Whatever is called current is of what the sliders say.
        let lesion = window.lesion();
        if let Some(judged) = lesion.current() {
            assert_eq!(judged.perturbation, lesion.perturbation);
        }
        let stale = lesion.current().is_none();
        let says = window.query_by_label("Altered · updating").is_some();
        assert_eq!(says, stale, "an older verdict is called older");
    }
    let judged = window.verdict();
    assert_eq!(
        *judged.perturbation,
        only(Control::Rotation, f64::from(asked))
    );
    let answered = window.lesion().answers.primary.trace.len() - answers;
    assert!(answered < 30, "{answered} answers for {asked} moves");
    assert!(answered >= 1);
}

/// A click gives a slider the keys, also those that are shortcuts otherwise; Escape takes them away.
#[test]
fn a_clicked_slider_has_the_keys() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let Some(mut window) = window_without_model(paths.into()) else {
        return;
    };
    let control = Control::Rotation;
    let at = window.on_slider(control, 10.0);
    window.click_at(at);
    says(&window, control, 10.0);
    window.key(Key::ArrowUp);
    says(&window, control, 10.5);
    window.key(Key::ArrowLeft);
    window.key(Key::ArrowDown);
    says(&window, control, 9.5);
    window.keys(Modifiers::SHIFT, Key::ArrowUp);
    says(&window, control, 14.5);
    window.key(Key::PageUp);
    says(&window, control, 50.5);
    window.key(Key::PageDown);
    window.key(Key::PageDown);
    says(&window, control, -21.5);
    assert_eq!(window.lesion().name, "a.png", "it is the slider's key");
    window.key(Key::Home);
    says(&window, control, 0.0);
    for _ in 0..9 {
        window.key(Key::PageUp);
    }
    says(&window, control, 180.0);
    window.key(Key::Escape);
    window.key(Key::PageDown);
    assert_eq!(
        window.lesion().name,
        "b.png",
        "it is the window's key again"
    );
}

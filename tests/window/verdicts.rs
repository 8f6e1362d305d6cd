//! Threshold, framing, reading, and how the resampling is done.

use std::sync::Arc;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::explore::lesion::Picture;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::state::State;
use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_image::perturb::{Fill, Perturbation, Sampling};
use flipscope_model::Label;

use super::support::{Window, only, window, window_without_model, write_chart};

#[test]
fn threshold_framing_and_reading() {
    let Some(mut window) = window() else { return };
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    let judged = window.verdict();
    the_threshold_moves_the_label_alone(&mut window, judged.verdict.p_melanoma);

    let framing = window.seen().framing();
    let other = match framing {
        Framing::Crop => Framing::Squash,
        Framing::Squash => Framing::Crop,
    };
    let framed = |by: Framing| {
        move |state: &State| {
            state.current().is_some_and(
                |lesion| matches!(lesion.picture, Picture::Ready { framing, .. } if framing == by),
            )
        }
    };
    let frame = window.lesion().frame().expect("read").clone();
    window.click(Role::Button, "Model");
    choose(
        &mut window,
        "Framing",
        match other {
            Framing::Crop => "Framing: crop (centre, aspect kept)",
            Framing::Squash => "Framing: squash (whole picture)",
        },
    );
    window.until("the other framing", framed(other));
    assert_ne!(**window.lesion().frame().expect("read"), *frame);
    let again = window.verdict();
    assert_ne!(again.verdict, judged.verdict);
    window.get_by_label(&format!("Framing: {other} (your choice)"));
    window.click(Role::Button, "Model");
    window.click(Role::Button, "Framing");
    window.click(Role::Button, "The model's own framing");
    window.until("the model's framing", framed(framing));
    assert_eq!(window.verdict().verdict, judged.verdict);

    // Raw values of a synthetic lesion are the same values: it is read again, and the verdict stays.
    choose(&mut window, "Model", "Raw values, as the letter's pipeline");
    assert_eq!(window.seen().color_handling, ColorHandling::Raw);
    assert_eq!(window.verdict().verdict, judged.verdict);
}

/// Opens a menu and chooses one of its exclusive entries.
fn choose(window: &mut Window, menu: &str, entry: &str) {
    window.click(Role::Button, menu);
    window.click(Role::RadioButton, entry);
}

fn the_threshold_moves_the_label_alone(window: &mut Window, p: f32) {
    let own = window.seen().threshold();
    let answers = window.lesion().answers.primary.trace.len();
    let label = |window: &Window| {
        let verdict = &window.lesion().current().expect("judged").verdict;
        window.seen().label(verdict)
    };
    for (threshold, called) in [(p + 0.05, Label::Nevus), (p - 0.05, Label::Melanoma)] {
        let threshold = (threshold.clamp(0.0, 1.0) * 100.0).round() / 100.0;
        window
            .node(Role::Slider, "Threshold")
            .set_value_accesskit(f64::from(threshold));
        window.run_steps(2);
        assert_eq!(window.seen().threshold(), threshold);
        assert_eq!(label(window), called);
        let called = called.name();
        window.get_by_label(&format!("Altered: P(melanoma) {p:.3}, {called}"));
        window.get_by_label(&format!("Synthetic 1, {p:.2} {called}"));
    }
    // Keys, one hundredth each; they stay on the meter.
    window.node(Role::Slider, "Threshold").focus();
    window.step();
    let before = window.seen().threshold();
    window.key(Key::ArrowRight);
    window.key(Key::ArrowRight);
    window.key(Key::ArrowRight);
    let now = window.seen().threshold();
    assert!((now - before - 0.03).abs() < 1e-4, "{before} {now}");
    // A drag of the mark; a double-click brings the model's own back.
    let meter = window.place(Role::Slider, "Threshold");
    let at = |p: f32| {
        egui::pos2(
            meter.left() + 8.0 + (meter.width() - 16.0) * p,
            meter.center().y,
        )
    };
    window.drag(&[at(now), at(0.9)]);
    assert!((window.seen().threshold() - 0.9).abs() < 0.006);
    window.pause();
    window.click_at(at(0.2));
    window.click_at(at(0.2));
    assert_eq!(window.seen().threshold, None);
    assert_eq!(window.seen().threshold(), own);
    assert_eq!(
        window.lesion().answers.primary.trace.len(),
        answers,
        "no new forward pass"
    );
    assert!(window.perturbation().is_identity());
}

#[test]
fn how_it_is_resampled_and_the_letters_buttons() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    window.click(Role::RadioButton, "Sampling: Bilinear");
    assert_eq!(window.perturbation().sampling, Sampling::Bilinear);
    for (fill, name) in [
        (Fill::Edge, "Edge"),
        (Fill::Reflect, "Reflection"),
        (Fill::MeanSkin, "Mean skin"),
    ] {
        window.click(Role::ComboBox, "Uncovered area");
        window.get_by_label(name).click();
        window.run_steps(2);
        assert_eq!(window.perturbation().fill, fill);
    }
    window.click(Role::CheckBox, "Circular field of view on both pictures");
    assert!(window.perturbation().field_of_view);
    assert!(window.perturbation().is_identity(), "how, not how much");

    for (name, expected) in [
        ("Green −10", only(Control::OffsetGreen, -10.0)),
        ("Rotate 45°", only(Control::Rotation, 45.0)),
        ("Rotate 180°", only(Control::Rotation, 180.0)),
        (
            "Shift −50, −50",
            Control::ShiftY.set(&only(Control::ShiftX, -50.0), -50.0),
        ),
    ] {
        window.node(Role::Button, name).scroll_to_me();
        window.step();
        window.click(Role::Button, name);
        let now = window.perturbation();
        let how = Perturbation {
            sampling: Sampling::Bilinear,
            fill: Fill::MeanSkin,
            field_of_view: true,
            ..expected
        };
        assert_eq!(now, how, "{name}");
        window.click(Role::Button, "Reset all");
        let kept = window.perturbation();
        assert!(kept.is_identity() && kept.field_of_view && kept.fill == Fill::MeanSkin);
    }
    window.ask(Command::Undo);
    assert!(!window.perturbation().is_identity());
}

/// The answer for what was shown before says nothing of what is shown now, and the window does not pretend that it does.
#[test]
fn a_verdict_that_is_not_of_what_is_shown_claims_nothing() {
    let Some(mut window) = window() else { return };
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    window.verdict();
    window.get_by_label_contains("not altered");

    let altered = Arc::new(only(Control::OffsetGreen, -3.0));
    let command = Command::Alter(Gesture::Control(Control::OffsetGreen), altered);
    window.state_mut().command(command);
    // One frame: no answer can have come.
    window.step();
    assert!(window.lesion().current().is_none());
    window.get_by_label_contains("Altered: updating, P(melanoma) was");
    window.get_by_label("P(melanoma) · updating…");
    for claim in ["flipped", "Flipped", "not altered"] {
        assert!(window.query_by_label_contains(claim).is_none(), "{claim}");
    }

    window.verdict();
    window.get_by_label_contains("lipped");
    assert!(window.query_by_label("P(melanoma) · updating…").is_none());
}

#[test]
fn a_reset_shows_the_verdict_on_the_unaltered_frame_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = super::explained::small(folder.path()) else {
        return;
    };
    let known = window.verdict().verdict;
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::OffsetGreen, -30.0)),
    ));
    window.verdict();
    window.state_mut().command(Command::ResetAll);
    window.step();
    let shown = window.lesion().current().expect("it is known");
    assert_eq!(shown.verdict, known);
}

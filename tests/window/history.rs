//! Undo and redo: what is one step, and that everything comes back.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::state::State;
use flipscope_image::lesion::Framing;
use flipscope_image::perturb::Perturbation;

use super::support::{Window, only, window, window_without_model, write_chart};

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn neutral() -> Perturbation {
    Perturbation::default()
}

#[test]
fn a_gesture_is_one_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    assert!(!window.seen().history.can_undo());

    // A drag of a slider with stops on its way.
    let path: Vec<_> = [0.0, 30.0, -60.0, 90.0]
        .map(|value| window.on_slider(Control::Rotation, value))
        .into();
    window.drag(&path);
    assert_eq!(window.perturbation(), only(Control::Rotation, 90.0));
    // A second drag of the same slider is a second step, however soon it comes.
    let path = [90.0, -90.0].map(|value| window.on_slider(Control::Rotation, value));
    window.drag(&path);
    assert_eq!(window.perturbation(), only(Control::Rotation, -90.0));
    window.keys(CTRL, Key::Z);
    assert_eq!(window.perturbation(), only(Control::Rotation, 90.0));
    window.keys(CTRL, Key::Z);
    assert_eq!(window.perturbation(), neutral());
    assert!(!window.seen().history.can_undo());
    window.keys(CTRL_SHIFT, Key::Z);
    assert_eq!(window.perturbation(), only(Control::Rotation, 90.0));
    window.keys(CTRL, Key::Y);
    assert_eq!(window.perturbation(), only(Control::Rotation, -90.0));
    assert!(!window.seen().history.can_redo());
    window.click(Role::Button, "Undo");
    window.click(Role::Button, "Undo");
    assert_eq!(window.perturbation(), neutral());

    // A number of several digits.
    window.type_number(Control::ShiftX, "-12.5");
    window.keys(CTRL, Key::Z);
    assert_eq!(window.perturbation(), neutral());
    window.click(Role::Button, "Redo");
    assert_eq!(window.perturbation(), only(Control::ShiftX, -12.5));
    // What is done after an undo leaves nothing to redo.
    window.keys(CTRL, Key::Z);
    window.type_number(Control::ShiftY, "3");
    assert!(!window.seen().history.can_redo());

    // A double-click on a slider: to where it was clicked, then to neutral.
    window.pause();
    let away = window.on_slider(Control::ShiftY, 40.0);
    window.click_at(away);
    window.click_at(away);
    assert_eq!(window.perturbation(), neutral());
    window.keys(CTRL, Key::Z);
    assert_eq!(window.perturbation(), only(Control::ShiftY, 40.0));
    window.keys(CTRL, Key::Z);
    assert_eq!(window.perturbation(), only(Control::ShiftY, 3.0));
    window.keys(CTRL, Key::Z);

    // Arrow keys in a row, too.
    window.node(Role::Slider, "Gain red").focus();
    window.step();
    for _ in 0..5 {
        window.key(Key::ArrowRight);
    }
    assert_eq!(window.perturbation(), only(Control::GainRed, 1.025));
    window.keys(CTRL, Key::Z);
    assert_eq!(window.perturbation(), neutral());

    // A drag on the picture.
    let at = window.place(Role::Image, "Altered picture").center();
    window.drag(&[at, at + egui::vec2(40.0, 0.0), at + egui::vec2(40.0, 50.0)]);
    assert_ne!(window.perturbation(), neutral());
    window.keys(CTRL, Key::Z);
    assert_eq!(window.perturbation(), neutral());
}

#[test]
fn a_closed_lesion_comes_back_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let Some(mut window) = window_without_model(paths.into()) else {
        return;
    };
    let [a, b] = [0, 1].map(|index| window.seen().lesions[index].id);
    let names = |window: &Window| -> Vec<String> {
        let lesions = &window.seen().lesions;
        lesions.iter().map(|lesion| lesion.name.clone()).collect()
    };
    assert_eq!(window.seen().selected, Some(a));
    window.type_number(Control::Rotation, "33");
    let row = window.place(Role::ListBoxOption, "a.png, …");
    window.get_by_label("a.png, …").click_secondary();
    window.run_steps(2);
    window.click(Role::Button, "Close lesion");
    assert_eq!(names(&window), ["b.png"]);
    assert_eq!(window.seen().selected, Some(b));
    assert_eq!(window.perturbation(), neutral());
    window.keys(CTRL, Key::Z);
    assert_eq!(names(&window), ["a.png", "b.png"]);
    assert_eq!(window.seen().selected, Some(a));
    assert_eq!(window.perturbation(), only(Control::Rotation, 33.0));
    assert_eq!(window.place(Role::ListBoxOption, "a.png, …"), row);
    window.keys(CTRL, Key::Y);
    assert_eq!(names(&window), ["b.png"]);
    window.keys(CTRL, Key::Z);
    window.keys(CTRL, Key::Z);
    assert_eq!(window.perturbation(), neutral());
    assert_eq!(window.seen().selected, Some(a));

    // The last one: the empty window, and back.
    window.ask(Command::Close(a));
    window.ask(Command::Close(b));
    window.get_by_label("Start with Synthetic 1");
    window.keys(CTRL, Key::Z);
    assert_eq!(names(&window), ["b.png"]);
    assert_eq!(window.seen().selected, Some(b));
}

/// A number that is being typed belongs to the lesion that it was typed for.
#[test]
fn a_number_goes_to_the_lesion_it_was_typed_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let Some(mut window) = window_without_model(paths.into()) else {
        return;
    };
    window.type_number(Control::ShiftX, "5");
    window.pause();
    window.click(Role::SpinButton, "Rotation");
    window.letters("45");
    window.click(Role::ListBoxOption, "b.png, …");
    window.run_steps(3);
    assert_eq!(window.lesion().name, "b.png");
    assert_eq!(window.perturbation(), neutral());
    let first = &window.seen().lesions[0];
    let expected = Control::Rotation.set(&only(Control::ShiftX, 5.0), 45.0);
    assert_eq!(*first.perturbation, expected);
}

/// What happened while a lesion was closed is made up for.
#[test]
fn a_verdict_from_before_the_close_is_not_shown_after_it() {
    let Some(mut window) = window() else { return };
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    let cropped = window.verdict();
    let framing = window.seen().framing();
    let other = match framing {
        Framing::Crop => Framing::Squash,
        Framing::Squash => Framing::Crop,
    };
    let id = window.lesion().id;
    window.ask(Command::Close(id));
    window.ask(Command::SetFraming(Some(other)));
    window.keys(CTRL, Key::Z);
    assert_eq!(window.lesion().id, id);
    let framed = |state: &State| {
        use flipscope::explorer::explore::lesion::Picture;
        state.current().is_some_and(
            |lesion| matches!(lesion.picture, Picture::Ready { framing, .. } if framing == other),
        )
    };
    window.until("the other framing", framed);
    let squashed = window.verdict();
    assert_ne!(squashed.verdict, cropped.verdict);
}

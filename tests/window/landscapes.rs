//! The page Landscape: P over two parameters, coarse to fine; it is stopped and goes on, read out, clicked, and written.

use std::path::Path;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::landscape::command::LandscapeCommand;
use flipscope::explorer::landscape::state::{Settings, Shown};
use flipscope::explorer::page::Page;
use flipscope::explorer::state::State;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::figure::FileKind;
use flipscope_lab::explain::landscape::{LandscapeAxis, Parameter};

use super::explaining::small;
use super::support::{Window, only};

fn ask(window: &mut Window, command: LandscapeCommand) {
    window.ask(Command::Landscape(command));
}

fn axis(parameter: Parameter, from: f64, to: f64, count: usize) -> LandscapeAxis {
    LandscapeAxis {
        parameter,
        from,
        to,
        count,
    }
}

fn settings() -> Settings {
    Settings {
        x: axis(Parameter::Rotate, -90.0, 90.0, 7),
        y: axis(Parameter::Kelvin, 3_000.0, 9_000.0, 5),
        ..Settings::default()
    }
}

fn shown(state: &State) -> Option<&Shown> {
    state.selected.and_then(|id| state.landscape.of(id))
}

fn complete(state: &State) -> bool {
    state.landscape.task.is_none() && shown(state).is_some_and(Shown::is_complete)
}

/// The picture's label, and where it stands.
fn image(window: &Window, begins: &str) -> (String, egui::Rect) {
    let found = window.query_all(by().role(Role::Image)).find_map(|node| {
        let label = node.accesskit_node().label()?;
        label.starts_with(begins).then(|| (label, node.rect()))
    });
    found.unwrap_or_else(|| panic!("no picture {begins}"))
}

#[test]
fn a_landscape_holds_what_the_sliders_give_and_a_click_moves_them_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::OffsetGreen, -10.0)),
    ));
    window.keys(Modifiers::COMMAND, Key::Num5);
    assert_eq!(window.seen().page, Page::Landscape);
    window.get_by_label_contains("Where the verdict turns");
    ask(&mut window, LandscapeCommand::Set(settings()));
    window.get_by_label("35 pictures are judged");
    window.click(Role::Button, "Judge the landscape");
    window.until("the landscape", complete);
    window.run_steps(3);
    let (words, rect) = image(&window, "Landscape, Rotation across and Lamp upwards.");
    assert!(words.contains("35 of 35 points judged"), "{words}");
    assert!(words.contains("The sliders lie in it."), "{words}");
    image(&window, "Scale of the map, P(melanoma): from 0 to 1");
    window.check_accessibility();

    // A click in the upper right corner: the last point.
    window.click_at(pos2(rect.right() - 12.0, rect.top() + 12.0));
    let moved = window.perturbation();
    let expected = Perturbation {
        rotate: 90.0,
        kelvin: 9_000.0,
        ..only(Control::OffsetGreen, -10.0)
    };
    assert_eq!(moved, expected);
    let p = window.verdict().verdict.p_melanoma;
    let seen = shown(window.seen()).expect("shown");
    assert_eq!(seen.fields[0].grid.values()[34], p, "to the last bit");
    // The arrow keys go on from there; all of it can be undone.
    window.key(Key::ArrowLeft);
    window.key(Key::ArrowDown);
    assert_eq!(window.perturbation().rotate, 60.0);
    assert_eq!(window.perturbation().kelvin, 7_500.0);
    for _ in 0..3 {
        window.ask(Command::Undo);
    }
    assert_eq!(window.perturbation(), only(Control::OffsetGreen, -10.0));

    // Another slider: it says so.
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::OffsetRed, 10.0)),
    ));
    window.get_by_label_contains("The other sliders are not where");
    let (words, _) = image(&window, "Landscape, ");
    assert!(words.contains("others have been moved"), "{words}");

    // Files as those of the command line.
    let path = |name: &str| folder.path().join(name);
    for (kind, name) in [(FileKind::Csv, "map.csv"), (FileKind::Svg, "map.svg")] {
        ask(&mut window, LandscapeCommand::Save(kind, path(name)));
        window.until("the file", |state| {
            state.messages.iter().any(|one| one.text.contains(name))
        });
    }
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_flipscope"))
        .args(["explain", "landscape"])
        .arg(path("mole.png"))
        .args(["--x", "rotate,-90,90,7", "--y", "kelvin,3000,9000,5"])
        .args(["--offset", "0,-10,0", "--device", "cpu"])
        .args([Path::new("--model"), &path("tiny.safetensors")])
        .args([Path::new("--out"), &path("line.svg")])
        .args([Path::new("--csv"), &path("line.csv")])
        .output()
        .expect("the program");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{error}");
    let text = |name: &str| std::fs::read_to_string(path(name)).expect("a file");
    assert_eq!(text("map.csv"), text("line.csv"));
    assert_eq!(text("map.svg"), text("line.svg"));
}

#[test]
fn it_is_stopped_and_goes_on_and_sliders_do_not_wait_for_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::Turn(Page::Landscape));
    let fine = Settings {
        x: axis(Parameter::Rotate, -180.0, 180.0, 181),
        y: axis(Parameter::ShiftX, -12.0, 12.0, 49),
        ..Settings::default()
    };
    ask(&mut window, LandscapeCommand::Set(fine));
    ask(&mut window, LandscapeCommand::Start);
    window.until("points", |state| {
        shown(state).is_some_and(|shown| shown.fields[0].grid.judged() > 20)
    });
    window.get_by_label_contains("Under way: Landscape of mole.png: ");
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::Rotation, 33.0)),
    ));
    window.verdict();
    assert!(!complete(window.seen()), "a verdict came meanwhile");
    window.click(Role::Button, "Cancel");
    window.until("the end", |state| state.landscape.task.is_none());
    let judged = shown(window.seen()).expect("kept").fields[0].grid.judged();
    assert!((20..181 * 49).contains(&judged));
    window.run_steps(2);
    let (words, _) = image(&window, "Landscape, ");
    assert!(words.contains(" of 8,869 points judged"), "{words}");
    window.click(Role::Button, "Go on");
    window.until("more points", |state| {
        shown(state).is_some_and(|shown| shown.fields[0].grid.judged() > judged)
    });
    // Closing the lesion ends it.
    let id = window.lesion().id;
    window.ask(Command::Close(id));
    window.until("the end", |state| state.landscape.task.is_none());
    assert!(window.seen().landscape.shown.is_none());
}

#[test]
fn a_profile_is_a_curve_and_axes_that_make_no_sense_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::Turn(Page::Landscape));
    let wrong = Settings {
        x: axis(Parameter::Gain(None), 0.9, 1.1, 5),
        y: axis(Parameter::Gain(Some(1)), 0.9, 1.1, 5),
        ..Settings::default()
    };
    ask(&mut window, LandscapeCommand::Set(wrong));
    ask(&mut window, LandscapeCommand::Start);
    let newest = &window.seen().messages.last().expect("a refusal").text;
    assert!(newest.contains("varies what the first varies"), "{newest}");
    let profile = Settings {
        x: axis(Parameter::Tint, -0.02, 0.02, 9),
        ..Settings::default()
    };
    ask(&mut window, LandscapeCommand::Set(profile));
    window.click(Role::RadioButton, "Kind: Profile");
    window.click(Role::Button, "Judge the landscape");
    window.until("the profile", complete);
    window.run_steps(3);
    let (words, rect) = image(&window, "Profile along Tint.");
    assert!(words.contains("9 of 9 points judged"), "{words}");
    window.click_at(pos2(rect.right() - 8.0, rect.center().y));
    assert_eq!(window.perturbation().tint, 0.02);
    window.check_accessibility();
}

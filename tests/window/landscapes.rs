//! The page Landscape: P over two parameters, coarse to fine; it is stopped and goes on, read out, clicked, and written.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, pos2};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::landscape::command::LandscapeCommand;
use flipscope::explorer::landscape::settings::Settings;
use flipscope::explorer::landscape::state::Shown;
use flipscope::explorer::page::Page;
use flipscope::explorer::state::State;
use flipscope_base::human::probability;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::figure::FileKind;
use flipscope_lab::explain::landscape::{LandscapeAxis, Parameter};

use super::explained::{command_line, picture, said, small, text};
use super::support::{HALL, Window, can_be_read_from_the_last_row, only};

pub(super) fn ask(window: &mut Window, command: LandscapeCommand) {
    window.ask(Command::Landscape(command));
}

pub(super) fn settings() -> Settings {
    Settings {
        x: LandscapeAxis::new(Parameter::Rotate, [-90.0, 90.0], 7),
        y: LandscapeAxis::new(Parameter::Kelvin, [3_000.0, 9_000.0], 5),
        ..Settings::default()
    }
}

pub(super) fn shown(state: &State) -> Option<&Shown> {
    state.selected.and_then(|id| state.landscape.of(id))
}

pub(super) fn complete(state: &State) -> bool {
    state.landscape.task.is_none() && shown(state).is_some_and(Shown::is_complete)
}

/// Axes that leave out where the sliders are: that is what is said, not that anything was moved, for nothing was.
#[test]
fn sliders_beyond_the_axes_are_not_said_to_have_been_moved() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.keys(Modifiers::COMMAND, Key::Num5);
    ask(
        &mut window,
        LandscapeCommand::Set(Settings {
            x: LandscapeAxis::new(Parameter::Rotate, [-22.5, 45.5], 3),
            y: LandscapeAxis::new(Parameter::ShiftX, [3.0, 50.0], 2),
            ..Settings::default()
        }),
    );
    window.click(Role::Button, "Judge the landscape");
    window.until("the landscape", complete);
    let moved = "Sliders that belong to neither axis were moved";
    for presenting in [false, true] {
        if presenting {
            window.key(Key::F11);
        }
        window.run_steps(3);
        window.get_by_label_contains("The sliders are outside the axes");
        assert!(window.query_by_label_contains(moved).is_none());
    }
    // Another one as well: both are said.
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::OffsetRed, 10.0)),
    ));
    window.get_by_label_contains("The sliders are outside the axes");
    window.get_by_label_contains(moved);
    // A click on the landscape mends both.
    ask(&mut window, LandscapeCommand::MoveTo(0));
    assert!(window.query_by_label_contains("outside the axes").is_none());
    assert!(window.query_by_label_contains(moved).is_none());
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
    window.get_by_label_contains("Where the verdict flips");
    ask(&mut window, LandscapeCommand::Set(settings()));
    window.get_by_label_contains("35 pictures are judged, in about ");
    window.click(Role::Button, "Judge the landscape");
    window.until("the landscape", complete);
    window.run_steps(3);
    let (words, rect) = picture(&window, "Landscape, Rotation across and Lamp upwards.");
    assert!(words.contains("35 of 35 points judged"), "{words}");
    assert!(words.contains("The sliders lie in it."), "{words}");
    picture(&window, "Scale of the map, P(melanoma): from 0 to 1");
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
    // The page says what was found there.
    window.run_steps(2);
    window.get_by_label_contains(&format!("P(melanoma) {}: ", probability(p, 3)));
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
    window.get_by_label_contains("Sliders that belong to neither axis were moved");
    let (words, _) = picture(&window, "Landscape, ");
    assert!(words.contains("others have been moved"), "{words}");

    // Files as those of the command line.
    let path = |name: &str| folder.path().join(name);
    for (kind, name) in [(FileKind::Csv, "map.csv"), (FileKind::Svg, "map.svg")] {
        ask(&mut window, LandscapeCommand::Save(kind, path(name)));
        window.until("the file", |state| said(state, name));
    }
    let flags = "--x rotate,-90,90,7 --y kelvin,3000,9000,5 --offset 0,-10,0";
    let flags: Vec<&str> = flags.split(' ').collect();
    command_line(folder.path(), "landscape", &flags);
    let text = |name: &str| text(folder.path(), name);
    assert_eq!(text("map.csv"), text("line.csv"));
    assert_eq!(text("map.svg"), text("line.svg"));
}

#[test]
fn it_is_stopped_and_goes_on_and_sliders_do_not_wait_for_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::OpenPage(Page::Landscape));
    let fine = Settings {
        x: LandscapeAxis::new(Parameter::Rotate, [-180.0, 180.0], 181),
        y: LandscapeAxis::new(Parameter::ShiftX, [-12.0, 12.0], 49),
        ..Settings::default()
    };
    ask(&mut window, LandscapeCommand::Set(fine));
    ask(&mut window, LandscapeCommand::Start);
    window.until("points", |state| {
        shown(state).is_some_and(|shown| shown.fields[0].grid.judged() > 20)
    });
    window.get_by_label_contains("Under way: Landscape of mole.png: ");
    window.until("the rate", |state| {
        let task = state.landscape.task.as_ref();
        task.is_none_or(|task| task.pace.left.is_some())
    });
    // As text, and of the bar.
    let left = window.query_all_by_label_contains(" of 8,869, about ");
    assert_eq!(left.count(), 2);
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
    let (words, _) = picture(&window, "Landscape, ");
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
    window.ask(Command::OpenPage(Page::Landscape));
    let wrong = Settings {
        x: LandscapeAxis::new(Parameter::Gain(None), [0.9, 1.1], 5),
        y: LandscapeAxis::new(Parameter::Gain(Some(1)), [0.9, 1.1], 5),
        ..Settings::default()
    };
    ask(&mut window, LandscapeCommand::Set(wrong));
    ask(&mut window, LandscapeCommand::Start);
    let newest = &window.seen().messages.last().expect("a refusal").text;
    assert!(newest.contains("varies what the first varies"), "{newest}");
    let profile = Settings {
        x: LandscapeAxis::new(Parameter::Tint, [-0.02, 0.02], 9),
        ..Settings::default()
    };
    ask(&mut window, LandscapeCommand::Set(profile));
    window.click(Role::RadioButton, "Kind: Profile");
    window.click(Role::Button, "Judge the landscape");
    window.until("the profile", complete);
    window.run_steps(3);
    let (words, rect) = picture(&window, "Profile along Tint.");
    assert!(words.contains("9 of 9 points judged"), "{words}");
    window.click_at(pos2(rect.right() - 8.0, rect.center().y));
    assert_eq!(window.perturbation().tint, 0.02);
    window.check_accessibility();
}

/// In a lecture hall the plot fills the screen, its axes and what is read out are for the last row, and the form comes by key.
#[test]
fn a_hall_can_read_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::OpenPage(Page::Landscape));
    window.key(Key::F11);
    // What it says at the beginning stands below the page for a while.
    window.ask(Command::DismissAll);
    window.set_size(HALL.into());
    window.run_steps(4);
    window.node(Role::Button, "Judge the landscape");
    for (settings, begins) in [
        (settings(), "Landscape, Rotation across"),
        (
            Settings {
                profile: true,
                ..settings()
            },
            "Profile along Rotation",
        ),
    ] {
        ask(&mut window, LandscapeCommand::Set(settings));
        ask(&mut window, LandscapeCommand::Start);
        window.until("the landscape", complete);
        window.remove_cursor();
        window.run_steps(4);
        assert!(window.query_by_label("Judge the landscape").is_none());
        can_be_read_from_the_last_row(&window, begins);
        let (_, plot) = picture(&window, begins);
        assert!(plot.height() >= 0.8 * HALL[1], "{begins}: {plot:?}");
        assert!(plot.width() >= 0.65 * HALL[0], "{begins}: {plot:?}");
        window.get_by_label("Where the sliders are");
        window.hover_at(plot.center());
        window.run_steps(4);
        window.get_by_label("Under the pointer");
        window.fits_everywhere(begins);
        window.set_size(HALL.into());
        window.run_steps(4);
    }
    window.key(Key::T);
    window.node(Role::Button, "Judge the landscape");
    window.key(Key::T);
    assert!(window.query_by_label("Judge the landscape").is_none());
}

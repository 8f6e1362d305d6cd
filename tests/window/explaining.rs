//! The page Explain: maps of a lesion before and after the sliders' alteration, while sliders stay usable; cancel, files.

use std::cell::RefCell;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::explain::command::ExplainCommand;
use flipscope::explorer::explain::settings::Settings;
use flipscope::explorer::explain::state::Explained;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::page::Page;
use flipscope_lab::explain::figure::FileKind;
use flipscope_lab::explain::occlusion::Occlusion;

use super::explained::{command_line, picture, said, small, text};
use super::support::{HALL, LECTURE_HALL, Window, can_be_read_from_the_last_row, launch, only};

pub(super) fn explain(window: &mut Window, command: ExplainCommand) {
    window.ask(Command::Explain(command));
}

/// The map that is shown, once it has been made.
pub(super) fn made(window: &mut Window) -> Arc<Explained> {
    window.until("the map", |state| {
        let shown = state.selected.and_then(|id| state.explain.of(id));
        state.explain.task.is_none() && (shown.is_some() || !state.messages.is_empty())
    });
    let seen = window.seen();
    let shown = seen.selected.and_then(|id| seen.explain.of(id));
    let shown = shown.unwrap_or_else(|| panic!("{:?}", seen.messages));
    Arc::clone(&shown.explained)
}

#[test]
fn maps_before_and_after_are_shown_and_written_as_the_command_line_writes_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::OffsetGreen, -30.0)),
    ));
    window.verdict();
    window.keys(Modifiers::COMMAND, Key::Num4);
    assert_eq!(window.seen().page, Page::Explain);
    window.get_by_label_contains("What the network looks at");
    window.click(Role::RadioButton, "Method: Occlusion");
    let settings = Settings {
        occlusion: Occlusion {
            size: 100,
            stride: 60,
        },
        ..Settings::default()
    };
    explain(&mut window, ExplainCommand::Set(Box::new(settings)));
    // Of both maps.
    window.get_by_label_contains("52 pictures are judged, in about ");
    window.click(Role::Button, "Make the map");
    let explained = made(&mut window);
    assert_eq!(explained.pictures.len(), 2);
    window.run_steps(3);

    // What is painted is said.
    let after = window.verdict().verdict;
    let (altered, _) = picture(&window, "Altered: P(melanoma)");
    assert!(altered.contains("The map goes from"), "{altered}");
    assert_eq!(explained.pictures[1].map.verdict, after);
    picture(&window, "Original: P(melanoma)");
    picture(&window, "Scale of the map, P(melanoma): from −");
    let [first, second] = [0, 1].map(|at| {
        let colours = explained.pictures[at].colours.as_ref();
        colours.expect("painted").0.as_change()
    });
    assert_eq!(first, second, "one scale");
    window.check_accessibility();

    // The sliders move on: it says so.
    window.ask(Command::ResetAll);
    window.get_by_label_contains("have been moved since");
    window.ask(Command::Undo);

    // Files as those of the command line.
    let path = |name: &str| folder.path().join(name);
    for (kind, name) in [
        (FileKind::Csv, "map.csv"),
        (FileKind::Svg, "map.svg"),
        (FileKind::Png, "map.png"),
        (FileKind::Pdf, "map.pdf"),
    ] {
        explain(&mut window, ExplainCommand::Save(kind, path(name)));
        window.until("the file", |state| said(state, name));
    }
    let flags = "--size 100 --stride 60 --offset 0,-30,0 --both --opacity 0.6";
    let flags: Vec<&str> = flags.split(' ').collect();
    command_line(folder.path(), "occlusion", &flags);
    let text = |name: &str| text(folder.path(), name);
    assert_eq!(text("map.csv"), text("line.csv"));
    assert_eq!(text("map.original.csv"), text("line.original.csv"));
    assert!(text("map.csv") != text("map.original.csv"));
    assert_eq!(text("map.svg"), text("line.svg"));
    assert_eq!(text("map.svg").matches("<image").count(), 6);
    assert!(
        std::fs::read(path("map.pdf"))
            .expect("a PDF")
            .starts_with(b"%PDF")
    );
}

#[test]
fn both_maps_are_one_piece_of_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::OffsetGreen, -30.0)),
    ));
    window.verdict();
    window.ask(Command::OpenPage(Page::Explain));
    window.get_by_label_contains("970 pictures are judged");
    explain(&mut window, ExplainCommand::Start);
    let told = RefCell::new(Vec::new());
    window.until("the maps", |state| {
        let task = state.explain.task.as_ref();
        told.borrow_mut().extend(task.map(|task| task.progress));
        task.is_none()
    });
    let mut told = told.into_inner();
    told.retain(|[_, of]| *of > 0);
    assert!(!told.is_empty());
    assert!(told.iter().all(|[_, of]| *of == 970), "{told:?}");
    assert!(told.is_sorted_by_key(|[done, _]| *done), "{told:?}");
    // Unaltered, there is one map, and no other is offered: it says why.
    let (role, both) = (Role::CheckBox, "Also the map of the original");
    assert!(!window.node(role, both).accesskit_node().is_disabled());
    window.ask(Command::ResetAll);
    window.get_by_label_contains("485 pictures are judged");
    assert!(window.node(role, both).accesskit_node().is_disabled());
    let at = window.place(role, both).center();
    window.hover_at(at);
    window.run_steps(60);
    window.get_by_label_contains("No slider has been moved");
}

#[test]
fn a_map_is_cancelled_and_a_slider_does_not_wait_for_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::OpenPage(Page::Explain));
    let settings = Settings {
        occlusion: Occlusion {
            size: 59,
            stride: 1,
        },
        ..Settings::default()
    };
    explain(&mut window, ExplainCommand::Set(Box::new(settings)));
    window.click(Role::Button, "Make the map");
    window.until("progress", |state| {
        state
            .explain
            .task
            .as_ref()
            .is_some_and(|task| task.progress[0] > 0)
    });
    window.get_by_label_contains("Explaining mole.png");
    // Interactive requests go first.
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::OffsetRed, -7.0)),
    ));
    window.verdict();
    let task = window.seen().explain.task.as_ref().expect("it goes on");
    assert!(task.progress[0] < task.progress[1]);
    window.check_accessibility();
    window.click(Role::Button, "Cancel");
    window.until("the end", |state| state.explain.task.is_none());
    assert!(said(window.seen(), "Cancelled"));
    assert!(window.seen().explain.kept.is_empty());
    window.get_by_label_contains("Choose a method");
}

#[test]
fn what_stands_in_the_way_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = launch(Launch::default(), LECTURE_HALL, Theme::Dark) else {
        return;
    };
    window.ask(Command::OpenPage(Page::Explain));
    window.get_by_label_contains("What the network looks at");
    explain(&mut window, ExplainCommand::Start);
    assert!(said(window.seen(), "No lesion is open"));
    drop(window);
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::OpenPage(Page::Explain));
    let settings = Settings {
        occlusion: Occlusion {
            size: 400,
            stride: 14,
        },
        ..Settings::default()
    };
    explain(&mut window, ExplainCommand::Set(Box::new(settings)));
    explain(&mut window, ExplainCommand::Start);
    window.until("the refusal", |state| said(state, "size: 400 pixels"));
    assert!(window.seen().explain.task.is_none());
    explain(&mut window, ExplainCommand::AskSave(FileKind::Png));
    assert!(said(window.seen(), "no map of this lesion"));
}

/// In a lecture hall the maps take the width, everything is for the last row, and the form comes by key.
#[test]
fn a_hall_can_read_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::OffsetGreen, -30.0)),
    ));
    window.verdict();
    window.ask(Command::OpenPage(Page::Explain));
    window.key(Key::F11);
    // What it says at the beginning stands below the page for a while.
    window.ask(Command::DismissAll);
    window.set_size(HALL.into());
    window.run_steps(4);
    window.node(Role::Button, "Make the map");
    let settings = Settings {
        occlusion: Occlusion {
            size: 100,
            stride: 60,
        },
        ..Settings::default()
    };
    explain(&mut window, ExplainCommand::Set(Box::new(settings)));
    explain(&mut window, ExplainCommand::Start);
    made(&mut window);
    window.remove_cursor();
    window.run_steps(4);
    assert!(window.query_by_label("Make the map").is_none());
    can_be_read_from_the_last_row(&window, "maps");
    let (_, map) = picture(&window, "Altered: P(melanoma)");
    assert!(map.height() >= 0.6 * HALL[1], "{map:?}");
    // Nor is the scale of its colours cut off.
    let (_, scale) = picture(&window, "Scale of the map");
    assert!(scale.bottom() < HALL[1] - 30.0, "{scale:?}");
    window.fits_everywhere("maps in a hall");
    window.set_size(HALL.into());
    window.run_steps(4);
    // One map alone is as high as the page, with its words beside it.
    window.ask(Command::ResetAll);
    window.verdict();
    explain(&mut window, ExplainCommand::Start);
    made(&mut window);
    window.run_steps(4);
    can_be_read_from_the_last_row(&window, "one map");
    let (_, map) = picture(&window, "Original: P(melanoma)");
    assert!(map.height() >= 0.75 * HALL[1], "{map:?}");
    let (_, scale) = picture(&window, "Scale of the map");
    assert!(scale.left() > map.right(), "{scale:?} {map:?}");
    window.set_size(HALL.into());
    window.run_steps(4);
    window.key(Key::T);
    window.node(Role::Button, "Make the map");
}

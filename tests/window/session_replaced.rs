//! Sessions that another one replaces: what a person worked on stays in the menu.

use std::path::Path;

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::session::command::SessionCommand;
use flipscope::explorer::session::file;
use flipscope::explorer::session::shelf::Earlier;

use super::opened::{keeping_bare, names, settled};
use super::support::{Window, only, write_chart};

/// A run with these photographs, which ends at once, or after one slider was moved.
fn run(folder: &Path, photographs: &[&str], rotation: Option<&str>) -> Option<()> {
    let paths = photographs.iter().map(|name| folder.join(name)).collect();
    let mut window = keeping_bare(folder, paths)?;
    window.until("the photographs", settled);
    if let Some(degrees) = rotation {
        window.type_number(Control::Rotation, degrees);
    }
    Some(())
}

fn earlier(window: &Window) -> Vec<Earlier> {
    window.seen().sessions.replaced.earlier.clone()
}

/// As when a note and a damaged photograph are opened by mistake, and a photograph after them.
#[test]
fn a_session_without_a_readable_photograph_replaces_none() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["work.png", "mole.png"] {
        write_chart(folder.path(), name);
    }
    for name in ["note.txt", "broken.jpg"] {
        std::fs::write(folder.path().join(name), "nothing to see").expect("written");
    }
    let run = |photographs: &[&str], rotation| run(folder.path(), photographs, rotation);
    if run(&["work.png"], Some("21")).is_none() {
        return;
    }
    run(&["note.txt", "broken.jpg"], None).expect("as before");
    run(&["mole.png"], None).expect("as before");
    let previous = file::open(&folder.path().join("previous.session")).expect("a session");
    let perturbations = &previous.session.perturbations;
    assert!((perturbations.iter()).any(|one| **one == only(Control::Rotation, 21.0)));
}

/// Neither do two photographs that are opened one after the other: what the first replaced moves on, under its date.
#[test]
fn two_more_starts_with_a_photograph_leave_the_work_in_the_menu() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["work.png", "mole.png", "other.png"] {
        write_chart(folder.path(), name);
    }
    if run(folder.path(), &["work.png"], Some("21")).is_none() {
        return;
    }
    run(folder.path(), &["mole.png"], None).expect("as before");
    let paths = vec![folder.path().join("other.png")];
    let mut window = keeping_bare(folder.path(), paths).expect("as before");
    window.until("the work", |state| {
        state.sessions.replaced.earlier.len() == 1
    });
    // The previous one is the photograph that was open in between.
    window.ask(Command::Session(SessionCommand::OpenPrevious));
    window.until("the photograph", settled);
    window.until("its name", |state| state.lesions[0].name == "mole.png");
    assert_eq!(earlier(&window).len(), 1, "it was open, nothing is shelved");

    let [work] = &earlier(&window)[..] else {
        unreachable!("one");
    };
    let name = format!("Saved {}", work.date());
    window.get_by_label("File").click();
    window.run_steps(2);
    window.get_by_label_contains("Recent sessions").click();
    window.run_steps(2);
    window.click(Role::Button, &name);
    window.until("the work", |state| {
        settled(state) && state.lesions[0].name == "work.png"
    });
    assert_eq!(names(&window), ["work.png"]);
    assert_eq!(window.perturbation(), only(Control::Rotation, 21.0));
    assert!(
        window.seen().sessions.recent.is_empty(),
        "it has a place in the menu"
    );
}

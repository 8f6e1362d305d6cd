//! Photographs of a session that are missing, and come back.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::explore::lesion::Origin;
use flipscope::explorer::session::command::SessionCommand;
use flipscope::explorer::state::State;

use super::opened::{album, keeping_bare, message, settled, write_labels};
use super::session_unreadable::go_on_in;
use super::support::Window;

/// The label of a lesion, by its place in the list.
fn label(state: &State, place: usize) -> Option<String> {
    let id = state.lesions[place].id;
    let row = state.list.rows.iter().find(|row| row.id == id)?;
    row.truth.as_ref().map(|truth| truth.name().to_owned())
}

/// Labels are for photographs that are there: one that comes back gets its label back, and nothing says any longer that it is missing.
#[test]
fn a_photograph_that_is_put_back_has_its_label_again() {
    let album = album(&["a.png", "b.png", "c.png"]);
    write_labels(album.path(), "a,melanoma\nb,melanoma\nc,nevus\n");
    let state = tempfile::tempdir().expect("a folder");
    let Some(mut window) = keeping_bare(state.path(), vec![album.path().to_owned()]) else {
        return;
    };
    window.until("the photographs", settled);
    window.type_number(Control::Rotation, "21");
    drop(window);
    let at = |name: &str| album.path().join(name);
    for name in ["a.png", "b.png"] {
        std::fs::rename(at(name), at(name).with_extension("away")).expect("moved");
    }

    let mut window = go_on_in(state.path());
    assert!(message(&window, "Missing since").contains("a.png, b.png"));
    assert_eq!(label(window.seen(), 0), None);
    for (place, name) in ["a.png", "b.png"].into_iter().enumerate() {
        std::fs::rename(at(name).with_extension("away"), at(name)).expect("moved back");
        window.ask(Command::Select(window.seen().lesions[place].id));
        window.click(Role::Button, "Try again");
        window.until("its label", |state| {
            label(state, place).as_deref() == Some("melanoma")
        });
        let still = window.seen().messages.iter();
        let mut still = still.filter(|one| one.text.contains("Missing since"));
        match place {
            0 => assert!(!still.next().expect("b.png").text.contains("a.png")),
            _ => assert_eq!(still.next(), None),
        }
    }
    assert_eq!(label(window.seen(), 2).as_deref(), Some("nevus"));
}

fn origins(window: &Window) -> Vec<PathBuf> {
    let lesions = window.seen().lesions.iter();
    let files = lesions.filter_map(|lesion| match &lesion.origin {
        Origin::File(path) => Some(path.clone()),
        Origin::Sample(_) => None,
    });
    files.collect()
}

/// Two labelled photographs of a folder, one altered, saved as a session in that folder.
fn saved(album: &Path) -> Option<PathBuf> {
    write_labels(album, "a,melanoma\nb,nevus\n");
    let state = tempfile::tempdir().expect("a folder");
    let mut window = keeping_bare(state.path(), vec![album.to_owned()])?;
    window.until("the photographs", settled);
    window.type_number(Control::Rotation, "21");
    let file = album.join("lecture.session");
    let save = SessionCommand::SaveAs(file.clone());
    window.ask(Command::Session(save));
    window.until("the session", |_| file.exists());
    Some(file)
}

/// A session that is copied to another machine with its photographs has them, their sliders and their labels.
#[test]
fn a_session_is_opened_with_the_photographs_beside_it() {
    let album = album(&["a.png", "b.png"]);
    let Some(file) = saved(album.path()) else {
        return;
    };
    let other = tempfile::tempdir().expect("a folder");
    let now = other.path().join("stick");
    std::fs::rename(album.path(), &now).expect("moved");

    let mut window = keeping_bare(other.path(), Vec::new()).expect("as before");
    let file = now.join(file.file_name().expect("a name"));
    window.ask(Command::Session(SessionCommand::Open(file)));
    window.until("the labels", |state| {
        settled(state) && label(state, 1).as_deref() == Some("nevus")
    });
    assert_eq!(
        origins(&window),
        ["a.png", "b.png"].map(|name| now.join(name))
    );
    assert_eq!(label(window.seen(), 0).as_deref(), Some("melanoma"));
    assert_eq!(window.perturbation().rotate, 21.0);
    message(&window, "2 photographs were no longer where they were");
    let mut messages = window.seen().messages.iter();
    assert!(!messages.any(|one| one.text.contains("Missing since")));
}

/// Photographs elsewhere are found where a person says, if they are the same files.
#[test]
fn a_person_can_say_where_the_photographs_of_a_session_are() {
    let album = album(&["a.png", "b.png"]);
    let Some(file) = saved(album.path()) else {
        return;
    };
    let other = tempfile::tempdir().expect("a folder");
    let now = other.path().join("stick");
    let session = other.path().join("lecture.session");
    std::fs::rename(file, &session).expect("moved");
    std::fs::rename(album.path(), &now).expect("moved");

    let mut window = keeping_bare(&other.path().join("state"), Vec::new()).expect("as before");
    window.ask(Command::Session(SessionCommand::Open(session)));
    window.until("the photographs", settled);
    message(&window, "say where the photographs are now");
    window.node(Role::Button, "Where are the photographs?…");
    window.fits_everywhere("a missing photograph");
    let missing = message(&window, "Missing since");
    assert!(
        missing.contains("Their labels are read again once"),
        "{missing}"
    );
    let look = |window: &mut Window, folder: &Path, said: &str| {
        let look = SessionCommand::LookIn(folder.to_owned());
        window.ask(Command::Session(look));
        window.until(said, |state| {
            settled(state) && state.messages.iter().any(|one| one.text.contains(said))
        });
    };
    // Another picture of the same name.
    let others = tempfile::tempdir().expect("a folder");
    std::fs::copy(now.join("b.png"), others.path().join("a.png")).expect("copied");
    look(&mut window, others.path(), "0 of 2 missing photographs");
    look(&mut window, &now, "2 of 2 missing photographs");
    window.until("the labels", |state| {
        label(state, 0).as_deref() == Some("melanoma")
    });
    assert_eq!(
        origins(&window),
        ["a.png", "b.png"].map(|name| now.join(name))
    );
    assert_eq!(window.perturbation().rotate, 21.0);
    let mut messages = window.seen().messages.iter();
    assert!(!messages.any(|one| one.text.contains("Missing since")));
}

/// How many were found in a folder that is the wrong one stays in sight: nothing is said of their labels by itself.
#[test]
fn a_wrong_folder_named_with_a_session_is_said_with_the_number_of_photographs() {
    let album = album(&["a.png", "b.png"]);
    let Some(file) = saved(album.path()) else {
        return;
    };
    let other = tempfile::tempdir().expect("a folder");
    let session = other.path().join("lecture.session");
    let wrong = other.path().join("wrong");
    std::fs::rename(file, &session).expect("moved");
    std::fs::remove_dir_all(album.path()).expect("removed");
    std::fs::create_dir(&wrong).expect("a folder");
    std::fs::write(wrong.join("notes.txt"), "nothing").expect("a file");

    let state = other.path().join("state");
    let mut window = keeping_bare(&state, Vec::new()).expect("as before");
    window.drop_files(&[session, wrong]);
    window.until("the labels", settled);
    let missing = message(&window, "Missing since");
    assert!(
        missing.contains("a.png, b.png") && missing.contains("say where the photographs are now")
    );
    assert!(
        missing.contains("Their labels are read again once"),
        "{missing}"
    );
    // Shown are the two newest.
    let messages = window.seen().messages.iter().rev();
    let mut newest = messages.take(2);
    assert!(newest.any(|one| {
        one.text
            .starts_with("0 of 2 missing photographs were found in")
    }));
    let mut messages = window.seen().messages.iter();
    assert!(!messages.any(|one| one.text.contains("No labels")));
}

/// A folder that is named with a session is where its photographs are now; where it holds none of them, its photographs are added. So
/// a folder can be named where the system shows no dialog.
#[test]
fn a_folder_named_with_a_session_is_looked_through_or_opened_too() {
    let album = album(&["a.png", "b.png"]);
    let Some(file) = saved(album.path()) else {
        return;
    };
    let other = tempfile::tempdir().expect("a folder");
    let at = |name: &str| other.path().join(name);
    let (session, now, more) = (at("lecture.session"), at("stick"), at("more"));
    std::fs::rename(file, &session).expect("moved");
    std::fs::rename(album.path(), &now).expect("moved");
    std::fs::create_dir(&more).expect("a folder");
    std::fs::copy(now.join("b.png"), more.join("c.png")).expect("copied");

    let mut window = keeping_bare(&at("state"), Vec::new()).expect("as before");
    window.drop_files(&[session.clone(), now.clone()]);
    window.until("the labels", |state| {
        settled(state) && label(state, 1).as_deref() == Some("nevus")
    });
    let there = ["a.png", "b.png"].map(|name| now.join(name));
    assert_eq!(origins(&window), there);
    assert_eq!(window.perturbation().rotate, 21.0);
    message(&window, "2 of 2 missing photographs were found in");
    let mut messages = window.seen().messages.iter();
    assert!(!messages.any(|one| one.text.contains("Missing since")));
    drop(window);

    // A photograph by itself, and a folder of others, on the command line.
    let named = vec![session, now.join("a.png"), more.clone()];
    let mut window = keeping_bare(&at("another state"), named).expect("as before");
    window.until("the photographs", |state| {
        settled(state) && state.lesions.len() == 3
    });
    let files = origins(&window);
    assert_eq!(
        [&files[0], &files[2]],
        [&now.join("a.png"), &more.join("c.png")]
    );
    assert!(!files[1].exists(), "nobody has said where it is");
}

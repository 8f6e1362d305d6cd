//! Photographs of a session that are missing, and come back.

use egui::accesskit::Role;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::state::State;

use super::opened::{album, keeping_bare, message, settled, write_labels};
use super::session_unreadable::go_on_in;

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

//! Files that cannot be read at the next start: said once, tried again when they have changed, and never guessed.

use std::path::Path;
use std::time::Duration;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::explore::lesion::{Lesion, Picture, Requested};
use flipscope::explorer::session::command::SessionCommand;
use flipscope_image::perturb::Perturbation;
use flipscope_model::ModelSource;

use super::opened::{keeping, keeping_bare, message, settled};
use super::sessions::go_on;
use super::support::{Window, chart, only, write_chart};

#[test]
fn a_damaged_photograph_is_called_damaged_after_a_restart_and_not_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = chart().to_png().expect("a PNG");
    let half = &whole[..whole.len() / 2];
    // Read and damaged since, never readable, and never there.
    let [read, never, gone] =
        ["read.png", "never.png", "gone.png"].map(|name| folder.path().join(name));
    std::fs::write(&read, &whole).expect("written");
    std::fs::write(&never, half).expect("written");
    let paths = vec![read.clone(), never, gone];
    let Some(mut window) = keeping_bare(folder.path(), Vec::new()) else {
        return;
    };
    for path in paths {
        window.ask(Command::Open(vec![path]));
        window.until("the photograph", settled);
    }
    let reasons = |window: &Window| -> Vec<String> {
        let lesions = window.seen().lesions.iter();
        lesions
            .map(|lesion| match &lesion.picture {
                Picture::Failed(why) => why.clone(),
                _ => String::new(),
            })
            .collect()
    };
    let before = reasons(&window);
    drop(window);
    std::fs::write(&read, half).expect("written");

    let mut window = keeping_bare(folder.path(), Vec::new()).expect("as before");
    window.until("the question", |state| state.sessions.offer.is_some());
    assert!(window.query_by_label_contains("missing").is_none());
    go_on(&mut window);
    let after = reasons(&window);
    assert!(
        !after[0].is_empty() && !after[0].contains("missing"),
        "{after:?}"
    );
    assert_eq!(after[1..], before[1..]);
    assert!(after[0].ends_with(after[1].split_once("never.png").expect("named").1));
    let messages = &window.seen().messages;
    assert!(
        messages
            .iter()
            .all(|one| !one.text.contains("Missing since"))
    );
    for name in ["read.png", "never.png"] {
        window.node(Role::ListBoxOption, &format!("{name}, cannot be read"));
    }
}

/// Another start, once all that could not be read has been tried again.
pub(crate) fn go_on_in(folder: &Path) -> Window {
    let mut window = keeping_bare(folder, Vec::new()).expect("as before");
    go_on(&mut window);
    window.until("what is read again", |state| {
        let waits = |lesion: &Lesion| lesion.outdated || lesion.requested != Requested::No;
        !state.lesions.iter().any(waits)
    });
    window.run_steps(10);
    window
}

/// How many messages name it.
fn said(window: &Window, name: &str) -> usize {
    let messages = window.seen().messages.iter();
    messages.filter(|one| one.text.contains(name)).count()
}

/// Once it was said, it is not said again at every start; a file that has changed is tried again.
#[test]
fn what_cannot_be_read_is_said_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = chart().to_png().expect("a PNG");
    let [damaged, gone] = ["damaged.png", "gone.png"].map(|name| folder.path().join(name));
    std::fs::write(&damaged, &whole[..whole.len() / 2]).expect("written");
    std::fs::write(&gone, &whole).expect("written");
    let Some(mut window) = keeping_bare(folder.path(), Vec::new()) else {
        return;
    };
    window.ask(Command::Open(vec![damaged.clone(), gone.clone()]));
    window.until("the photographs", settled);
    message(&window, "damaged.png");
    drop(window);
    std::fs::remove_file(&gone).expect("removed");
    let again = || go_on_in(folder.path());
    let window = again();
    assert_eq!(
        [said(&window, "damaged.png"), said(&window, "gone.png")],
        [0, 1]
    );
    drop(window);
    let window = again();
    assert_eq!(
        [said(&window, "damaged.png"), said(&window, "gone.png")],
        [0, 0]
    );
    for name in ["damaged.png", "gone.png"] {
        window.node(Role::ListBoxOption, &format!("{name}, cannot be read"));
    }
    drop(window);
    // Another damage is another word; what is whole again is simply there.
    std::fs::write(&damaged, "").expect("written");
    std::fs::write(&gone, &whole).expect("written");
    let window = again();
    assert_eq!(
        [said(&window, "damaged.png"), said(&window, "gone.png")],
        [1, 0]
    );
    assert!(window.seen().lesions[1].frame().is_some());
    drop(window);
    std::fs::write(&damaged, &whole).expect("written");
    let window = again();
    assert_eq!(said(&window, "damaged.png"), 0);
    assert!(window.seen().lesions[0].frame().is_some());
}

/// A copy that keeps the time of the original, over a damaged file of the same length: nothing but reading it tells that it is repaired.
#[test]
fn a_repair_that_the_file_does_not_show_is_noticed_at_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = chart().to_png().expect("a PNG");
    let damaged = |from: usize| {
        let mut bytes = whole.clone();
        bytes[from..].fill(0);
        bytes
    };
    let time = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        let file = std::fs::File::options().write(true).open(&path);
        file.and_then(|file| file.set_modified(time))
            .expect("a time");
        path
    };
    let names = ["repaired.png", "the same.png", "worse.png"];
    let paths = names.map(|name| write(name, &damaged(whole.len() / 2)));
    let Some(mut window) = keeping_bare(folder.path(), Vec::new()) else {
        return;
    };
    window.ask(Command::Open(paths.to_vec()));
    window.until("the photographs", settled);
    assert_eq!(names.map(|name| said(&window, name)), [1; 3]);
    drop(window);
    write("repaired.png", &whole);
    write("worse.png", &damaged(0));
    let window = go_on_in(folder.path());
    assert_eq!(names.map(|name| said(&window, name)), [0, 0, 1]);
    assert!(window.seen().lesions[0].frame().is_some());
    let rows = window.query_all(by().role(Role::ListBoxOption));
    let rows = rows.filter_map(|node| node.accesskit_node().label());
    let unread = rows.filter(|label| label.ends_with(", cannot be read"));
    let unread: Vec<String> = unread.collect();
    assert_eq!(
        unread,
        ["the same.png", "worse.png"].map(|name| format!("{name}, cannot be read"))
    );
}

#[test]
fn a_session_that_cannot_be_read_is_set_aside_and_what_is_open_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write_chart(folder.path(), "a.png");
    let Some(mut window) = keeping_bare(folder.path(), vec![path]) else {
        return;
    };
    window.until("the photographs", settled);
    let saved = folder.path().join("mine.session");
    window.ask(Command::Session(SessionCommand::SaveAs(
        saved.with_extension(""),
    )));
    window.until("the file", |state| state.sessions.recent == [saved.clone()]);
    drop(window);
    let last = folder.path().join("last.session");
    let whole = std::fs::read_to_string(&last).expect("saved at the end");

    let newer = whole.replacen("\"version\": 1", "\"version\": 9", 1);
    for (number, (content, part)) in [
        (&whole[..whole.len() / 3], "is damaged"),
        (newer.as_str(), "newer version"),
    ]
    .into_iter()
    .enumerate()
    {
        std::fs::write(&last, content).expect("written");
        let mut window = keeping(folder.path(), Vec::new(), ModelSource::default()).expect("one");
        window.until("the message", |state| !state.messages.is_empty());
        let text = message(&window, part);
        let name = ["last.session.set-aside", "last.session.set-aside-2"][number];
        assert!(
            text.contains("last.session") && text.contains(name),
            "{text}"
        );
        let aside = folder.path().join(name);
        assert_eq!(std::fs::read_to_string(aside).expect("set aside"), content);
        assert!(window.seen().sessions.offer.is_none());
    }

    // Opened by name, such a file stays where it is, and so does what is open.
    let mut window = keeping_bare(folder.path(), vec![folder.path().join("a.png")]).expect("one");
    window.until("the photographs", settled);
    window.type_number(Control::Rotation, "5");
    let broken = folder.path().join("broken.session");
    std::fs::write(&broken, &whole[..100]).expect("written");
    window.drop_files(std::slice::from_ref(&broken));
    window.until("the refusal", |state| !state.messages.is_empty());
    assert!(message(&window, "is damaged").contains("broken.session"));
    assert!(broken.exists());
    assert_eq!(window.perturbation(), only(Control::Rotation, 5.0));
    // A whole one replaces it.
    window.get_by_label("File").click();
    window.run_steps(2);
    window.get_by_label_contains("Recent sessions").click();
    window.run_steps(2);
    window.click(Role::Button, "mine.session");
    window.until("the session", |state| {
        settled(state) && *state.lesions[0].perturbation == Perturbation::default()
    });
}

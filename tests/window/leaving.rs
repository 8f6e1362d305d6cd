//! Before work is lost a person is asked: what is named, what each answer does, and that nothing is asked where nothing is lost.

use std::time::Instant;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::command::Decision;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::search::state::{Form, Saved};
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Budget, Mode, Preset, Strategy};

use crate::support::{HANG, LECTURE_HALL, Window, launch, only, window};

/// A window with a synthetic sample and its verdict.
fn explored() -> Option<Window> {
    let mut window = window()?;
    window.get_by_label("Start with Synthetic 2").click();
    window.step();
    window.verdict();
    Some(window)
}

fn search(window: &mut Window, evaluations: u64) {
    let form = Form {
        attack: Attack::preset(AttackKind::Colour, Preset::Default),
        budget: Budget {
            evaluations: Some(evaluations),
            seconds: None,
        },
        // It does not end before the test wants it to.
        mode: Mode::Lowest,
        strategy: Strategy::Evolution,
        ..Form::default()
    };
    window.ask(Command::Search(SearchCommand::Set(Box::new(form))));
    window.ask(Command::Search(SearchCommand::Start));
}

fn asked(window: &Window, title: &str) -> bool {
    window
        .query_by_role_and_label(Role::AlertDialog, title)
        .is_some()
}

#[test]
fn nothing_is_asked_where_nothing_is_lost() {
    let Some(mut window) = explored() else {
        return;
    };
    window.keys(Modifiers::COMMAND, Key::Q);
    assert!(window.seen().leaving.is_none() && window.state().is_quitting());
}

#[test]
fn quitting_with_a_search_under_way_and_with_a_finding_asks_and_saves() {
    const QUIT: &str = "Quit flipscope?";
    let Some(mut window) = explored() else {
        return;
    };
    search(&mut window, 1_000_000);
    window.until("the search", |state| {
        state.searches.tasks.iter().any(|one| one.best.is_some())
    });
    window.keys(Modifiers::COMMAND, Key::Q);
    assert!(asked(&window, QUIT) && !window.state().is_quitting());
    window.get_by_label_contains("1 search running: Colour on Synthetic 2");

    // Escape takes the question away and leaves the search alone.
    window.key(Key::Escape);
    assert!(!asked(&window, QUIT) && window.seen().leaving.is_none());
    assert_eq!(window.seen().searches.open().count(), 1);

    // A close button of the desktop asks the same.
    window.ask_to_close();
    window.run_steps(2);
    assert!(asked(&window, QUIT) && !window.state().is_quitting());

    // The keyboard is on the answer that loses nothing; keys of the window do nothing meanwhile.
    assert!(window.node(Role::Button, "Save findings…").is_focused());
    let before = window.perturbation();
    window.keys(Modifiers::COMMAND, Key::O);
    assert_eq!(window.perturbation(), before);
    window.click(Role::Button, "Cancel");
    assert!(!asked(&window, QUIT));

    // Saving ends the search, keeps its best, writes it, and quits.
    let folder = tempfile::tempdir().expect("a folder");
    window.keys(Modifiers::COMMAND, Key::Q);
    let save = Decision::SaveInto(folder.path().to_owned());
    window.ask(Command::Decide(save));
    let start = Instant::now();
    while !window.state().is_quitting() {
        assert!(start.elapsed() < HANG, "it did not quit");
        window.step();
    }
    let findings = &window.seen().searches.findings;
    assert!(findings.iter().all(|kept| kept.saved == Saved::Done));
    let written = std::fs::read_dir(folder.path()).expect("a folder");
    let json = written
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "json"));
    assert_eq!(json.count(), findings.len());
    assert_eq!(findings.len(), 1);
}

#[test]
fn quitting_says_that_the_session_keeps_the_findings_and_it_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = || {
        let start = Launch {
            memory: Some(folder.path().join("window.json")),
            ..Launch::default()
        };
        launch(start, LECTURE_HALL, Theme::Light)
    };
    let Some(mut window) = kept() else {
        return;
    };
    window.get_by_label("Start with Synthetic 2").click();
    window.step();
    window.verdict();
    search(&mut window, 30);
    window.until("the finding", |state| {
        state.searches.findings.len() == 1 && state.sessions.is_kept()
    });
    search(&mut window, 1_000_000);
    window.until("the search", |state| {
        state.searches.tasks.iter().any(|one| one.best.is_some())
    });
    window.keys(Modifiers::COMMAND, Key::Q);
    window.get_by_label_contains("The session keeps the finding made so far");
    window.click(Role::Button, "Quit without saving");
    drop(window);
    let mut window = kept().expect("as before");
    window.until("the question", |state| state.sessions.offer.is_some());
    let offer = window
        .seen()
        .sessions
        .offer
        .as_ref()
        .expect("as waited for");
    assert_eq!(offer.opened.session.findings.len(), 1);
}

#[test]
fn closing_a_lesion_with_a_finding_asks_and_does_what_was_decided() {
    let Some(mut window) = explored() else {
        return;
    };
    search(&mut window, 30);
    window.until("the finding", |state| state.searches.findings.len() == 1);
    let (id, open) = (window.lesion().id, window.seen().lesions.len());
    window.ask(Command::Close(id));
    assert_eq!(window.seen().lesions.len(), open, "asked first");
    window.get_by_label_contains(
        "1 finding that is not exported: #1 · Colour, lowest of Synthetic 2",
    );
    window.click(Role::Button, "Close without saving");
    assert_eq!(window.seen().lesions.len(), open - 1);
    assert!(window.seen().lesion(id).is_none() && window.seen().leaving.is_none());
    // What was given up is gone, and comes back with its lesion.
    let findings = |window: &Window| window.seen().searches.findings.len();
    assert_eq!(findings(&window), 0);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert!(window.seen().lesion(id).is_some() && findings(&window) == 1);
    window.keys(Modifiers::COMMAND, Key::Y);
    assert!(window.seen().lesion(id).is_none() && findings(&window) == 0);
}

/// The last frame of a window that is closed takes what was typed, without Enter.
#[test]
fn a_number_that_is_being_typed_is_not_lost() {
    let Some(mut window) = explored() else {
        return;
    };
    window.pause();
    window.click(Role::SpinButton, Control::Rotation.name());
    window.letters("12");
    assert!(window.perturbation().is_identity());
    window.ask_to_close();
    window.step();
    assert_eq!(window.perturbation(), only(Control::Rotation, 12.0));
}

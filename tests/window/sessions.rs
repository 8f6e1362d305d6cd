//! Sessions: what is open is there again at the next start, to the last digit; and what happens where that cannot be.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::explore::lesion::Picture;
use flipscope::explorer::explore::view::{Layout, View};
use flipscope::explorer::history::Gesture;
use flipscope::explorer::page::Tool;
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::search::state::Form;
use flipscope::explorer::session::capture::capture;
use flipscope::explorer::session::command::SessionCommand;
use flipscope::explorer::session::file;
use flipscope::explorer::state::State;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Budget, Preset};
use flipscope_model::ModelSource;

use super::opened::{keeping, keeping_bare, message, names, no_model, settled};
use super::support::{Window, chart, only, write_chart};

pub(crate) const CONTINUE: &str = "Continue where you left off";
const CTRL: Modifiers = Modifiers::COMMAND;

/// Everything that is open, as its file has it.
pub(super) fn written(window: &Window) -> String {
    let bytes = file::encode(&capture(window.seen())).expect("finite numbers");
    String::from_utf8(bytes).expect("JSON")
}

pub(crate) fn go_on(window: &mut Window) {
    window.until("the question", |state| state.sessions.offer.is_some());
    window.click(Role::Button, CONTINUE);
    window.until("the photographs", settled);
}

/// Two photographs with altered sliders and steps to undo, a finding with noise, threshold, theme, view.
#[test]
fn what_was_open_is_there_again_to_the_last_digit() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let state = folder.path().join("state");
    let Some(mut window) = keeping(&state, paths.to_vec(), ModelSource::default()) else {
        return;
    };
    window.until("the photographs", settled);
    window.type_number(Control::Rotation, "33.3");
    window.type_number(Control::Rotation, "12.7");
    window.key(Key::PageDown);
    window.type_number(Control::OffsetGreen, "-7.1");
    window.ask(Command::OpenSamples(1));
    window.verdict();
    let form = Form {
        attack: Attack::preset(AttackKind::Fgsm, Preset::Letter),
        budget: Budget {
            evaluations: Some(3),
            seconds: None,
        },
        seed: 77,
        ..Form::default()
    };
    window.ask(Command::Search(SearchCommand::Set(Box::new(form))));
    window.ask(Command::Search(SearchCommand::Start));
    window.until("the finding", |state| state.searches.findings.len() == 1);
    let id = window.seen().searches.findings[0].id;
    window.ask(Command::Search(SearchCommand::Apply(id)));
    let noisy = window.perturbation();
    assert!(noisy.noise.is_some());
    window.ask(Command::Close(window.seen().lesions[4].id));
    window.ask(Command::SetThreshold(Some(0.432_1)));
    window.ask(Command::Theme(Theme::Dark));
    window.ask(Command::SetView(View {
        layout: Layout::Wipe,
        zoom: 2.7,
        centre: [0.4, 0.61],
        ..View::default()
    }));
    window.ask(Command::ShowTool(Tool::Search));
    let before = written(&window);
    drop(window);

    let mut window = keeping(&state, Vec::new(), ModelSource::default()).expect("as before");
    window.until("the question", |state| state.sessions.offer.is_some());
    window.get_by_label_contains("4 lesions, 1 finding · saved just now");
    assert!(
        window.seen().lesions.is_empty(),
        "nothing is opened unasked"
    );
    assert!(window.node(Role::Button, CONTINUE).is_focused());
    window.key(Key::Enter);
    window.until("the photographs", settled);
    window.until("the model", |state| state.model.ready.is_some());
    assert_eq!(window.ctx.theme(), Theme::Dark);
    let after = written(&window);
    assert!(before == after, "{before:.2000}\n{after:.2000}");
    assert!(
        window.seen().messages.is_empty(),
        "{:?}",
        window.seen().messages
    );

    // The finding has its picture and its verdicts, and says so.
    let kept = window.seen().searches.findings[0].clone();
    let finding = &kept.found.finding;
    assert_eq!(kept.altered.sha256(), finding.altered_sha256);
    window.node(Role::Image, "Picture of #1 · FGSM");
    assert_eq!(window.perturbation(), noisy);
    assert_eq!(window.verdict().verdict.p_melanoma, finding.p_after);

    // Every step can be undone, across lesions and the closed one.
    window.keys(CTRL, Key::Z);
    assert_eq!(window.seen().lesions.len(), 5);
    window.keys(CTRL, Key::Z);
    assert_eq!(window.perturbation(), Perturbation::default());
    assert_eq!(window.lesion().name, "Synthetic 2");
    window.keys(CTRL, Key::Z);
    assert_eq!(window.lesion().name, "b.png");
    assert_eq!(window.perturbation(), Perturbation::default());
    window.keys(CTRL, Key::Z);
    assert_eq!(window.lesion().name, "a.png");
    assert_eq!(window.perturbation(), only(Control::Rotation, 33.3));
    window.keys(CTRL, Key::Z);
    assert!(!window.seen().history.can_undo());

    // Steps that are undone can be done again after another start.
    drop(window);
    let mut window = keeping(&state, Vec::new(), ModelSource::default()).expect("as before");
    go_on(&mut window);
    for _ in 0..2 {
        window.keys(CTRL, Key::Y);
    }
    assert_eq!(window.lesion().name, "a.png");
    assert_eq!(window.perturbation(), only(Control::Rotation, 12.7));
}

/// What an alteration does to the list is counted again after another start.
#[test]
fn the_counts_of_an_alteration_of_all_are_there_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let state = folder.path().join("state");
    let Some(mut window) = keeping(&state, paths.to_vec(), ModelSource::default()) else {
        return;
    };
    window.until("the photographs", settled);
    let alteration = only(Control::OffsetGreen, -7.1);
    window.ask(Command::Alter(Gesture::Click, Arc::new(alteration)));
    window.reach(Role::Button, "Apply to all 2");
    let complete = |state: &State| {
        let applied = state.batch.applied.as_ref();
        applied.is_some_and(|applied| applied.counts.total == 2 && applied.counts.is_complete())
    };
    window.until("the verdicts", complete);
    let counts = |window: &Window| (window.seen().batch.applied.as_ref()).map(|one| one.counts);
    let before = counts(&window);
    drop(window);

    let mut window = keeping(&state, Vec::new(), ModelSource::default()).expect("as before");
    go_on(&mut window);
    window.until("the verdicts again", complete);
    assert_eq!(counts(&window), before);
    let said = window.query_all_by_label_contains("Altered: ").count();
    assert!(said > 0, "the box is there, too");
}

/// Nobody has to close the window for it.
#[test]
fn a_change_is_saved_while_the_window_is_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = vec![write_chart(folder.path(), "a.png")];
    let Some(mut window) = keeping_bare(folder.path(), paths) else {
        return;
    };
    window.until("the photographs", settled);
    window.type_number(Control::Rotation, "21");
    let last = folder.path().join("last.session");
    window.until("the session", |_| {
        file::open(&last).is_ok_and(|read| {
            let perturbations = &read.session.perturbations;
            (perturbations.iter()).any(|one| **one == only(Control::Rotation, 21.0))
        })
    });
    // A second window at the same time keeps its own, and does not ask about this one.
    let mut other = keeping_bare(folder.path(), Vec::new()).expect("as before");
    other.until("its session", |_| {
        folder.path().join("last-2.session").exists()
    });
    assert!(other.seen().sessions.offer.is_none());
    drop(other);
    let mut other = keeping(folder.path(), Vec::new(), no_model()).expect("as before");
    other.until("the note", |state| {
        let note = "Another flipscope window has the last session.";
        state.messages.iter().any(|message| message.text == note)
    });
}

#[test]
fn starting_fresh_keeps_the_last_session_in_the_menu() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let [a, b] = paths;
    let Some(mut window) = keeping_bare(folder.path(), vec![a]) else {
        return;
    };
    window.until("the photographs", settled);
    window.type_number(Control::Rotation, "21");
    drop(window);

    let mut window = keeping_bare(folder.path(), Vec::new()).expect("as before");
    window.until("the question", |state| state.sessions.offer.is_some());
    window.fits_everywhere("the question");
    window.click(Role::Button, "Start fresh");
    assert!(window.query_by_label(CONTINUE).is_none());
    assert!(window.seen().lesions.is_empty());
    window.until("the previous one", |state| state.sessions.replaced.previous);
    drop(window);

    // What is named on the command line wins over an offer; the offer stays in the menu.
    let mut window = keeping_bare(folder.path(), vec![b]).expect("as before");
    window.until("the photographs", settled);
    assert!(window.seen().sessions.offer.is_none());
    assert_eq!(names(&window), ["b.png"]);
    window.get_by_label("File").click();
    window.run_steps(2);
    window.click(Role::Button, "Open previous session");
    window.until("the previous one", |state| {
        settled(state) && state.lesions[0].name == "a.png"
    });
    assert_eq!(window.perturbation(), only(Control::Rotation, 21.0));
    // And back: what was open is the previous one now.
    window.ask(Command::Session(SessionCommand::OpenPrevious));
    window.until("the former one", |state| {
        settled(state) && state.lesions[0].name == "b.png"
    });
}

#[test]
fn photographs_that_are_missing_or_changed_are_named_and_not_guessed() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png", "c.png"].map(|name| write_chart(folder.path(), name));
    let Some(mut window) = keeping_bare(folder.path(), paths.to_vec()) else {
        return;
    };
    window.until("the photographs", settled);
    window.type_number(Control::Rotation, "21");
    window.key(Key::PageDown);
    window.type_number(Control::Rotation, "22");
    drop(window);
    let moved = folder.path().join("elsewhere");
    std::fs::rename(&paths[0], &moved).expect("moved");
    let mut pixels = chart().pixels().to_vec();
    pixels[0] ^= 1;
    let other = flipscope_image::lesion::Frame::from_rgb(pixels).expect("a frame");
    std::fs::write(&paths[1], other.to_png().expect("a PNG")).expect("written");

    let mut window = keeping_bare(folder.path(), Vec::new()).expect("as before");
    window.until("the question", |state| state.sessions.offer.is_some());
    window.get_by_label_contains("1 photograph missing");
    go_on(&mut window);
    assert_eq!(names(&window), ["a.png", "b.png", "c.png"]);
    assert!(message(&window, "Missing since").contains("a.png"));
    assert!(message(&window, "has changed since").contains("b.png"));
    for at in [0, 1] {
        let picture = &window.seen().lesions[at].picture;
        assert!(matches!(picture, Picture::Failed(_)), "{at}");
    }
    assert!(window.seen().lesions[2].frame().is_some());
    // Put back, and opened again as it is now: both go on with their sliders.
    std::fs::rename(&moved, &paths[0]).expect("moved back");
    window.ask(Command::Select(window.seen().lesions[0].id));
    window.click(Role::Button, "Try again");
    window.until("a.png", |state| state.lesions[0].frame().is_some());
    assert_eq!(window.perturbation(), only(Control::Rotation, 21.0));
    window.ask(Command::Open(vec![paths[1].clone()]));
    window.until("b.png", |state| state.lesions[1].frame().is_some());
    assert_eq!(window.perturbation(), only(Control::Rotation, 22.0));
    assert_eq!(window.seen().lesions.len(), 3);
}

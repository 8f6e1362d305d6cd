//! Searches: started, watched, cancelled; findings put on the sliders, exported, deleted and brought back.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, pos2};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::page::Tool;
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::search::state::{Form, Stage};
use flipscope::explorer::state::State;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Budget, Direction, Finding, Mode, Preset, StopReason, Strategy};

use crate::support::{Window, launch, window};

/// The borderline sample, with its verdict, and the pane of searches open.
fn borderline() -> Option<Window> {
    let mut window = window()?;
    window.get_by_label("Start with Synthetic 2").click();
    window.step();
    window.verdict();
    window.click(Role::RadioButton, "Tools: Search");
    assert_eq!(window.seen().tool, Tool::Search);
    Some(window)
}

/// A search that takes few frames.
fn few(kind: AttackKind, evaluations: u64) -> Form {
    Form {
        attack: Attack::preset(kind, Preset::Default),
        budget: Budget {
            evaluations: Some(evaluations),
            seconds: None,
        },
        mode: Mode::Lowest,
        strategy: Strategy::Evolution,
        ..Form::default()
    }
}

fn running(state: &State) -> bool {
    (state.searches.tasks.iter()).any(|one| one.stage == Stage::Running && one.best.is_some())
}

#[test]
fn a_search_is_started_watched_and_its_finding_applied_exported_and_deleted() {
    let Some(mut window) = borderline() else {
        return;
    };
    window.click(Role::RadioButton, "Attack: FGSM");
    window.click(Role::RadioButton, "Attack: Colour");
    window.ask(Command::Search(SearchCommand::Set(Box::new(few(
        AttackKind::Colour,
        30,
    )))));
    window.run_steps(4);
    let start = window.place(Role::Button, "Start search");
    window.click(Role::Button, "Start search");
    window.until("the search's best so far", running);
    window.get_by_label("Colour search");
    window.get_by_label("Best picture so far");
    window.get_by_role_and_label(Role::Button, "Apply the best so far to the sliders");
    window.until("the finding", |state| state.searches.findings.len() == 1);
    assert!(window.seen().searches.tasks.is_empty());
    window.run_steps(12);
    let now = window.place(Role::Button, "Start search");
    assert_eq!(now, start, "nothing else lies under the pointer");

    let finding = window.seen().searches.findings[0].found.finding.clone();
    assert_eq!(finding.attack.kind(), AttackKind::Colour);
    assert!(finding.success, "a little less green flips it: {finding:?}");
    assert!(finding.evaluations <= 30 && finding.p_after < finding.p_before);
    assert_eq!(finding.subject.image_sha256, None, "a drawing has no file");

    // On the sliders, and judged there as it was found: to the last bit, on the same device.
    window.reach(Role::Button, "Apply #1 · Colour, lowest");
    assert_eq!(window.perturbation(), finding.perturbation);
    let judged = window.verdict();
    assert_eq!(judged.verdict.p_melanoma, finding.p_after);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.perturbation(), Perturbation::default());

    // As files.
    let folder = tempfile::tempdir().expect("a folder");
    let id = window.seen().searches.findings[0].id;
    window.node(Role::Button, "Export #1 · Colour, lowest");
    window.ask(Command::Search(SearchCommand::Export(
        id,
        folder.path().to_owned(),
    )));
    window.until("the export", |state| {
        (state.messages.iter()).any(|message| message.text.starts_with("Exported"))
    });
    let json = (std::fs::read_dir(folder.path()).expect("a folder"))
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|ending| ending == "json"))
        .expect("a finding");
    let exported = Finding::from_json(&std::fs::read_to_string(json).expect("text")).expect("JSON");
    assert_eq!(exported.altered_sha256, finding.altered_sha256);
    assert!(folder.path().join(&exported.altered_png).exists());
    assert!(folder.path().join(&exported.frame_png).exists());

    // Deleted, and back. The message of the export takes room from the tray.
    window.reach(Role::Button, "Delete #1 · Colour, lowest");
    assert!(window.seen().searches.findings.is_empty());
    window.keys(Modifiers::COMMAND, Key::Z);
    window.get_by_label("Apply #1 · Colour, lowest");
    window.keys(Modifiers::COMMAND, Key::Y);
    assert!(window.query_by_label("Apply #1 · Colour, lowest").is_none());
}

#[test]
fn searches_queue_sliders_stay_live_and_what_is_cancelled_keeps_its_best() {
    let Some(mut window) = borderline() else {
        return;
    };
    let long = few(AttackKind::Pose, 100_000);
    window.ask(Command::Search(SearchCommand::Set(Box::new(long))));
    window.click(Role::Button, "Start search");
    window.until("the search's best so far", running);
    window.ask(Command::Search(SearchCommand::Set(Box::new(few(
        AttackKind::Pixels,
        50,
    )))));
    window.keys(Modifiers::COMMAND, Key::Enter);
    assert_eq!(window.seen().searches.tasks.len(), 2);
    assert_eq!(window.seen().searches.tasks[1].stage, Stage::Waiting);

    // Interactive requests go before the search.
    window.click(Role::RadioButton, "Tools: Alter");
    window.type_number(Control::OffsetGreen, "-7");
    window.verdict();
    assert!(running(window.seen()), "it goes on meanwhile");

    window.keys(Modifiers::NONE, Key::S);
    window.reach(Role::Button, "Cancel Pixels search");
    assert_eq!(window.seen().searches.tasks.len(), 1, "it had not begun");
    window.reach(Role::Button, "Cancel Pose search");
    window.until("what it had found", |state| {
        state.searches.findings.len() == 1
    });
    let finding = &window.seen().searches.findings[0].found.finding;
    assert_eq!(finding.ended, StopReason::Cancelled);
    assert!(finding.evaluations > 0 && finding.p_after <= finding.p_before);
    assert!(window.seen().searches.tasks.is_empty());
}

#[test]
fn the_smallest_noise_is_found_and_can_be_taken_off() {
    let Some(mut window) = borderline() else {
        return;
    };
    let attack = Attack::preset(AttackKind::Fgsm, Preset::Letter);
    let form = Form {
        attack,
        mode: Mode::Smallest,
        ..Form::default()
    };
    window.ask(Command::Search(SearchCommand::Set(Box::new(form))));
    window.click(Role::Button, "Start search");
    window.until("the finding", |state| state.searches.findings.len() == 1);
    let finding = window.seen().searches.findings[0].found.finding.clone();
    assert!(finding.success && finding.size.value <= 8.0);
    window.click(Role::Button, "Apply #1 · FGSM, smallest");
    assert_eq!(window.verdict().verdict.p_melanoma, finding.p_after);
    // Exported, its file is known to hold what is on the sliders.
    let folder = tempfile::tempdir().expect("a folder");
    let id = window.seen().searches.findings[0].id;
    let to = folder.path().to_owned();
    window.ask(Command::Search(SearchCommand::Export(id, to)));
    window.until("the export", |state| {
        (state.messages.iter()).any(|message| message.text.starts_with("Exported"))
    });
    let files = &window.seen().perturbation_files;
    let file = files.of(&finding.perturbation).expect("a file");
    let exported = std::fs::read_to_string(file).expect("text");
    let exported = Finding::from_json(&exported).expect("JSON");
    assert_eq!(exported.perturbation, finding.perturbation);
    window.click(Role::RadioButton, "Tools: Alter");
    window.click(Role::Button, "Remove the noise");
    assert_eq!(window.perturbation(), Perturbation::default());
}

#[test]
fn a_search_that_has_nothing_to_flip_does_not_begin() {
    let Some(mut window) = window() else { return };
    window.get_by_label("Start with Synthetic 3").click();
    window.step();
    window.verdict();
    window.click(Role::RadioButton, "Tools: Search");
    let form = |window: &Window| window.seen().searches.form.clone();
    let refusal = "choose the other direction";
    assert!(
        window.query_by_label_contains(refusal).is_none(),
        "the direction follows the verdict"
    );
    window.click(Role::RadioButton, "Direction: Melanoma → nevus");
    assert!(form(&window).direction_chosen);
    window.get_by_label_contains("already called nevus: choose the other direction");
    window.click(Role::Button, "Start search");
    assert!(window.seen().searches.tasks.is_empty());
    window.click(Role::RadioButton, "Direction: Nevus → melanoma");
    assert_eq!(form(&window).direction, Direction::NevusToMelanoma);
    assert!(!form(&window).direction_chosen, "it follows the verdict");
    assert!(window.query_by_label_contains(refusal).is_none());
}

/// Progress and the newest finding are in sight on a small laptop, and the numbers of the form make room for them.
#[test]
fn what_a_search_does_and_finds_is_in_sight_on_a_small_screen() {
    let Some(mut window) = launch(Launch::default(), [1366.0, 768.0], Theme::Light) else {
        return;
    };
    window.get_by_label("Start with Synthetic 2").click();
    window.step();
    window.verdict();
    window.click(Role::RadioButton, "Tools: Search");
    window.node(Role::SpinButton, "Seed");
    let form = few(AttackKind::Colour, 2_000);
    window.ask(Command::Search(SearchCommand::Set(Box::new(form))));
    window.ask(Command::Search(SearchCommand::Start));
    window.until("the search's best so far", running);
    window.run_steps(30);
    let bottom = |window: &Window, label: &str| window.get_by_label(label).rect().bottom();
    assert!(bottom(&window, "Colour search") < 400.0);
    assert!(window.query_by_label("Seed").is_none(), "folded up");
    window.ask(Command::Search(SearchCommand::CancelAll));
    window.until("the finding", |state| state.searches.findings.len() == 1);
    window.run_steps(30);
    assert!(bottom(&window, "Newest finding") < 400.0);
    assert!(bottom(&window, "Apply #1 · Colour, lowest") < 768.0);
    // The next one can be started without scrolling.
    assert!(window.query_by_label("Seed").is_none(), "still folded up");
    assert!(bottom(&window, "Start search") < 730.0);
    // Started further down, it is scrolled to.
    window.get_by_label("Advanced").click();
    window.run_steps(30);
    let before = bottom(&window, "Newest finding");
    window.wheel(pos2(1_190.0, 500.0), -2_000.0);
    assert!(bottom(&window, "Newest finding") < before, "scrolled");
    window.ask(Command::Search(SearchCommand::Start));
    window.until("the search's best so far", running);
    window.run_steps(60);
    let top = window.get_by_label("Colour search").rect().top();
    assert!((60.0..400.0).contains(&top), "{top}");
    window.ask(Command::Search(SearchCommand::CancelAll));
}

/// The question is chosen by what it asks; the one that is there first ends at the first flip, and says how it was found.
#[test]
fn the_question_is_chosen_and_the_first_flip_ends_the_search() {
    let Some(mut window) = borderline() else {
        return;
    };
    let form = |window: &Window| window.seen().searches.form.clone();
    assert_eq!(
        (form(&window).mode, form(&window).strategy),
        (Mode::First, Strategy::Auto)
    );
    window.get_by_label_contains("ends at the first flip");
    for (name, mode) in [
        ("How far it goes", Mode::Lowest),
        ("How little flips it", Mode::Smallest),
        ("Find a flip", Mode::First),
    ] {
        window.click(Role::RadioButton, &format!("Question: {name}"));
        assert_eq!(form(&window).mode, mode);
    }
    // The paper's search goes as low as it can, by evolution.
    window.click(Role::RadioButton, "Preset: Letter");
    assert_eq!(
        (form(&window).mode, form(&window).strategy),
        (Mode::Lowest, Strategy::Evolution)
    );
    window.click(Role::RadioButton, "Preset: Default");
    assert_eq!(
        (form(&window).mode, form(&window).strategy),
        (Mode::First, Strategy::Auto)
    );
    // Putting back the bounds does not put back the question.
    let usual = form(&window).attack;
    let narrower = Form {
        mode: Mode::Smallest,
        attack: match usual.clone() {
            Attack::Colour(mut colour) => {
                colour.gain = [0.95, 1.05];
                Attack::Colour(colour)
            }
            other => other,
        },
        ..form(&window)
    };
    window.ask(Command::Search(SearchCommand::Set(Box::new(narrower))));
    assert_eq!(form(&window).attack.which_preset(), Preset::Custom);
    window.click(Role::RadioButton, "Preset: Default");
    assert_eq!(
        (form(&window).attack, form(&window).mode),
        (usual, Mode::Smallest)
    );
    window.click(Role::RadioButton, "Question: Find a flip");
    window.click(Role::Button, "Start search");
    window.until("the finding", |state| state.searches.findings.len() == 1);
    let finding = window.seen().searches.findings[0].found.finding.clone();
    assert!(finding.success, "{finding:?}");
    assert_eq!(finding.ended, StopReason::Flipped);
    assert!(finding.evaluations < 30, "{}", finding.evaluations);
    let first = finding
        .forward_equivalents_to_first_flip
        .expect("it flipped");
    assert!(first >= 1.0 && Some(first) <= finding.forward_equivalents);
    window.reach(Role::Button, "Apply #1 · Colour");
    assert_eq!(window.verdict().verdict.p_melanoma, finding.p_after);
}

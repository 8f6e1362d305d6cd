//! Searches of a list that run together, as on a card: what is shown of them, one that is cancelled, and what they find.

use std::collections::BTreeMap;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::page::Tool;
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::search::state::Stage;
use flipscope::explorer::state::State;
use flipscope_lab::search::{Finding, StopReason};

use super::batch::{narrow, set};
use super::findings_table::ended;
use super::support::{LECTURE_HALL, Window, launch};

/// The three samples, judged, in a window that runs so many searches together.
fn samples(together: usize) -> Option<Window> {
    let start = Launch {
        searches_together: Some(together),
        ..Launch::default()
    };
    let mut window = launch(start, LECTURE_HALL, Theme::Light)?;
    window.get_by_label("Start with Synthetic 2").click();
    window.step();
    window.until("every verdict", |state| {
        state.lesions.len() == 3
            && (state.lesions.iter()).all(|lesion| lesion.answers.primary.before.is_some())
    });
    Some(window)
}

fn search_all(window: &mut Window) {
    window.keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Enter);
}

fn running(state: &State) -> usize {
    let tasks = state.searches.tasks.iter();
    tasks.filter(|one| one.stage == Stage::Running).count()
}

/// What was found on each lesion, without the time that it took.
fn found(state: &State) -> BTreeMap<String, Finding> {
    let findings = state.searches.findings.iter().map(|kept| {
        let mut finding = kept.found.finding.clone();
        (finding.seconds, finding.evaluations_per_second) = (0.0, 0.0);
        (kept.name.clone(), finding)
    });
    findings.collect()
}

#[test]
fn together_they_find_what_they_find_one_after_another() {
    let mut all = Vec::new();
    for together in [3, 1] {
        let Some(mut window) = samples(together) else {
            return;
        };
        set(&mut window, narrow(10));
        search_all(&mut window);
        window.until("a search", |state| running(state) == together);
        window.until("the end", |state| {
            assert!(running(state) <= together);
            ended(state)
        });
        let found = found(window.seen());
        assert_eq!(found.len(), 3);
        all.push(found);
    }
    assert_eq!(all[0], all[1]);
}

#[test]
fn all_that_run_are_shown_and_one_is_cancelled_by_itself() {
    let Some(mut window) = samples(2) else { return };
    set(&mut window, narrow(1_000_000));
    search_all(&mut window);
    window.until("two at once", |state| {
        let tasks = state.searches.tasks.iter();
        tasks.filter(|one| one.best.is_some()).count() == 2
    });
    assert_eq!(running(window.seen()), 2, "the third waits");
    window.get_by_label_contains(" and 1 other, ");
    window.ask(Command::ShowTool(Tool::Search));
    window.run_steps(12);
    // Their cards are counted, and shown on demand: what is below them stays where it is as they end.
    assert!(window.query_by_label("Colour search").is_none());
    window.get_by_label("3 searches of the list").click();
    window.run_steps(30);
    assert!(window.query_all_by_label("Colour search").count() >= 2);
    // One more, on the lesion that is open, waits for two of the three.
    window.get_by_label_contains("2 other searches run first.");

    let [first, second] = [0, 1].map(|at| window.seen().searches.tasks[at].id);
    window.ask(Command::Search(SearchCommand::Cancel(first)));
    window.until("what it had found", |state| {
        state.searches.findings.len() == 1
    });
    let finding = &window.seen().searches.findings[0].found.finding;
    assert_eq!(finding.ended, StopReason::Cancelled);
    assert!(finding.evaluations > 0);
    window.until("the third", |state| running(state) == 2);
    let goes_on = |state: &State| {
        let mut tasks = state.searches.tasks.iter();
        tasks.any(|one| one.id == second && one.stage == Stage::Running)
    };
    assert!(goes_on(window.seen()));
    // There is one such button, with the progress of the list.
    window.click(Role::Button, "Cancel all searches");
    window.until("the end", ended);
    assert_eq!(window.seen().searches.findings.len(), 3);
    assert!(window.seen().searches.tasks.is_empty());
}

/// Searches that are started one by one run together as well, and the bar that says what is under way counts them.
#[test]
fn searches_started_by_hand_run_together() {
    let Some(mut window) = samples(2) else { return };
    set(&mut window, narrow(1_000_000));
    window.ask(Command::ShowTool(Tool::Search));
    let said = |window: &Window, text: &str| window.query_by_label_contains(text).is_some();
    window.ask(Command::Search(SearchCommand::Start));
    window.until("the first", |state| running(state) == 1);
    assert!(!said(&window, "run first"), "there is room for another");
    window.ask(Command::Search(SearchCommand::Start));
    window.until("the second", |state| running(state) == 2);
    window.run_steps(4);
    assert!(said(&window, "One other search runs first."));
    window.get_by_label("Under way: Searching on Synthetic 2 and 1 other");
    window.ask(Command::Search(SearchCommand::Start));
    assert_eq!(window.seen().searches.tasks[2].stage, Stage::Waiting);
    window.get_by_label("Under way: Searches: 2 running, 1 waiting");
    window.run_steps(2);
    window.click(Role::Button, "Cancel all searches");
    window.until("the end", |state| state.searches.tasks.is_empty());
}

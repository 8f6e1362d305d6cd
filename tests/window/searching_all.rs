//! Searches on many lesions that come to no answer, that go on where they were stopped, and that are searched again.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::batch::command::{BatchCommand, Whom};
use flipscope::explorer::batch::state::SearchRun;
use flipscope::explorer::command::{Command, Decision, RemedyCommand};
use flipscope::explorer::explore::list::columns::Column;
use flipscope::explorer::explore::list::command::ListCommand;
use flipscope::explorer::page::Tool;
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::state::State;
use flipscope_lab::search::DEFAULT_SEED;
use flipscope_model::Remedy;
use flipscope_model::scheduler::ModelSlot;

use super::batch::{ask, cells, narrow, said, set};
use super::findings_table::{ended, few, samples, table};
use super::opened::{keeping_bare, settled};
use super::support::{Window, write_chart};

fn run(window: &Window) -> SearchRun {
    window.seen().batch.search.clone().expect("a run")
}

fn search_all(window: &mut Window) {
    window.keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Enter);
}

/// The form above them has a direction, which they do not follow: said below the buttons, where there are any.
#[test]
fn what_searches_every_lesion_says_that_it_follows_their_verdicts() {
    let says = |window: &Window| {
        let said = window.query_by_label_contains("Each lesion away from its own verdict");
        said.is_some()
    };
    let Some(mut window) = samples() else { return };
    window.ask(Command::ShowTool(Tool::Search));
    window.run_steps(3);
    assert!(says(&window));
    for left in [2, 1] {
        let id = window.seen().lesions[0].id;
        window.ask(Command::Close(id));
        window.run_steps(3);
        assert_eq!(says(&window), left > 1, "{left}");
    }
}

#[test]
fn a_cancelled_search_is_neither_flipped_nor_steady_and_is_done_again() {
    let Some(mut window) = samples() else { return };
    set(&mut window, narrow(1_000_000));
    search_all(&mut window);
    window.until("a first candidate", |state| {
        state.searches.tasks.iter().any(|one| one.best.is_some())
    });

    // How far the search of a lesion is, too: it may take minutes.
    window.until("its progress", |state| {
        (state.searches.tasks.iter()).any(|one| {
            one.progress
                .as_ref()
                .is_some_and(|told| told.evaluations > 0)
        })
    });
    window.get_by_label_contains(" of at most ");

    // Whoever quits now is told of all of them, not of the two that are in the queue.
    window.ask(Command::Quit);
    window.get_by_label_contains("Searches on 3 lesions: 0 ended, 3 to go.");
    assert!(window.query_by_label_contains("searches running").is_none());
    window.ask(Command::Decide(Decision::Cancel));
    window.get_by_label_contains("Searching lesions: 0 of 3");

    window.click(Role::Button, "Cancel all searches");
    window.until("the end", ended);
    let tally = run(&window).tally;
    assert_eq!((tally.ended, tally.cancelled), (0, 3), "{tally:?}");
    assert!(said(window.seen(), "Searched 0 lesions: 3 cancelled."));
    window.get_by_label("0 of 3 searched: 3 cancelled");
    window.get_by_label("1 finding: 1 cancelled");
    let rows = table(&window, " · Colour, lowest, ");
    assert!(
        rows.len() == 1 && rows[0].contains(", cancelled, "),
        "{rows:?}"
    );

    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("findings.csv");
    ask(&mut window, BatchCommand::FindingsCsv(csv.clone()));
    window.until("the table", |state| said(state, "findings.csv"));
    assert_eq!(cells(&csv, "flipped"), ["false"]);
    assert_eq!(cells(&csv, "ended"), ["cancelled"]);

    // None of them has come to an end: all are searched once more.
    search_all(&mut window);
    assert_eq!(run(&window).total, 3);
    ask_to_cancel(&mut window);
}

/// The rows stay where they are when the searches end: somebody may be about to click on one.
#[test]
fn the_rows_stay_where_they_are_when_the_last_search_ends() {
    let Some(mut window) = samples() else { return };
    set(&mut window, narrow(64));
    // The nevus is searched first: from then on the counts are of both verdicts.
    window.ask(Command::List(ListCommand::Sort(Column::P)));
    search_all(&mut window);
    window.ask(Command::ShowTool(Tool::Findings));
    window.run_steps(2);
    let cancel = window.place(Role::Button, "Cancel all searches");
    let last = |state: &State| {
        let run = state.batch.search.as_ref().expect("a run");
        run.done == 2 && (state.searches.tasks.iter()).any(|one| one.progress.is_some())
    };
    window.until("the last one", last);
    window.run_steps(2);
    assert_eq!(window.place(Role::Button, "Cancel all searches"), cancel);
    let titles = window.place(Role::Button, "Sort findings by lesion");
    window.until("the end", ended);
    window.run_steps(2);
    assert!(window.query_by_label("Cancel all searches").is_none());
    assert_eq!(
        window.place(Role::Button, "Sort findings by lesion"),
        titles
    );
}

fn ask_to_cancel(window: &mut Window) {
    window.ask(Command::Search(SearchCommand::CancelAll));
    window.until("the end", ended);
}

#[test]
fn a_spent_budget_is_named_and_what_was_searched_is_left_out_until_it_is_asked_for_again() {
    let Some(mut window) = samples() else { return };
    assert_eq!(window.seen().searches.form.seed, DEFAULT_SEED);
    set(&mut window, narrow(8));
    search_all(&mut window);
    window.until("the end", ended);
    let result = run(&window).tally.in_words();
    let both = "0 of 3 flipped (0 of ";
    assert!(
        result.starts_with(both) && result.ends_with("; 3 with the budget spent"),
        "{result}"
    );
    let text = format!("Searched 3 lesions: {result}.");
    assert!(said(window.seen(), &text));
    window.get_by_label(&format!("3 of 3 searched: {result}"));
    assert!(window.query_by_label_contains("3 findings:").is_none());
    let rows = table(&window, " · Colour, lowest, ");
    assert!(
        rows.iter().all(|row| row.contains(", budget spent, ")),
        "{rows:?}"
    );

    // The same once more would find the same.
    search_all(&mut window);
    assert!(said(
        window.seen(),
        "All 3 lesions were searched already in this way"
    ));
    let id = window.seen().searches.findings[0].id;
    window.ask(Command::Search(SearchCommand::Delete(id)));
    window.ask(Command::DismissAll);
    window.click(Role::RadioButton, "Tools: Search");
    window
        .node(Role::Button, "Search the other one")
        .scroll_to_me();
    window.run_steps(12);
    window.get_by_label("2 of 3 are searched already in this way.");
    window.click(Role::Button, "Search the other one");
    assert_eq!(run(&window).total, 1);
    assert!(said(
        window.seen(),
        "2 of 3 lesions were searched already in this way"
    ));
    window.until("the end", ended);

    // With other bounds it is another search; and what was searched can be searched again.
    window.ask(Command::ShowTool(Tool::Search));
    set(&mut window, few(8));
    window.ask(Command::DismissAll);
    assert!(
        window
            .query_by_label_contains("searched already in this way")
            .is_none()
    );
    set(&mut window, narrow(8));
    window.ask(Command::DismissAll);
    window.reach(Role::Button, "Search all 3 again");
    assert_eq!(run(&window).total, 3);
    ask_to_cancel(&mut window);
}

#[test]
fn findings_of_another_remedy_are_marked_in_the_table_and_say_what_was_asked() {
    let Some(mut window) = samples() else { return };
    set(&mut window, narrow(8));
    ask(&mut window, BatchCommand::Search(Whom::Selected));
    window.until("the end", ended);
    let described = |window: &Window| -> String {
        let buttons = window.query_all(by().role(Role::Button));
        let mut rows = buttons.filter(|node| {
            let label = node.accesskit_node().label().unwrap_or_default();
            label.contains(" · Colour, lowest, ")
        });
        let row = rows.next().expect("a row");
        row.accesskit_node().description().unwrap_or_default()
    };
    let framing = window.seen().framing();
    let said = described(&window);
    let asked = format!("Melanoma → nevus · framing {framing}");
    assert!(said.contains(&asked), "{said}");
    // The row's name says so, and once is enough.
    assert!(!said.contains("budget spent"), "{said}");
    assert_eq!(table(&window, ", budget spent, ").len(), 1);
    let remedy: Remedy = "average-8".parse().expect("a remedy");
    let use_it = RemedyCommand::Use(ModelSlot::Primary, remedy);
    window.ask(Command::Remedy(use_it));
    window.until("the model", |state| {
        let ready = state.model.ready.as_ref();
        ready.is_some_and(|ready| ready.info.remedy == remedy)
    });
    let said = described(&window);
    assert!(said.contains("found with another remedy"), "{said}");
    assert!(!said.contains("found at threshold"), "{said}");
    // A threshold at which the verdicts may be others is told as well, however near it is.
    let then = window.seen().threshold();
    for (now, shown) in [
        (then / 2.0, format!("found at threshold {then:.2}")),
        (then + 0.0001, format!("found at threshold {then:.4}")),
    ] {
        window.ask(Command::SetThreshold(Some(now)));
        let said = described(&window);
        assert!(said.contains(&shown), "{said}");
    }
    window.ask(Command::ShowTool(Tool::Search));
    window.get_by_label_contains("found with another remedy: ");
    window.get_by_label_contains(" · found at threshold ");
    window.ask(Command::SetThreshold(None));
    assert!(
        window
            .query_by_label_contains("found at threshold")
            .is_none()
    );
}

/// The button says how many lesions are searched.
#[test]
fn photographs_that_cannot_be_read_are_not_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = folder.path().join("broken.jpg");
    std::fs::write(&broken, "nothing to see").expect("written");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let Some(mut window) = keeping_bare(folder.path(), paths.to_vec()) else {
        return;
    };
    window.until("the photographs", settled);
    window.ask(Command::ShowTool(Tool::Search));
    window.run_steps(2);
    window.get_by_label("Search all 2");
    window.ask(Command::Open(vec![broken]));
    window.until("all three", |state| {
        settled(state) && state.lesions.len() == 3
    });
    window.ask(Command::Select(window.seen().lesions[0].id));
    window.run_steps(2);
    window.get_by_label("Search all 2");
}

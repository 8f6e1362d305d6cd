//! The list as a table of lesions: what sliders and findings flip is marked. What tests of the list share.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::list::arrange::Filter;
use flipscope::explorer::explore::list::command::ListCommand;
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::search::state::Form;
use flipscope::explorer::state::State;
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Budget, Preset};

use super::support::{Window, window};

pub(super) const LARGE: [f32; 2] = [1920.0, 1080.0];
pub(super) const CTRL: Modifiers = Modifiers::COMMAND;

pub(super) fn judged(state: &State) -> bool {
    state.listing == 0
        && state.list.reading == 0
        && !state.lesions.is_empty()
        && (state.lesions.iter()).all(|lesion| lesion.answers.primary.before.is_some())
}

/// The names of the rows, from top to bottom.
pub(super) fn rows(window: &Window) -> Vec<String> {
    let mut rows: Vec<_> = (window.query_all(by().role(Role::ListBoxOption)))
        .map(|node| {
            let label = node.accesskit_node().label().unwrap_or_default();
            let name = label.split(',').next().unwrap_or_default().to_owned();
            (node.rect().top(), name)
        })
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, name)| name).collect()
}

/// Clicks the row of a lesion, with keys held.
pub(super) fn click_row(window: &mut Window, name: &str, modifiers: Modifiers) {
    let begins =
        |label: Option<String>| label.is_some_and(|label| label.split(',').next() == Some(name));
    let found: Vec<_> = (window.query_all(by().role(Role::ListBoxOption)))
        .filter(|node| begins(node.accesskit_node().label()))
        .map(|node| node.rect().center())
        .collect();
    assert_eq!(found.len(), 1, "{name}");
    window.pause();
    window.click_with(modifiers, found[0]);
}

pub(super) fn selected(window: &Window) -> Vec<String> {
    let state = window.seen();
    let name = |id| state.lesion(id).map(|lesion| lesion.name.clone());
    state.marked().into_iter().filter_map(name).collect()
}

/// What the sliders flip is said, counted and can be filtered.
#[test]
fn what_the_sliders_flip_is_marked() {
    let Some(mut window) = window() else { return };
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    window.verdict();
    // The threshold is put between the verdicts before and after.
    window.type_number(
        flipscope::explorer::explore::controls::Control::OffsetGreen,
        "-30",
    );
    let answer = window.verdict();
    let before = window
        .lesion()
        .answers
        .primary
        .before
        .as_ref()
        .expect("judged");
    let middle = f32::midpoint(before.verdict.p_melanoma, answer.verdict.p_melanoma);
    window.ask(Command::SetThreshold(Some(middle)));
    let id = window.lesion().id;
    let row = |window: &Window| {
        let rows = &window.seen().list.rows;
        rows.iter()
            .find(|row| row.id == id)
            .cloned()
            .expect("a row")
    };
    let by = row(&window).flipped_by.expect("flipped");
    assert_eq!(by.name(), "sliders");
    window.ask(Command::List(ListCommand::Filter(Filter::Flipped)));
    assert_eq!(rows(&window), ["Synthetic 1"]);
    window.ask(Command::ResetAll);
    window.verdict();
    assert_eq!(row(&window).flipped_by, None);
}

/// A finding is named in its row with its size; closing it together with others asks once for all.
#[test]
fn what_a_finding_flips_is_named_and_closing_it_with_others_asks() {
    let Some(mut window) = window() else { return };
    window.get_by_label("Start with Synthetic 2").click();
    window.step();
    window.verdict();
    let form = Form {
        attack: Attack::preset(AttackKind::Colour, Preset::Default),
        budget: Budget {
            evaluations: Some(30),
            seconds: None,
        },
        ..Form::default()
    };
    window.ask(Command::Search(SearchCommand::Set(Box::new(form))));
    window.ask(Command::Search(SearchCommand::Start));
    window.until("the finding", |state| state.searches.findings.len() == 1);
    let finding = &window.seen().searches.findings[0].found.finding;
    let middle = f32::midpoint(finding.p_before, finding.p_after);
    let delta_e = finding.distances.delta_e_mean;
    assert_ne!(finding.p_before, finding.p_after);
    window.ask(Command::SetThreshold(Some(middle)));
    let id = window.lesion().id;
    let row = |window: &Window| {
        let rows = &window.seen().list.rows;
        rows.iter()
            .find(|row| row.id == id)
            .cloned()
            .expect("a row")
    };
    let by = row(&window).flipped_by.expect("flipped");
    assert_eq!(by.name(), "#1 · Colour");
    let smallest = row(&window).smallest.expect("a size");
    assert_eq!(smallest.delta_e, delta_e);
    assert!(
        smallest.title.name.starts_with("#1 · Colour: "),
        "{}",
        smallest.title.name
    );
    // At a threshold that it does not cross, it flips nothing.
    window.ask(Command::SetThreshold(Some(0.0)));
    assert_eq!(row(&window).flipped_by, None);

    let ids: Vec<_> = window.seen().lesions.iter().map(|one| one.id).collect();
    window.ask(Command::List(ListCommand::Close(ids.clone())));
    let asks = |window: &Window| {
        let title = "Close 3 lesions?";
        window
            .query_by_role_and_label(Role::AlertDialog, title)
            .is_some()
    };
    assert!(asks(&window) && window.seen().lesions.len() == 3);
    window.get_by_label_contains("1 finding that is not exported: #1 · Colour of Synthetic 2");
    window.click(Role::Button, "Cancel");
    assert!(!asks(&window) && window.seen().lesions.len() == 3);
    // The others hold no finding: nothing is asked.
    let others: Vec<_> = ids.iter().copied().filter(|other| *other != id).collect();
    window.ask(Command::List(ListCommand::Close(others)));
    assert!(!asks(&window) && window.seen().lesions.len() == 1);
    window.keys(CTRL, Key::Z);
    window.ask(Command::List(ListCommand::Close(ids)));
    window.click(Role::Button, "Close without saving");
    assert!(window.seen().lesions.is_empty());
}

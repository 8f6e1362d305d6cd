//! The list as a table of lesions: truth from a table of labels, order, filter, search, keys, selecting and closing several.

use std::time::Instant;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::list::arrange::Filter;
use flipscope::explorer::explore::list::columns::Column;
use flipscope::explorer::explore::list::command::ListCommand;
use flipscope::explorer::explore::list::rows::Outcome;
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::search::state::Form;
use flipscope::explorer::state::State;
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Budget, Preset};
use flipscope_model::scheduler::ModelSlot;
use flipscope_model::{DemoModel, Label, ModelSource};

use super::opened::{self, album, message, no_model, write_labels};
use super::support::{HANG, LECTURE_HALL, Window, window, window_without_model, write_chart};

const LARGE: [f32; 2] = [1920.0, 1080.0];
const CTRL: Modifiers = Modifiers::COMMAND;

fn judged(state: &State) -> bool {
    state.listing == 0
        && state.list.reading == 0
        && !state.lesions.is_empty()
        && (state.lesions.iter()).all(|lesion| lesion.answers.primary.before.is_some())
}

/// The names of the rows, from top to bottom.
fn rows(window: &Window) -> Vec<String> {
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
fn click_row(window: &mut Window, name: &str, modifiers: Modifiers) {
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

fn selected(window: &Window) -> Vec<String> {
    let state = window.seen();
    let name = |id| state.lesion(id).map(|lesion| lesion.name.clone());
    state.marked().into_iter().filter_map(name).collect()
}

#[test]
fn a_folder_with_labels_shows_what_is_right_and_sorts_and_filters() {
    let folder = album(&["b.png", "a.png", "d.png", "c.png", "e.png"]);
    write_labels(
        folder.path(),
        "a,melanoma\nb.png,melanoma\nc,nevus\nd,seborrheic keratosis\n",
    );
    let paths = vec![folder.path().to_owned()];
    let Some(mut window) = opened::with(paths, ModelSource::default(), LARGE, Theme::Light) else {
        return;
    };
    let note = "Labels from labels.csv: 2 melanomas, 1 nevus, 1 with another diagnosis.";
    window.until("the labels", |state| {
        state.messages.iter().any(|message| message.text == note)
    });
    window.until("verdicts and labels", judged);

    // Each row says its verdict, its truth, and whether both agree.
    let threshold = window.seen().threshold();
    let mut wrong = Vec::new();
    for lesion in &window.seen().lesions {
        let verdict = &lesion
            .answers
            .primary
            .before
            .as_ref()
            .expect("judged")
            .verdict;
        let label = window.seen().label(verdict);
        let (truth, right) = match lesion.name.as_str() {
            "a.png" | "b.png" => (", label melanoma", Some(label == Label::Melanoma)),
            "c.png" => (", label nevus", Some(label == Label::Nevus)),
            "d.png" => (", label seborrheic keratosis", None),
            _ => ("", None),
        };
        let outcome = right.map_or("", |right| if right { ", agrees" } else { ", differs" });
        if right == Some(false) {
            wrong.push(lesion.name.clone());
        }
        let p = format!("{:.2}", verdict.p_melanoma);
        // Where the label is compared with it, it is said whose the verdict is.
        let whose = if right.is_some() { "network " } else { "" };
        let label = label.name();
        let name = format!("{}, {whose}{p} {label}{truth}{outcome}", lesion.name);
        window.node(Role::ListBoxOption, &name);
    }
    let missed = |window: &Window| {
        let rows = window.seen().list.rows.iter();
        let melanoma = rows.filter(|row| {
            let truth = row.truth.as_ref().and_then(|truth| truth.label);
            truth == Some(Label::Melanoma)
        });
        let wrong = melanoma.filter(|row| row.outcome(threshold) == Some(Outcome::Wrong));
        format!("{} of 2 melanomas missed", wrong.count())
    };
    window.get_by_label_contains(&missed(&window));

    // The order as opened is by name; P sorts, is reversed, and the third click restores.
    let opened = ["a.png", "b.png", "c.png", "d.png", "e.png"];
    assert_eq!(rows(&window), opened);
    let mut by_p: Vec<(f32, String)> = (window.seen().lesions.iter())
        .map(|lesion| {
            let judged = lesion.answers.primary.before.as_ref().expect("judged");
            (judged.verdict.p_melanoma, lesion.name.clone())
        })
        .collect();
    by_p.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut by_p: Vec<String> = by_p.into_iter().map(|(_, name)| name).collect();
    window.click(Role::Button, "Sort by P(melanoma)");
    assert_eq!(rows(&window), by_p);
    window.pause();
    window.click(Role::Button, "Sort by P(melanoma)");
    by_p.reverse();
    assert_eq!(rows(&window), by_p);
    window.pause();
    window.click(Role::Button, "Sort by P(melanoma)");
    assert_eq!(rows(&window), opened);

    // What is wrong: at one of two thresholds something is.
    let all_nevi = wrong.is_empty();
    if all_nevi {
        window.ask(Command::SetThreshold(Some(1.0)));
        wrong = vec!["a.png".to_owned(), "b.png".to_owned()];
    }
    window.click(Role::Button, "Filter the list");
    window.click(Role::RadioButton, "Verdict differs from label");
    assert_eq!(rows(&window), wrong);
    window.get_by_label(&format!("{} of 5 shown", wrong.len()));
    window.fits_everywhere("a filtered list");
    window.click(Role::Button, "Filter the list");
    window.click(Role::RadioButton, "Flipped");
    assert!(rows(&window).is_empty());
    window.click(Role::Button, "Show all");
    assert_eq!(rows(&window), opened);

    // Without labels there is neither truth nor right and wrong.
    window.click(Role::Button, "Menu of the list");
    window.click(Role::Button, "Forget labels");
    assert!(
        window
            .seen()
            .list
            .rows
            .iter()
            .all(|row| row.truth.is_none())
    );
    assert!(window.query_by_label_contains("missed").is_none());
}

/// In a long list only what is visible is laid out, whatever the order; and it follows the explored lesion.
#[test]
fn keys_move_the_explored_lesion_and_the_list_follows() {
    let names: Vec<String> = (0..40).map(|n| format!("{n:02}.png")).collect();
    let folder = tempfile::tempdir().expect("a folder");
    for name in &names {
        write_chart(folder.path(), name);
    }
    let Some(mut window) = window_without_model(vec![folder.path().to_owned()]) else {
        return;
    };
    assert!(rows(&window).len() < 20, "{:?}", rows(&window));
    let explored = |window: &Window| window.lesion().name.clone();
    assert_eq!(explored(&window), "00.png");
    click_row(&mut window, "02.png", Modifiers::NONE);
    window.key(Key::ArrowDown);
    assert_eq!(explored(&window), "03.png");
    window.key(Key::ArrowUp);
    window.key(Key::ArrowUp);
    assert_eq!(explored(&window), "01.png");
    window.key(Key::End);
    window.run_steps(20);
    assert_eq!(explored(&window), "39.png");
    assert!(
        rows(&window).contains(&"39.png".to_owned()),
        "{:?}",
        rows(&window)
    );
    window.key(Key::ArrowDown);
    assert_eq!(explored(&window), "39.png", "there is none after the last");
    window.key(Key::Home);
    window.run_steps(20);
    assert_eq!(explored(&window), "00.png");
    assert!(rows(&window).contains(&"00.png".to_owned()));

    // It changes elsewhere: the list scrolls to it.
    let id = window.seen().lesions[30].id;
    window.ask(Command::Select(id));
    window.run_steps(20);
    assert!(
        rows(&window).contains(&"30.png".to_owned()),
        "{:?}",
        rows(&window)
    );

    // In another order, the next one is the next row.
    window.ask(Command::List(ListCommand::Sort(Column::Name)));
    window.ask(Command::List(ListCommand::Sort(Column::Name)));
    window.run_steps(20);
    window.key(Key::ArrowDown);
    assert_eq!(explored(&window), "29.png");
    window.key(Key::PageUp);
    assert_eq!(explored(&window), "30.png");
    window.key(Key::Home);
    assert_eq!(explored(&window), "39.png");
}

#[test]
fn the_search_takes_the_keyboard_and_escape_clears_it() {
    let folder = album(&["mole.png", "moth.png", "naevus.png"]);
    let Some(mut window) = window_without_model(vec![folder.path().to_owned()]) else {
        return;
    };
    window.keys(CTRL, Key::F);
    assert!(window.node(Role::TextInput, "Find by name").is_focused());
    window.letters("MO");
    window.run_steps(2);
    assert_eq!(rows(&window), ["mole.png", "moth.png"]);
    window.get_by_label("2 of 3 shown");
    // Letters go into the field, not to the window's keys; the explored lesion stays.
    assert_eq!(window.lesion().name, "mole.png");
    window.letters("t");
    window.run_steps(2);
    window.key(Key::Enter);
    assert_eq!(window.lesion().name, "moth.png", "the first that is shown");
    window.keys(CTRL, Key::F);
    window.key(Key::Escape);
    assert_eq!(window.seen().list.chosen.search, "");
    assert_eq!(rows(&window).len(), 3);
    window.keys(CTRL, Key::F);
    window.letters("nothing like this");
    window.run_steps(2);
    window.get_by_label("No lesion is like this.");
    window.click(Role::Button, "Show all");
    assert_eq!(rows(&window).len(), 3);
}

#[test]
fn escape_belongs_to_the_field_that_is_typed_in_while_there_is_a_message() {
    let folder = album(&["mole.png", "moth.png"]);
    let Some(mut window) = window_without_model(vec![folder.path().to_owned()]) else {
        return;
    };
    let source = ModelSource::File(folder.path().join("no-such-model.safetensors"));
    window.ask(Command::UseModel(ModelSlot::Primary, source));
    window.until("a message", |state| !state.messages.is_empty());
    window.keys(CTRL, Key::F);
    window.letters("moth");
    window.run_steps(2);
    assert_eq!(rows(&window), ["moth.png"]);
    let messages = window.seen().messages.len();
    window.key(Key::Escape);
    assert_eq!(window.seen().list.chosen.search, "");
    assert_eq!(window.seen().messages.len(), messages, "they stay");
    window.key(Key::Escape);
    assert_eq!(window.seen().messages.len(), messages - 1);
}

#[test]
fn several_are_selected_and_closed_and_come_back_together() {
    let names = ["a.png", "b.png", "c.png", "d.png", "e.png"];
    let folder = album(&names);
    let Some(mut window) = window_without_model(vec![folder.path().to_owned()]) else {
        return;
    };
    let open = |window: &Window| -> Vec<String> {
        let lesions = window.seen().lesions.iter();
        lesions.map(|lesion| lesion.name.clone()).collect()
    };
    click_row(&mut window, "b.png", Modifiers::NONE);
    click_row(&mut window, "d.png", CTRL);
    assert_eq!(selected(&window), ["b.png", "d.png"]);
    assert_eq!(window.lesion().name, "b.png", "the explored one stays");
    window.get_by_label("5 lesions, 2 selected");
    click_row(&mut window, "d.png", CTRL);
    assert_eq!(selected(&window), ["b.png"]);
    click_row(&mut window, "d.png", Modifiers::SHIFT);
    assert_eq!(selected(&window), ["b.png", "c.png", "d.png"]);
    window.key(Key::Delete);
    assert_eq!(open(&window), ["a.png", "e.png"]);
    assert_eq!(window.lesion().name, "e.png", "the next one");
    window.keys(CTRL, Key::Z);
    assert_eq!(open(&window), names);
    window.keys(CTRL, Key::Y);
    assert_eq!(open(&window), ["a.png", "e.png"]);
    window.keys(CTRL, Key::Z);

    // Another one is explored: the selection is that one.
    click_row(&mut window, "a.png", Modifiers::NONE);
    window.keys(CTRL, Key::A);
    assert_eq!(selected(&window), names);
    click_row(&mut window, "c.png", Modifiers::NONE);
    assert_eq!(selected(&window), ["c.png"]);
    click_row(&mut window, "e.png", CTRL);
    window.click(Role::Button, "Menu of the list");
    window.click(Role::Button, "Close others");
    assert_eq!(open(&window), ["c.png", "e.png"]);
    window.pause();
    window.click(Role::Button, "Menu of the list");
    window.click(Role::Button, "Close all");
    assert!(open(&window).is_empty());
    window.get_by_label("Start with Synthetic 1");
    window.keys(CTRL, Key::Z);
    window.keys(CTRL, Key::Z);
    assert_eq!(open(&window), names);
    window.until("the pictures again", |state| {
        state
            .lesions
            .iter()
            .all(|lesion| lesion.frame().is_some() && !lesion.outdated)
    });
}

#[test]
fn a_wrong_header_is_reported_when_the_table_is_loaded() {
    let folder = album(&["a.png", "b.png"]);
    let table = folder.path().join("labels.csv");
    let rows = "\na,melanoma,L1,train\nb,nevus,L2,test\n";
    let Some(mut window) = opened::with(Vec::new(), no_model(), LECTURE_HALL, Theme::Light) else {
        return;
    };
    let mut load = |header: &str, command: Command| {
        std::fs::write(&table, format!("{header}{rows}")).expect("written");
        window.ask(command);
        window.until("the labels", |state| {
            state.list.reading == 0 && state.listing == 0
        });
        let said: Vec<String> = (window.seen().messages.iter())
            .map(|message| message.text.clone())
            .collect();
        said.join("\n")
    };
    // The file, the columns that were found, and those that are expected.
    let open = Command::Open(vec![folder.path().to_owned()]);
    let said = load("picture,diagnosis,lesion_id,split", open);
    for words in [
        "labels.csv",
        "(picture, diagnosis, lesion_id, split)",
        "image_id",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let labels = |path: &std::path::Path| Command::List(ListCommand::Labels(path.to_owned()));
    let said = load("image_id,class,lesion_id,split", labels(&table));
    for words in [
        "labels.csv",
        "(image_id, class, lesion_id, split)",
        "diagnosis",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // Columns that a table need not have: without a message, a study would be the first to miss them.
    let said = load("image_id,diagnosis,lesion,set", labels(&table));
    for words in [
        "labels.csv: ",
        "“lesion” is not read",
        "lesion_id",
        "“set” is not read",
        "call it split",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn labels_that_do_not_match_say_so_and_others_can_be_chosen() {
    let folder = album(&["a.png", "b.png"]);
    let table = write_labels(folder.path(), "x,melanoma\ny,nevus\n");
    let Some(mut window) = opened::with(Vec::new(), no_model(), LECTURE_HALL, Theme::Light) else {
        return;
    };
    window.drop_files(&[folder.path().to_owned()]);
    window.until("the labels", |state| {
        state.list.reading == 0 && state.listing == 0
    });
    let text = message(&window, "No labels:");
    assert!(text.contains("labels.csv") && text.contains("2 rows without a picture"));
    assert_eq!(
        window.seen().lesions.len(),
        2,
        "the photographs are open all the same"
    );

    // A table from elsewhere, let go over the window: it is for the open photographs.
    std::fs::remove_file(&table).expect("removed");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let fits = write_labels(elsewhere.path(), "A.PNG,melanoma\nb,nevus\n");
    window.drop_files(&[fits]);
    window.until("the labels", |state| state.list.reading == 0);
    let truths: Vec<_> = (window.seen().list.rows.iter())
        .map(|row| row.truth.as_ref().and_then(|truth| truth.label))
        .collect();
    assert_eq!(truths, [Some(Label::Melanoma), Some(Label::Nevus)]);
    let no_table = elsewhere.path().join("notes.csv");
    std::fs::write(&no_table, "colour,size\nbrown,3\n").expect("written");
    window.drop_files(&[no_table]);
    window.until("the refusal", |state| state.list.reading == 0);
    assert!(message(&window, "notes.csv").contains("colour, size"));
    assert!(
        window.seen().list.rows[0].truth.is_some(),
        "what was known stays"
    );
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

/// Columns leave as the list becomes narrower; thumbnails are left in a small window.
#[test]
fn columns_leave_by_width() {
    let folder = album(&["a.png", "b.png"]);
    write_labels(folder.path(), "a,melanoma\nb,nevus\n");
    let paths = vec![folder.path().to_owned()];
    let Some(mut window) = opened::with(paths, no_model(), LARGE, Theme::Dark) else {
        return;
    };
    window.until("the labels", |state| {
        state.list.reading == 0 && state.list.counts.known == 2
    });
    let headers = |window: &Window| {
        let all = window.query_all(by().role(Role::Button));
        let names = all.filter_map(|node| node.accesskit_node().label());
        names.filter(|name| name.starts_with("Sort by ")).count()
    };
    let first = headers(&window);
    assert!((4..8).contains(&first), "{first}");
    // The edge of the list is drawn to the right: there is room for every column.
    let edge = window.place(Role::ListBox, "Lesions").right() + 10.0;
    let y = 700.0;
    window.drag(&[egui::pos2(edge, y), egui::pos2(edge + 500.0, y)]);
    window.run_steps(4);
    assert_eq!(headers(&window), 8);
    window.fits_everywhere("a list with every column");
    window.set_size(vec2(1000.0, 700.0));
    window.run_steps(4);
    assert_eq!(headers(&window), 3);
    window.set_size(vec2(760.0, 500.0));
    window.run_steps(4);
    assert_eq!(headers(&window), 0);
    assert_eq!(rows(&window), ["a.png", "b.png"]);
    window.keys(CTRL, Key::F);
    assert!(window.node(Role::TextInput, "Find by name").is_focused());
}

/// Many pictures side by side: the keys go in both directions, and the list still follows.
#[test]
fn a_grid_shows_many_pictures_and_is_used_with_the_keys() {
    let names: Vec<String> = (0..60).map(|n| format!("{n:02}.png")).collect();
    let folder = tempfile::tempdir().expect("a folder");
    for name in &names {
        write_chart(folder.path(), name);
    }
    let Some(mut window) = window_without_model(vec![folder.path().to_owned()]) else {
        return;
    };
    let before = rows(&window).len();
    window.click(Role::Button, "Menu of the list");
    window.click(Role::RadioButton, "Grid of pictures");
    assert!(window.seen().list.grid);
    // Wider, it has more columns.
    let edge = window.place(Role::ListBox, "Lesions").right() + 10.0;
    window.drag(&[egui::pos2(edge, 700.0), egui::pos2(edge + 350.0, 700.0)]);
    window.run_steps(4);
    let place = |window: &Window, name: &str| {
        let rows = window.query_all(by().role(Role::ListBoxOption));
        let mut named = rows.filter(|node| {
            let label = node.accesskit_node().label().unwrap_or_default();
            label.split(',').next() == Some(name)
        });
        named.next().map(|node| node.rect())
    };
    let [first, second] = ["00.png", "01.png"].map(|name| place(&window, name).expect("shown"));
    assert!(second.left() > first.right() && second.top() == first.top());
    assert!(rows(&window).len() > 2 * before, "{}", rows(&window).len());
    let top = first.top();
    let across = names
        .iter()
        .take_while(|name| place(&window, name).is_some_and(|rect| rect.top() == top))
        .count();
    assert!(across >= 4, "{across}");
    let explored = |window: &Window| window.lesion().name.clone();
    click_row(&mut window, "00.png", Modifiers::NONE);
    window.key(Key::ArrowDown);
    assert_eq!(explored(&window), names[across]);
    window.key(Key::ArrowRight);
    assert_eq!(explored(&window), names[across + 1]);
    window.key(Key::ArrowLeft);
    window.key(Key::ArrowUp);
    assert_eq!(explored(&window), "00.png");
    // As rows: one more, and all up to one in the next row of cards.
    click_row(&mut window, "02.png", Modifiers::COMMAND);
    assert_eq!(selected(&window), ["00.png", "02.png"]);
    click_row(&mut window, &names[across + 1], Modifiers::SHIFT);
    assert_eq!(selected(&window), names[..across + 2]);
    click_row(&mut window, "00.png", Modifiers::NONE);
    window.key(Key::End);
    window.run_steps(20);
    assert!(place(&window, "59.png").is_some(), "it follows");
    window.fits_everywhere("a grid of pictures");
    window.click(Role::Button, "Menu of the list");
    window.click(Role::RadioButton, "Table");
    window.run_steps(20);
    assert!(!window.seen().list.grid && rows(&window).contains(&"59.png".to_owned()));
}

/// As people count, whatever the case: in the order as opened and in both directions of the column.
#[test]
fn numbers_in_names_are_counted() {
    let folder = album(&["Mole-10.png", "mole-1.png", "mole-3.png", "mole-10b.png"]);
    let Some(mut window) = window_without_model(vec![folder.path().to_owned()]) else {
        return;
    };
    let mut counted = ["mole-1.png", "mole-3.png", "Mole-10.png", "mole-10b.png"];
    assert_eq!(rows(&window), counted);
    window.click(Role::Button, "Sort by name");
    assert_eq!(rows(&window), counted);
    window.pause();
    window.click(Role::Button, "Sort by name");
    counted.reverse();
    assert_eq!(rows(&window), counted);
}

/// Verdicts arrive while the pointer is over the rows: none moves away from it. They are sorted once it leaves, or rests.
#[test]
fn rows_keep_their_places_under_the_pointer() {
    let folder = album(&["a.png", "b.png", "c.png", "d.png", "e.png"]);
    let (paths, model) = (vec![folder.path().to_owned()], ModelSource::default());
    let Some(mut window) = opened::with(paths, model, LECTURE_HALL, Theme::Light) else {
        return;
    };
    window.until("verdicts", judged);
    let as_opened = rows(&window);
    assert_eq!(as_opened.len(), 5, "{as_opened:?}");
    window.click(Role::Button, "Sort by P(melanoma)");
    let by_p = |window: &Window| {
        let mut rows: Vec<(f32, String)> = (window.seen().lesions.iter())
            .map(|lesion| {
                let judged = lesion.answers.primary.before.as_ref().expect("judged");
                (judged.verdict.p_melanoma, lesion.name.clone())
            })
            .collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    let first = by_p(&window);
    assert_eq!(rows(&window), first);
    assert_ne!(first, as_opened, "otherwise this shows nothing");

    // Another model: its verdicts come one by one, under a pointer that moves.
    let place = window.place(Role::ListBox, "Lesions");
    let at = place.center_top() + vec2(0.0, 60.0);
    window.hover_at(at);
    window.run_steps(2);
    let use_model = |window: &mut Window, model: DemoModel| {
        let model = ModelSource::Embedded(model);
        window.ask(Command::UseModel(ModelSlot::Primary, model));
    };
    let answers = |state: &State, model: DemoModel| {
        let ready = state.model.ready.as_ref();
        ready.is_some_and(|ready| ready.source == ModelSource::Embedded(model)) && judged(state)
    };
    use_model(&mut window, DemoModel::Jitter);
    let start = Instant::now();
    while !answers(window.seen(), DemoModel::Jitter) {
        assert!(start.elapsed() < HANG, "no verdicts");
        for right in [0.0, 3.0] {
            window.hover_at(at + vec2(right, 0.0));
            window.step();
            assert_eq!(rows(&window), first);
        }
    }
    assert_ne!(by_p(&window), first, "otherwise this shows nothing");
    window.remove_cursor();
    window.run_steps(2);
    assert_eq!(rows(&window), by_p(&window));

    // And a pointer that lies there.
    window.hover_at(at);
    window.run_steps(2);
    use_model(&mut window, DemoModel::Plain);
    window.until("verdicts of the first model", |state| {
        answers(state, DemoModel::Plain) && state.list.arranged
    });
    assert_eq!(rows(&window), first);

    // A title sorts at once.
    window.click(Role::Button, "Sort by P(melanoma)");
    assert_eq!(rows(&window), first.into_iter().rev().collect::<Vec<_>>());
}

/// A new lesion comes to the end first: those under the pointer are the ones that a person is about to click.
#[test]
fn a_lesion_that_is_opened_moves_no_row_under_the_pointer() {
    let folder = album(&["a.png", "c.png", "d.png"]);
    let Some(mut window) = window_without_model(vec![folder.path().to_owned()]) else {
        return;
    };
    window.click(Role::Button, "Sort by name");
    assert_eq!(rows(&window), ["a.png", "c.png", "d.png"]);
    let place = window.place(Role::ListBox, "Lesions");
    let at = place.center_top() + vec2(0.0, 60.0);
    window.hover_at(at);
    window.run_steps(2);
    let new = write_chart(folder.path(), "b.png");
    window.ask(Command::Open(vec![new]));
    let start = Instant::now();
    while window.seen().lesions.len() < 4 {
        assert!(start.elapsed() < HANG, "no lesion");
        // One that moves.
        for right in [0.0, 3.0] {
            window.hover_at(at + vec2(right, 0.0));
            window.step();
        }
    }
    assert_eq!(rows(&window), ["a.png", "c.png", "d.png", "b.png"]);
    window.remove_cursor();
    window.run_steps(2);
    assert_eq!(rows(&window), ["a.png", "b.png", "c.png", "d.png"]);
}

/// Where rows are cards, each title stands above what it sorts.
#[test]
fn titles_of_cards_stand_above_what_they_sort() {
    let folder = album(&["a.png", "b.png"]);
    write_labels(folder.path(), "a,melanoma\nb,nevus\n");
    let paths = vec![folder.path().to_owned()];
    let model = ModelSource::default();
    let Some(mut window) = opened::with(paths, model, LECTURE_HALL, Theme::Light) else {
        return;
    };
    window.until("verdicts and labels", judged);
    let [name, p, right] = ["name", "P(melanoma)", "agreement with the label"].map(|column| {
        let title = format!("Sort by {column}");
        window.place(Role::Button, &title)
    });
    let rows = window.query_all(by().role(Role::ListBoxOption));
    let row = rows
        .map(|node| node.rect())
        .fold(egui::Rect::NOTHING, egui::Rect::union);
    // Beside the picture, in two lines, all within the list.
    assert!(name.left() > row.left() + 50.0 && name.left() == p.left());
    assert!(p.top() >= name.bottom() && right.top() == p.top());
    assert!(right.left() > p.right() && right.right() <= row.right() + 12.0);
}

/// Radio buttons and check marks of menus: the edge of each box, and the mark in it, can be told from what is behind them, in every theme
/// (WCAG 2.2, 1.4.11).
#[test]
fn marks_of_menus_can_be_seen_in_every_theme() {
    fn luminance(colour: egui::Color32) -> f64 {
        let [r, g, b] = [colour.r(), colour.g(), colour.b()].map(|v| {
            let v = f64::from(v) / 255.0;
            if v <= 0.040_45 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    }
    fn contrast(a: egui::Color32, b: egui::Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a / b).max(b / a)
    }
    let folder = tempfile::tempdir().expect("a folder");
    let picture = super::support::write_chart(folder.path(), "chart.png");
    let Some(mut window) = super::support::window_without_model(vec![picture]) else {
        return;
    };
    for (theme, high) in [
        (egui::Theme::Light, false),
        (egui::Theme::Dark, false),
        (egui::Theme::Light, true),
        (egui::Theme::Dark, true),
    ] {
        window.ask(Command::Theme(theme));
        window.ask(Command::Contrast(high));
        window.click(Role::Button, "Filter the list");
        window.run_steps(6);
        let ground = window.ctx.global_style().visuals.window_fill;
        let circles: Vec<egui::epaint::CircleShape> = (window.output().shapes.iter())
            .filter_map(|clipped| match clipped.shape {
                egui::Shape::Circle(circle) => Some(circle),
                _ => None,
            })
            .collect();
        let boxes: Vec<_> = (circles.iter())
            // Not the handle on the picture, which has no ground of its own.
            .filter(|circle| circle.stroke.width > 0.0 && circle.fill.a() == 255)
            .collect();
        assert!(boxes.len() >= 3, "{theme:?}, high {high}: {circles:?}");
        for one in boxes {
            let edge = contrast(one.stroke.color, ground);
            assert!(edge >= 3.0, "{theme:?}, high {high}: {one:?} on {ground:?}");
            let within = |dot: &&egui::epaint::CircleShape| {
                dot.stroke.width == 0.0 && dot.center.distance(one.center) < 2.0
            };
            if let Some(dot) = circles.iter().find(within) {
                assert!(contrast(dot.fill, one.fill) >= 3.0, "{dot:?} in {one:?}");
            }
        }
        window.key(egui::Key::Escape);
        window.run_steps(3);
    }
}

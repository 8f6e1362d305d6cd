//! The list from the keyboard: moving, finding, selecting and closing several.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::list::columns::Column;
use flipscope::explorer::explore::list::command::ListCommand;
use flipscope_model::ModelSource;
use flipscope_model::scheduler::ModelSlot;

use super::list::{CTRL, click_row, rows, selected};
use super::opened::album;
use super::support::{Window, window_without_model, write_chart};

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

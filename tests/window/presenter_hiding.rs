//! Presenter mode while a class guesses: what would give a hidden verdict away, and what asks before it shows one.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::explore::list::arrange::Filter;
use flipscope::explorer::explore::list::columns::Column;
use flipscope::explorer::explore::list::command::ListCommand;
use flipscope::explorer::page::{Page, Tool};
use flipscope::explorer::title;
use flipscope_base::human::probability;

use super::presenter::{everything_said, sample};
use super::support::{Window, window_without_model, write_chart};

/// Leaving it shows every verdict: where some are hidden from a class, Escape and F11 ask first, whatever else is said.
#[test]
fn the_keys_that_leave_ask_before_they_show_hidden_verdicts() {
    let Some(mut window) = sample() else {
        return;
    };
    let asked = |window: &Window| {
        let question = window.query_by_label_contains("Press Esc or F11 again");
        question.map(|question| question.rect())
    };
    window.key(Key::F11);
    window.key(Key::G);
    for key in [Key::Escape, Key::F11] {
        window.key(key);
        assert!(window.seen().presenter.on, "verdicts are hidden");
        let count = window.seen().lesions.len();
        let said = format!("The verdicts on {count} lesions are still hidden");
        window.get_by_label_contains(&said);
        // A message does not cover it.
        window.ask(Command::CopyCommandLine);
        assert!(!window.seen().messages.is_empty());
        let question = asked(&window).expect("still asked");
        let picture = window.place(Role::Image, "Original picture");
        assert!(picture.bottom() <= question.top());
        window.check_accessibility();
        window.key(key);
        assert!(!window.seen().presenter.on);
        assert!(asked(&window).is_none());
        window.key(Key::F11);
    }
    // Whatever else is asked for is an answer; so is a button.
    window.key(Key::Escape);
    window.key(Key::Space);
    assert!(asked(&window).is_none());
    window.key(Key::Escape);
    window.click(Role::Button, "Stay");
    assert!(window.seen().presenter.on && asked(&window).is_none());
    window.key(Key::Escape);
    window.click(Role::Button, "Leave and show them");
    assert!(!window.seen().presenter.on);
    // A page without lesions hides nothing.
    window.key(Key::F11);
    window.ask(Command::OpenPage(Page::Readers));
    window.key(Key::Escape);
    assert!(!window.seen().presenter.on);
}

/// Revealed, or without anything to reveal, nothing is asked.
#[test]
fn where_nothing_is_hidden_it_is_left_at_once() {
    let Some(mut window) = sample() else {
        return;
    };
    window.key(Key::F11);
    window.key(Key::G);
    for _ in 0..window.seen().lesions.len() {
        window.key(Key::Space);
        window.key(Key::PageDown);
    }
    window.key(Key::Escape);
    assert!(!window.seen().presenter.on, "all of them are revealed");
    let folder = tempfile::tempdir().expect("a folder");
    let path = write_chart(folder.path(), "a.png");
    let Some(mut window) = window_without_model(vec![path]) else {
        return;
    };
    window.key(Key::F11);
    window.key(Key::G);
    window.key(Key::Escape);
    assert!(!window.seen().presenter.on, "there is no verdict");
}

#[test]
fn nothing_gives_a_hidden_verdict_away() {
    let Some(mut window) = sample() else {
        return;
    };
    let captions: Vec<String> = (window.seen().lesions.iter())
        .filter_map(|lesion| lesion.caption().map(str::to_owned))
        .collect();
    let numbers: Vec<String> = (window.seen().lesions.iter())
        .flat_map(|lesion| {
            let before = lesion.answers.primary.before.as_ref().expect("judged");
            [2, 3].map(|digits| probability(before.verdict.p_melanoma, digits))
        })
        .collect();
    let given_away = |window: &Window| -> Vec<String> {
        let mut said = everything_said(window);
        said.push(title::of(window.seen()));
        let secret = |text: &String| {
            numbers
                .iter()
                .chain(&captions)
                .any(|one| text.contains(one))
                || text.contains("Flipped")
                || text.contains(": melanoma")
                || text.contains(": nevus")
        };
        // The class that a map explains is a choice of its form.
        said.retain(|text| secret(text) && !text.starts_with("Class: "));
        said
    };
    window.key(Key::F11);
    for key in [Key::L, Key::T] {
        window.key(key);
    }
    window.set_size(vec2(1600.0, 900.0));
    window.run_steps(4);
    assert!(!given_away(&window).is_empty(), "nothing is hidden yet");
    window.key(Key::G);
    window.get_by_label("The verdict is hidden");
    assert_eq!(given_away(&window), Vec::<String>::new());
    // Neither by what lies along the sliders, nor by hovering over a row, nor by a search.
    let rail = window.node(Role::Slider, Control::Rotation.name());
    let track = rail.accesskit_node().description().expect("a description");
    assert!(!track.contains("melanoma from"), "{track}");
    let row = window.place(Role::ListBoxOption, "Synthetic 3, hidden");
    window.hover_at(row.center());
    window.pause();
    window.run_steps(60);
    assert_eq!(given_away(&window), Vec::<String>::new());
    window.remove_cursor();
    for tool in [Tool::Search, Tool::Findings] {
        window.ask(Command::ShowTool(tool));
        assert_eq!(given_away(&window), Vec::<String>::new(), "{tool:?}");
    }
    window.ask(Command::ShowTool(Tool::Alter));
    // Nor by a form of another page.
    for (page, said) in [
        (Page::Explain, "Explanations say what the network makes"),
        (Page::Landscape, "A landscape says what the network makes"),
    ] {
        window.ask(Command::OpenPage(page));
        window.run_steps(4);
        window.query_all_by_label_contains(said).next().expect(said);
        assert_eq!(given_away(&window), Vec::<String>::new(), "{page:?}");
    }
    window.ask(Command::OpenPage(Page::Explore));
    // Altered, it is hidden as well.
    window.type_number(Control::Rotation, "180");
    window.verdict();
    assert_eq!(given_away(&window), Vec::<String>::new());

    // One key reveals it, in the title too.
    let pictures = window.place(Role::Image, "Original picture");
    window.key(Key::Space);
    assert!(window.query_by_label("The verdict is hidden").is_none());
    assert_eq!(
        window.place(Role::Image, "Original picture"),
        pictures,
        "the pictures stay where they are"
    );
    assert!(title::of(window.seen()).contains(&numbers[0]));
    // The next lesion is hidden, whatever was revealed before.
    window.key(Key::PageDown);
    window.get_by_label("The verdict is hidden");
    let second = &numbers[2..];
    let said = everything_said(&window);
    assert!(
        !said
            .iter()
            .any(|text| second.iter().any(|one| text.contains(one)))
    );
    // By the button as well; the same key hides it again.
    window.click(Role::Button, "Reveal the verdict");
    assert!(window.query_by_label("The verdict is hidden").is_none());
    window.key(Key::Space);
    window.get_by_label("The verdict is hidden");
    window.key(Key::G);
    assert!(window.query_by_label("The verdict is hidden").is_none());
    window.check_accessibility();
}

/// The list keeps the order as opened while verdicts are to be guessed, and its titles do not sort by them.
#[test]
fn the_order_of_the_list_gives_nothing_away() {
    let Some(mut window) = sample() else {
        return;
    };
    let order = |window: &Window| -> Vec<String> {
        let state = window.seen();
        let shown = state.list.shown().iter();
        let lesion = shown.filter_map(|place| state.lesion(place.id));
        lesion.map(|lesion| lesion.name.clone()).collect()
    };
    let opened = order(&window);
    window.ask(Command::List(ListCommand::Sort(Column::P)));
    let sorted = order(&window);
    assert_ne!(sorted, opened);
    window.key(Key::F11);
    assert_eq!(order(&window), sorted);
    window.key(Key::G);
    assert_eq!(order(&window), opened);
    window.key(Key::L);
    window.set_size(vec2(1600.0, 900.0));
    window.run_steps(4);
    let title = window.node(Role::Button, "Sort by P(melanoma)");
    assert!(title.accesskit_node().is_disabled());
    // By name it may be sorted.
    window.click(Role::Button, "Sort by name");
    window.click(Role::Button, "Sort by name");
    let by_name: Vec<String> = opened.iter().rev().cloned().collect();
    assert_eq!(order(&window), by_name);
    window.ask(Command::List(ListCommand::Sort(Column::P)));
    window.key(Key::G);
    assert_eq!(order(&window), sorted);
}

/// A filter by verdict or truth would say of every lesion in the list what is to be guessed: until the reveal it waits.
#[test]
fn who_is_in_the_list_gives_nothing_away() {
    let Some(mut window) = sample() else {
        return;
    };
    let all = window.seen().lesions.len();
    let shown = |window: &Window| window.seen().list.shown().len();
    for filter in [Filter::Flipped, Filter::NearThreshold] {
        window.ask(Command::List(ListCommand::Filter(filter)));
        let kept = shown(&window);
        assert!(kept < all, "{filter:?}: {kept}");
        window.key(Key::F11);
        assert_eq!(shown(&window), kept);
        window.key(Key::G);
        assert_eq!(shown(&window), all, "{filter:?}");
        window.key(Key::G);
        assert_eq!(shown(&window), kept);
        window.key(Key::F11);
        window.run_steps(4);
    }
    window.key(Key::F11);
    window.key(Key::G);
    window.key(Key::L);
    window.set_size(vec2(1600.0, 900.0));
    window.run_steps(4);
    window.click(Role::Button, "Filter the list");
    window.run_steps(4);
    let choices = [
        ("All lesions", false),
        ("Flipped", true),
        ("Near the threshold", true),
    ];
    for (name, disabled) in choices {
        let choice = window.node(Role::RadioButton, name);
        assert_eq!(choice.accesskit_node().is_disabled(), disabled, "{name}");
    }
}

/// What was revealed stays so: at the way back to it, on another page, and after presenter mode was left for a while. A new round hides
/// everything.
#[test]
fn what_was_revealed_is_not_forgotten() {
    let Some(mut window) = sample() else {
        return;
    };
    let hidden = |window: &Window| window.query_by_label("The verdict is hidden").is_some();
    window.key(Key::F11);
    window.key(Key::G);
    window.key(Key::Space);
    assert!(!hidden(&window));
    window.key(Key::PageDown);
    assert!(hidden(&window));
    window.key(Key::PageUp);
    assert!(!hidden(&window), "back to it");
    window.keys(Modifiers::COMMAND, Key::Num4);
    window.keys(Modifiers::COMMAND, Key::Num1);
    assert!(!hidden(&window), "back from another page");
    // The first only asks.
    for _ in 0..3 {
        window.key(Key::F11);
    }
    assert!(window.seen().presenter.on && !hidden(&window), "on again");
    window.key(Key::PageDown);
    assert!(hidden(&window), "the other one is still to be guessed");
    window.key(Key::PageUp);
    for _ in 0..2 {
        window.key(Key::G);
    }
    assert!(hidden(&window), "a new round");
}

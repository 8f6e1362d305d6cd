//! Presenter mode: what is drawn is large enough, panes come by key, and *guess, then reveal* gives nothing away.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Shape, Theme, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::explore::list::arrange::Filter;
use flipscope::explorer::explore::list::columns::Column;
use flipscope::explorer::explore::list::command::ListCommand;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::page::{Page, Tool};
use flipscope::explorer::presenter::command::PresenterCommand;
use flipscope::explorer::{Launch, title};
use flipscope_base::human::probability;
use flipscope_language::Language;
use flipscope_model::ModelSource;

use super::opened::{self, album, write_labels};
use super::support::{
    HALL, LECTURE_HALL, Window, can_be_read_from_the_last_row, launch, letters, only,
    window_without_model, write_chart,
};

/// Every text that is drawn, with the size of its letters in points.
fn drawn(window: &Window) -> Vec<(String, f32)> {
    letters(window)
}

/// All that assistive technology can read, and all that is drawn.
fn everything_said(window: &Window) -> Vec<String> {
    let mut said: Vec<String> = drawn(window).into_iter().map(|(text, _)| text).collect();
    for node in window.query_all(by().predicate(|_| true)) {
        let node = node.accesskit_node();
        let parts = [node.label(), node.value(), node.description()];
        said.extend(parts.into_iter().flatten());
    }
    said
}

fn sample() -> Option<Window> {
    let mut window = launch(Launch::default(), HALL, Theme::Light)?;
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    window.verdict();
    window.until("the list's verdicts", |state| {
        let mut lesions = state.lesions.iter();
        lesions.all(|lesion| lesion.answers.primary.before.is_some())
    });
    Some(window)
}

#[test]
fn f11_enters_and_escape_leaves() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let Some(mut window) = window_without_model(paths.into()) else {
        return;
    };
    window.key(Key::L);
    assert!(!window.seen().presenter.list, "only while presenting");
    window.key(Key::F11);
    assert!(window.seen().presenter.on);
    assert!(window.query_by_label("File").is_none(), "no menu");
    assert!(window.query_by_label("Lesions").is_none(), "no list");
    // Panes by key, and lesions by those of a clicker.
    window.key(Key::L);
    window.node(Role::ListBox, "Lesions");
    window.key(Key::T);
    window.place(Role::Slider, Control::Rotation.name());
    for key in [Key::L, Key::T] {
        window.key(key);
    }
    assert!(window.query_by_label("Lesions").is_none());
    window.key(Key::PageDown);
    let second = window.seen().lesions[1].id;
    assert_eq!(window.seen().selected, Some(second));
    window.get_by_label_contains("b.png · 2 of 2");
    window.key(Key::PageUp);
    window.get_by_label_contains("a.png · 1 of 2");
    // Escape closes what is in front first.
    window.keys(Modifiers::COMMAND, Key::P);
    window.key(Key::Escape);
    assert!(window.seen().presenter.on && window.seen().palette.open.is_none());
    window.key(Key::F1);
    window.key(Key::Escape);
    assert!(window.seen().presenter.on);
    window.check_accessibility();
    window.key(Key::Escape);
    assert!(!window.seen().presenter.on);
    window.node(Role::Button, "File");
}

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

/// Nobody in a hall can point at the scale of the difference: it is said in words below it.
#[test]
fn the_difference_says_its_scale_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write_chart(folder.path(), "a.png");
    let Some(mut window) = window_without_model(vec![path]) else {
        return;
    };
    window.set_size(HALL.into());
    window.key(Key::Num4);
    let said = |window: &Window| {
        let said = drawn(window).into_iter();
        let mut said = said.filter(|(text, _)| text.starts_with("Of 255, each channel"));
        said.next().is_some()
    };
    window.run_steps(4);
    assert!(!said(&window), "on a desk the pointer says it");
    window.key(Key::F11);
    window.ask(Command::DismissAll);
    window.run_steps(4);
    assert!(said(&window));
    can_be_read_from_the_last_row(&window, "the difference");
    window.fits_everywhere("the difference in presenter mode");
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

/// What it says stands below everything else, in as many lines as it needs.
#[test]
fn a_message_covers_nothing_and_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let Some(mut window) = window_without_model(paths.into()) else {
        return;
    };
    window.set_size(HALL.into());
    for language in [Language::English, Language::German] {
        window.ask(Command::Language(language));
        let (begin, picture) = match language {
            Language::English => ("Presenter mode: ", "Original picture"),
            Language::German => ("Präsentation: ", "Originalbild"),
        };
        window.key(Key::F11);
        for key in [None, Some(Key::T), Some(Key::L)] {
            if let Some(key) = key {
                window.key(key);
            }
            let id = window.seen().messages.last().expect("a message").id;
            window.ask(Command::KeepMessage(id));
            window.run_steps(4);
            let said = window.get_by_label_contains(begin).rect();
            let picture = window.place(Role::Image, picture);
            assert!(picture.bottom() <= said.top(), "{picture:?}, {said:?}");
            let cut = window.output().shapes.iter().any(|clipped| {
                matches!(&clipped.shape, Shape::Text(text)
                    if text.galley.text().starts_with(begin) && text.galley.elided)
            });
            assert!(!cut, "{language:?}");
        }
        for key in [Key::L, Key::T, Key::Escape] {
            window.key(key);
        }
        assert!(!window.seen().presenter.on);
    }
}

/// Letters of at least 1/45 of the screen's height, figures of a tenth; nothing overlaps or is cut off.
#[test]
fn the_last_row_can_read_it() {
    let Some(mut window) = sample() else {
        return;
    };
    window.key(Key::F11);
    let p = window.lesion().answers.primary.before.as_ref();
    let number = probability(p.expect("judged").verdict.p_melanoma, 2);
    for panes in [&[][..], &[Key::T], &[Key::L]] {
        for key in panes {
            window.key(*key);
        }
        window.remove_cursor();
        window.run_steps(4);
        let texts = drawn(&window);
        // Those of panes are tables and forms.
        if panes.is_empty() {
            can_be_read_from_the_last_row(&window, "presenter mode");
            let largest = texts.iter().filter(|(text, _)| *text == number);
            let largest = largest.map(|(_, size)| *size).fold(0.0, f32::max);
            assert!(largest * 2.0 >= 1080.0 / 10.5, "{largest}");
        }
    }
    window.fits_everywhere("presenter mode with list and sliders");
    window.key(Key::L);
    window.key(Key::T);
    window.fits_everywhere("presenter mode");
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

/// A space is a key of presenter mode only where it does something there.
#[test]
fn a_space_still_presses_the_button_that_has_the_focus() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "a.png");
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    let open = |window: &mut Window| {
        window.node(Role::RadioButton, "Layout: Wipe").focus();
        window.run_steps(2);
        window.key(Key::Space);
    };
    open(&mut window);
    assert_eq!(window.seen().view.layout.name(), "Wipe");
}

/// A file of labels beside the photograph states the truth: what it says of the verdict holds for the original alone.
#[test]
fn what_is_right_or_wrong_is_the_verdict_on_the_original() {
    let folder = album(&["a.png"]);
    write_labels(folder.path(), "a,melanoma\n");
    let paths = vec![folder.path().to_owned()];
    let Some(mut window) = opened::with(paths, ModelSource::default(), HALL, Theme::Light) else {
        return;
    };
    window.until("verdict and truth", |state| {
        let judged = (state.lesions.iter()).any(|one| one.answers.primary.before.is_some());
        judged && state.list.counts.known == 1
    });
    window.key(Key::F11);
    window.get_by_label_contains("Label: melanoma");
    let said = |window: &Window| -> Vec<String> {
        let said = drawn(window).into_iter().map(|(text, _)| text);
        said.filter(|text| text.starts_with("network ")).collect()
    };
    let [plain] = <[String; 1]>::try_from(said(&window)).expect("one sentence");
    let outcome = plain
        .strip_prefix("network ")
        .expect("a sentence")
        .to_owned();
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::Rotation, 90.0)),
    ));
    window.verdict();
    assert_eq!(
        said(&window),
        [format!("network {outcome} on the original")]
    );
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

/// With both panes, two pictures still have more than half of the screen's width, and outside presenter mode the panes are as before.
#[test]
fn panes_leave_the_pictures_their_room_and_keep_their_own_widths() {
    let Some(mut window) = sample() else {
        return;
    };
    window.set_size(LECTURE_HALL.into());
    window.run_steps(4);
    let widths = |window: &Window| {
        let list = window.place(Role::ListBox, "Lesions");
        let slider = window.place(Role::Slider, Control::Rotation.name());
        [list.width(), slider.width()]
    };
    let before = widths(&window);
    window.key(Key::F11);
    window.set_size(HALL.into());
    window.key(Key::L);
    window.key(Key::T);
    // What it says at the beginning stands below the pictures for a while.
    window.ask(Command::DismissAll);
    window.run_steps(4);
    let picture = window.place(Role::Image, "Altered picture");
    assert!(picture.width() > 250.0, "{picture:?}");
    window.key(Key::F11);
    window.set_size(LECTURE_HALL.into());
    window.run_steps(4);
    assert_eq!(widths(&window), before);
    // Neither does a window that was small for a while leave them narrow.
    for large in [LECTURE_HALL, [1900.0, 900.0]] {
        window.set_size(large.into());
        window.run_steps(4);
        let large_widths = widths(&window);
        window.set_size(vec2(900.0, 600.0));
        window.run_steps(4);
        assert!(widths(&window)[1] < large_widths[1]);
        window.set_size(large.into());
        window.run_steps(4);
        assert_eq!(widths(&window), large_widths);
    }
}

/// The ring is drawn where the pointer is, on every page, and can be turned off.
#[test]
fn a_ring_follows_the_pointer() {
    let Some(mut window) = launch(Launch::default(), LECTURE_HALL, Theme::Dark) else {
        return;
    };
    let rings = |window: &mut Window| {
        window.hover_at(egui::pos2(400.0, 300.0));
        window.run_steps(2);
        let circles = window.output().shapes.iter().filter(|clipped| {
            matches!(&clipped.shape, Shape::Circle(circle)
                if circle.center == egui::pos2(400.0, 300.0) && circle.radius > 20.0)
        });
        circles.count()
    };
    assert_eq!(rings(&mut window), 0);
    window.ask(Command::OpenPage(Page::Readers));
    window.key(Key::F11);
    assert_eq!(rings(&mut window), 3);
    // Everything is enlarged under a pointer that rests, as when presenter mode begins.
    window.ctx.set_zoom_factor(2.0);
    window.run_steps(3);
    let circles = window.output().shapes.iter().filter(|clipped| {
        matches!(&clipped.shape, Shape::Circle(circle)
            if circle.center == egui::pos2(200.0, 150.0) && circle.radius > 20.0)
    });
    assert_eq!(circles.count(), 3);
    window.ctx.set_zoom_factor(1.0);
    window.run_steps(3);
    window.key(Key::P);
    assert_eq!(rings(&mut window), 0);
    window.ask(Command::Presenter(PresenterCommand::Toggle));
    assert!(!window.seen().presenter.on);
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

/// The end of a long name says which of many it is: the middle is left out, and the whole is there on hover and for assistive technology.
#[test]
fn a_long_name_keeps_its_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "dermoscopy_of_the_outpatient_clinic_of_the_university_in_november_ISIC_0024306.png";
    let paths = vec![
        write_chart(folder.path(), name),
        write_chart(folder.path(), "short.png"),
    ];
    let Some(mut window) = window_without_model(paths) else {
        return;
    };
    window.set_size(HALL.into());
    window.key(Key::F11);
    window.key(Key::L);
    window.run_steps(4);
    window.get_by_label(&format!("{name} · 1 of 2"));
    window.get_by_role_and_label(Role::ListBoxOption, &format!("{name}, …"));
    let texts = drawn(&window);
    assert!(
        texts.iter().all(|(text, _)| !text.contains(name)),
        "{texts:?}"
    );
    let heading = texts.iter().find(|(text, _)| text.contains("· 1 of 2"));
    let (heading, _) = heading.expect("the heading");
    assert!(
        heading.contains("…") && heading.contains("ISIC_0024306.png"),
        "{heading}"
    );
    let row = texts
        .iter()
        .find(|(text, _)| text.contains("…") && text.contains(".png") && !text.contains(" of 2"));
    let (row, _) = row.expect("the row");
    assert!(row.starts_with("derm"), "{row}");
}

/// A sample that was turned until it flipped, in presenter mode with the sliders and without the list, in this language.
fn turned(language: Language) -> Option<Window> {
    let mut window = launch(Launch::default(), HALL, Theme::Light)?;
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    window.verdict();
    window.key(Key::PageDown);
    window.key(Key::PageDown);
    window.verdict();
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::Rotation, 45.0)),
    ));
    window.verdict();
    window.ask(Command::Language(language));
    window.key(Key::F11);
    window.key(Key::T);
    window.remove_cursor();
    window.run_steps(6);
    Some(window)
}

/// With sliders and without the list, the verdict ends where the sliders begin, whether it has flipped or not.
#[test]
fn the_verdict_ends_where_the_sliders_begin() {
    for language in [Language::English, Language::German] {
        let Some(mut window) = turned(language) else {
            return;
        };
        let (badge, first) = match language {
            Language::English => ("Flipped", "Tools: Alter"),
            Language::German => ("Gekippt", "Werkzeuge: Verändern"),
        };
        // The edge of their pane.
        let sliders = window.place(Role::RadioButton, first).left() - 14.0;
        let said = window.get_by_label_contains(badge).rect();
        assert!(said.right() < sliders, "{said:?}, {sliders}");
        window.ask(Command::Alter(
            Gesture::Click,
            Arc::new(only(Control::Rotation, 1.0)),
        ));
        window.verdict();
        window.run_steps(4);
        let meters = window
            .query_all(by().role(Role::Slider))
            .map(|one| one.rect());
        let meters: Vec<_> = meters.filter(|one| one.left() < sliders - 40.0).collect();
        assert_eq!(meters.len(), 1, "{meters:?}");
        assert!(meters[0].right() < sliders, "{meters:?}, {sliders}");
    }
}

/// The diagnosis of a table takes no room from the verdict: with sliders, and with the list too, all of it ends where the sliders begin.
#[test]
fn a_diagnosis_leaves_the_verdict_its_room() {
    let folder = album(&["a.png"]);
    write_labels(folder.path(), "a,melanoma\n");
    let paths = vec![folder.path().to_owned()];
    let Some(mut window) = opened::with(paths, ModelSource::default(), HALL, Theme::Light) else {
        return;
    };
    window.until("verdict and truth", |state| {
        let judged = (state.lesions.iter()).any(|one| one.answers.primary.before.is_some());
        judged && state.list.counts.known == 1
    });
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::Rotation, 90.0)),
    ));
    window.verdict();
    window.key(Key::F11);
    window.key(Key::T);
    for language in [Language::English, Language::German] {
        window.ask(Command::Language(language));
        let (first, words) = match language {
            Language::English => (
                "Tools: Alter",
                ["Label: melanoma", "network ", "threshold "],
            ),
            Language::German => (
                "Werkzeuge: Verändern",
                ["Diagnose laut Tabelle: Melanom", "Netz ", "Schwelle "],
            ),
        };
        for list in [false, true] {
            if list {
                window.key(Key::L);
            }
            window.remove_cursor();
            window.run_steps(6);
            let sliders = window.place(Role::RadioButton, first).left() - 14.0;
            for word in words {
                let shapes = window.output().shapes.iter();
                let drawn: Vec<_> = shapes
                    .filter_map(|clipped| match &clipped.shape {
                        Shape::Text(text) if text.galley.text().starts_with(word) => {
                            let right = text.visual_bounding_rect().right();
                            Some((right, text.galley.elided))
                        }
                        _ => None,
                    })
                    .collect();
                assert_eq!(
                    drawn.len(),
                    1,
                    "{language:?}, list {list}: {word}: {drawn:?}"
                );
                let (right, cut) = drawn[0];
                assert!(
                    right < sliders && !cut,
                    "{language:?}, list {list}: {word}: {right}, {sliders}"
                );
            }
            let meters = window
                .query_all(by().role(Role::Slider))
                .map(|one| one.rect());
            let meters: Vec<_> = meters.filter(|one| one.left() < sliders - 40.0).collect();
            assert_eq!(meters.len(), 1, "{meters:?}");
            assert!(meters[0].right() < sliders, "{meters:?}, {sliders}");
        }
        window.key(Key::L);
    }
}

/// Where there is no room beside the tabs, the button is on a line of its own.
#[test]
fn the_reset_button_does_not_cover_the_tabs() {
    for (language, tab, button) in [
        (Language::English, "Tools: Findings", "Reset all"),
        (Language::German, "Werkzeuge: Funde", "Zurücksetzen"),
    ] {
        let Some(window) = turned(language) else {
            return;
        };
        let tab = window.place(Role::RadioButton, tab);
        let button = window.place(Role::Button, button);
        assert!(
            tab.right() <= button.left() || tab.bottom() <= button.top(),
            "{language:?}: {tab:?}, {button:?}"
        );
    }
}

/// What solved a task is said in full.
#[test]
fn a_solved_task_is_not_cut() {
    for (language, solved) in [
        (Language::English, "Solved: "),
        (Language::German, "Geschafft: "),
    ] {
        let Some(window) = turned(language) else {
            return;
        };
        let texts = drawn(&window);
        let said = texts.iter().find(|(text, _)| text.starts_with(solved));
        assert!(said.is_some(), "{texts:?}");
        let cut = window.output().shapes.iter().any(|clipped| {
            matches!(&clipped.shape, Shape::Text(text)
                if text.galley.text().starts_with(solved) && text.galley.elided)
        });
        assert!(!cut, "{said:?}");
    }
}

/// An arrow moves through the list, also from its first row, and the keys of presenter mode stay such.
#[test]
fn an_arrow_never_leaves_the_list_for_a_field() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let Some(mut window) = window_without_model(paths.into()) else {
        return;
    };
    window.set_size(vec2(1600.0, 900.0));
    window.key(Key::F11);
    window.key(Key::L);
    window.run_steps(4);
    for key in [
        Key::ArrowUp,
        Key::ArrowUp,
        Key::ArrowDown,
        Key::ArrowUp,
        Key::ArrowUp,
        Key::ArrowLeft,
        Key::ArrowRight,
    ] {
        window.key(key);
        let field = window.node(Role::TextInput, "Find by name");
        assert!(!field.accesskit_node().is_focused(), "{key:?}");
    }
    window.letters("l");
    assert_eq!(window.seen().list.chosen.search, "");
}

//! The window for readers where a class answers by show of hands.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use flipscope::explorer::readers::reading::session_thread::Request;
use flipscope::explorer::readers::reading::stage::{Part, Stage};
use flipscope_lab::reader::store::Hands;
use flipscope_lab::reader::{Question, Shown};

use super::reading_support::{Given, SCREEN, Screen, begun, screen_of, shown};
use crate::support::{HALL, can_be_read_from_the_last_row, chart};

#[test]
fn time_runs_out_and_hands_are_counted() {
    let limited = Shown {
        time_limit: Some(Duration::from_millis(200)),
        ..shown(chart())
    };
    let class = Shown {
        question: Question {
            confidence: false,
            biopsy: false,
            hands: true,
        },
        ..shown(chart())
    };
    let port = Given::new([limited, class]);
    let asked = Arc::clone(&port.asked);
    let Some(mut screen) = begun(SCREEN, port) else {
        return;
    };
    screen.until("the class's case", |reading| {
        reading.part() == Some(Part::Hands)
    });
    for (name, hands) in [("Hands for melanoma", "12"), ("Hands for nevus", "7")] {
        screen.get_by_role_and_label(Role::SpinButton, name).click();
        screen.run_steps(2);
        screen.event(Event::Text(hands.to_owned()));
        screen.run_steps(2);
        screen.key(Key::Enter);
    }
    screen.button("Save hands").click();
    screen.until("the end", |reading| reading.stage == Stage::Finished);
    let asked = asked.lock().expect("one thread");
    assert!(
        asked
            .iter()
            .any(|request| matches!(request, Request::TimeOut(ms) if *ms >= 200))
    );
    let hands = Hands {
        melanoma: 12,
        nevus: 7,
        biopsy: None,
    };
    assert!(
        asked
            .iter()
            .any(|request| matches!(request, Request::Hands(given, _) if *given == hands))
    );
}

/// A teacher types with one hand: the first count has the focus, Enter goes on, and nothing is entered before the button is pressed.
#[test]
fn hands_are_entered_by_keys_alone() {
    let class = Shown {
        question: Question {
            confidence: false,
            biopsy: true,
            hands: true,
        },
        ..shown(chart())
    };
    let port = Given::new([class.clone(), class]);
    let asked = Arc::clone(&port.asked);
    let Some(mut screen) = begun(SCREEN, port) else {
        return;
    };
    let given = |asked: &Mutex<Vec<Request>>| -> Vec<Hands> {
        let asked = asked.lock().expect("one thread");
        let hands = asked.iter().filter_map(|request| match request {
            Request::Hands(hands, _) => Some(*hands),
            _ => None,
        });
        hands.collect()
    };
    let counts = [[12, 18, 3], [30, 0, 25]];
    for (case, counts) in counts.into_iter().enumerate() {
        screen.until("the class's case", |reading| {
            reading.part() == Some(Part::Hands)
        });
        for count in counts {
            screen.event(Event::Text(count.to_string()));
            screen.run_steps(2);
            screen.key(Key::Enter);
        }
        assert_eq!(given(&asked).len(), case, "the button is not pressed yet");
        assert!(screen.button("Save hands").accesskit_node().is_focused());
        screen.key(Key::Enter);
        screen.until("what is next", |reading| {
            reading.part().is_none() || reading.hands.melanoma == 0
        });
        let [melanoma, nevus, biopsy] = counts;
        let wanted = Hands {
            melanoma,
            nevus,
            biopsy: Some(biopsy),
        };
        assert_eq!(given(&asked).last(), Some(&wanted));
    }
    screen.until("the end", |reading| reading.stage == Stage::Finished);
}

/// What arrives in one frame, digits and Enter, is typed into one field after the other, and nothing into two of them; a number of hands that
/// no class has is not taken, and nothing is saved in its place.
#[test]
fn hands_that_are_typed_in_one_frame_go_into_one_field_each() {
    let class = Shown {
        question: Question {
            confidence: false,
            biopsy: true,
            hands: true,
        },
        ..shown(chart())
    };
    let port = Given::new([class]);
    let asked = Arc::clone(&port.asked);
    let Some(mut screen) = begun(SCREEN, port) else {
        return;
    };
    let text = |text: &str| Event::Text(text.to_owned());
    let enter = Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    screen.until("the class's case", |reading| {
        reading.part() == Some(Part::Hands)
    });
    for event in [
        text("2"),
        text("0"),
        enter.clone(),
        text("10"),
        enter.clone(),
    ] {
        screen.input_mut().events.push(event);
    }
    screen.run_steps(3);
    let hands = screen.reading().hands;
    assert_eq!((hands.melanoma, hands.nevus), (20, 10));
    let wanted = "Hands for a biopsy";
    // A number that no class has: the field keeps the focus, and says why.
    screen.event(text("2010"));
    screen.event(enter.clone());
    screen.run_steps(3);
    screen.get_by_label_contains("at most 999");
    assert_eq!(screen.reading().hands.biopsy.unwrap_or(0), 0);
    screen.button("Save hands").click();
    screen.run_steps(3);
    let given = |asked: &Mutex<Vec<Request>>| {
        let asked = asked.lock().expect("one thread");
        asked.iter().find_map(|request| match request {
            Request::Hands(hands, _) => Some(*hands),
            _ => None,
        })
    };
    assert_eq!(given(&asked), None, "nothing is saved in its place");
    screen
        .get_by_role_and_label(Role::SpinButton, wanted)
        .click();
    screen.run_steps(2);
    screen.event(text("7"));
    screen.event(enter);
    screen.run_steps(3);
    assert!(screen.query_by_label_contains("at most 999").is_none());
    screen.button("Save hands").click();
    screen.until("the end", |reading| reading.stage == Stage::Finished);
    let hands = Hands {
        melanoma: 20,
        nevus: 10,
        biopsy: Some(7),
    };
    assert_eq!(given(&asked), Some(hands));
}

/// Who leaves a mistyped count by Tab is told once, and the button leads back to that field instead of doing nothing.
#[test]
fn a_mistyped_count_that_was_left_by_tab_is_typed_again() {
    let class = Shown {
        question: Question {
            confidence: false,
            biopsy: false,
            hands: true,
        },
        ..shown(chart())
    };
    let port = Given::new([class]);
    let asked = Arc::clone(&port.asked);
    let Some(mut screen) = begun(SCREEN, port) else {
        return;
    };
    screen.until("the class's case", |reading| {
        reading.part() == Some(Part::Hands)
    });
    let tab = |screen: &mut Screen, modifiers| {
        screen.event(Event::Key {
            key: Key::Tab,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        });
        screen.run_steps(3);
    };
    let typed = |screen: &mut Screen, text: &str| {
        screen.event(Event::Text(text.to_owned()));
        screen.run_steps(2);
    };
    typed(&mut screen, "12");
    tab(&mut screen, Modifiers::NONE);
    tab(&mut screen, Modifiers::SHIFT);
    typed(&mut screen, "1o");
    tab(&mut screen, Modifiers::NONE);
    typed(&mut screen, "9");
    screen.key(Key::Enter);
    let hands = screen.reading().hands;
    assert_eq!((hands.melanoma, hands.nevus), (12, 9));
    let told = screen.query_all_by_label_contains("999").count();
    assert_eq!(told, 1, "once");
    screen.get_by_label_contains("Melanoma: not accepted");
    assert!(screen.button("Save hands").accesskit_node().is_focused());
    screen.key(Key::Enter);
    let wanted = "Hands for melanoma";
    let field = screen.get_by_role_and_label(Role::SpinButton, wanted);
    assert!(field.accesskit_node().is_focused(), "what was refused");
    typed(&mut screen, "10");
    tab(&mut screen, Modifiers::NONE);
    assert!(screen.query_by_label_contains("999").is_none());
    screen.key(Key::Enter);
    screen.key(Key::Enter);
    screen.until("the end", |reading| reading.stage == Stage::Finished);
    let asked = asked.lock().expect("one thread");
    let given = asked.iter().find_map(|request| match request {
        Request::Hands(hands, _) => Some((hands.melanoma, hands.nevus)),
        _ => None,
    });
    assert_eq!(given, Some((10, 9)));
}

/// A class in a lecture hall: the picture is nine tenths as high as the screen, beside it are the question and the counts, and every letter
/// on every screen is for the last row.
#[test]
fn a_hall_can_read_a_show_of_hands() {
    let class = Shown {
        question: Question {
            confidence: false,
            biopsy: true,
            hands: true,
        },
        time_limit: Some(Duration::from_mins(10)),
        ..shown(chart())
    };
    let port = Given::new([class.clone(), class]);
    let asked = Arc::clone(&port.asked);
    let Some(mut screen) = screen_of(HALL, true, || Box::new(port)) else {
        return;
    };
    screen.run_steps(2);
    can_be_read_from_the_last_row(&screen.0, "who reads");
    screen.get_by_label("Which class answers?");
    screen.join("class 3b");
    can_be_read_from_the_last_row(&screen.0, "the welcome");
    screen.key(Key::Enter);
    screen.case();
    screen.run_steps(2);
    can_be_read_from_the_last_row(&screen.0, "a case");
    let picture = screen
        .get_by_role_and_label(Role::Image, "The lesion")
        .rect();
    assert!(picture.height() >= 0.88 * HALL[1], "{picture:?}");
    let question = screen.get_by_label("Melanoma or nevus?").rect();
    assert!(question.left() > picture.right(), "{question:?}");
    let field = screen.get_by_role_and_label(Role::SpinButton, "Hands for melanoma");
    assert!(field.rect().height() >= 45.0, "{:?}", field.rect());
    crate::fits::of_a_reading(&mut screen.0, "a show of hands");
    screen.set_size(HALL.into());
    screen.run_steps(2);
    for (name, hands) in [("Hands for melanoma", "23"), ("Hands for nevus", "4")] {
        screen.get_by_role_and_label(Role::SpinButton, name).click();
        screen.run_steps(2);
        screen.event(Event::Text(hands.to_owned()));
        screen.run_steps(2);
        screen.key(Key::Enter);
    }
    screen.button("Save hands").click();
    screen.until("the next case", |reading| {
        reading.stage == Stage::Case && reading.hands.melanoma == 0
    });
    let given = Hands {
        melanoma: 23,
        nevus: 4,
        biopsy: Some(0),
    };
    let kept = asked.lock().expect("one thread");
    assert!(
        kept.iter()
            .any(|request| matches!(request, Request::Hands(hands, _) if *hands == given))
    );
    drop(kept);
    screen.key(Key::Escape);
    can_be_read_from_the_last_row(&screen.0, "a pause");
}

/// Digits go into a field wherever the last click was: on a word, into the one of its row; elsewhere, into the one that had them.
#[test]
fn a_click_beside_a_field_takes_no_digits_away() {
    let class = Shown {
        question: Question {
            hands: true,
            ..shown(chart()).question
        },
        ..shown(chart())
    };
    let port = Given::new([class]);
    let Some(mut screen) = begun(SCREEN, port) else {
        return;
    };
    screen.until("the fields", |reading| reading.part() == Some(Part::Hands));
    let value = |screen: &Screen, name: &str| {
        let field = screen.get_by_role_and_label(Role::SpinButton, name);
        field.accesskit_node().value().unwrap_or_default()
    };
    let click = |screen: &mut Screen, at: egui::Pos2| {
        screen.hover_at(at);
        for pressed in [true, false] {
            screen.event(Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
        }
        screen.run_steps(3);
    };
    for (clicked, typed, into) in [
        ("Nevus", "7", "Hands for nevus"),
        ("Melanoma or nevus?", "8", "Hands for nevus"),
        ("The lesion", "9", "Hands for nevus"),
        ("Melanoma", "12", "Hands for melanoma"),
        // Enter has gone on.
        ("The lesion", "13", "Hands for nevus"),
    ] {
        let at = screen.get_by_label(clicked).rect().center();
        click(&mut screen, at);
        screen.event(Event::Text(typed.to_owned()));
        screen.run_steps(2);
        screen.key(Key::Enter);
        assert_eq!(value(&screen, into), typed, "after a click on {clicked}");
    }
    // The button still is one.
    let at = screen.button("Save hands").rect().center();
    click(&mut screen, at);
    screen.until("the end", |reading| reading.stage == Stage::Finished);
}

//! Tests of the reading window's state without a window.

use std::sync::Arc;

use super::*;
use flipscope_image::lesion::Frame;
use flipscope_lab::reader::store::Phase;

fn shown() -> Shown {
    Shown {
        phase: Phase::Reading,
        position: 1,
        of: 2,
        frame: Arc::new(Frame::from_rgb(vec![0; Frame::BYTES]).unwrap()),
        side: 598,
        question: Question {
            confidence: true,
            biopsy: false,
            hands: false,
        },
        time_limit: None,
    }
}

/// At its first case, visible since `now`.
fn begun(now: Instant) -> Reading {
    let mut reading = Reading::new("anna".to_owned());
    reading.act(Act::Next, now);
    let response = Response {
        pseudonym: Some("anna".to_owned()),
        shown: Some(shown()),
        progress: Progress {
            practice: (0, 0),
            reading: (0, 2),
        },
        ..Response::default()
    };
    reading.hear(response, now);
    reading.act(Act::Next, now);
    assert_eq!(reading.tick(now), (None, Some(BLANK)));
    reading.tick(now + BLANK);
    assert_eq!(reading.stage, Stage::Case);
    reading.in_sight(now);
    reading
}

#[test]
fn the_response_time_leaves_out_pauses_and_a_screen_that_shows_nothing() {
    let start = Instant::now();
    let after = |ms: u64| start + Duration::from_millis(ms);
    let mut reading = begun(start);
    reading.act(Act::Call(Label::Melanoma), after(100));
    assert_eq!(reading.act(Act::Pause, after(300)), Some(Request::Pause));
    assert_eq!(reading.act(Act::Next, after(9000)), Some(Request::Resume));
    reading.tick(after(9000) + BLANK);
    // No answer to a picture that is not shown yet.
    assert_eq!(reading.act(Act::Confidence(5), after(9900)), None);
    reading.in_sight(after(10_000));
    assert_eq!(reading.part(), Some(Part::Confidence), "the call stands");
    reading.out_of_sight(after(10_050));
    reading.in_sight(after(20_000));
    let request = reading.act(Act::Confidence(3), after(20_100));
    let answer = Answer {
        call: Label::Melanoma,
        confidence: Some(3),
        biopsy: None,
    };
    assert_eq!(request, Some(Request::Answer(answer, 450)));
    // Until the response arrives, nothing counts.
    assert_eq!(reading.act(Act::Call(Label::Nevus), after(20_200)), None);
}

#[test]
fn the_screen_is_empty_for_as_long_after_a_slow_answer_as_after_a_quick_one() {
    let start = Instant::now();
    let mut reading = begun(start);
    reading.act(Act::Call(Label::Nevus), start);
    reading.act(Act::Confidence(1), start);
    let response = Response {
        pseudonym: Some("anna".to_owned()),
        shown: Some(shown()),
        ..Response::default()
    };
    reading.hear(response, start + BLANK / 2);
    assert_eq!(reading.tick(start + BLANK / 2), (None, Some(BLANK / 2)));
    reading.tick(start + BLANK);
    assert_eq!(reading.stage, Stage::Case);
    assert_eq!(reading.time_seen(start + BLANK), Duration::ZERO);
}

#[test]
fn a_case_that_cannot_be_read_is_no_end() {
    let start = Instant::now();
    let mut reading = begun(start);
    reading.act(Act::Call(Label::Nevus), start);
    reading.act(Act::Confidence(1), start);
    let response = Response {
        pseudonym: Some("anna".to_owned()),
        progress: Progress {
            practice: (0, 0),
            reading: (1, 2),
        },
        error: Some("the picture is damaged".to_owned()),
        ..Response::default()
    };
    reading.hear(response, start);
    reading.tick(start + BLANK);
    assert_eq!(reading.stage, Stage::Stopped);
}

#[test]
fn counts_far_from_those_of_the_case_before_are_asked_about_once() {
    let now = Instant::now();
    let mut reading = begun(now);
    let by_hands = || Shown {
        question: Question {
            confidence: false,
            biopsy: false,
            hands: true,
        },
        ..shown()
    };
    let hands = |melanoma, nevus| Hands {
        melanoma,
        nevus,
        biopsy: None,
    };
    let next = |reading: &mut Reading| {
        let response = Response {
            shown: Some(by_hands()),
            ..Response::default()
        };
        reading.hear(response, now);
        reading.tick(now + BLANK);
        reading.in_sight(now);
        assert_eq!(reading.part(), Some(Part::Hands));
    };
    let enter = |reading: &mut Reading, counted: Hands| {
        reading.act(Act::Hands(counted), now);
        match reading.act(Act::EnterHands, now) {
            Some(Request::Hands(given, _)) => Some(given),
            _ => None,
        }
    };
    reading.shown = Some(by_hands());
    // The first case has none to be compared with.
    assert_eq!(enter(&mut reading, hands(25, 5)), Some(hands(25, 5)));
    next(&mut reading);
    assert_eq!(enter(&mut reading, hands(300, 5)), None);
    let asked = reading.error.clone().expect("it is asked about");
    assert!(asked.contains("305") && asked.contains("30"), "{asked}");
    // Corrected, or meant.
    assert_eq!(enter(&mut reading, hands(30, 2)), Some(hands(30, 2)));
    next(&mut reading);
    assert_eq!(enter(&mut reading, hands(3, 2)), None);
    let given = reading.act(Act::EnterHands, now);
    assert!(matches!(given, Some(Request::Hands(given, _)) if given == hands(3, 2)));
}

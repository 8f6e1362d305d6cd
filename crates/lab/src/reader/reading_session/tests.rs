//! A reading session from its first to its last case, without a window.

use std::collections::BTreeSet;

use super::*;
use crate::reader::plan::tests::small;
use crate::reader::plan::{Form, Settings};
use crate::reader::store::tests::file;
use flipscope_language::{Language, within};
use flipscope_model::Label;

const NEVUS: Answer = Answer {
    call: Label::Nevus,
    confidence: None,
    biopsy: None,
};

#[test]
fn a_reading_shows_every_case_once_and_goes_on_where_it_stopped() {
    let (_folder, path) = file(&small());
    let plan = Store::open(&path).unwrap().plan().clone();
    let order = plan.order(0);
    let mut seen = Vec::new();
    let mut answers = 0;
    loop {
        // Opened again before every case.
        let mut session = ReadingSession::open(&path, "owl").unwrap();
        let Some(shown) = session.current().cloned() else {
            assert!(session.is_finished());
            break;
        };
        assert_eq!((shown.side, shown.time_limit), (598, None));
        let feedback = session.answer(NEVUS, 700 + answers).unwrap();
        answers += 1;
        match shown.phase {
            Phase::Practice => {
                let told = feedback.unwrap();
                assert_eq!(told.right, Some(told.truth == Label::Nevus));
                assert_eq!((shown.position, shown.of), (answers, 2));
            }
            Phase::Reading => {
                assert_eq!(feedback, None);
                assert_eq!((shown.position, shown.of), (answers - 2, 20));
                seen.push(shown.frame.sha256());
            }
        }
    }
    let planned: Vec<String> = order
        .iter()
        .map(|number| {
            let case = plan.case(*number).unwrap();
            plan.lesion(case)
                .unwrap()
                .sha256(case.form)
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(seen, planned);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 20);
    let store = Store::open(&path).unwrap();
    let given = store.answers(Phase::Reading).unwrap();
    let cases: Vec<u32> = given.iter().map(|given| given.case).collect();
    assert_eq!(cases, order);
    assert_eq!(given[19].reply.response_ms, 721);
    let events = store.events().unwrap();
    let count = |what| events.iter().filter(|event| event.what == what).count();
    assert_eq!((count(Event::Opened), count(Event::Finished)), (23, 1));
    let mut session = ReadingSession::open(&path, "owl").unwrap();
    let error = session.answer(NEVUS, 1).unwrap_err().to_string();
    assert!(error.contains("nothing left"), "{error}");
}

#[test]
fn an_answer_that_does_not_fit_the_question_is_not_kept() {
    let asking = Settings {
        confidence: true,
        biopsy: true,
        ..small()
    };
    let (_folder, path) = file(&asking);
    let mut session = ReadingSession::open(&path, "owl").unwrap();
    let whole = Answer {
        confidence: Some(5),
        biopsy: Some(false),
        ..NEVUS
    };
    for (answer, words) in [
        (NEVUS, "Confidence is asked"),
        (
            Answer {
                confidence: None,
                ..whole
            },
            "Confidence is asked",
        ),
        (
            Answer {
                biopsy: None,
                ..whole
            },
            "biopsy is asked",
        ),
        (
            Answer {
                confidence: Some(0),
                ..whole
            },
            "from 1 to 5",
        ),
        (
            Answer {
                confidence: Some(6),
                ..whole
            },
            "from 1 to 5",
        ),
    ] {
        let error = session.answer(answer, 1).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    let hands = Hands {
        melanoma: 1,
        nevus: 1,
        biopsy: Some(1),
    };
    assert!(session.answer_hands(hands, 1).is_err());
    assert!(
        session
            .time_out(1)
            .unwrap_err()
            .to_string()
            .contains("no time limit")
    );
    assert_eq!(session.progress().practice, (0, 2));
    session.answer(whole, 1).unwrap();
    assert_eq!(session.progress().practice, (1, 2));
    let (_folder, path) = file(&small());
    let mut session = ReadingSession::open(&path, "owl").unwrap();
    let error = session.answer(whole, 1).unwrap_err().to_string();
    assert!(error.contains("does not ask for confidence"), "{error}");
}

/// In the language of whoever shows it: the window of a class may be German.
#[test]
fn that_no_hand_was_raised_is_said_in_german_too() {
    let class = Settings {
        classroom: true,
        ..small()
    };
    let (_folder, path) = file(&class);
    let mut session = ReadingSession::open(&path, "3b").unwrap();
    let nobody = Hands {
        melanoma: 0,
        nevus: 0,
        biopsy: None,
    };
    let error = session.answer_hands(nobody, 1).unwrap_err();
    assert!(error.to_string().contains("No hand was raised"), "{error}");
    let german = within(Language::German, || error.to_string());
    assert!(german.contains("niemand gemeldet"), "{german}");
}

#[test]
fn time_outs_and_pauses_are_written_down() {
    let limited = Settings {
        time_limit: Some(9),
        ..small()
    };
    let (_folder, path) = file(&limited);
    let mut session = ReadingSession::open(&path, "owl").unwrap();
    let limit = session.current().unwrap().time_limit;
    assert_eq!(limit, Some(Duration::from_secs(9)));
    let told = session.time_out(9000).unwrap().unwrap();
    assert_eq!(told.right, None);
    session.pause().unwrap();
    session.pause().unwrap();
    assert!(session.is_paused());
    let error = session.answer(NEVUS, 1).unwrap_err().to_string();
    assert!(error.contains("paused"), "{error}");
    session.resume().unwrap();
    session.answer(NEVUS, 1).unwrap();
    assert_eq!(session.time_out(9000).unwrap(), None);
    let store = Store::open(&path).unwrap();
    let events: Vec<_> = store.events().unwrap();
    let said: Vec<_> = events
        .iter()
        .map(|event| (event.what, event.phase, event.position))
        .collect();
    assert_eq!(
        said,
        [
            (Event::Opened, Phase::Practice, 0),
            (Event::TimedOut, Phase::Practice, 0),
            (Event::Paused, Phase::Practice, 1),
            (Event::Resumed, Phase::Practice, 1),
            (Event::TimedOut, Phase::Reading, 0),
        ]
    );
    let given = store.answers(Phase::Reading).unwrap();
    assert!(given[0].reply.timed_out && given[0].reply.call.is_none());
}

#[test]
fn two_windows_of_one_pseudonym_never_answer_a_case_twice() {
    let (_folder, path) = file(&small());
    let [mut one, mut two] = [0, 1].map(|_| ReadingSession::open(&path, "owl").unwrap());
    one.answer(NEVUS, 100).unwrap();
    let late = two.answer(
        Answer {
            call: Label::Melanoma,
            ..NEVUS
        },
        200,
    );
    assert!(matches!(late, Err(ReaderError::AnsweredElsewhere)));
    assert_eq!(two.progress().practice, (1, 2));
    assert_eq!(two.current().unwrap().position, 2);
    two.answer(NEVUS, 300).unwrap();
    let given = Store::open(&path)
        .unwrap()
        .answers(Phase::Practice)
        .unwrap();
    let calls: Vec<_> = given.iter().map(|given| given.reply.response_ms).collect();
    assert_eq!(calls, [100, 300]);
}

#[test]
fn a_class_raises_hands_and_nothing_else() {
    let class = Settings {
        classroom: true,
        biopsy: true,
        ..small()
    };
    let (_folder, path) = file(&class);
    let mut session = ReadingSession::open(&path, "year 4").unwrap();
    assert!(session.current().unwrap().question.hands);
    let error = session.answer(NEVUS, 1).unwrap_err().to_string();
    assert!(error.contains("enter its votes"), "{error}");
    let hands = |melanoma, nevus, biopsy| Hands {
        melanoma,
        nevus,
        biopsy,
    };
    for (hands, words) in [
        (hands(0, 0, Some(0)), "No hand"),
        (hands(3, 2, Some(6)), "More hands"),
        (hands(3, 2, None), "biopsy is asked"),
    ] {
        let error = session.answer_hands(hands, 1).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    let told = session
        .answer_hands(hands(12, 9, Some(15)), 1)
        .unwrap()
        .unwrap();
    assert_eq!(told.right, None);
    let given = Store::open(&path)
        .unwrap()
        .answers(Phase::Practice)
        .unwrap();
    assert_eq!(given[0].reply.hands, Some(hands(12, 9, Some(15))));
}

#[test]
fn two_forms_of_a_lesion_differ_in_the_perturbed_pixels_alone() {
    let (_folder, path) = file(&small());
    let store = Store::open(&path).unwrap();
    let plan = store.plan();
    for (lesion, number) in plan.lesions.iter().zip(0..) {
        if lesion.altered.is_none() {
            continue;
        }
        let [(_, one), (_, two)] = Form::ALL.map(|form| store.picture(number, form).unwrap());
        let differ = one
            .pixels()
            .iter()
            .zip(two.pixels())
            .filter(|(a, b)| a != b);
        assert_eq!(differ.count(), 1);
    }
}

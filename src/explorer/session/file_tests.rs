//! Tests of a session's file.

use super::*;
use flipscope_model::Label;

use crate::explorer::readers::state::Source;
use crate::explorer::session::capture::capture;
use crate::explorer::state::State;

fn decoded(bytes: &[u8]) -> Result<ReadSession, SessionError> {
    decode(Path::new("a.session"), bytes)
}

fn noise(value: i16) -> Noise {
    Noise {
        field: vec![value; flipscope_image::lesion::Frame::BYTES],
    }
}

/// A session with perturbations that share a noise field.
fn session() -> Session {
    let altered = |rotate, noise| {
        Arc::new(Perturbation {
            rotate,
            noise,
            ..Perturbation::default()
        })
    };
    Session {
        perturbations: vec![
            altered(0.1, Some(noise(3))),
            altered(-33.3, None),
            altered(0.3, Some(noise(3))),
            altered(0.3, Some(noise(-100))),
        ],
        ..capture(&State::default())
    }
}

#[test]
fn perturbations_come_back_to_the_last_digit_and_noise_is_written_once() {
    let bytes = encode(&session()).unwrap();
    let text = std::str::from_utf8(&bytes).unwrap();
    assert_eq!(text.matches("\"signs-3:").count(), 1);
    let read = decoded(&bytes).unwrap();
    assert!(read.problems.is_empty());
    assert_eq!(read.session.perturbations, session().perturbations);
    assert_eq!(encode(&read.session).unwrap(), bytes);
}

/// Sessions of before it was kept, and of a version that knows more, open without it.
#[test]
fn the_form_of_a_study_comes_back_and_costs_no_session() {
    let mut state = State::default();
    state.studies.form.data = Some("labels.csv".into());
    state.studies.form.draft.seed = 4711;
    let text = String::from_utf8(encode(&capture(&state)).unwrap()).unwrap();
    let form = |text: &str| {
        let read = decoded(text.as_bytes()).unwrap();
        let form = read.session.contents.study_form;
        form.map(|form| form.form())
    };
    assert_eq!(form(&text).as_ref(), Some(&state.studies.form));
    let mut older: serde_json::Value = serde_json::from_str(&text).unwrap();
    let contents = older["contents"].as_object_mut().unwrap();
    contents.remove("study_form").unwrap();
    assert_eq!(form(&older.to_string()), None);
    let newer = text.replacen("\"preset\": \"default\"", "\"preset\": \"unheard-of\"", 1);
    assert_ne!(newer, text);
    assert_eq!(form(&newer), None);
}

/// So does that of a reader study, with what of it a person has chosen.
#[test]
fn the_form_of_a_reader_study_comes_back_and_costs_no_session() {
    let mut state = State::default();
    let kept = &mut state.reader_studies.form;
    kept.source = Source::Tray;
    kept.draft.findings = vec!["one.json".into(), "many".into()];
    kept.draft.data = Some("labels.csv".into());
    kept.draft.truth = Some(Label::Nevus);
    kept.draft.settings.classroom = true;
    kept.draft.settings.cases = 12;
    kept.proposed.tray = true;
    kept.proposed.length.gap = 3;
    let text = String::from_utf8(encode(&capture(&state)).unwrap()).unwrap();
    let form = |text: &str| {
        let read = decoded(text.as_bytes()).unwrap();
        let form = read.session.contents.reader_form;
        form.map(|form| form.form())
    };
    assert_eq!(form(&text).as_ref(), Some(&state.reader_studies.form));
    let whole = decoded(text.as_bytes()).unwrap().session.whole();
    let whole = whole.contents.reader_form.unwrap().form().draft;
    let paths = whole.findings.iter().chain(&whole.data);
    assert!(paths.clone().count() == 3 && paths.clone().all(|path| path.is_absolute()));
    let mut older: serde_json::Value = serde_json::from_str(&text).unwrap();
    let contents = older["contents"].as_object_mut().unwrap();
    contents.remove("reader_form").unwrap();
    assert_eq!(form(&older.to_string()), None);
    let newer = text.replacen("\"classroom\"", "\"unheard-of\"", 1);
    assert_ne!(newer, text);
    assert_eq!(form(&newer), None);
}

#[test]
fn what_is_no_session_is_newer_or_is_damaged_is_refused_by_name() {
    let bytes = encode(&session()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let edited = |from: &str, to: &str| {
        let edited = text.replacen(from, to, 1);
        assert_ne!(edited, text, "{from}");
        edited
    };
    for (bytes, part) in [
        (text[..text.len() / 2].to_owned(), "is damaged"),
        (String::new(), "is damaged"),
        ("{}".to_owned(), "is not a session"),
        ("[1, 2]".to_owned(), "is not a session"),
        (edited("flipscope session", "another"), "is not a session"),
        (edited("\"version\": 1", "\"version\": 2"), "newer version"),
        (
            edited("\"rotate\": 0.1", "\"rotate\": 1e99"),
            "is damaged: rotate",
        ),
        (
            edited("\"selected\": null", "\"selected\": 7"),
            "lesion 7 of 0",
        ),
        (
            edited("\"noise\": 1", "\"noise\": 9"),
            "a noise that is missing",
        ),
    ] {
        let error = decoded(bytes.as_bytes()).unwrap_err().to_string();
        assert!(
            error.contains("a.session") && error.contains(part),
            "{error}"
        );
    }
}

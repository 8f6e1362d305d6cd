//! Kills of a reading, each at a named point: no answer is lost, and none is asked twice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use flipscope_lab::reader::ReadingSession;
use flipscope_lab::reader::store::{Phase, Store};
use serde::{Deserialize, Serialize};

use crate::{Fixture, answer, arg, kills, succeeds};

/// Where a child that answers ends itself; answers are those of this child, from 1.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
enum Point {
    /// The case is shown, and not answered.
    Before(usize),
    /// The answer is being written.
    Within(usize),
    /// The answer is kept.
    After(usize),
    /// The last answer of the reading is kept.
    AfterTheLast,
}

/// Nineteen kills, from the first answer to near the last: 4 cases of practice, then 48. The twentieth comes after the last one.
const KILLS: [Point; 20] = [
    Point::Before(1),
    Point::After(1),
    Point::Before(2),
    Point::After(2),
    Point::Before(1),
    Point::After(1),
    Point::Within(3),
    Point::After(4),
    Point::Before(5),
    Point::After(3),
    Point::Within(2),
    Point::After(6),
    Point::Before(1),
    Point::Before(4),
    Point::After(5),
    Point::Within(4),
    Point::After(3),
    Point::Before(2),
    Point::After(1),
    Point::AfterTheLast,
];

/// Answers, tells each case before it does and each answer once it is kept, and ends itself where it is asked to.
#[test]
#[ignore = "the child that another test starts and kills"]
fn child_that_answers() {
    let Some([file, point]) = kills::asked() else {
        return;
    };
    let (file, at): (_, Point) = (Path::new(&file), serde_json::from_str(&point).unwrap());
    let mut session = ReadingSession::open(file, "owl").unwrap();
    let mut kept = 0;
    while let Some(shown) = session.current() {
        let (phase, position) = (shown.phase.name(), shown.position);
        kills::tell(&format!(
            "asked {phase} {position} {}",
            shown.frame.sha256()
        ));
        if at == Point::Before(kept + 1) {
            kills::die();
        }
        if at == Point::Within(kept + 1) {
            kills::die_within_the_next_commit(file);
        }
        session.answer(answer(position), position).unwrap();
        kept += 1;
        kills::tell("kept");
        // On a busy machine, what watches for the journal may be late: the answer then is the last one all the same.
        let last = at == Point::After(kept) || at == Point::Within(kept);
        if last || (at == Point::AfterTheLast && session.is_finished()) {
            kills::die();
        }
    }
}

/// Kills a reading, and checks what was asked and kept: the places and the SHA-256 of their pictures.
fn kill(file: &Path, point: Point) -> Vec<(String, String)> {
    let before = answered(file);
    let json = serde_json::to_string(&point).unwrap();
    let told = kills::killed("killing::child_that_answers", &[arg(file), &json]);
    let kept = told.iter().filter(|line| *line == "kept").count();
    let more = answered(file) - before - kept;
    match point {
        Point::Before(answer) => assert_eq!((kept, more), (answer - 1, 0)),
        Point::After(answer) => assert_eq!((kept, more), (answer, 0)),
        Point::AfterTheLast => assert_eq!((before + kept, more), (52, 0)),
        // The answer in flight is there, or it is not.
        Point::Within(answer) => assert!(kept + 1 >= answer && more <= 1, "{kept} {more}"),
    }
    let asked = told.iter().filter_map(|line| line.strip_prefix("asked "));
    let asked = asked.map(|line| line.rsplit_once(' ').unwrap());
    let asked: Vec<(String, String)> = asked
        .map(|(place, picture)| (place.to_owned(), picture.to_owned()))
        .collect();
    // What is asked first is what has no answer yet.
    for (place, (name, _)) in (before..).zip(&asked) {
        let expected = if place < 4 {
            format!("practice {}", place + 1)
        } else {
            format!("reading {}", place - 3)
        };
        assert_eq!(*name, expected);
    }
    asked
}

/// Answers in the file, practice counted.
fn answered(file: &Path) -> usize {
    let store = Store::open(file).unwrap();
    let of = |phase| store.answers(phase).unwrap().len();
    of(Phase::Practice) + of(Phase::Reading)
}

#[test]
fn killed_twenty_times_no_answer_is_lost_and_none_is_asked_twice() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("killed.readers");
    succeeds(&fixture.new_study(&file, &["--cases", "48", "--gap", "10", "--practice", "4"]));
    let asked: Vec<(String, String)> = KILLS
        .into_iter()
        .flat_map(|point| kill(&file, point))
        .collect();
    assert!(ReadingSession::open(&file, "owl").unwrap().is_finished());
    let store = Store::open(&file).unwrap();
    let given = store.answers(Phase::Reading).unwrap();
    assert_eq!(
        given.iter().map(|given| given.case).collect::<Vec<_>>(),
        store.plan().order(0)
    );
    assert!(
        given
            .iter()
            .all(|given| given.reply.response_ms == given.position + 1
                && given.reply.call == Some(answer(given.position + 1).call))
    );
    // The same place always showed the same picture, and no picture of the reading stood at two places.
    let pictures: BTreeMap<_, _> = asked.iter().cloned().collect();
    assert_eq!(pictures.len(), 52);
    assert!(
        asked
            .iter()
            .all(|(place, picture)| pictures[place] == *picture)
    );
    assert_eq!(
        pictures.len(),
        pictures.values().collect::<BTreeSet<_>>().len()
    );
}

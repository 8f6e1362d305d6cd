//! What was released, has another framing, or is judged by another model, is read again; what cannot be read is not.

use flipscope_image::lesion::Framing;

use super::bench::{Bench, LESIONS};
use crate::explorer::command::Command;
use crate::explorer::explore::apply::frames::HELD;
use crate::explorer::worker::Answer;

#[test]
fn a_released_lesion_is_read_again_when_it_is_explored_and_keeps_its_verdict() {
    let mut bench = Bench::with_model();
    bench.open();
    bench.finish();
    let released = bench.released();
    assert!(released.len() >= LESIONS - HELD - 1, "{}", released.len());
    let before = bench.read.len();
    bench.ask(Command::Select(released[0]));
    assert!(bench.state.current().unwrap().frame().is_none());
    assert!(bench.read_one());
    let lesion = bench.state.current().unwrap();
    assert!(lesion.frame().is_some() && lesion.answers.primary.before.is_some());
    bench.finish();
    assert_eq!(bench.read.len(), before + 1);
    // A file that has changed meanwhile is judged again.
    bench.light = 9;
    bench.ask(Command::Select(released[1]));
    assert!(
        bench
            .state
            .current()
            .unwrap()
            .answers
            .primary
            .before
            .is_some()
    );
    bench.read_one();
    assert!(
        bench
            .state
            .current()
            .unwrap()
            .answers
            .primary
            .before
            .is_none()
    );
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
}

#[test]
fn another_framing_and_another_model_are_read_and_judged_within_the_bound() {
    let mut bench = Bench::with_model();
    bench.open();
    bench.finish();
    let other = match bench.state.framing() {
        Framing::Crop => Framing::Squash,
        Framing::Squash => Framing::Crop,
    };
    bench.ask(Command::SetFraming(Some(other)));
    assert_eq!(bench.judged(), 0);
    // The explored one comes first.
    bench.read_one();
    assert_eq!(bench.read.last(), Some(&0));
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
    assert!(bench.state.lesions.iter().all(|lesion| !lesion.outdated));
    bench.load("b");
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
    assert!(bench.most <= HELD + 2, "{} frames were held", bench.most);
}

#[test]
fn one_that_cannot_be_read_is_not_asked_for_again_and_again() {
    let mut bench = Bench::with_model();
    bench.open();
    for _ in 0..2 {
        let (lesion, _, color_handling, framing) = bench.reads.pop_front().unwrap();
        bench.answer(Answer::Read {
            lesion,
            color_handling,
            framing,
            refused: None,
            result: Err("It is missing.".to_owned()),
        });
    }
    bench.finish();
    assert_eq!(bench.judged(), LESIONS - 2);
    assert_eq!(bench.read.len(), LESIONS - 2);
    // A folder that is back brings them all.
    bench.ask(Command::ReadAgain);
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
}

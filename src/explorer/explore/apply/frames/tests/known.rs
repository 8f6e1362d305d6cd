//! The verdict on the unaltered frame is asked for once.

use std::sync::Arc;

use flipscope_image::lesion::Framing;
use flipscope_image::perturb::Perturbation;

use super::bench::Bench;
use crate::explorer::command::Command;
use crate::explorer::explore::controls::Control;
use crate::explorer::history::Gesture;

/// A lesion that is judged, unaltered and as its sliders alter it.
fn altered() -> Bench {
    let mut bench = Bench::with_model();
    bench.open();
    for _ in 0..3 {
        bench.read_one();
    }
    while bench.judge_one() {}
    let green = Control::OffsetGreen.set(&of_lesion(&bench), -20.0);
    alter(&mut bench, green);
    assert!(bench.judge_one());
    assert!(is_answered(&bench));
    bench
}

fn of_lesion(bench: &Bench) -> Perturbation {
    (*bench.state.current().expect("a lesion").perturbation).clone()
}

fn alter(bench: &mut Bench, perturbation: Perturbation) {
    bench.ask(Command::Alter(Gesture::Click, Arc::new(perturbation)));
}

fn is_answered(bench: &Bench) -> bool {
    let lesion = bench.state.current();
    lesion.is_some_and(|lesion| lesion.current().is_some())
}

#[test]
fn a_reset_and_its_undoing_and_doing_again_take_the_verdict_that_is_known() {
    let mut bench = altered();
    let trace = |bench: &Bench| {
        let lesion = bench.state.current().expect("a lesion");
        lesion.answers.primary.trace.len()
    };
    let before = trace(&bench);
    bench.ask(Command::ResetAll);
    assert!(is_answered(&bench));
    assert_eq!(trace(&bench), before + 1);
    assert!(bench.hold_back().is_none(), "nothing is asked");
    // One that was on its way does not take its place.
    bench.ask(Command::Undo);
    let late = bench.hold_back().expect("altered");
    bench.ask(Command::Redo);
    assert!(is_answered(&bench) && bench.hold_back().is_none());
    bench.judge(late);
    assert!(is_answered(&bench));
}

/// It was judged as an entry of the list.
#[test]
fn a_lesion_of_the_list_is_explored_with_the_verdict_that_is_known() {
    let mut bench = altered();
    let next = bench.state.lesions[1].id;
    assert!(bench.state.lesions[1].answers.primary.before.is_some());
    bench.ask(Command::Select(next));
    assert!(is_answered(&bench) && bench.hold_back().is_none());
}

#[test]
fn nothing_is_taken_from_another_model_framing_or_field_of_view() {
    let mut bench = altered();
    bench.load("b");
    bench.hold_back();
    bench.ask(Command::ResetAll);
    assert!(!is_answered(&bench));
    assert!(bench.hold_back().is_some(), "it is asked");

    let mut bench = altered();
    while bench.read_one() {}
    bench.ask(Command::SetFraming(Some(Framing::Crop)));
    bench.ask(Command::ResetAll);
    assert!(!is_answered(&bench));

    let mut bench = altered();
    let narrow = Perturbation {
        field_of_view: true,
        ..of_lesion(&bench)
    };
    alter(&mut bench, narrow);
    bench.hold_back();
    bench.ask(Command::ResetAll);
    assert!(!is_answered(&bench));
    assert!(bench.hold_back().is_some(), "it is asked");
}

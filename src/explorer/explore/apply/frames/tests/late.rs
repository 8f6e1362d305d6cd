//! Answers about the explored lesion that arrive in another order than they were asked for.

use std::sync::Arc;

use flipscope_image::perturb::Perturbation;

use super::bench::Bench;
use crate::explorer::command::Command;
use crate::explorer::explore::controls::Control;
use crate::explorer::history::Gesture;

fn opened() -> Bench {
    let mut bench = Bench::with_model();
    bench.open();
    for _ in 0..3 {
        bench.read_one();
    }
    while bench.judge_one() {}
    assert!(is_answered(&bench));
    bench
}

fn alter(bench: &mut Bench, green: f64) {
    let perturbation = Control::OffsetGreen.set(&Perturbation::default(), green);
    bench.ask(Command::Alter(Gesture::Click, Arc::new(perturbation)));
}

fn is_answered(bench: &Bench) -> bool {
    let lesion = bench.state.current();
    lesion.is_some_and(|lesion| lesion.current().is_some())
}

#[test]
fn one_for_where_the_sliders_were_does_not_replace_the_one_for_where_they_are() {
    let mut bench = opened();
    alter(&mut bench, -20.0);
    let late = bench.hold_back().expect("a request");
    alter(&mut bench, -30.0);
    assert!(!is_answered(&bench));
    assert!(bench.judge_one());
    assert!(is_answered(&bench));
    let trace = |bench: &Bench| bench.state.lesions[0].answers.primary.trace.len();
    let before = trace(&bench);
    bench.judge(late);
    assert!(is_answered(&bench));
    assert_eq!(trace(&bench), before);
}

#[test]
fn while_the_sliders_move_the_newest_one_is_shown() {
    let mut bench = opened();
    alter(&mut bench, -20.0);
    let first = bench.hold_back().expect("a request");
    alter(&mut bench, -30.0);
    bench.judge(first);
    assert!(!is_answered(&bench));
    let shown = bench.state.lesions[0].answers.primary.after.as_ref();
    let shown = shown.expect("an answer");
    assert_eq!(Control::OffsetGreen.get(&shown.perturbation), -20.0);
}

/// With another field of view, the unaltered frame is another one too: its verdict is still to come.
#[test]
fn one_for_another_field_of_view_is_no_verdict_on_the_original() {
    let mut bench = opened();
    let of_lesion = |bench: &Bench| (*bench.state.lesions[0].perturbation).clone();
    let wide = of_lesion(&bench);
    let narrow = Perturbation {
        field_of_view: true,
        ..wide.clone()
    };
    let set = |bench: &mut Bench, perturbation: Perturbation| {
        bench.ask(Command::Alter(Gesture::Click, Arc::new(perturbation)));
    };
    set(&mut bench, narrow.clone());
    let late = bench.hold_back().expect("a request");
    assert!(late.perturbation.is_identity());
    set(&mut bench, wide);
    let altered = Control::OffsetGreen.set(&of_lesion(&bench), -20.0);
    set(&mut bench, altered);
    bench.judge(late);
    let before = |bench: &Bench| bench.state.lesions[0].answers.primary.before.clone();
    assert_eq!(before(&bench), None);
    // One for the field of view that is set is.
    set(&mut bench, narrow);
    let late = bench.hold_back().expect("a request");
    let altered = Control::OffsetGreen.set(&of_lesion(&bench), -20.0);
    set(&mut bench, altered);
    bench.judge(late);
    assert!(before(&bench).is_some());
}

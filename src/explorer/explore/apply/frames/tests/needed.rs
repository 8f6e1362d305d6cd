//! Verdicts that a filter or an order waits for go first, and those that are missing are counted.

use std::sync::Arc;

use flipscope_image::perturb::Perturbation;

use super::bench::{Bench, LESIONS};
use crate::explorer::command::Command;
use crate::explorer::explore::controls::Control;
use crate::explorer::explore::list::arrange::Filter;
use crate::explorer::explore::list::columns::Column;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::history::Gesture;

/// Some photographs are read, and nothing of the list is judged.
fn read() -> Bench {
    let mut bench = Bench::with_model();
    bench.open();
    bench.ask(Command::InSight(0..12));
    for _ in 0..20 {
        bench.read_one();
    }
    bench
}

fn filter(bench: &mut Bench, filter: Filter) {
    bench.ask(Command::List(ListCommand::Filter(filter)));
}

#[test]
fn bands_wait_for_the_list_only_while_a_filter_or_an_order_by_verdict_needs_it() {
    let mut bench = read();
    assert_eq!(bench.first, 0);
    filter(&mut bench, Filter::NearThreshold);
    assert!(bench.first > 0);
    filter(&mut bench, Filter::All);
    assert_eq!(bench.first, 0);
    // What is labelled is known without a verdict; and without labels, nothing is wrong.
    for by_label in [Filter::Melanomas, Filter::Wrong] {
        filter(&mut bench, by_label);
        assert_eq!(bench.first, 0, "{by_label:?}");
    }
    filter(&mut bench, Filter::All);
    bench.ask(Command::List(ListCommand::Sort(Column::Name)));
    assert_eq!(bench.first, 0);
    bench.ask(Command::List(ListCommand::Sort(Column::P)));
    assert!(bench.first > 0);
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
}

#[test]
fn what_a_filter_misses_for_want_of_a_verdict_is_counted() {
    let mut bench = read();
    assert_eq!(bench.state.list.not_judged, 0);
    filter(&mut bench, Filter::NearThreshold);
    assert_eq!(bench.state.list.not_judged, LESIONS);
    bench.ask(Command::List(ListCommand::Search("077".to_owned())));
    assert_eq!(bench.state.list.not_judged, 12);
    // Nothing else is judged before them.
    assert!(bench.first <= 12, "{}", bench.first);
    bench.ask(Command::List(ListCommand::Search(String::new())));
    for _ in 0..5 {
        bench.judge_one();
    }
    assert_eq!(bench.state.list.not_judged, LESIONS - bench.judged());
    bench.finish();
    assert_eq!(bench.state.list.not_judged, 0);
}

/// As a session restores it: sliders that alter a lesion, and no verdict on it.
#[test]
fn a_filter_for_flips_has_altered_lesions_of_the_list_judged() {
    // One whose frame is held, and one whose frame has been released.
    for at in [0, 900] {
        altered_is_judged(at);
    }
}

fn altered_is_judged(at: usize) {
    let mut bench = read();
    bench.finish();
    bench.ask(Command::Select(bench.state.lesions[at].id));
    bench.finish();
    let green = Control::OffsetGreen.set(&Perturbation::default(), -20.0);
    bench.ask(Command::Alter(Gesture::Click, Arc::new(green)));
    let altered = bench.state.selected.expect("a lesion");
    bench.hold_back();
    let next = bench.state.lesions[5].id;
    bench.ask(Command::Select(next));
    bench.finish();
    let is_judged = |bench: &Bench| {
        bench
            .state
            .lesion(altered)
            .is_some_and(|one| one.current().is_some())
    };
    assert!(!is_judged(&bench));
    filter(&mut bench, Filter::Flipped);
    assert_eq!(bench.state.list.not_judged, 1);
    bench.finish();
    assert!(is_judged(&bench));
    assert_eq!(bench.state.list.not_judged, 0);
}

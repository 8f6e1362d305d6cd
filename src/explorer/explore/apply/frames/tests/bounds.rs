//! A long list is read and judged whole, and no more frames are held than the bound says.

use std::collections::BTreeSet;

use super::bench::{Bench, LESIONS};
use crate::explorer::command::Command;
use crate::explorer::explore::apply::frames::HELD;
use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::list::command::ListCommand;

#[test]
fn a_long_list_is_read_and_judged_whole_within_a_bound() {
    let mut bench = Bench::with_model();
    bench.open();
    // The network is slow: reading stops, and resumes as it answers.
    while bench.read_one() {}
    assert!(
        (HELD..=HELD + 1).contains(&bench.read.len()),
        "{}",
        bench.read.len()
    );
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
    assert!(bench.most <= HELD + 2, "{} frames were held", bench.most);
    let thumbnails = bench
        .state
        .lesions
        .iter()
        .filter(|one| one.thumbnail().is_some());
    assert_eq!(thumbnails.count(), LESIONS);
    // Each exactly once.
    assert_eq!(bench.read.len(), LESIONS);
    assert_eq!(bench.read.iter().collect::<BTreeSet<_>>().len(), LESIONS);
}

#[test]
fn without_a_model_thumbnails_are_read_within_the_bound_too() {
    let mut bench = Bench::default();
    bench.open();
    bench.finish();
    assert_eq!(bench.read.len(), LESIONS);
    assert!(bench.most <= HELD + 2, "{} frames were held", bench.most);
    // A model that is loaded later judges all of them.
    bench.load("late");
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
    assert!(bench.most <= HELD + 2, "{} frames were held", bench.most);
}

#[test]
fn closing_all_keeps_no_frames_and_undo_reads_them_again() {
    let mut bench = Bench::with_model();
    bench.open();
    bench.finish();
    let ids: Vec<LesionId> = bench.state.lesions.iter().map(|one| one.id).collect();
    bench.ask(Command::List(ListCommand::Close(ids.clone())));
    assert!(bench.state.lesions.is_empty() && bench.state.list.order.is_empty());
    assert_eq!(bench.state.selected, None);
    bench.ask(Command::Undo);
    let back: Vec<LesionId> = bench.state.lesions.iter().map(|one| one.id).collect();
    assert_eq!(back, ids);
    let held = bench
        .state
        .lesions
        .iter()
        .filter(|one| one.frame().is_some());
    assert_eq!(held.count(), 0);
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
    assert!(bench.most <= HELD + 2, "{} frames were held", bench.most);
    // Some of them: those between stay where they are.
    let some: Vec<LesionId> = ids.iter().copied().step_by(3).collect();
    bench.ask(Command::List(ListCommand::Close(some)));
    assert_eq!(bench.state.lesions.len(), LESIONS - LESIONS / 3);
    bench.ask(Command::Undo);
    let back: Vec<LesionId> = bench.state.lesions.iter().map(|one| one.id).collect();
    assert_eq!(back, ids);
}

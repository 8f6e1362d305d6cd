//! What comes into sight, and the order of the list, decide what is read next.

use std::collections::BTreeSet;

use super::bench::{Bench, LESIONS};
use crate::explorer::command::Command;
use crate::explorer::explore::apply::frames::{HELD, REQUESTS};
use crate::explorer::explore::list::columns::Column;
use crate::explorer::explore::list::command::ListCommand;

#[test]
fn what_comes_into_sight_is_read_next() {
    let mut bench = Bench::with_model();
    bench.open();
    for _ in 0..10 {
        bench.read_one();
    }
    bench.ask(Command::InSight(700..712));
    let before = bench.read.len();
    for _ in 0..REQUESTS + 12 {
        bench.read_one();
    }
    let since: BTreeSet<_> = bench.read[before..].iter().copied().collect();
    assert!((700..712).all(|place| since.contains(&place)), "{since:?}");
    // The same while the network has enough to do.
    while bench.read_one() {}
    bench.ask(Command::InSight(100..112));
    let before = bench.read.len();
    while bench.read_one() {}
    let since: BTreeSet<_> = bench.read[before..].iter().copied().collect();
    assert!((100..112).all(|place| since.contains(&place)), "{since:?}");
}

#[test]
fn the_order_of_the_list_decides_what_is_read_next_and_what_it_hides_comes_last() {
    let mut bench = Bench::with_model();
    bench.open();
    for _ in 0..10 {
        bench.read_one();
    }
    bench.ask(Command::InSight(0..12));
    for _ in 0..2 {
        let sort = ListCommand::Sort(Column::Name);
        bench.ask(Command::List(sort));
    }
    let before = bench.read.len();
    for _ in 0..REQUESTS + 12 {
        bench.read_one();
    }
    let since: BTreeSet<_> = bench.read[before..].iter().copied().collect();
    let last = LESIONS - 12..LESIONS;
    assert!(
        last.clone().all(|place| since.contains(&place)),
        "{since:?}"
    );
    // The verdicts of the visible ones come first, too.
    while bench.read_one() {}
    assert!(bench.judge_one() && bench.judge_one());
    let first = &bench.state.lesions[LESIONS - 1];
    assert!(first.answers.primary.before.is_some());
    // Only twelve are shown: the others are read and judged all the same.
    bench.ask(Command::List(ListCommand::Search("077".to_owned())));
    assert_eq!(bench.state.list.shown().len(), 12);
    let before = bench.read.len();
    for _ in 0..REQUESTS + 12 {
        bench.read_one();
    }
    let since: BTreeSet<_> = bench.read[before..].iter().copied().collect();
    assert!((770..780).all(|place| since.contains(&place)), "{since:?}");
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
    // The visible ones are held in addition.
    assert!(
        bench.most <= HELD + 2 + 12,
        "{} frames were held",
        bench.most
    );
}

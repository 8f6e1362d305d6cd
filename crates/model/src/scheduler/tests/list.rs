//! A folder of hundreds of photographs: its verdicts delay neither a search nor the bands of the sliders, and are not delayed
//! forever.

use super::*;
use crate::scheduler::queues::JOB_TURNS_PER_LIST_TURN;

/// Photographs of the list that are visible, and that are not.
const IN_SIGHT: usize = 10;
const OUT_OF_SIGHT: usize = 490;
/// Rotations by which the tests distinguish requests.
const SEEN: f64 = 1000.0;
const UNSEEN: f64 = 2000.0;
const BAND: f64 = 5000.0;

impl Bench {
    /// Requests whose answers nobody waits for.
    fn requests(&self, from: f64, count: usize) -> Vec<Request> {
        let request = |n: usize| Request {
            slot: ModelSlot::Primary,
            candidate: self.candidate(from + n as f64),
            reply: Box::new(|_| {}),
        };
        (0..count).map(request).collect()
    }

    /// With one request of the list in the network, and 499 waiting.
    fn with_a_list() -> Self {
        let bench = Self::new(8);
        let (in_sight, rest) = (
            bench.requests(SEEN, IN_SIGHT),
            bench.requests(UNSEEN, OUT_OF_SIGHT),
        );
        bench.scheduler.ask_list(Vec::new(), in_sight, rest);
        assert_eq!(bench.call().1, [SEEN]);
        bench
    }

    /// The rotations of the next calls, let through until `done` returns true.
    fn until(&self, done: impl Fn(&[f64]) -> bool) -> Vec<f64> {
        let mut calls = Vec::new();
        while !done(&calls) {
            calls.extend(self.through().1);
        }
        calls
    }
}

#[test]
fn a_search_begins_within_one_batch_of_its_start_before_a_list_of_500() {
    let bench = Bench::with_a_list();
    let batches = bench
        .scheduler
        .jobs()
        .start(1, bench.candidates([1.0, 2.0, 3.0]));
    bench.let_go();
    let calls = bench.until(|calls| calls.contains(&3.0));
    assert_eq!(
        calls[0], 1.0,
        "it waits for the frame in flight and no more"
    );
    let others = calls.iter().filter(|&&rotation| rotation >= SEEN).count();
    assert!(others <= 2, "turns, one each: {calls:?}");
    bench.until(|calls| calls.len() > 20);
    assert_eq!(rotations(batches.map(Result::unwrap)), [1.0, 2.0, 3.0]);
}

#[test]
fn bands_come_within_their_usual_count_of_batches_beside_a_list_and_a_job() {
    const POINTS: usize = 81;
    let bench = Bench::with_a_list();
    bench
        .scheduler
        .ask_background(Vec::new(), bench.requests(BAND, POINTS));
    bench.let_go();
    let last = BAND + (POINTS - 1) as f64;
    let calls = bench.until(|calls| calls.contains(&last));
    assert!(
        calls.len() < POINTS + IN_SIGHT,
        "only what is in sight took turns with them: {}",
        calls.len()
    );
    assert!(
        calls
            .iter()
            .all(|&rotation| !(UNSEEN..BAND).contains(&rotation))
    );

    // A study that never ends takes every other turn, and no more.
    let _study = bench
        .scheduler
        .jobs()
        .start(1, bench.candidates((0..100_000).map(|_| 0.5)));
    bench
        .scheduler
        .ask_background(Vec::new(), bench.requests(BAND, POINTS));
    let (mut turns, mut answered) = (0, 0);
    while answered < POINTS {
        turns += 1;
        answered += usize::from(bench.through().1 >= vec![BAND]);
    }
    assert!(turns <= 2 * POINTS + 4, "{turns}");
}

#[test]
fn the_list_comes_to_its_end_beside_a_study_that_does_not() {
    let bench = Bench::with_a_list();
    let _study = bench
        .scheduler
        .jobs()
        .start(1, bench.candidates((0..100_000).map(|_| 0.5)));
    bench.let_go();
    let (mut turns, mut unseen) = (0, 0);
    while unseen < 20 {
        turns += 1;
        let first = bench.through().1[0];
        unseen += u32::from((UNSEEN..BAND).contains(&first));
    }
    let share = (JOB_TURNS_PER_LIST_TURN + 1) * 20 + 2 * IN_SIGHT as u32;
    assert!(turns <= share, "{turns} turns for 20 of the list");
    assert!(
        turns >= JOB_TURNS_PER_LIST_TURN * 20,
        "a small share: {turns}"
    );
}

#[test]
fn a_list_that_is_asked_again_takes_the_place_of_the_earlier_one() {
    let bench = Bench::with_a_list();
    // The person scrolls.
    let (in_sight, rest) = (bench.requests(UNSEEN, 3), bench.requests(SEEN, 2));
    bench.scheduler.ask_list(Vec::new(), in_sight, rest);
    bench.let_go();
    let calls = bench.until(|calls| calls.len() == 5);
    assert_eq!(calls[..3], [UNSEEN, UNSEEN + 1.0, UNSEEN + 2.0]);
    assert_eq!(calls[3..], [SEEN, SEEN + 1.0]);
}

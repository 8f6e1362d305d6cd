//! Interactive requests: the newest goes first, between the batches of jobs, and outlives a bug.

use super::*;

#[test]
fn the_newest_question_replaces_one_that_waits() {
    let bench = Bench::new(8);
    let running = bench.ask(0.5);
    assert_eq!(bench.call(), ("first", vec![0.5]));
    let waits = bench.ask(0.25);
    let newest = bench.ask(0.75);
    bench.let_go();
    assert_eq!(bench.through(), ("first", vec![0.75]));
    assert_eq!(running.recv().unwrap().unwrap().verdict.p_melanoma, 0.5);
    let scored = newest.recv().unwrap().unwrap();
    assert_eq!(scored.verdict.p_melanoma, 0.75);
    assert_eq!(&*scored.provenance.device, "a stand-in");
    assert_eq!(
        (scored.provenance.batch, scored.provenance.generation),
        (1, 1)
    );
    assert!(waits.recv().is_err(), "dropped unanswered");
}

#[test]
fn interactive_requests_go_between_the_batches_of_a_job() {
    let bench = Bench::new(8);
    let batches = bench
        .scheduler
        .jobs()
        .start(1, bench.candidates((0..300).map(f64::from)));
    assert_eq!(bench.call().1, [0.0], "one, to measure the rate");
    let answer = bench.ask(0.5);
    bench.let_go();
    assert_eq!(
        bench.through().1,
        [0.5],
        "an interactive request waits for the batch in flight and no more"
    );
    assert_eq!(answer.recv().unwrap().unwrap().verdict.p_melanoma, 0.5);
    let mut next = 1.0;
    while next < 300.0 {
        let (_, batch) = bench.through();
        assert!((1..=8).contains(&batch.len()));
        for rotation in batch {
            assert_eq!(rotation, next);
            next += 1.0;
        }
    }
    assert_eq!(
        rotations(batches.map(Result::unwrap)),
        (0..300).map(|n| n as f32).collect::<Vec<_>>()
    );
}

#[test]
fn a_bug_in_the_network_is_an_error_and_the_next_question_is_answered() {
    let bench = Bench::new(8);
    let broken = bench.ask(0.125);
    bench.through();
    let error = broken.recv().unwrap().unwrap_err().to_string();
    assert!(error.contains("a bug in flipscope"), "{error}");
    let sound = bench.ask(0.5);
    bench.through();
    assert_eq!(sound.recv().unwrap().unwrap().verdict.p_melanoma, 0.5);
}

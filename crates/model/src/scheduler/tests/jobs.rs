//! Jobs: their turns, how they are cancelled, what becomes of batches that do not fit, and how they end.

use super::*;

#[test]
fn jobs_take_turns() {
    let bench = Bench::new(1);
    // A batch that does not fit ends as a batch of one, so that the turns can be counted.
    let hold = bench.ask(0.0);
    bench.call();
    let one = bench
        .scheduler
        .jobs()
        .start(1, bench.candidates([1.0, 2.0, 3.0]));
    let other = bench
        .scheduler
        .jobs()
        .start(1, bench.candidates([10.0, 20.0, 30.0]));
    bench.let_go();
    let mut order = Vec::new();
    while order.len() < 6 {
        let (_, batch) = bench.through();
        if let [alone] = batch[..] {
            order.push(alone);
        }
    }
    hold.recv().unwrap().unwrap();
    assert_eq!(rotations(one.map(Result::unwrap)), [1.0, 2.0, 3.0]);
    assert_eq!(rotations(other.map(Result::unwrap)), [10.0, 20.0, 30.0]);
    let turn = |n: f64| order.iter().position(|&rotation| rotation == n).unwrap();
    assert!(
        turn(10.0) < turn(3.0) && turn(1.0) < turn(30.0),
        "{order:?}"
    );
}

#[test]
fn whoever_drops_the_batches_has_cancelled_the_job() {
    let bench = Bench::new(8);
    let batches = bench
        .scheduler
        .jobs()
        .start(1, bench.candidates([1.0, 2.0, 3.0]));
    assert_eq!(bench.call().1, [1.0]);
    drop(batches);
    bench.let_go();
    let answer = bench.ask(0.5);
    assert_eq!(
        bench.through().1,
        [0.5],
        "nothing of the job ran after the batch in flight"
    );
    answer.recv().unwrap().unwrap();
}

#[test]
fn a_batch_that_does_not_fit_is_halved_and_nothing_is_lost() {
    let bench = Bench::new(3);
    let batches = bench
        .scheduler
        .jobs()
        .start(1, bench.candidates((0..40).map(f64::from)));
    let mut largest_after_refusal = 0;
    let mut refused = false;
    let mut scored = 0;
    while scored < 40 {
        let size = bench.through().1.len();
        if size > 3 {
            refused = true;
        } else {
            scored += size;
            if refused {
                largest_after_refusal = largest_after_refusal.max(size);
            }
        }
    }
    assert!(refused && largest_after_refusal <= 4);
    assert_eq!(
        rotations(batches.map(Result::unwrap)),
        (0..40).map(|n| n as f32).collect::<Vec<_>>()
    );
}

#[test]
fn a_job_of_which_not_even_one_fits_ends_with_the_error() {
    let bench = Bench::new(0);
    let mut batches = bench
        .scheduler
        .jobs()
        .start(1, bench.candidates([1.0, 2.0]));
    bench.through();
    let error = batches.next().unwrap().unwrap_err().to_string();
    assert!(
        error.contains("not have enough memory to judge 1 frame at once"),
        "{error}"
    );
    assert!(batches.next().is_none());
}

#[test]
fn the_end_of_the_scheduler_ends_its_jobs() {
    let bench = Bench::new(8);
    let jobs = bench.scheduler.jobs();
    let batches = jobs.start(1, bench.candidates([1.0, 2.0, 3.0]));
    bench.call();
    let Bench {
        scheduler,
        gate,
        frame,
        ..
    } = bench;
    let ending = std::thread::Builder::new()
        .spawn(move || drop(scheduler))
        .unwrap();
    // The batch in flight may be followed by others before the cancellation is seen; but it is seen.
    drop(gate);
    ending.join().unwrap();
    assert!(batches.map(Result::unwrap).count() <= 3);
    let candidate = Candidate {
        frame,
        perturbation: Arc::default(),
    };
    assert!(jobs.start(1, vec![candidate]).next().is_none());
}

#[test]
fn an_empty_job_has_no_batches() {
    let bench = Bench::new(8);
    assert!(bench.scheduler.jobs().start(1, Vec::new()).next().is_none());
}

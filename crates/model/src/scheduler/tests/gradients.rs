//! Jobs of gradients: batches of their own size, interactive requests between them, what becomes of those that do not fit.

use super::*;

/// Gradients of rotations from 0, for the class that is the rotation's remainder.
const CLASSES: usize = 3;

impl Bench {
    fn start_gradients(&self, count: usize) -> GradientStream {
        let asked = (0..count).map(|n| (self.candidate(n as f64), n % CLASSES));
        self.scheduler.jobs().gradients(1, asked.collect())
    }
}

/// Whether each is that of its candidate, in order.
fn are_all(batches: GradientStream, count: usize) {
    let answers: Vec<VerdictAndGradient> = batches.flat_map(Result::unwrap).collect();
    let said = answers.into_iter().map(|(verdict, gradient)| {
        assert_eq!(verdict.p_melanoma, gradient[0]);
        gradient
    });
    let expected = (0..count).map(|n| vec![n as f32, (n % CLASSES) as f32]);
    assert!(said.eq(expected));
}

#[test]
fn interactive_requests_go_between_the_batches_of_gradients() {
    let bench = Bench::new(8);
    let gradients = bench.start_gradients(30);
    assert_eq!(bench.call().1, [0.0], "one, to measure the rate");
    let answer = bench.ask(0.5);
    bench.let_go();
    assert_eq!(bench.through().1, [0.5]);
    assert_eq!(answer.recv().unwrap().unwrap().verdict.p_melanoma, 0.5);
    let mut next = 1.0;
    while next < 30.0 {
        let (_, batch) = bench.through();
        assert!((1..=4).contains(&batch.len()), "no more than pays");
        for rotation in batch {
            assert_eq!(rotation, next);
            next += 1.0;
        }
    }
    are_all(gradients, 30);
}

/// What is measured of frames says nothing about gradients, nor the other way.
#[test]
fn gradients_have_a_rate_of_their_own() {
    let bench = Bench::new(8);
    let scores = bench
        .scheduler
        .jobs()
        .start(1, bench.candidates((0..20).map(f64::from)));
    let mut scored = 0;
    while scored < 20 {
        scored += bench.through().1.len();
    }
    assert_eq!(scores.map(|batch| batch.unwrap().len()).sum::<usize>(), 20);
    let gradients = bench.start_gradients(2);
    assert_eq!(bench.through().1, [0.0], "nothing is known of them yet");
    assert_eq!(bench.through().1, [1.0]);
    are_all(gradients, 2);
}

#[test]
fn a_batch_of_gradients_that_does_not_fit_is_halved_and_nothing_is_lost() {
    let bench = Bench::new(2);
    let gradients = bench.start_gradients(40);
    let (mut done, mut refused) = (0, false);
    while done < 40 {
        let size = bench.through().1.len();
        if size > 2 {
            refused = true;
        } else {
            done += size;
        }
    }
    assert!(refused);
    are_all(gradients, 40);
}

#[test]
fn gradients_of_which_not_even_one_fits_end_with_the_error() {
    let bench = Bench::new(0);
    let mut gradients = bench.start_gradients(2);
    bench.through();
    let error = gradients.next().unwrap().unwrap_err().to_string();
    assert!(error.contains("not have enough memory"), "{error}");
    assert!(gradients.next().is_none());
}

#[test]
fn whoever_drops_gradients_has_cancelled_them_and_a_model_that_is_gone_is_an_error() {
    let bench = Bench::new(8);
    let jobs = bench.scheduler.jobs();
    // Holds the thread, so that the rest waits together.
    let first = bench.ask(0.5);
    let wanted = jobs.gradients(1, vec![(bench.candidate(0.25), 1)]);
    let dropped = jobs.gradients(1, vec![(bench.candidate(0.75), 0)]);
    let mut unknown = jobs.gradients(7, vec![(bench.candidate(0.5), 0)]);
    assert!(jobs.gradients(1, Vec::new()).next().is_none());
    drop(dropped);
    for _ in 0..8 {
        bench.gate.send(()).unwrap();
    }
    assert!(first.recv().unwrap().is_ok());
    let answers: Vec<VerdictAndGradient> = wanted.flat_map(Result::unwrap).collect();
    let [(verdict, field)] = &answers[..] else {
        panic!("one was asked for, not {}", answers.len());
    };
    assert_eq!((verdict.p_melanoma, &field[..]), (0.25, &[0.25, 1.0][..]));
    assert!(matches!(
        unknown.next().unwrap(),
        Err(ClassifierError::NoSuchModel)
    ));
    let asked: Vec<Vec<f64>> = bench
        .calls
        .try_iter()
        .map(|(_, rotations)| rotations)
        .collect();
    assert!(
        !asked.contains(&vec![0.75]),
        "nobody wanted it any more: {asked:?}"
    );
}

#[test]
fn gradients_that_are_dropped_end_after_the_batch_in_flight() {
    let bench = Bench::new(8);
    let gradients = bench.start_gradients(9);
    assert_eq!(bench.call().1, [0.0]);
    drop(gradients);
    bench.let_go();
    let answer = bench.ask(0.5);
    assert_eq!(bench.through().1, [0.5]);
    answer.recv().unwrap().unwrap();
}

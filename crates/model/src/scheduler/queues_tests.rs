//! Tests of the order in which requests are taken.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::super::job::{JobOutput, JobReply};
use super::*;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;

fn candidate(rotate: f64) -> Candidate {
    Candidate {
        frame: Arc::new(Frame::from_rgb(vec![0; Frame::BYTES]).unwrap()),
        perturbation: Arc::new(Perturbation {
            rotate,
            ..Perturbation::default()
        }),
    }
}

fn request(rotate: f64) -> Request {
    Request {
        slot: ModelSlot::Primary,
        candidate: candidate(rotate),
        reply: Box::new(|_| {}),
    }
}

fn requests(rotations: impl IntoIterator<Item = f64>) -> VecDeque<Request> {
    rotations.into_iter().map(request).collect()
}

fn job(rotate: f64) -> Job {
    Job {
        generation: 1,
        priority: Priority::InTurn,
        candidates: [candidate(rotate)].into(),
        reply: JobReply {
            wanted: JobOutput::Scores(crossbeam_channel::unbounded().0),
            cancelled: Arc::new(AtomicBool::new(false)),
        },
    }
}

/// The rotation of the next request, or how long to wait.
fn next(queues: &mut Queues, now: Instant) -> Next<f64> {
    match queues.next(now) {
        Next::Take(Task::ChangeModel(..)) => Next::Take(f64::NAN),
        Next::Take(Task::Answer(_, candidate, _)) => Next::Take(candidate.perturbation.rotate),
        Next::Take(Task::Work(job)) => Next::Take(job.candidates[0].perturbation.rotate),
        Next::WaitFor(time) => Next::WaitFor(time),
        Next::WaitForRequest => Next::WaitForRequest,
    }
}

/// The same, where one must be there.
fn taken(queues: &mut Queues, now: Instant) -> Option<f64> {
    match next(queues, now) {
        Next::Take(rotation) => Some(rotation),
        Next::WaitFor(_) | Next::WaitForRequest => None,
    }
}

fn order(queues: &mut Queues) -> Vec<f64> {
    let now = Instant::now();
    std::iter::from_fn(|| taken(queues, now)).collect()
}

#[test]
fn interactive_requests_go_first_and_background_requests_wait_until_the_input_is_idle() {
    let start = Instant::now();
    let mut queues = Queues {
        interactive: PerModel {
            primary: Some(request(1.0)),
            comparison: None,
        },
        last_interactive: Some(start),
        bands: requests([2.0]),
        in_sight: requests([3.0]),
        out_of_sight: requests([4.0]),
        ..Queues::default()
    };
    assert_eq!(next(&mut queues, start), Next::Take(1.0));
    let soon = start + Duration::from_millis(100);
    assert_eq!(
        next(&mut queues, soon),
        Next::WaitFor(Duration::from_millis(250))
    );
    for expected in [2.0, 3.0, 4.0] {
        assert_eq!(next(&mut queues, start + IDLE_DELAY), Next::Take(expected));
    }
    assert_eq!(next(&mut queues, start + IDLE_DELAY), Next::WaitForRequest);
}

#[test]
fn the_explored_model_is_asked_before_the_one_beside_it() {
    let mut queues = Queues {
        interactive: PerModel {
            primary: Some(request(1.0)),
            comparison: Some(request(2.0)),
        },
        jobs: [job(3.0)].into(),
        ..Queues::default()
    };
    assert_eq!(order(&mut queues), [1.0, 2.0, 3.0]);
}

#[test]
fn the_explored_original_waits_neither_for_idle_input_nor_for_a_job() {
    let start = Instant::now();
    let mut queues = Queues {
        last_interactive: Some(start),
        originals: requests([2.0]),
        jobs: [job(1.0)].into(),
        bands: requests([3.0]),
        ..Queues::default()
    };
    assert_eq!(next(&mut queues, start), Next::Take(2.0));
    assert_eq!(
        next(&mut queues, start),
        Next::Take(1.0),
        "a job does not wait for the input to be idle"
    );
    assert_eq!(next(&mut queues, start), Next::WaitFor(IDLE_DELAY));
}

#[test]
fn jobs_bands_and_what_is_in_sight_take_turns() {
    let mut queues = Queues {
        jobs: [job(1.0), job(2.0), job(3.0)].into(),
        bands: requests([10.0, 20.0]),
        in_sight: requests([100.0, 200.0]),
        out_of_sight: requests([1000.0]),
        ..Queues::default()
    };
    assert_eq!(
        order(&mut queues),
        [1.0, 10.0, 100.0, 2.0, 20.0, 200.0, 3.0, 1000.0]
    );
}

#[test]
fn what_a_person_waits_for_goes_before_bands_and_list_and_shares_with_jobs() {
    let start = Instant::now();
    let mut queues = Queues {
        last_interactive: Some(start),
        wanted: requests([10_000.0, 20_000.0, 30_000.0]),
        jobs: [job(1.0), job(2.0)].into(),
        bands: requests([10.0, 20.0]),
        in_sight: requests([100.0]),
        out_of_sight: requests([1000.0]),
        ..Queues::default()
    };
    assert_eq!(
        next(&mut queues, start),
        Next::Take(1.0),
        "the person is still moving a slider"
    );
    let rested: Vec<f64> = std::iter::from_fn(|| taken(&mut queues, start + IDLE_DELAY)).collect();
    assert_eq!(
        rested,
        [10_000.0, 2.0, 20_000.0, 30_000.0, 10.0, 100.0, 20.0, 1000.0]
    );
}

#[test]
fn whoever_comes_after_a_long_pause_is_next() {
    let now = Instant::now();
    let mut queues = Queues {
        bands: requests([10.0, 20.0, 30.0]),
        in_sight: requests([100.0, 200.0, 300.0]),
        ..Queues::default()
    };
    let four: Vec<_> = (0..4).map(|_| taken(&mut queues, now).unwrap()).collect();
    assert_eq!(four, [10.0, 100.0, 20.0, 200.0]);
    queues.put_back(job(1.0));
    assert_eq!(
        next(&mut queues, now),
        Next::Take(1.0),
        "it has not had a turn yet"
    );
}

#[test]
fn a_long_job_leaves_the_rest_of_the_list_a_small_share() {
    let now = Instant::now();
    let mut queues = Queues {
        jobs: [job(1.0)].into(),
        out_of_sight: requests((0..500).map(|n| 1000.0 + f64::from(n))),
        ..Queues::default()
    };
    let mut of_the_list = 0;
    for _ in 0..900 {
        let next = taken(&mut queues, now).unwrap();
        if next >= 1000.0 {
            assert_eq!(next, 1000.0 + f64::from(of_the_list), "in its order");
            of_the_list += 1;
        } else {
            queues.put_back(job(1.0));
        }
    }
    assert_eq!(of_the_list, 100, "one in {}", JOB_TURNS_PER_LIST_TURN + 1);
}

#[test]
fn jobs_of_the_lowest_priority_wait_for_all_others_and_for_idle_input() {
    let start = Instant::now();
    let mut queues = Queues {
        jobs: [job(1.0)].into(),
        in_sight: requests([10.0]),
        out_of_sight: requests([100.0, 200.0]),
        last_interactive: Some(start),
        ..Queues::default()
    };
    for rotate in [2.0, 3.0, 4.0] {
        queues.put_back(Job {
            priority: Priority::Lowest,
            ..job(rotate)
        });
    }
    assert!(queues.needs(1));
    assert_eq!(next(&mut queues, start), Next::Take(1.0));
    assert_eq!(next(&mut queues, start), Next::WaitFor(IDLE_DELAY));
    let later = start + IDLE_DELAY;
    // The job was a moment ago: another one may follow.
    queues.last_job = Some(later);
    assert_eq!(next(&mut queues, later), Next::Take(10.0));
    assert_eq!(next(&mut queues, later), Next::Take(100.0));
    assert_eq!(next(&mut queues, later), Next::Take(200.0));
    assert_eq!(next(&mut queues, later), Next::WaitFor(IDLE_DELAY));
    queues.out_of_sight = requests([300.0]);
    queues.list_had_the_last_turn = true;
    let later = later + IDLE_DELAY;
    for expected in [2.0, 300.0, 3.0, 4.0] {
        assert_eq!(next(&mut queues, later), Next::Take(expected));
    }
    assert_eq!(next(&mut queues, later), Next::WaitForRequest);
}

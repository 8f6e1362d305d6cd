//! The scheduler with a stand-in for the network: the test lets every call in and out, so that nothing depends on time.

mod list;
mod models;

use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::*;
use crate::checkpoint::info::ModelInfo;
use crate::checkpoint::source::ModelSource;
use crate::error::ClassifierError;
use crate::inference::candidate::{Candidate, Scored};
use crate::inference::classifier::Classifier;
use crate::inference::device::{DeviceChoice, DeviceKind};
use crate::inference::verdict::Verdict;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_nn::Precision;

/// What the network was called with: which model, and the rotations of the candidates, by which the tests distinguish them.
type Call = (&'static str, Vec<f64>);

/// Returns the rotation as P(melanoma), when the test lets it.
struct Fake {
    name: &'static str,
    precision: &'static str,
    info: ModelInfo,
    calls: Sender<Call>,
    gate: Receiver<()>,
    /// Larger batches do not fit into memory.
    fits: usize,
    /// A candidate that makes the network panic.
    bug: f64,
    /// A candidate with which the device is lost.
    lost: f64,
    /// Counts the existing stand-ins.
    alive: Arc<()>,
}

impl thread::Backend for Fake {
    fn score(&self, candidates: &[Candidate]) -> Result<Vec<Verdict>, ClassifierError> {
        let rotations: Vec<f64> = candidates.iter().map(|c| c.perturbation.rotate).collect();
        self.calls.send((self.name, rotations.clone())).ok();
        self.gate.recv().ok();
        if candidates.len() > self.fits {
            return Err(ClassifierError::OutOfMemory {
                device: self.device().to_owned(),
                batch: candidates.len(),
            });
        }
        if rotations.contains(&self.lost) {
            return Err(ClassifierError::DeviceLost {
                device: self.device().to_owned(),
                reason: "CUDA_ERROR_LAUNCH_FAILED".to_owned(),
            });
        }
        assert!(
            !rotations.contains(&self.bug),
            "the bug that a test asks for"
        );
        let verdict = |rotation: f64| Verdict {
            probabilities: vec![rotation as f32, 1.0 - rotation as f32],
            p_melanoma: rotation as f32,
        };
        Ok(rotations.into_iter().map(verdict).collect())
    }

    /// The rotation and the class, instead of a gradient.
    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<VerdictAndGradient, ClassifierError> {
        let mut verdicts = self.score(std::slice::from_ref(candidate))?;
        let gradient = vec![candidate.perturbation.rotate as f32, class as f32];
        Ok((verdicts.remove(0), gradient))
    }

    fn info(&self) -> &ModelInfo {
        &self.info
    }

    fn device(&self) -> &'static str {
        "a stand-in"
    }

    fn note(&self) -> Option<&str> {
        None
    }

    fn precision(&self) -> &'static str {
        self.precision
    }

    fn largest_batch(&self) -> usize {
        8
    }

    fn kind(&self) -> DeviceKind {
        DeviceKind::Card
    }

    /// There is no copy in tf32.
    fn load_in(&self, precision: Precision) -> Result<Self, ClassifierError> {
        if precision == Precision::Tf32 {
            return Err(ClassifierError::Run {
                device: self.device().to_owned(),
                reason: "the test wants it".to_owned(),
            });
        }
        Ok(Self {
            name: "a copy",
            precision: precision.name(),
            info: self.info.clone(),
            calls: self.calls.clone(),
            gate: self.gate.clone(),
            alive: Arc::clone(&self.alive),
            ..*self
        })
    }
}

/// A scheduler with stand-ins, and the test's controls.
struct Bench {
    /// Dropped first, so that a call that is in the network when a test ends is let out and the scheduler's thread can end.
    gate: Sender<()>,
    scheduler: Scheduler,
    calls: Receiver<Call>,
    frame: Arc<Frame>,
    /// How many stand-ins existed at each load, without the new one.
    others: Receiver<usize>,
}

impl Bench {
    /// With one model, "first", loaded as generation 1.
    fn new(fits: usize) -> Self {
        let (calls_in, calls) = unbounded();
        let (gate, gate_out) = unbounded();
        let mut names = ["first", "second", "third"].into_iter();
        let info = Classifier::load(&ModelSource::DEMO, DeviceChoice::Cpu)
            .unwrap()
            .info()
            .clone();
        let alive = Arc::new(());
        let (others_in, others) = unbounded();
        let scheduler = Scheduler::start_with(move |_, _, _| {
            others_in.send(Arc::strong_count(&alive) - 1).ok();
            Ok(Fake {
                name: names.next().unwrap(),
                precision: "f32",
                info: info.clone(),
                calls: calls_in.clone(),
                gate: gate_out.clone(),
                fits,
                bug: 0.125,
                lost: 0.0625,
                alive: Arc::clone(&alive),
            })
        })
        .unwrap();
        let bench = Self {
            scheduler,
            calls,
            gate,
            others,
            frame: Arc::new(Frame::from_rgb(vec![0; Frame::BYTES]).unwrap()),
        };
        assert_eq!(bench.load().generation, 1);
        bench
    }

    fn load(&self) -> Loaded {
        self.load_into(ModelSlot::Primary)
    }

    fn load_into(&self, slot: ModelSlot) -> Loaded {
        let (sender, receiver) = unbounded();
        self.scheduler.load(
            slot,
            ModelSource::DEMO,
            DeviceChoice::Auto,
            Box::new(move |loaded| sender.send(loaded.unwrap()).unwrap()),
        );
        receiver.recv().unwrap()
    }

    fn candidate(&self, rotate: f64) -> Candidate {
        Candidate {
            frame: Arc::clone(&self.frame),
            perturbation: Arc::new(Perturbation {
                rotate,
                ..Perturbation::default()
            }),
        }
    }

    fn candidates(&self, rotations: impl IntoIterator<Item = f64>) -> Vec<Candidate> {
        rotations.into_iter().map(|r| self.candidate(r)).collect()
    }

    /// An interactive request; returns the receiver of its answer.
    fn ask(&self, rotate: f64) -> Receiver<Result<Scored, ClassifierError>> {
        self.ask_of(ModelSlot::Primary, rotate)
    }

    fn ask_of(&self, slot: ModelSlot, rotate: f64) -> Receiver<Result<Scored, ClassifierError>> {
        let (sender, receiver) = unbounded();
        self.scheduler.ask(Request {
            slot,
            candidate: self.candidate(rotate),
            reply: Box::new(move |scored| sender.send(scored).unwrap()),
        });
        receiver
    }

    /// The next call of the network: its candidates' rotations. The call stays in the network until [`Bench::let_go`].
    fn call(&self) -> Call {
        self.calls.recv().unwrap()
    }

    fn let_go(&self) {
        self.gate.send(()).unwrap();
    }

    fn through(&self) -> Call {
        let call = self.call();
        self.let_go();
        call
    }
}

fn rotations(batches: impl IntoIterator<Item = Vec<Scored>>) -> Vec<f32> {
    let scored = batches.into_iter().flatten();
    scored.map(|one| one.verdict.p_melanoma).collect()
}

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

#[test]
fn a_gradient_is_a_job_after_the_hand() {
    let bench = Bench::new(8);
    let jobs = bench.scheduler.jobs();
    // Holds the thread, so that the rest waits together.
    let first = bench.ask(0.5);
    let gradient = jobs.gradient(1, bench.candidate(0.25), 1);
    let dropped = jobs.gradient(1, bench.candidate(0.75), 0);
    let unknown = jobs.gradient(7, bench.candidate(0.5), 0);
    drop(dropped);
    for _ in 0..8 {
        bench.gate.send(()).unwrap();
    }
    assert!(first.recv().unwrap().is_ok());
    let (verdict, field) = gradient.wait().unwrap().unwrap();
    assert_eq!((verdict.p_melanoma, field), (0.25, vec![0.25, 1.0]));
    assert!(matches!(
        unknown.wait().unwrap(),
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

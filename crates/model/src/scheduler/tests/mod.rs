//! The scheduler with a stand-in for the network: the test lets every call in and out, so that nothing depends on time.

mod gradients;
mod interactive;
mod jobs;
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

impl backend::Backend for Fake {
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
    fn gradients(
        &self,
        candidates: &[Candidate],
        classes: &[usize],
    ) -> Result<Vec<VerdictAndGradient>, ClassifierError> {
        let verdicts = self.score(candidates)?;
        let each = verdicts.into_iter().zip(candidates).zip(classes);
        let answers = each.map(|((verdict, candidate), &class)| {
            let gradient = vec![candidate.perturbation.rotate as f32, class as f32];
            (verdict, gradient)
        });
        Ok(answers.collect())
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

    fn largest_gradient_batch(&self) -> usize {
        4
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

//! The stand-in: judges frames by simple formulas of their pixels, in batches of eight.

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::{ColorHandling, Frame, Framing};
use flipscope_image::perturb::{self, Perturbation};
use flipscope_lab::search::{
    Answering, Attack, Budget, Direction, Finding, Mode, Scorer, Search, SearchError,
    SearchOutcome, Strategy, Subject, run,
};
use flipscope_model::{Candidate, ClassifierError, ModelInfo, Verdict};

use crate::stand_in_info::info;

pub(crate) const BATCH: usize = 8;

/// The altered frame's pixels → P(melanoma).
type Formula = Box<dyn Fn(&[[u8; 3]]) -> f64>;

/// The altered frame's pixels → the slope of the log-odds of melanoma at every value, for a step of 1 of 255.
type Slopes = Box<dyn Fn(&[[u8; 3]]) -> Vec<f32>>;

/// A network of one formula.
pub(crate) struct StandIn {
    info: ModelInfo,
    formula: Formula,
    /// The gradient towards class 0, at every value.
    pub(crate) slope: Vec<f32>,
    /// The gradient, where the formula is that of log-odds.
    slopes: Option<Slopes>,
    /// Sizes of the batches that were judged.
    pub(crate) batches: RefCell<Vec<usize>>,
    /// Sizes of the lists of gradients that were asked for, and whether they fail as lists.
    pub(crate) gradient_lists: RefCell<Vec<usize>>,
    pub(crate) fails_lists: bool,
    /// Fails once so many frames have been judged.
    pub(crate) fails_after: Cell<usize>,
    /// The type that it says it computes in.
    pub(crate) precision: &'static str,
    /// What was judged, in order.
    pub(crate) seen: RefCell<Vec<Perturbation>>,
    /// Added to P(melanoma) of a frame that is judged alone.
    pub(crate) alone: f64,
}

impl StandIn {
    pub(crate) fn new(formula: impl Fn(&[[u8; 3]]) -> f64 + 'static) -> Self {
        Self {
            info: info("stand-in", 1),
            formula: Box::new(formula),
            slope: Vec::new(),
            slopes: None,
            batches: RefCell::default(),
            gradient_lists: RefCell::default(),
            fails_lists: false,
            fails_after: Cell::new(usize::MAX),
            precision: "f64",
            seen: RefCell::default(),
            alone: 0.0,
        }
    }

    /// A network whose log-odds of melanoma, and their slope at every value, are formulas.
    pub(crate) fn smooth(
        margin: impl Fn(&[[u8; 3]]) -> f64 + 'static,
        slopes: impl Fn(&[[u8; 3]]) -> Vec<f32> + 'static,
    ) -> Self {
        let mut network = Self::new(move |pixels| 1.0 / (1.0 + (-margin(pixels)).exp()));
        network.slopes = Some(Box::new(slopes));
        network
    }

    /// P(melanoma) of a frame.
    pub(crate) fn p(&self, frame: &Frame) -> f64 {
        (self.formula)(frame.pixels().as_chunks().0).clamp(0.0, 1.0)
    }

    /// P(melanoma) of the lesion, altered.
    pub(crate) fn p_of(&self, perturbation: &Perturbation) -> f32 {
        self.p(&perturb::render(&lesion(), perturbation)) as f32
    }

    fn verdict(&self, candidate: &Candidate, alone: bool) -> Verdict {
        let altered = perturb::render(&candidate.frame, &candidate.perturbation);
        let more = if alone { self.alone } else { 0.0 };
        let p = (self.p(&altered) + more).clamp(0.0, 1.0) as f32;
        Verdict {
            probabilities: vec![1.0 - p, p],
            p_melanoma: p,
        }
    }

    pub(crate) fn judged(&self) -> usize {
        self.batches.borrow().iter().sum()
    }
}

impl Scorer for StandIn {
    fn answering(&self) -> Answering<'_> {
        Answering {
            info: &self.info,
            device: "a formula",
            precision: self.precision,
            proposal_precision: None,
        }
    }

    fn score(
        &self,
        candidates: &[Candidate],
        told: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError> {
        let alone = candidates.len() == 1;
        for batch in candidates.chunks(BATCH) {
            if self.judged() >= self.fails_after.get() {
                return Err(ClassifierError::Run {
                    device: "a formula".to_owned(),
                    reason: "the test wants it".to_owned(),
                });
            }
            self.batches.borrow_mut().push(batch.len());
            let seen = batch
                .iter()
                .map(|one| Perturbation::clone(&one.perturbation));
            self.seen.borrow_mut().extend(seen);
            let verdicts: Vec<Verdict> = batch.iter().map(|one| self.verdict(one, alone)).collect();
            if told(&verdicts).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        let sign = if class == 0 { 1.0 } else { -1.0 };
        if let Some(slopes) = &self.slopes {
            let altered = perturb::render(&candidate.frame, &candidate.perturbation);
            let verdict = self.verdict(candidate, true);
            // The cross entropy of a class is −ln of its probability.
            let p = verdict.p_melanoma;
            // It is for values from 0 to 1.
            let scale = if class == 0 { p } else { p - 1.0 } * 255.0;
            let slopes = slopes(altered.pixels().as_chunks().0);
            return Ok((verdict, slopes.iter().map(|slope| slope * scale).collect()));
        }
        let slope = self.slope.iter().map(|slope| slope * sign).collect();
        Ok((self.verdict(candidate, true), slope))
    }

    fn gradients(
        &self,
        asked: &[(Candidate, usize)],
    ) -> Result<Vec<(Verdict, Vec<f32>)>, ClassifierError> {
        self.gradient_lists.borrow_mut().push(asked.len());
        if self.fails_lists {
            return Err(ClassifierError::Run {
                device: "a formula".to_owned(),
                reason: "no list fits".to_owned(),
            });
        }
        let one = |(candidate, class): &(Candidate, usize)| self.gradient(candidate, *class);
        asked.iter().map(one).collect()
    }
}

/// A frame with one colour and a bright square off its centre.
pub(crate) fn lesion() -> Arc<Frame> {
    let side = Frame::SIDE;
    let pixels = (0..side)
        .flat_map(|y| (0..side).map(move |x| (x, y)))
        .flat_map(|(x, y)| {
            if (170..210).contains(&x) && (120..160).contains(&y) {
                [220, 200, 210]
            } else {
                [140, 120, 100]
            }
        });
    Arc::new(Frame::from_rgb(pixels.collect()).unwrap())
}

pub(crate) fn mean(pixels: &[[u8; 3]], channel: usize) -> f64 {
    let sum: u64 = pixels.iter().map(|pixel| u64::from(pixel[channel])).sum();
    sum as f64 / pixels.len() as f64
}

/// The question that most tests ask, of evolution.
pub(crate) fn search(attack: Attack, mode: Mode) -> Search {
    let strategy = if attack.has_strategies() {
        Strategy::Evolution
    } else {
        Strategy::Auto
    };
    Search {
        subject: Subject {
            image: "lesion.png".to_owned(),
            image_sha256: None,
            framing: Framing::Squash,
            color_handling: ColorHandling::Converted,
        },
        frame: lesion(),
        attack,
        mode,
        strategy,
        direction: Direction::MelanomaToNevus,
        threshold: 0.5,
        seed: 3,
        budget: Budget::default(),
    }
}

/// Runs to the end.
pub(crate) fn find(scorer: &dyn Scorer, search: &Search) -> Result<SearchOutcome, SearchError> {
    run(scorer, search, &Cancel::default(), &mut |_| {})
}

/// As it would be written, without its time fields.
pub(crate) fn timeless(finding: &Finding) -> String {
    let mut finding = finding.clone();
    finding.seconds = 0.0;
    finding.evaluations_per_second = 0.0;
    finding.to_json().unwrap()
}

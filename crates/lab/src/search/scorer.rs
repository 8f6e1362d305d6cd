//! Judges candidates for a search: a [`Classifier`] in the same thread, or the one that a scheduler owns; or a faster, less
//! exact one while another decides ([`TwoStageScorer`]).

use flipscope_language::text;
use std::ops::ControlFlow;
use std::sync::Arc;

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_model::scheduler::{Jobs, Loaded};
use flipscope_model::{Candidate, Classifier, ClassifierError, ModelInfo, Precision, Verdict};

/// Which network answers, and how.
#[derive(Clone, Copy, Debug)]
pub struct Answering<'a> {
    /// Its checkpoint's metadata.
    pub info: &'a ModelInfo,
    /// The device in words.
    pub device: &'a str,
    /// The type that it computes in.
    pub precision: &'a str,
    /// The type that [`Scorer::score`] computes in, if it differs from that of the final verdict.
    pub proposal_precision: Option<&'a str>,
}

/// A network as a search sees it.
pub trait Scorer {
    /// Which it is; of one that hands on to another, that other.
    fn answering(&self) -> Answering<'_>;

    /// Its checkpoint's metadata.
    fn info(&self) -> &ModelInfo {
        self.answering().info
    }

    /// The device in words.
    fn device(&self) -> &str {
        self.answering().device
    }

    /// The type that it computes in.
    fn precision(&self) -> &str {
        self.answering().precision
    }

    /// The type that [`Scorer::score`] computes in, if it differs from that of the final verdict.
    fn proposal_precision(&self) -> Option<&str> {
        self.answering().proposal_precision
    }

    /// Judges candidates in order, batch by batch; `on_batch` is called with the verdicts of each batch, and may stop before the
    /// next one. A search that is cancelled while it waits for others hears of a batch without a verdict.
    ///
    /// # Errors
    /// If the network fails; the verdicts already passed to `on_batch` remain valid.
    fn score(
        &self,
        candidates: &[Candidate],
        on_batch: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError>;

    /// Verdict of one candidate, and the gradient of the cross entropy for a class, as
    /// [`Classifier::gradients`](flipscope_model::Classifier::gradients).
    ///
    /// # Errors
    /// If the network fails.
    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError>;

    /// The same for several candidates, each with its class; where the network can, in one batch.
    ///
    /// # Errors
    /// If the network fails, for any of them.
    fn gradients(
        &self,
        asked: &[(Candidate, usize)],
    ) -> Result<Vec<(Verdict, Vec<f32>)>, ClassifierError> {
        let one = |(candidate, class): &(Candidate, usize)| self.gradient(candidate, *class);
        asked.iter().map(one).collect()
    }

    /// Verdict of one unaltered frame, in a batch of one: the final verdict.
    ///
    /// # Errors
    /// If the network fails.
    fn verdict(&self, frame: &Frame) -> Result<Verdict, ClassifierError> {
        let candidate = Candidate {
            frame: Arc::new(frame.clone()),
            perturbation: Arc::new(Perturbation::default()),
        };
        let mut verdict = None;
        self.score(std::slice::from_ref(&candidate), &mut |verdicts| {
            verdict = verdicts.first().cloned();
            ControlFlow::Break(())
        })?;
        verdict.ok_or_else(|| nothing(self.device()))
    }
}

/// Frames per thread that the processor gets in one batch: enough to keep all threads busy to the end, few enough to be
/// cancelled soon.
const FRAMES_PER_THREAD: usize = 4;

impl Scorer for Classifier {
    fn answering(&self) -> Answering<'_> {
        Answering {
            info: Classifier::info(self),
            device: Classifier::device(self),
            precision: Classifier::precision(self),
            proposal_precision: None,
        }
    }

    fn score(
        &self,
        candidates: &[Candidate],
        on_batch: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError> {
        let (mut rest, threads) = (candidates, rayon::current_num_threads());
        while !rest.is_empty() {
            // A card gets several batches at a time; who asked hears of each by itself, as if they came one by one.
            let (batch, list) = if self.on_processor() {
                (FRAMES_PER_THREAD * threads, FRAMES_PER_THREAD * threads)
            } else {
                (Self::MAX_BATCH, self.list())
            };
            let (now, later) = rest.split_at(list.clamp(1, rest.len()));
            for verdicts in Classifier::score(self, now)?.chunks(batch.max(1)) {
                if on_batch(verdicts).is_break() {
                    return Ok(());
                }
            }
            rest = later;
        }
        Ok(())
    }

    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        let mut all = Classifier::gradients(self, std::slice::from_ref(candidate), class)?;
        all.pop().ok_or_else(|| nothing(Classifier::device(self)))
    }

    fn gradients(
        &self,
        asked: &[(Candidate, usize)],
    ) -> Result<Vec<(Verdict, Vec<f32>)>, ClassifierError> {
        let (candidates, classes): (Vec<Candidate>, Vec<usize>) = asked.iter().cloned().unzip();
        self.gradients_towards(&candidates, &classes)
    }
}

/// The classifier that a scheduler owns, used through jobs: interactive requests go before them, and a batch takes 50 ms.
#[derive(Clone)]
pub struct ScheduledScorer {
    jobs: Jobs,
    loaded: Loaded,
}

impl ScheduledScorer {
    /// Uses the model that was `loaded`, through `jobs`.
    #[must_use]
    pub fn new(jobs: Jobs, loaded: Loaded) -> Self {
        Self { jobs, loaded }
    }

    /// The same network to compute in another type: a second copy of its weights, which the scheduler owns as well.
    ///
    /// # Errors
    /// If it cannot be loaded in that type, or the scheduler has ended.
    pub fn copy_in(&self, precision: Precision) -> Result<Self, ClassifierError> {
        let copy = self.jobs.copy_in(self.loaded.generation, precision);
        let loaded = copy.unwrap_or_else(|| Err(nothing(&self.loaded.device)))?;
        Ok(Self::new(self.jobs.clone(), loaded))
    }
}

impl Scorer for ScheduledScorer {
    fn answering(&self) -> Answering<'_> {
        Answering {
            info: &self.loaded.info,
            device: &self.loaded.device,
            precision: self.loaded.precision,
            proposal_precision: None,
        }
    }

    fn score(
        &self,
        candidates: &[Candidate],
        on_batch: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError> {
        let mut open = candidates.len();
        for scored in self.jobs.start(self.loaded.generation, candidates.to_vec()) {
            let verdicts: Vec<Verdict> = scored?.into_iter().map(|one| one.verdict).collect();
            open = open.saturating_sub(verdicts.len());
            if on_batch(&verdicts).is_break() {
                return Ok(());
            }
        }
        if open == 0 {
            Ok(())
        } else {
            Err(nothing(self.device()))
        }
    }

    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        let mut one = self.gradients(&[(candidate.clone(), class)])?;
        one.pop().ok_or_else(|| nothing(self.device()))
    }

    fn gradients(
        &self,
        asked: &[(Candidate, usize)],
    ) -> Result<Vec<(Verdict, Vec<f32>)>, ClassifierError> {
        let mut all = Vec::with_capacity(asked.len());
        for answers in (self.jobs).gradients(self.loaded.generation, asked.to_vec()) {
            all.extend(answers?);
        }
        if all.len() == asked.len() {
            Ok(all)
        } else {
            Err(nothing(self.device()))
        }
    }
}

/// A network that proposes and one that decides, from the same checkpoint: `proposer` judges candidates, fast and less exactly;
/// `verifier` computes gradients and the final verdicts. A search has it judge again whatever may count (`proposals/`).
pub struct TwoStageScorer<'a> {
    /// Judges candidates.
    pub proposer: &'a dyn Scorer,
    /// Decides.
    pub verifier: &'a dyn Scorer,
}

impl Scorer for TwoStageScorer<'_> {
    fn answering(&self) -> Answering<'_> {
        Answering {
            proposal_precision: Some(self.proposer.precision()),
            ..self.verifier.answering()
        }
    }

    fn score(
        &self,
        candidates: &[Candidate],
        on_batch: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError> {
        self.proposer.score(candidates, on_batch)
    }

    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        self.verifier.gradient(candidate, class)
    }

    fn gradients(
        &self,
        asked: &[(Candidate, usize)],
    ) -> Result<Vec<(Verdict, Vec<f32>)>, ClassifierError> {
        self.verifier.gradients(asked)
    }

    fn verdict(&self, frame: &Frame) -> Result<Verdict, ClassifierError> {
        self.verifier.verdict(frame)
    }
}

/// The network ended before it answered.
fn nothing(device: &str) -> ClassifierError {
    ClassifierError::Run {
        device: device.to_owned(),
        reason: text!("scheduler-closed").to_owned(),
    }
}

//! Who judges candidates for a search: a [`Classifier`] at hand, or the one that a scheduler owns; or one that is faster and
//! rougher, where another decides ([`TwoStageScorer`]).

use std::ops::ControlFlow;
use std::sync::Arc;

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_model::scheduler::{Jobs, Loaded};
use flipscope_model::{Candidate, Classifier, ClassifierError, ModelInfo, Verdict};

/// A network as a search sees it.
pub trait Scorer {
    /// What its checkpoint says.
    fn info(&self) -> &ModelInfo;

    /// The device in words.
    fn device(&self) -> &str;

    /// The type that it computes in.
    fn precision(&self) -> &str;

    /// The type that [`Scorer::score`] computes in, where it is another one than what decides.
    fn proposal_precision(&self) -> Option<&str> {
        None
    }

    /// Judges candidates in their order, a batch at a time; `on_batch` hears the verdicts of each batch, and may break off before
    /// the next one.
    ///
    /// # Errors
    /// If the network gives no answer; what `on_batch` has heard stays true.
    fn score(
        &self,
        candidates: &[Candidate],
        on_batch: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError>;

    /// Verdict of one candidate, and the gradient of the cross entropy towards a class, as
    /// [`Classifier::gradients`](flipscope_model::Classifier::gradients).
    ///
    /// # Errors
    /// If the network gives no answer.
    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError>;

    /// Verdict of one frame as it is, in a batch of one: what counts.
    ///
    /// # Errors
    /// If the network gives no answer.
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

/// Frames that go to the processor together, for each of its threads: enough to keep all busy to the end of a batch, few
/// enough to be cancelled soon.
const FRAMES_PER_THREAD: usize = 4;

impl Scorer for Classifier {
    fn info(&self) -> &ModelInfo {
        Classifier::info(self)
    }

    fn device(&self) -> &str {
        Classifier::device(self)
    }

    fn precision(&self) -> &str {
        Classifier::precision(self)
    }

    fn score(
        &self,
        candidates: &[Candidate],
        on_batch: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError> {
        let batch = if self.on_processor() {
            FRAMES_PER_THREAD * rayon::current_num_threads()
        } else {
            Self::LARGEST_BATCH
        };
        for candidates in candidates.chunks(batch) {
            if on_batch(&Classifier::score(self, candidates)?).is_break() {
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
        let mut all = self.gradients(std::slice::from_ref(candidate), class)?;
        all.pop().ok_or_else(|| nothing(Classifier::device(self)))
    }
}

/// The classifier that a scheduler owns, asked by jobs: interactive requests go before them, and a batch takes 50 ms.
#[derive(Clone)]
pub struct Scheduled {
    jobs: Jobs,
    loaded: Loaded,
}

impl Scheduled {
    /// Asks by `jobs` the model that was `loaded`.
    #[must_use]
    pub fn new(jobs: Jobs, loaded: Loaded) -> Self {
        Self { jobs, loaded }
    }
}

impl Scorer for Scheduled {
    fn info(&self) -> &ModelInfo {
        &self.loaded.info
    }

    fn device(&self) -> &str {
        &self.loaded.device
    }

    fn precision(&self) -> &str {
        self.loaded.precision
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
        self.jobs
            .gradient(self.loaded.generation, candidate.clone(), class)
            .wait()
            .unwrap_or_else(|| Err(nothing(self.device())))
    }
}

/// A network that proposes and one that decides, of the same checkpoint: candidates are judged by `draft`, roughly and fast;
/// gradients, and what counts, by `judge`.
pub struct TwoStageScorer<'a> {
    /// Judges candidates.
    pub draft: &'a dyn Scorer,
    /// Decides.
    pub judge: &'a dyn Scorer,
}

impl Scorer for TwoStageScorer<'_> {
    fn info(&self) -> &ModelInfo {
        self.judge.info()
    }

    fn device(&self) -> &str {
        self.judge.device()
    }

    fn precision(&self) -> &str {
        self.judge.precision()
    }

    fn proposal_precision(&self) -> Option<&str> {
        Some(self.draft.precision())
    }

    fn score(
        &self,
        candidates: &[Candidate],
        on_batch: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError> {
        self.draft.score(candidates, on_batch)
    }

    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        self.judge.gradient(candidate, class)
    }

    fn verdict(&self, frame: &Frame) -> Result<Verdict, ClassifierError> {
        self.judge.verdict(frame)
    }
}

/// The network has ended before it answered.
fn nothing(device: &str) -> ClassifierError {
    ClassifierError::Run {
        device: device.to_owned(),
        reason: "it was closed before it had answered".to_owned(),
    }
}

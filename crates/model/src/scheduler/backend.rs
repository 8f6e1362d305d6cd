//! What the scheduler needs of a network on its device: that of a classifier, or of a stand-in in tests.

use super::job::VerdictAndGradient;
use crate::checkpoint::info::ModelInfo;
use crate::error::ClassifierError;
use crate::inference::candidate::Candidate;
use crate::inference::classifier::Classifier;
use crate::inference::device::DeviceKind;
use crate::inference::verdict::Verdict;
use flipscope_nn::Precision;

/// A network on its device, as the scheduler sees it: a [`Classifier`], or a stand-in in tests.
pub(super) trait Backend {
    /// Verdicts in the candidates' order.
    fn score(&self, candidates: &[Candidate]) -> Result<Vec<Verdict>, ClassifierError>;
    /// Verdicts and gradients in the candidates' order, each for the class in the same place.
    fn gradients(
        &self,
        candidates: &[Candidate],
        classes: &[usize],
    ) -> Result<Vec<VerdictAndGradient>, ClassifierError>;
    /// Its checkpoint's metadata.
    fn info(&self) -> &ModelInfo;
    /// The device in words.
    fn device(&self) -> &str;
    /// Why this device was chosen.
    fn note(&self) -> Option<&str>;
    /// The type that it computes in.
    fn precision(&self) -> &'static str;
    /// The most candidates that are usefully handed over at once.
    fn largest_batch(&self) -> usize;
    /// The most candidates whose gradients are usefully asked for at once.
    fn largest_gradient_batch(&self) -> usize;
    /// What kind of device it is on.
    fn kind(&self) -> DeviceKind;
    /// The same network to compute in another type.
    fn load_in(&self, precision: Precision) -> Result<Self, ClassifierError>
    where
        Self: Sized;
    /// The classifier itself, for work that is more than scoring; stand-ins have none.
    fn classifier(&self) -> Option<&Classifier> {
        None
    }
}

impl Backend for Classifier {
    fn score(&self, candidates: &[Candidate]) -> Result<Vec<Verdict>, ClassifierError> {
        Classifier::score(self, candidates)
    }

    fn gradients(
        &self,
        candidates: &[Candidate],
        classes: &[usize],
    ) -> Result<Vec<VerdictAndGradient>, ClassifierError> {
        self.gradients_towards(candidates, classes)
    }

    fn info(&self) -> &ModelInfo {
        Classifier::info(self)
    }

    fn device(&self) -> &str {
        Classifier::device(self)
    }

    fn note(&self) -> Option<&str> {
        self.device_note()
    }

    fn precision(&self) -> &'static str {
        Classifier::precision(self)
    }

    fn largest_batch(&self) -> usize {
        self.longest_list()
    }

    fn largest_gradient_batch(&self) -> usize {
        Self::LARGEST_GRADIENT_BATCH
    }

    fn kind(&self) -> DeviceKind {
        self.device_kind()
    }

    fn load_in(&self, precision: Precision) -> Result<Self, ClassifierError> {
        Classifier::load_in(self, precision)
    }

    fn classifier(&self) -> Option<&Classifier> {
        Some(self)
    }
}

//! What is scored, and what is known of the score.

use std::sync::Arc;

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;

use super::verdict::Verdict;

/// A frame to score, described by its parameters: the pixels are made where the network runs.
///
/// Many candidates share one frame, so that a population of poses costs its parameters and no more.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The frame as it came.
    pub frame: Arc<Frame>,
    /// What alters it.
    pub perturbation: Arc<Perturbation>,
}

/// What a verdict cost, and where it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// The device that answered, e.g. "CPU, 2 threads".
    pub device: Arc<str>,
    /// The type that the network computed in.
    pub precision: &'static str,
    /// Candidates that were scored together.
    pub batch: usize,
    /// What the batch took, rendering included, milliseconds.
    pub ms: f32,
    /// Which model answered: counts the models that a scheduler has loaded.
    pub generation: u64,
}

/// A verdict with its account.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// What the network said.
    pub verdict: Verdict,
    /// What that cost.
    pub provenance: Provenance,
}

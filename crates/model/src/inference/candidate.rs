//! What is scored, and where the score came from.

use std::sync::Arc;

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;

use super::verdict::Verdict;

/// A frame to score, described by its parameters: the pixels are rendered where the network runs.
///
/// Many candidates share one frame, so that a population of poses costs no more than its parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The unaltered frame.
    pub frame: Arc<Frame>,
    /// What alters it.
    pub perturbation: Arc<Perturbation>,
}

/// What a verdict cost, and where it was computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// The device that answered, e.g. "CPU, 2 threads".
    pub device: Arc<str>,
    /// The type that the network computed in.
    pub precision: &'static str,
    /// Candidates that were scored together.
    pub batch: usize,
    /// The time for the batch, rendering included, in milliseconds.
    pub ms: f32,
    /// Which model answered: counts the models that a scheduler has loaded.
    pub generation: u64,
}

/// A verdict with its provenance.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The network's verdict.
    pub verdict: Verdict,
    /// What that cost.
    pub provenance: Provenance,
}

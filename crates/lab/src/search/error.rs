//! Why a search gives no finding.

use flipscope_base::human::probability;
use flipscope_image::perturb::{Perturbation, PerturbationError};
use flipscope_model::{ClassifierError, Label};

use super::evolution::EvolutionError;

/// The best candidate of a search so far, as the search saw it; the judge has not confirmed it.
#[derive(Clone, Debug, PartialEq)]
pub struct BestCandidate {
    /// What alters the frame.
    pub perturbation: std::sync::Arc<Perturbation>,
    /// P(melanoma) of the altered frame.
    pub p_melanoma: f32,
    /// Whether the verdict flips.
    pub flips: bool,
    /// How large the change is, in the attack's unit.
    pub size: f64,
}

/// Why a search gives no finding.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The frame already has the target verdict.
    #[error("it is already called {label} (P(melanoma) {p}, threshold {threshold}): there is nothing to flip", label = label.name(), p = probability(*p_melanoma, 3))]
    NothingToFlip {
        /// Its verdict.
        label: Label,
        /// Its P(melanoma).
        p_melanoma: f32,
        /// The threshold.
        threshold: f32,
    },
    /// The model has only one kind of class, so there is nothing to flip to.
    #[error("none of the model's classes means {0}: there is nothing to flip to")]
    NoSuchClass(&'static str),
    /// An invalid parameter of the attack.
    #[error("{parameter}: {reason}")]
    Parameter {
        /// The name of the parameter's field.
        parameter: &'static str,
        /// The allowed values.
        reason: &'static str,
    },
    /// Settings of the differential evolution.
    #[error("differential evolution: {0}")]
    Evolution(#[from] EvolutionError),
    /// An invalid perturbation.
    #[error(transparent)]
    Perturbation(#[from] PerturbationError),
    /// The network failed; what had been found by then is returned.
    #[error("{source}")]
    Network {
        /// Why.
        source: ClassifierError,
        /// The best so far, if anything was judged.
        best: Option<Box<BestCandidate>>,
    },
    /// The altered frame did not survive the round trip through its own PNG: a defect of the encoder or the decoder.
    #[error("the altered frame does not come back unchanged from its own PNG: {0}")]
    Png(String),
}

//! Why a search gives no finding.

use flipscope_base::human::probability_beside;
use flipscope_image::perturb::{Perturbation, PerturbationError};
use flipscope_language::{as_text, decimal, text};
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
    #[error("{}", text!("search-flipped-already", label = label.in_words(), p = as_text(&probability_beside(*p_melanoma, *threshold, 3)), threshold = decimal(threshold)))]
    NothingToFlip {
        /// Its verdict.
        label: Label,
        /// Its P(melanoma).
        p_melanoma: f32,
        /// The threshold.
        threshold: f32,
    },
    /// The model has only one kind of class, so there is nothing to flip to.
    #[error("{}", text!("search-no-target-class", what = as_text(.0)))]
    NoSuchClass(&'static str),
    /// An invalid parameter of the attack.
    #[error("{}: {reason}", in_words(parameter))]
    Parameter {
        /// The name of the parameter's field.
        parameter: &'static str,
        /// The allowed values.
        reason: &'static str,
    },
    /// Settings of the differential evolution.
    #[error("{}", text!("search-evolution-error", what = as_text(.0)))]
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
    #[error("{}", text!("search-png-round-trip", what = as_text(.0)))]
    Png(String),
    /// A panic of the search, of which its thread has printed the reason.
    #[error("{}", text!("search-bug"))]
    Bug,
}

/// A parameter's field in this thread's language.
fn in_words(parameter: &'static str) -> &'static str {
    match parameter {
        "strategy" => text!("search-parameter-strategy"),
        "count" => text!("search-parameter-count"),
        "epsilon" => text!("search-parameter-epsilon"),
        "step" => text!("search-parameter-step"),
        "steps" => text!("search-parameter-steps"),
        "gain" => text!("search-parameter-gain"),
        "offset" => text!("search-parameter-offset"),
        "gain, offset" => text!("search-parameter-gain-offset"),
        "kelvin" => text!("search-parameter-kelvin"),
        "rotate" => text!("search-parameter-rotate"),
        "rotate, shift_x, shift_y" => text!("search-parameter-pose"),
        "early_stop.confidence" => text!("search-parameter-stop"),
        name => name,
    }
}

//! Why there is no explanation.

use flipscope_image::perturb::PerturbationError;
use flipscope_language::{as_text, text};
use flipscope_model::ClassifierError;

/// Why there is no explanation.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExplainError {
    /// A parameter makes no sense.
    #[error("{parameter}: {reason}")]
    Parameter {
        /// Its name.
        parameter: &'static str,
        /// What to give instead.
        reason: String,
    },
    /// The model has no class of that name.
    #[error("{}", text!("explain-class-unknown", name = as_text(name), known = as_text(known)))]
    NoSuchClass {
        /// The name.
        name: String,
        /// The classes that it has.
        known: String,
    },
    /// A perturbation of the landscape is invalid.
    #[error(transparent)]
    Perturbation(#[from] PerturbationError),
    /// The network failed.
    #[error(transparent)]
    Network(#[from] ClassifierError),
    /// It was cancelled before it was complete.
    #[error("{}", text!("explain-run-cancelled"))]
    Cancelled,
    /// A search of the summary failed.
    #[error(transparent)]
    Search(#[from] crate::search::SearchError),
    /// A figure cannot be drawn.
    #[error(transparent)]
    Figure(#[from] crate::figures::FigureError),
}

//! Why there is no proof.

use crate::search::SearchError;
use flipscope_language::{as_text, decimal, text};
use flipscope_model::ClassifierError;

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// The radius is not one that the kind of box allows.
    #[error("{}", text!("proof-bad-radius", radius = as_text(&decimal(radius)), reason = as_text(reason)))]
    Radius {
        /// The radius.
        radius: f64,
        /// What is allowed, and why.
        reason: &'static str,
    },
    /// A number of random frames that bounds nothing.
    #[error("give 1 to {most} random frames")]
    Draws {
        /// The most.
        most: u64,
    },
    /// The network failed.
    #[error(transparent)]
    Network(#[from] ClassifierError),
    /// The judge failed.
    #[error(transparent)]
    Judge(#[from] SearchError),
}

/// Why a file does not contain the record of a proof.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Not the JSON of a record.
    #[error("it holds no record of a proof: {0}")]
    Json(#[from] serde_json::Error),
    /// A format that this version does not support.
    #[error(
        "it is a record of a proof in format {found}; this version of flipscope reads format {known}"
    )]
    Schema {
        /// The format's version.
        found: u64,
        /// The one that is known.
        known: u32,
    },
}

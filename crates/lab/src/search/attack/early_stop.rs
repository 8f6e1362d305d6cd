//! When a population may stop early.

use flipscope_language::text;
use serde::{Deserialize, Serialize};

use super::range::check_range;
use crate::search::error::SearchError;

/// When a population may stop before its settings say so.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlyStop {
    /// Stop once the probability of the other verdict has passed this, and the verdict has flipped. 1: never.
    pub confidence: f64,
    /// Whether to check after the first population too; SciPy calls back only after each generation.
    pub after_start: bool,
}

impl EarlyStop {
    /// The letter's: above 0.9, checked after each generation.
    pub const LETTER: Self = Self {
        confidence: 0.9,
        after_start: false,
    };
    /// As [`EarlyStop::LETTER`], also after the first population: many lesions need no generation.
    pub const DEFAULT: Self = Self {
        confidence: 0.9,
        after_start: true,
    };
}

/// Checks that its confidence is a probability.
pub(super) fn check_stop(stop: EarlyStop) -> Result<(), SearchError> {
    check_range(
        "early_stop.confidence",
        [0.0, stop.confidence],
        [0.0, 1.0],
        text!("bound-probability"),
    )
}

//! The verdict: class probabilities of one frame.

use flipscope_language::text;
use serde::{Deserialize, Serialize};

/// Softmax probabilities of one frame, and their sum over the melanoma classes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// One probability per class, in the order of `ModelInfo::classes`; they sum to 1.
    pub probabilities: Vec<f32>,
    /// P(melanoma): the sum over the classes that mean melanoma.
    pub p_melanoma: f32,
}

/// The verdict at a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// P(melanoma) at or above the threshold.
    Melanoma,
    /// P(melanoma) below the threshold.
    Nevus,
}

impl Label {
    /// Of a P(melanoma), 0 to 1, at a threshold: melanoma where it is at or above it.
    #[must_use]
    pub fn at(p_melanoma: f32, threshold: f32) -> Self {
        if p_melanoma >= threshold {
            Self::Melanoma
        } else {
            Self::Nevus
        }
    }

    /// The label as people read it, in the thread's language.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Melanoma => text!("label-melanoma"),
            Self::Nevus => text!("label-nevus"),
        }
    }

    /// The label's name in files and in the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Melanoma => "melanoma",
            Self::Nevus => "nevus",
        }
    }

    /// The name of several lesions with the label, as files and the command line have it: "melanomas", "nevi".
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Melanoma => "melanomas",
            Self::Nevus => "nevi",
        }
    }
}

/// A class as people read it, in the thread's language: melanoma and nevus; other names are as the checkpoint has them.
#[must_use]
pub fn class_in_words(class: &str) -> &str {
    let all = [Label::Melanoma, Label::Nevus];
    let label = all.into_iter().find(|label| label.name() == class);
    label.map_or(class, |label| label.in_words())
}

impl Verdict {
    /// The label at a threshold: melanoma where P(melanoma) is at or above it.
    #[must_use]
    pub fn label(&self, threshold: f32) -> Label {
        Label::at(self.p_melanoma, threshold)
    }
}

/// Probabilities from logits.
pub(super) fn softmax(logits: &[f32]) -> Vec<f64> {
    let largest = logits.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f64> = logits
        .iter()
        .map(|&logit| f64::from(logit - largest).exp())
        .collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

//! The parts of a data set: training, validation, test.

use flipscope_language::text;
use serde::{Deserialize, Serialize};

/// What a part of a data set is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Weights are fitted to it.
    Train,
    /// Choices are made on it: epochs, thresholds, parameters.
    Validation,
    /// Used once, for the final figures.
    Test,
}

impl Part {
    /// All of them, in order of use.
    pub const ALL: [Self; 3] = [Self::Train, Self::Validation, Self::Test];

    /// The part's name in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Validation => "validation",
            Self::Test => "test",
        }
    }

    /// The part in this thread's language.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Train => text!("dataset-part-train"),
            Self::Validation => text!("dataset-part-validation"),
            Self::Test => text!("dataset-part-test"),
        }
    }

    /// The part that a word in a table or a folder's name stands for.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "train" | "training" => Some(Self::Train),
            "val" | "valid" | "validation" => Some(Self::Validation),
            "test" | "testing" => Some(Self::Test),
            _ => None,
        }
    }
}

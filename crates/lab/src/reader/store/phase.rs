//! The phase that a case belongs to.

use serde::{Deserialize, Serialize};

/// The phase that a case belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// To learn how it works; the truth is told, and it does not count in the results.
    Practice,
    /// The study.
    Reading,
}

impl Phase {
    /// Both phases, in order.
    pub const ALL: [Self; 2] = [Self::Practice, Self::Reading];

    /// Its name in the file and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Reading => "reading",
        }
    }

    pub(super) fn table(self) -> &'static str {
        match self {
            Self::Practice => "practice_answer",
            Self::Reading => "answer",
        }
    }
}

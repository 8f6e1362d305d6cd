//! What a case is for.

use serde::{Deserialize, Serialize};

/// What a case is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// To learn how it goes; the truth is told, and no result is made of it.
    Practice,
    /// The study.
    Reading,
}

impl Phase {
    /// Both phases, in their order.
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

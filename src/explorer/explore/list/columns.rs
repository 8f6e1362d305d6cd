//! The columns of the list.

use serde::{Deserialize, Serialize};

/// What a row shows, and what rows can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// The file's name.
    Name,
    /// The diagnosis.
    Truth,
    /// P(melanoma).
    P,
    /// Melanoma or nevus, as the model has it.
    Verdict,
    /// Right or wrong.
    Outcome,
    /// P(melanoma) of the altered frame.
    Altered,
    /// What flips it.
    FlippedBy,
    /// The smallest change that flips it.
    Smallest,
}

impl Column {
    /// All of them, from left to right.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Truth,
        Self::P,
        Self::Verdict,
        Self::Outcome,
        Self::Altered,
        Self::FlippedBy,
        Self::Smallest,
    ];

    /// Whether the order by it tells something about the verdicts.
    pub(crate) fn gives_away(self) -> bool {
        self != Self::Name
    }
}

//! What a split consists of: where it comes from, its members, and what it leaves out.

use serde::{Deserialize, Serialize};

use super::draw::Fractions;
use flipscope_model::Label;

/// How a split was made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "lowercase", deny_unknown_fields)]
pub enum Origin {
    /// Drawn at random.
    Draw {
        /// The seed.
        seed: u64,
        /// The intended share of each part.
        shares: Fractions,
    },
    /// The table's own split.
    Table,
    /// The members of another split, divided anew at random into parts of the same sizes.
    Redraw {
        /// The seed.
        seed: u64,
    },
}

/// An example of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// [`Example::id`](crate::dataset::Example::id).
    pub id: String,
    /// Melanoma or nevus.
    pub label: Label,
    /// SHA-256 of its file, in hexadecimal.
    pub sha256: String,
}

/// An example that is in no part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// [`Example::id`](crate::dataset::Example::id).
    pub id: String,
    /// Why.
    pub reason: String,
    /// Whether its file cannot be used as it is: not read, or not named in a study. Not part of a split's file.
    #[serde(skip)]
    pub unusable: bool,
}

impl LeftOut {
    /// Its file cannot be used as it is.
    pub(crate) fn unusable(id: &str, reason: &str) -> Self {
        Self {
            id: id.to_owned(),
            reason: reason.to_owned(),
            unusable: true,
        }
    }

    /// It could be used, but does not belong to any part.
    pub(crate) fn unneeded(id: &str, reason: &str) -> Self {
        Self {
            id: id.to_owned(),
            reason: reason.to_owned(),
            unusable: false,
        }
    }
}

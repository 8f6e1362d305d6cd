//! A picture of a study, and its role.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use flipscope_model::Label;

/// The role of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Results are about it.
    Study,
    /// Thresholds are chosen on it, and nothing else.
    Tuning,
}

/// A picture of a study.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// Its name in the data set; unique within a study.
    pub id: String,
    /// Its role.
    pub role: Role,
    /// What it shows.
    pub label: Label,
    /// Pictures of one lesion or one patient have the same number.
    pub cluster: u32,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Its path, relative to [`Plan::root`](super::Plan::root); not part of the hash.
    pub path: PathBuf,
}

impl Role {
    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Study => "study",
            Self::Tuning => "tuning",
        }
    }
}

//! Maps, landscapes, summaries and proofs of a session, and the forms for the next ones, as data.

use serde::{Deserialize, Serialize};

use flipscope_lab::explain::figure::Caption;
use flipscope_lab::explain::summary::Summary;
use flipscope_lab::proof::{ProofBox, ProofRecord};

use crate::explorer::explain;
use crate::explorer::explain::state::Explain;
use crate::explorer::landscape;
use crate::explorer::model::ModelIdentity;
use crate::explorer::shared::Shared;

/// All of them. Lesions are named by their places in the session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredExplanations {
    /// The form for the next map.
    pub map_form: explain::settings::Settings,
    /// Opacity of the maps over the pictures, 0 to 1.
    pub opacity: f32,
    /// The form for the next landscape.
    pub landscape_form: landscape::settings::Settings,
    /// The maps, the newest last.
    pub maps: Vec<explain::record::Record<usize>>,
    /// The landscape.
    pub landscape: Option<landscape::record::Record<usize>>,
    /// The smallest changes that flip, the newest last.
    pub summaries: Vec<StoredSummary>,
    /// The form for the next proof; none in older sessions.
    #[serde(default)]
    pub proof_form: Option<ProofBox>,
    /// The proofs, the newest last; of one under way, what it has judged.
    #[serde(default)]
    pub proofs: Vec<StoredProof>,
}

/// A proof about one lesion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredProof {
    /// Which.
    pub lesion: usize,
    /// By which model.
    pub model: ModelIdentity,
    /// The record.
    pub record: Shared<ProofRecord>,
}

/// The summary of one lesion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredSummary {
    /// Which.
    pub lesion: usize,
    /// Its frame, by hash.
    pub frame_sha256: String,
    /// By which model.
    pub model: ModelIdentity,
    /// P(melanoma) at or above which the verdict is melanoma.
    pub threshold: f32,
    /// What was found.
    pub summary: Shared<Summary>,
    /// Whether every family was looked at.
    pub complete: bool,
    /// What a figure says about lesion and model.
    pub caption: Caption,
}

impl Default for StoredExplanations {
    fn default() -> Self {
        Self {
            map_form: explain::settings::Settings::default(),
            opacity: Explain::default().opacity,
            landscape_form: landscape::settings::Settings::default(),
            maps: Vec::new(),
            landscape: None,
            summaries: Vec::new(),
            proof_form: None,
            proofs: Vec::new(),
        }
    }
}

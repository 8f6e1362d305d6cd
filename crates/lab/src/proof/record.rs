//! The record of a proof: what was judged, with what, and what came out; enough to check it.
//!
//! JSON, one object, with P(melanoma) of every frame in it. The same photograph, box, model and device give the same bytes except
//! for the time field `seconds` and the checksum over it. It contains no path. While frames are left it is what a run resumes
//! from.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::error::RecordError;
use super::proof_box::ProofBox;
use crate::search::{Direction, Subject};
use flipscope_base::hex;
use flipscope_image::perturb::Perturbation;
use flipscope_model::{Assumption, Label, Remedy};

/// Version of the format of a record.
pub const SCHEMA: u32 = 1;

/// What is known about a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProofOutcome {
    /// A frame of the box has the other verdict, as the judge confirmed.
    Fragile,
    /// Every distinct frame of the box was judged, in f32, and none has the other verdict.
    Steady,
    /// Every distinct frame was looked at in another type than f32, those near the threshold were judged in f32, and none has the
    /// other verdict. Not a proof.
    Screened,
    /// Random frames of the box were judged, and none has the other verdict. Not a proof.
    Bounded,
    /// Frames are left, and none of those judged has the other verdict.
    Open,
}

impl ProofOutcome {
    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fragile => "fragile",
            Self::Steady => "steady",
            Self::Screened => "screened",
            Self::Bounded => "bounded",
            Self::Open => "open",
        }
    }

    /// Every outcome, the proofs first.
    pub const ALL: [Self; 5] = [
        Self::Steady,
        Self::Fragile,
        Self::Screened,
        Self::Bounded,
        Self::Open,
    ];

    /// The one of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// One judged frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Closest {
    /// What makes it.
    pub perturbation: Perturbation,
    /// Its P(melanoma), in a batch of one.
    pub p_melanoma: f32,
    /// Its verdict.
    pub label: Label,
}

/// How far random frames bound the share of a box that flips: Clopper and Pearson's interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bound {
    /// Random frames, uniform in the box.
    pub draws: u64,
    /// Their seed.
    pub seed: u64,
    /// How many of them flip.
    pub flips: u64,
    /// The lower end of the share of the box that flips.
    pub share_at_least: f64,
    /// The upper end.
    pub share_at_most: f64,
    /// The level of the interval.
    pub level: f64,
}

/// The record of a proof.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProofRecord {
    /// Version of this format: [`SCHEMA`].
    pub proof_schema: u32,
    /// Version of the program.
    pub version: String,
    /// What is known.
    pub outcome: ProofOutcome,
    /// Whether everything was judged that the outcome needs: all frames, or if one flips, all that are nearer to the unaltered
    /// frame than the one in `closest`.
    pub finished: bool,
    /// The box.
    #[serde(rename = "box")]
    pub region: ProofBox,
    /// Distinct frames of the box, the unaltered one among them.
    pub frames: u64,
    /// Frames that were judged.
    pub judged: u64,
    /// Of a flip, the nearest to the unaltered frame; else the frame whose P(melanoma) is closest to the threshold.
    pub closest: Closest,
    /// The whole number of an offset's radius within which every frame was judged and none flips.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steady_within: Option<f64>,
    /// If random frames were judged, what follows from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
    /// SHA-256 over the parameters and P(melanoma) of every judged frame, in order.
    pub hash: String,
    /// From which verdict to which a frame would flip.
    pub direction: Direction,
    /// P(melanoma) at or above which the verdict is melanoma.
    pub threshold: f32,
    /// P(melanoma) of the unaltered frame, in a batch of one.
    pub p_before: f32,
    /// The photograph, and how it became a frame.
    #[serde(flatten)]
    pub subject: Subject,
    /// SHA-256 of the unaltered frame's RGB bytes.
    pub frame_sha256: String,
    /// The model's name.
    pub model: String,
    /// SHA-256 of the model's file.
    pub model_sha256: String,
    /// What stood between a frame and its verdict.
    #[serde(default, skip_serializing_if = "Remedy::is_none")]
    pub remedy: Remedy,
    /// What was assumed about the model, the most serious first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<Assumption>,
    /// The device that was used.
    pub device: String,
    /// The type that it computed in.
    pub precision: String,
    /// The type in which frames were screened, if it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screened_in: Option<String>,
    /// A frame whose P(melanoma) is no further from the threshold was judged again, in a batch of one.
    pub margin: f32,
    /// Duration in seconds, all runs together: a time field.
    pub seconds: f64,
    /// File name of the unaltered frame's PNG, next to this file; empty until it has been saved.
    pub frame_png: String,
    /// The distinct values of each axis of the box, the fastest axis first: base64 of f64, little-endian; none for random frames.
    pub axes: Vec<String>,
    /// P(melanoma) of every frame, in order; `judged.rs` has the encoding.
    pub probabilities: String,
    /// SHA-256 of this record's JSON without its checksum.
    pub checksum: String,
}

impl ProofRecord {
    /// As JSON, one field per line, with a line feed at the end and the checksum in it.
    ///
    /// # Errors
    /// If a number is not finite, which a record's never are.
    pub fn to_json(&self) -> Result<String, RecordError> {
        let mut sealed = self.clone();
        sealed.checksum = self.sum()?;
        let mut text = serde_json::to_string_pretty(&sealed)?;
        text.push('\n');
        Ok(text)
    }

    /// Reads what [`ProofRecord::to_json`] wrote. Does not check it: see [`super::replay()`].
    ///
    /// # Errors
    /// If it is not a record, or has another format.
    pub fn from_json(text: &str) -> Result<Self, RecordError> {
        let value: serde_json::Value = serde_json::from_str(text)?;
        let schema = value
            .get("proof_schema")
            .and_then(serde_json::Value::as_u64);
        if let Some(found) = schema.filter(|&found| found != u64::from(SCHEMA)) {
            return Err(RecordError::Schema {
                found,
                known: SCHEMA,
            });
        }
        Ok(serde_json::from_str(text)?)
    }

    /// Whether a text claims to be a record rather than a finding.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        serde_json::from_str::<serde_json::Value>(text)
            .is_ok_and(|value| value.get("proof_schema").is_some())
    }

    /// Whether the checksum is that of the rest.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        self.sum().is_ok_and(|sum| sum == self.checksum)
    }

    fn sum(&self) -> Result<String, RecordError> {
        let bare = Self {
            checksum: String::new(),
            ..self.clone()
        };
        Ok(hex(Sha256::digest(serde_json::to_vec(&bare)?)))
    }
}

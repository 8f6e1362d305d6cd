//! The finding: what a search found on one frame, with everything needed to reproduce it.
//!
//! JSON, one object. The same seed, image, model and device give the same bytes except for the two time fields, `seconds` and
//! `evaluations_per_second`. It contains no path: file names are relative to its own folder.

use flipscope_language::{as_text, text};
use serde::{Deserialize, Serialize};

use super::attack::{Attack, SizeUnit};
use super::question::{Budget, Direction, Mode, Preset, StopReason};
use super::strategy::Strategy;
use flipscope_image::distance::Distances;
use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_image::perturb::Perturbation;
use flipscope_model::{Assumption, Label, ModelInfo, Remedy};

/// Version of the format of a finding.
pub const SCHEMA: u32 = 1;

/// Forward passes that one gradient counts as, its own forward pass included. Measured by `experiments/run compare-inference` on two
/// processors (docs/performance.md): 2.8 and 3.0 times the time of one frame judged alone, 3.0 and 3.2 times that of a frame in a batch.
/// A constant, so that the same search costs the same on every machine; `experiments/run measure-search` measures its own machine.
pub const GRADIENT_COST: f64 = 3.0;

/// Which photograph a frame was made from, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// File name without its folder, or the name of a synthetic sample.
    pub image: String,
    /// SHA-256 of the file; `None` for a synthetic sample.
    pub image_sha256: Option<String>,
    /// How the photograph became a frame.
    pub framing: Framing,
    /// How the file's orientation and colour profile were treated.
    #[serde(rename = "reading")]
    pub color_handling: ColorHandling,
}

/// How large the change is, in a unit that can be pictured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// The value.
    pub value: f64,
    /// The unit.
    pub unit: SizeUnit,
}

/// The outcome of one search on one frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Version of this format: [`SCHEMA`].
    pub schema: u32,
    /// Version of the program that found it.
    pub version: String,
    /// The attack and its parameters (`attack`, `parameters`).
    #[serde(flatten)]
    pub attack: Attack,
    /// Which preset the parameters equal.
    pub preset: Preset,
    /// The question of the search; `flip` in older findings is [`Mode::Lowest`].
    pub mode: Mode,
    /// The strategy that was asked for; older findings have none, and were made by evolution.
    #[serde(default = "Strategy::of_older_files")]
    pub strategy: Strategy,
    /// From which verdict to which.
    pub direction: Direction,
    /// The seed.
    pub seed: u64,
    /// The budget of the search.
    pub budget: Budget,
    /// Whether the altered frame, read from its PNG and judged in a batch of one, has the other verdict.
    pub success: bool,
    /// P(melanoma) of the original frame (with the field of view, if the attack uses it), in a batch of one.
    pub p_before: f32,
    /// P(melanoma) of the altered frame, read from its PNG, in a batch of one.
    pub p_after: f32,
    /// Verdict of the original frame.
    pub label_before: Label,
    /// Verdict of the altered frame.
    pub label_after: Label,
    /// P(melanoma) at or above which the verdict is melanoma.
    pub threshold: f32,
    /// Frames that the network judged on behalf of the search, also those whose gradient was computed. The final judge's are not
    /// counted.
    pub evaluations: u64,
    /// Gradients that were computed, each for one of these frames; older findings do not count them.
    #[serde(default)]
    pub gradients: u64,
    /// What the search cost: a frame judged is 1, one with its gradient [`GRADIENT_COST`]; `None` in older findings.
    #[serde(default)]
    pub forward_equivalents: Option<f64>,
    /// What it had cost up to the first frame that flips, itself included; `None` if nothing flips, and in older findings.
    #[serde(default)]
    pub forward_equivalents_to_first_flip: Option<f64>,
    /// What proposed the altered frame: a stage of [`Strategy::Auto`], or the strategy itself; `auto` for the looks that only that
    /// strategy has, the first ones of a pose and those at small poses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_by: Option<Strategy>,
    /// Why [`Strategy::Auto`] went without gradients, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_gradients: Option<String>,
    /// Rounds of the search: generations of an evolution, its start among them; steps of FGSM; of the strategies that look elsewhere also
    /// each batch and each gradient. Called `generations` in older findings, though the `generations` of `parameters` do not bound it.
    #[serde(alias = "generations")]
    pub rounds: usize,
    /// Why the search ended.
    pub ended: StopReason,
    /// Duration in seconds: a time field. Where several searches ran together ([`Pool`](super::Pool)), as on a card, the others took part of them.
    pub seconds: f64,
    /// Frames of this search judged per second: a time field.
    pub evaluations_per_second: f64,
    /// The photograph, and how it became a frame.
    #[serde(flatten)]
    pub subject: Subject,
    /// SHA-256 of the original frame's RGB bytes.
    pub frame_sha256: String,
    /// SHA-256 of the altered frame's RGB bytes.
    pub altered_sha256: String,
    /// What alters the frame.
    pub perturbation: Perturbation,
    /// The size of the change, in the attack's unit.
    pub size: Size,
    /// How far the altered frame is from the original.
    pub distances: Distances,
    /// The model's name.
    pub model: String,
    /// SHA-256 of the model's file.
    pub model_sha256: String,
    /// What stood between a frame and its verdict.
    #[serde(default, skip_serializing_if = "Remedy::is_none")]
    pub remedy: Remedy,
    /// What was assumed about the model, the most serious first; older findings have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<Assumption>,
    /// The model's classes.
    pub classes: Vec<String>,
    /// Their probabilities for the original frame.
    pub probabilities_before: Vec<f32>,
    /// Their probabilities for the altered frame.
    pub probabilities_after: Vec<f32>,
    /// The device that was used.
    pub device: String,
    /// The type that it computed in.
    pub precision: String,
    /// The type in which candidates were judged, if it differs from the type for the final verdict.
    #[serde(
        default,
        alias = "draft_precision",
        skip_serializing_if = "Option::is_none"
    )]
    pub proposal_precision: Option<String>,
    /// How far from deciding something a candidate's verdict in that type may be before it is dismissed, in log-odds of melanoma: nearer ones were
    /// judged again in the type of the final verdict. [`MARGIN_FACTOR`](super::MARGIN_FACTOR) times the largest difference of the frames that were judged
    /// in both; `None` if none was, in older findings, and where one type judged everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal_margin: Option<f64>,
    /// How many frames were judged in both types.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal_margin_frames: Option<u64>,
    /// File name of the original frame's PNG, next to this file; empty until it has been saved.
    pub frame_png: String,
    /// File name of the altered frame's PNG, next to this file; empty until it has been saved.
    pub altered_png: String,
}

/// Why a file does not contain a finding.
#[derive(Debug, thiserror::Error)]
pub enum FindingError {
    /// Not the JSON of a finding.
    #[error("{}", unreadable(.0))]
    Json(#[from] serde_json::Error),
    /// A format that this version does not support.
    #[error("{}", text!("finding-schema", found = as_text(found), schema = as_text(&SCHEMA)))]
    Schema {
        /// The format's version.
        found: u64,
    },
}

/// One that ends in its middle was a finding, or may have been.
fn unreadable(error: &serde_json::Error) -> String {
    if error.is_eof() {
        text!("finding-cut-off", what = as_text(error))
    } else {
        text!("finding-unreadable", what = as_text(error))
    }
}

impl Finding {
    /// What all findings on one photograph share: the hash of its file; of a synthetic sample, which has none, that of its frame.
    #[must_use]
    pub fn lesion(&self) -> &str {
        let file = self.subject.image_sha256.as_deref();
        file.unwrap_or(&self.frame_sha256)
    }

    /// Whether this network made it: the same checkpoint with the same remedy.
    #[must_use]
    pub fn is_of(&self, model: &ModelInfo) -> bool {
        self.model_sha256 == model.sha256 && self.remedy == model.remedy
    }

    /// As JSON, one field per line, with a line feed at the end.
    ///
    /// # Errors
    /// If a number is not finite, which a finding's never are.
    pub fn to_json(&self) -> Result<String, FindingError> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(text)
    }

    /// Reads what [`Finding::to_json`] wrote.
    ///
    /// # Errors
    /// If it is not a finding, or has another format.
    pub fn from_json(text: &str) -> Result<Self, FindingError> {
        let value: serde_json::Value = serde_json::from_str(text)?;
        let schema = value.get("schema").and_then(serde_json::Value::as_u64);
        if let Some(found) = schema.filter(|&found| found != u64::from(SCHEMA)) {
            return Err(FindingError::Schema { found });
        }
        Ok(serde_json::from_str(text)?)
    }
}

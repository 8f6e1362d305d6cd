//! The network's performance on the validation part, using the same engine as everything else.

use serde::{Deserialize, Serialize};

use super::error::TrainError;
use super::pictures::{Picture, Pictures};
use crate::statistics::{Confusion, OperatingPoint, ScoredCase, auc};
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::{Frame, Framing};
use flipscope_model::{Classifier, DeviceChoice, Tensors};

/// Frames that are judged between two checks for cancellation.
const CHUNK: usize = 32;

/// Figures of the validation part.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// Area under the ROC curve of P(melanoma): melanoma against the rest, ties counting one half.
    pub auc: f64,
    /// Share of the melanomas with P(melanoma) at or above 0.5.
    pub sensitivity: f64,
    /// Share of the others with P(melanoma) below 0.5.
    pub specificity: f64,
    /// Mean cross entropy.
    pub loss: f64,
    /// The threshold for the recipe's sensitivity; none in states of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operating_point: Option<ChosenThreshold>,
}

/// The highest threshold at which the validation part's sensitivity is at least as wanted, and what it gives there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenThreshold {
    /// The sensitivity that was wanted.
    pub wanted: f64,
    /// P(melanoma) at or above it is called melanoma; 0 to 1.
    pub threshold: f64,
    /// Melanomas of the validation part that are called melanoma.
    pub true_positives: u64,
    /// Melanomas of the validation part.
    pub melanomas: u64,
    /// Others that are not called melanoma.
    pub true_negatives: u64,
    /// Others.
    pub nevi: u64,
}

impl ChosenThreshold {
    fn choose(judged: &[ScoredCase], wanted: f64) -> Result<Self, TrainError> {
        let point = OperatingPoint::for_sensitivity(judged, wanted)?;
        let counts = point.confusion;
        Ok(Self {
            wanted,
            threshold: point.threshold,
            true_positives: counts.true_positives,
            melanomas: counts.true_positives + counts.false_negatives,
            true_negatives: counts.true_negatives,
            nevi: counts.true_negatives + counts.false_positives,
        })
    }
}

/// Judges all members, and chooses the threshold for a sensitivity; `None` if it was cancelled.
pub(super) fn validate(
    tensors: &Tensors,
    pictures: &Pictures,
    framing: Framing,
    sensitivity: f64,
    device: DeviceChoice,
    cancel: &Cancel,
) -> Result<Option<Validation>, TrainError> {
    let classifier = Classifier::from_tensors(tensors, "the network in training", device)?;
    let melanoma = classifier.info().melanoma_classes.clone();
    let mut judged = Vec::with_capacity(pictures.members.len());
    let mut loss = 0.0;
    let all: Vec<usize> = (0..pictures.members.len()).collect();
    for chunk in all.chunks(CHUNK) {
        if cancel.is_requested() {
            return Ok(None);
        }
        let mut frames: Vec<Frame> = Vec::with_capacity(chunk.len());
        let mut classes = Vec::with_capacity(chunk.len());
        for &at in chunk {
            if let Some((class, picture)) = pictures.get(at)? {
                frames.push(match picture {
                    Picture::Frame(frame) => frame.as_ref().clone(),
                    Picture::Whole(raster) => framing.apply(&raster),
                });
                classes.push(class as usize);
            }
        }
        for (verdict, class) in classifier.classify(&frames)?.iter().zip(classes) {
            let p = verdict.probabilities.get(class).copied().unwrap_or(0.0);
            loss -= f64::from(p.max(f32::MIN_POSITIVE)).ln();
            judged.push(ScoredCase {
                score: f64::from(verdict.p_melanoma),
                melanoma: melanoma.contains(&class),
            });
        }
    }
    let counts = Confusion::at(0.5, &judged);
    Ok(Some(Validation {
        auc: auc(&judged)?,
        sensitivity: counts.sensitivity()?.value(),
        specificity: counts.specificity()?.value(),
        loss: loss / judged.len() as f64,
        operating_point: Some(ChosenThreshold::choose(&judged, sensitivity)?),
    }))
}

//! What the network says of the validation part, through the engine that everything else uses.

use serde::{Deserialize, Serialize};

use super::error::TrainError;
use super::pictures::{Picture, Pictures};
use crate::classifier::{Classifier, DeviceChoice, Tensors};
use crate::lesion::{Frame, Framing};
use crate::search::Cancel;

/// Frames that are judged between two looks at the cancel switch.
const CHUNK: usize = 32;

/// Figures of the validation part.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// Area under the ROC curve of P(melanoma): melanoma against the rest, ties by half.
    pub auc: f64,
    /// Share of the melanomas with P(melanoma) at or above 0.5.
    pub sensitivity: f64,
    /// Share of the others with P(melanoma) below 0.5.
    pub specificity: f64,
    /// Mean cross entropy.
    pub loss: f64,
}

/// Judges all members; `None` if it was called off.
pub(super) fn validate(
    tensors: &Tensors,
    pictures: &Pictures,
    framing: Framing,
    device: DeviceChoice,
    cancel: &Cancel,
) -> Result<Option<Validation>, TrainError> {
    let classifier = Classifier::of_tensors(tensors, "the network in training", device)?;
    let melanoma = classifier.info().melanoma_classes.clone();
    let mut scores = Vec::with_capacity(pictures.members.len());
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
            scores.push((verdict.p_melanoma, melanoma.contains(&class)));
        }
    }
    let share = |of: bool, called: bool| {
        let all = scores.iter().filter(|(_, is)| *is == of);
        let hits = all.clone().filter(|(p, _)| (*p >= 0.5) == called).count();
        hits as f64 / all.count().max(1) as f64
    };
    Ok(Some(Validation {
        auc: auc(&scores),
        sensitivity: share(true, true),
        specificity: share(false, false),
        loss: loss / scores.len().max(1) as f64,
    }))
}

/// Area under the ROC curve (Mann & Whitney's U over the number of pairs, ties by half) of scores of positives (`true`) and
/// negatives.
fn auc(scores: &[(f32, bool)]) -> f64 {
    let mut sorted = scores.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let positives = sorted.iter().filter(|(_, positive)| *positive).count();
    let negatives = sorted.len() - positives;
    let (mut below, mut wins) = (0_usize, 0.0);
    for tied in sorted.chunk_by(|a, b| a.0 == b.0) {
        let own = tied.iter().filter(|(_, positive)| *positive).count();
        let other = tied.len() - own;
        wins += own as f64 * (below as f64 + other as f64 / 2.0);
        below += other;
    }
    wins / (positives * negatives).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auc_counts_pairs_and_ties_by_half() {
        assert_eq!(auc(&[(0.9, true), (0.1, false)]), 1.0);
        assert_eq!(auc(&[(0.1, true), (0.9, false)]), 0.0);
        assert_eq!(auc(&[(0.5, true), (0.5, false)]), 0.5);
        // Pairs: 0.4 beats 0.1, ties 0.4, loses to 0.7; 0.8 beats all three.
        let scores = [
            (0.4, true),
            (0.8, true),
            (0.1, false),
            (0.4, false),
            (0.7, false),
        ];
        assert!((auc(&scores) - 4.5 / 6.0).abs() < 1e-12);
    }
}

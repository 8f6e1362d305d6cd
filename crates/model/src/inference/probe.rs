//! Inputs that explanations ask a network about: a frame, changed after the normalisation to values that no picture of 8 bits has;
//! and the number that an explanation is about.
//!
//! "Normalised" means: after mean and standard deviation, and before `transform_input`, which counts as the network's first layer, as
//! in torchvision. There, 0 is the mean colour of the training.

use std::ops::{AddAssign, MulAssign};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use flipscope_image::lesion::Frame;

use super::verdict::{Verdict, softmax};

/// A rectangle of pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// First column.
    pub x: usize,
    /// First row.
    pub y: usize,
    /// Columns.
    pub width: usize,
    /// Rows. What lies outside the frame is ignored.
    pub height: usize,
}

/// What is done to the normalised pixels.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Nothing: the frame itself, to the last bit.
    Nothing,
    /// A rectangle is set to 0, the mean colour.
    Covered(Region),
    /// Every value is multiplied by this.
    Scaled(f64),
    /// These values are added, `[row][column][channel]`.
    Added(Arc<Vec<f32>>),
    /// Every pixel (row by row) for which this is true is set to 0, the mean colour.
    Masked(Arc<Vec<bool>>),
}

/// A frame with a change, described by its parameters: the values are computed where the network runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// The frame.
    pub frame: Arc<Frame>,
    /// What is done to it.
    pub change: Change,
}

/// The number that an explanation is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Score {
    /// The logit of a class, before the softmax.
    Logit(usize),
    /// The sum of the probabilities of some classes.
    Probability(Vec<usize>),
}

/// What the network says about a probe.
#[derive(Clone, Debug, PartialEq)]
pub struct Probed {
    /// The verdict.
    pub verdict: Verdict,
    /// The logits, in the order of the classes.
    pub logits: Vec<f32>,
}

/// The output of the last block before the pooling, and how a [`Score`] depends on it.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivatedBlock {
    /// The block's name, as torchvision's: `Mixed_7c` of Inception-v3.
    pub name: &'static str,
    /// Channels.
    pub channels: usize,
    /// Rows of pixels.
    pub rows: usize,
    /// Columns of pixels.
    pub columns: usize,
    /// `[row][column][channel]`, not negative.
    pub values: Vec<f32>,
    /// For each channel, the derivative of the score by any of its values; it is the same at every pixel, since only the mean over
    /// the pixels goes on to the linear layer.
    pub by_value: Vec<f32>,
    /// What the network says about the frame.
    pub probed: Probed,
}

impl Change {
    /// Changes a frame's normalised pixels, `[row][column][channel]`.
    pub fn apply<T: Number>(&self, pixels: &mut [T]) {
        const SIDE: usize = Frame::SIDE as usize;
        match self {
            Self::Nothing => {}
            Self::Covered(region) => {
                let last = region.x.saturating_add(region.width).min(SIDE);
                let rows = pixels.chunks_exact_mut(SIDE * 3);
                for row in rows.skip(region.y).take(region.height) {
                    if let Some(covered) = row.get_mut(region.x * 3..last * 3) {
                        covered.fill(T::default());
                    }
                }
            }
            Self::Scaled(factor) => {
                let factor = T::from_double(*factor);
                for value in pixels {
                    *value *= factor;
                }
            }
            Self::Added(noise) => {
                for (value, noise) in pixels.iter_mut().zip(noise.iter()) {
                    *value += T::from_double(f64::from(*noise));
                }
            }
            Self::Masked(mask) => {
                for (pixel, covered) in pixels.chunks_exact_mut(3).zip(mask.iter()) {
                    if *covered {
                        pixel.fill(T::default());
                    }
                }
            }
        }
    }
}

/// A type that pixels are changed in: `f32`, or `f64` for gradients in double precision. Its default is 0.
pub trait Number: Copy + Default + AddAssign + MulAssign {
    /// The nearest value of the type.
    fn from_double(value: f64) -> Self;
}

impl Number for f32 {
    fn from_double(value: f64) -> Self {
        value as Self
    }
}

impl Number for f64 {
    fn from_double(value: f64) -> Self {
        value
    }
}

impl Score {
    /// Its value, from the logits and from the probabilities that a verdict has.
    #[must_use]
    pub fn of(&self, probed: &Probed) -> f32 {
        match self {
            Self::Logit(class) => probed.logits.get(*class).copied().unwrap_or(f32::NAN),
            Self::Probability(classes) => {
                let all = &softmax(&probed.logits);
                let parts = classes.iter().filter_map(|&class| all.get(class));
                parts.sum::<f64>() as f32
            }
        }
    }

    /// Its derivative by each logit.
    pub(crate) fn by_logit(&self, logits: &[f32]) -> Vec<f64> {
        match self {
            Self::Logit(class) => (0..logits.len())
                .map(|at| f64::from(u8::from(at == *class)))
                .collect(),
            Self::Probability(classes) => {
                let probabilities = softmax(logits);
                let of = |at: usize| probabilities.get(at).copied().unwrap_or_default();
                let sum: f64 = classes.iter().map(|&class| of(class)).sum();
                (0..logits.len())
                    .map(|at| of(at) * (f64::from(u8::from(classes.contains(&at))) - sum))
                    .collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_cut_at_the_border() {
        let side = Frame::SIDE as usize;
        let covered = |region| {
            let mut pixels = vec![1.0; Frame::BYTES];
            Change::Covered(region).apply(&mut pixels);
            let zeros = |at: usize| pixels[at] == 0.0;
            let count = (0..Frame::BYTES).filter(|&at| zeros(at)).count();
            (
                count,
                zeros(0),
                zeros(Frame::BYTES - 1),
                zeros(3 * (side * 7 + 5)),
            )
        };
        let region = |x, y, width, height| Region {
            x,
            y,
            width,
            height,
        };
        assert_eq!(
            covered(region(0, 0, 59, 59)),
            (59 * 59 * 3, true, false, true)
        );
        assert_eq!(
            covered(region(294, 294, 59, 59)),
            (5 * 5 * 3, false, true, false)
        );
        assert_eq!(covered(region(5, 7, 1, 1)), (3, false, false, true));
        assert_eq!(covered(region(400, 0, 9, 9)).0, 0);
    }

    #[test]
    fn derivatives_are_those_of_small_steps() {
        let logits = [0.3_f32, -1.2, 2.0];
        let probed = |logits: &[f32]| Probed {
            verdict: Verdict {
                probabilities: Vec::new(),
                p_melanoma: 0.0,
            },
            logits: logits.to_vec(),
        };
        for score in [
            Score::Logit(1),
            Score::Probability(vec![0]),
            Score::Probability(vec![0, 2]),
        ] {
            let derivative = score.by_logit(&logits);
            for at in 0..logits.len() {
                let mut moved = logits;
                moved[at] += 1e-2;
                let above = score.of(&probed(&moved));
                moved[at] -= 2e-2;
                let slope = (above - score.of(&probed(&moved))) / 2e-2;
                assert!(
                    (f64::from(slope) - derivative[at]).abs() < 1e-4,
                    "{score:?} {at}"
                );
            }
        }
    }
}

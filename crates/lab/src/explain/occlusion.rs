//! Occlusion: P with a square over each place (Zeiler & Fergus 2014, arXiv 1311.2901), as the letter's code makes it
//! (thelynchlab/adversarial, `classify.py`, `create_masks` and `analyse_image_mask`, 3 April 2020).
//!
//! The square is 0 after the normalisation: the mean colour, unrounded. The first lies at the top left corner, and its corner
//! moves by the stride up to the last pixel, so that squares at the right and the bottom are cut: 22 × 22 of 59 pixels every 14.
//! Where the letter saves P(nevus), this is P(melanoma), or P of a named class.

use flipscope_language::{as_text, text};
use serde::{Deserialize, Serialize};

use std::sync::Arc;

use flipscope_image::lesion::Frame;
use flipscope_model::{Change, Probe, Region};

use super::error::ExplainError;
use super::map::{Axis, Map, Method, Quantity};
use super::network::{ProbedNetwork, probe_all};
use super::progress::Watch;

const SIDE: usize = Frame::SIDE as usize;

/// Which squares are laid over the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occlusion {
    /// Side of the square in pixels, 1 to 299.
    pub size: usize,
    /// Pixels from one square to the next, 1 to 299.
    pub stride: usize,
}

/// The letter's: ⌊299 / 5⌋ and ⌊59 / 4⌋.
impl Default for Occlusion {
    fn default() -> Self {
        Self {
            size: 59,
            stride: 14,
        }
    }
}

impl Occlusion {
    /// First column of every square from left to right, and first row from top to bottom.
    #[must_use]
    pub fn corners(&self) -> Vec<usize> {
        (0..SIDE).step_by(self.stride.max(1)).collect()
    }

    /// Squares.
    #[must_use]
    pub fn count(&self) -> usize {
        self.corners().len().pow(2)
    }

    fn validate(&self) -> Result<(), ExplainError> {
        for (parameter, value) in [("size", self.size), ("stride", self.stride)] {
            if !(1..=SIDE).contains(&value) {
                return Err(ExplainError::Parameter {
                    parameter,
                    reason: text!(
                        "parameter-square-size",
                        value = as_text(&value),
                        side = as_text(&SIDE)
                    ),
                });
            }
        }
        Ok(())
    }

    /// The map: a row for each row of squares.
    ///
    /// # Errors
    /// If a parameter is out of range, the network fails, or it is cancelled.
    pub fn map(
        &self,
        network: &dyn ProbedNetwork,
        frame: &Arc<Frame>,
        quantity: &Quantity,
        watch: &mut Watch<'_>,
    ) -> Result<Map, ExplainError> {
        self.validate()?;
        let corners = self.corners();
        let probe = |change| Probe {
            frame: Arc::clone(frame),
            change,
        };
        // The frame itself first.
        let mut probes = vec![probe(Change::Nothing)];
        for &y in &corners {
            for &x in &corners {
                let (width, height) = (self.size, self.size);
                probes.push(probe(Change::Covered(Region {
                    x,
                    y,
                    width,
                    height,
                })));
            }
        }
        watch.expect(probes.len());
        let mut answers = probe_all(network, &probes, watch)?.into_iter();
        let frame = answers.next().ok_or(ExplainError::Cancelled)?;
        Ok(Map {
            method: Method::Occlusion {
                size: self.size,
                stride: self.stride,
            },
            quantity: quantity.clone(),
            columns: Axis::counted("first column of the square", corners.iter().copied()),
            rows: Axis::counted("first row of the square", corners.iter().copied()),
            values: answers.map(|answer| quantity.score.of(&answer)).collect(),
            base: quantity.score.of(&frame),
            verdict: frame.verdict,
        })
    }

    /// The letter's heat map: for each pixel the mean over the squares that cover it, row by row; NaN where none does.
    #[must_use]
    pub fn heat(&self, values: &[f32]) -> Vec<f32> {
        // Sums over rectangles: each square adds at its four corners, and running sums do the rest.
        const ACROSS: usize = SIDE + 1;
        let mut corners = vec![(0.0_f64, 0_i64); ACROSS * ACROSS];
        let firsts = self.corners();
        let places = firsts
            .iter()
            .flat_map(|y| firsts.iter().map(move |x| (*x, *y)));
        for ((x, y), value) in places.zip(values) {
            let end = |first: usize| first.saturating_add(self.size).min(SIDE);
            for (row, column, sign) in [
                (y, x, 1),
                (y, end(x), -1),
                (end(y), x, -1),
                (end(y), end(x), 1),
            ] {
                if let Some((sum, count)) = corners.get_mut(row * ACROSS + column) {
                    *sum += f64::from(*value) * sign as f64;
                    *count += sign;
                }
            }
        }
        let mut heat = Vec::with_capacity(SIDE * SIDE);
        let mut above = vec![(0.0, 0); ACROSS];
        for row in corners.chunks_exact(ACROSS).take(SIDE) {
            let (mut sum, mut count) = (0.0, 0);
            for (at, (above, (more, one))) in above.iter_mut().zip(row).enumerate() {
                sum += more;
                count += one;
                above.0 += sum;
                above.1 += count;
                if at < SIDE {
                    heat.push(if above.1 > 0 {
                        (above.0 / above.1 as f64) as f32
                    } else {
                        f32::NAN
                    });
                }
            }
        }
        heat
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_squares() {
        let letter = Occlusion::default();
        let corners = letter.corners();
        assert_eq!((corners.len(), letter.count()), (22, 484));
        assert_eq!((corners.first(), corners.last()), (Some(&0), Some(&294)));
    }

    #[test]
    fn heat_is_the_mean_over_the_squares_that_cover_a_pixel() {
        for (size, stride) in [(59, 14), (7, 11), (299, 299), (1, 60)] {
            let occlusion = Occlusion { size, stride };
            let corners = occlusion.corners();
            let values: Vec<f32> = (0..occlusion.count())
                .map(|at| (at as f32 * 0.37).sin())
                .collect();
            let heat = occlusion.heat(&values);
            assert_eq!(heat.len(), SIDE * SIDE);
            for (x, y) in [(0, 0), (13, 14), (58, 59), (150, 7), (298, 298), (297, 3)] {
                let covering: Vec<f64> = (corners.iter().enumerate())
                    .flat_map(|(row, top)| {
                        corners
                            .iter()
                            .enumerate()
                            .map(move |(column, left)| (row, column, *left, *top))
                    })
                    .filter(|(_, _, left, top)| {
                        (*left..left + size).contains(&x) && (*top..top + size).contains(&y)
                    })
                    .map(|(row, column, ..)| f64::from(values[row * corners.len() + column]))
                    .collect();
                let made = heat[y * SIDE + x];
                if covering.is_empty() {
                    assert!(made.is_nan());
                } else {
                    let mean = covering.iter().sum::<f64>() / covering.len() as f64;
                    assert!((f64::from(made) - mean).abs() < 1e-5, "{size} {x} {y}");
                }
            }
        }
    }
}

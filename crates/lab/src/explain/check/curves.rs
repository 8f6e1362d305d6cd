//! Deletion and insertion (Petsiuk et al. 2018, "RISE", arXiv 1806.07421): the pixels that a map calls important are covered with the
//! mean colour, the most important first, and P should fall fast; or uncovered on a frame of the mean colour, and P should rise fast.
//! Beside them, the mean of orders that know nothing: blocks of 13 × 13 pixels in a random order.

use flipscope_language::{decimal, text};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use flipscope_base::random::KeyedRng;
use flipscope_image::lesion::Frame;
use flipscope_model::{Change, Probe, Score};

use super::super::error::ExplainError;
use super::super::network::{ProbedNetwork, probe_all};
use super::super::progress::Watch;

const SIDE: usize = Frame::SIDE as usize;
/// Side of a block of the random orders: 23 × 23 blocks.
const BLOCK: usize = 13;
/// Random orders.
const ORDERS: u64 = 3;
/// Distinguishes this stream from others of the same seed.
const PURPOSE: u64 = 0x6375_7276_6573;

/// The curves of one map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curves {
    /// The share of pixels that is covered (deletion) or uncovered (insertion), 0 to 1.
    pub shares: Vec<f64>,
    /// P with so many covered.
    pub deletion: Vec<f32>,
    /// P with so many uncovered.
    pub insertion: Vec<f32>,
    /// Area under each curve, 0 to 1: small is good.
    pub deletion_area: f64,
    /// Large is good.
    pub insertion_area: f64,
    /// The same of random orders, on average.
    pub random_deletion_area: f64,
    /// The same of random orders, on average.
    pub random_insertion_area: f64,
}

impl Curves {
    /// Whether the map's order does better than random ones, both ways.
    #[must_use]
    pub fn beats_random(&self) -> bool {
        self.deletion_area < self.random_deletion_area
            && self.insertion_area > self.random_insertion_area
    }

    /// In one sentence of the thread's language.
    #[must_use]
    pub fn sentence(&self) -> String {
        let verdict = if self.beats_random() {
            text!("curves-better")
        } else {
            text!("curves-not-better")
        };
        let area = |area: f64| decimal(format!("{area:.3}"));
        text!(
            "curves-areas",
            deletion = area(self.deletion_area),
            deletion_by_chance = area(self.random_deletion_area),
            insertion = area(self.insertion_area),
            insertion_by_chance = area(self.random_insertion_area),
            verdict = verdict
        )
    }
}

/// The curves of an order of pixels by `importance` (row by row; what is not a number comes last), in so many steps.
///
/// # Errors
/// If there are no steps, the network fails, or it is cancelled.
pub fn curves(
    network: &dyn ProbedNetwork,
    frame: &Arc<Frame>,
    classes: &[usize],
    importance: &[f32],
    (steps, seed): (usize, u64),
    watch: &mut Watch<'_>,
) -> Result<Curves, ExplainError> {
    if steps == 0 || importance.len() != SIDE * SIDE {
        return Err(ExplainError::Parameter {
            parameter: text!("parameter-steps"),
            reason: text!("parameter-at-least-one").to_owned(),
        });
    }
    watch.expect((steps + 1) * 2 * (1 + ORDERS as usize));
    let score = Score::Probability(classes.to_vec());
    let mut along = |order: &[usize]| -> Result<[Vec<f32>; 2], ExplainError> {
        let mut both = [Vec::new(), Vec::new()];
        for (curve, deletes) in both.iter_mut().zip([true, false]) {
            let probes: Vec<Probe> = (0..=steps)
                .map(|step| {
                    let reached = order.len() * step / steps;
                    let mut mask = vec![!deletes; SIDE * SIDE];
                    for pixel in order.iter().take(reached) {
                        if let Some(covered) = mask.get_mut(*pixel) {
                            *covered = deletes;
                        }
                    }
                    Probe {
                        frame: Arc::clone(frame),
                        change: Change::Masked(Arc::new(mask)),
                    }
                })
                .collect();
            let answers = probe_all(network, &probes, watch)?;
            *curve = answers.iter().map(|answer| score.of(answer)).collect();
        }
        Ok(both)
    };
    let [deletion, insertion] = along(&by_importance(importance))?;
    let mut random = [0.0; 2];
    for number in 0..ORDERS {
        for (sum, curve) in random.iter_mut().zip(along(&at_random(seed, number))?) {
            *sum += area(&curve) / ORDERS as f64;
        }
    }
    let [random_deletion_area, random_insertion_area] = random;
    Ok(Curves {
        shares: (0..=steps).map(|step| step as f64 / steps as f64).collect(),
        deletion_area: area(&deletion),
        insertion_area: area(&insertion),
        deletion,
        insertion,
        random_deletion_area,
        random_insertion_area,
    })
}

/// Pixels, the most important first; of equal ones, in their order.
fn by_importance(importance: &[f32]) -> Vec<usize> {
    let mut order: Vec<(usize, f32)> = importance
        .iter()
        .map(|value| {
            if value.is_nan() {
                f32::NEG_INFINITY
            } else {
                *value
            }
        })
        .enumerate()
        .collect();
    order.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    order.into_iter().map(|(pixel, _)| pixel).collect()
}

/// Pixels, block by block in a random order.
fn at_random(seed: u64, number: u64) -> Vec<usize> {
    let blocks = SIDE.div_ceil(BLOCK);
    let mut order: Vec<usize> = (0..blocks * blocks).collect();
    KeyedRng::new([PURPOSE, seed, number, 0]).shuffle(&mut order);
    order
        .into_iter()
        .flat_map(|block| {
            let (top, left) = (block / blocks * BLOCK, block % blocks * BLOCK);
            (top..(top + BLOCK).min(SIDE))
                .flat_map(move |y| (left..(left + BLOCK).min(SIDE)).map(move |x| y * SIDE + x))
        })
        .collect()
}

/// The area under evenly spaced values from 0 to 1, by the trapezoidal rule.
fn area(values: &[f32]) -> f64 {
    let pairs = values.windows(2);
    let count = pairs.len().max(1) as f64;
    let sum: f64 = pairs
        .map(|two| two.iter().map(|&value| f64::from(value)).sum::<f64>() / 2.0)
        .sum();
    sum / count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_hold_every_pixel_once() {
        let mut importance = vec![0.0; SIDE * SIDE];
        importance[7] = 2.0;
        importance[9] = f32::NAN;
        let order = by_importance(&importance);
        assert_eq!((order[0], order[1], order[SIDE * SIDE - 1]), (7, 0, 9));
        for order in [order, at_random(1, 0)] {
            let mut sorted = order;
            sorted.sort_unstable();
            assert!(sorted.into_iter().eq(0..SIDE * SIDE));
        }
        assert!(at_random(1, 0) == at_random(1, 0) && at_random(1, 0) != at_random(1, 1));
        assert_eq!(area(&[1.0, 1.0, 1.0]), 1.0);
        assert_eq!(area(&[1.0, 0.0]), 0.5);
    }
}

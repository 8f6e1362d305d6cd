//! `SmoothGrad`: the mean gradient of noisy copies.

use flipscope_language::text;
use serde::{Deserialize, Serialize};

use std::sync::Arc;

use flipscope_base::random::KeyedRng;
use flipscope_image::lesion::Frame;
use flipscope_model::{Change, Probe};

use super::super::error::ExplainError;
use super::super::map::{Method, Quantity};
use super::super::network::ProbedNetwork;
use super::super::progress::Watch;
use super::{Attributions, probed, summed};

/// Distinguishes this stream from others of the same seed.
const PURPOSE: u64 = 0x736d_6f6f_7468;

/// The parameters of `SmoothGrad`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SmoothGrad {
    /// Noisy copies, 1 to 10,000.
    pub samples: usize,
    /// Standard deviation of the noise as a share of the range of the frame's normalised values (its largest less its smallest), above
    /// 0 and at most 1.
    pub spread: f64,
    /// The seed of the noise.
    pub seed: u64,
}

/// 50 copies, as the paper recommends at least; its noise of 10 to 20 %.
impl Default for SmoothGrad {
    fn default() -> Self {
        Self {
            samples: 50,
            spread: 0.15,
            seed: 1,
        }
    }
}

/// The noise of one copy: normal deviates of a standard deviation, `[row][column][channel]`, a function of seed and number alone.
#[must_use]
pub fn noise(seed: u64, number: usize, deviation: f32) -> Vec<f32> {
    let mut rng = KeyedRng::new([PURPOSE, seed, number as u64, 0]);
    let mut values = Vec::with_capacity(Frame::BYTES + 1);
    while values.len() < Frame::BYTES {
        // Box and Muller: two of two; 1 − u is never 0.
        let radius = (-2.0 * (1.0 - rng.uniform()).ln()).sqrt();
        let (sin, cos) = (std::f64::consts::TAU * rng.uniform()).sin_cos();
        values.extend([radius * cos, radius * sin].map(|z| (z * f64::from(deviation)) as f32));
    }
    values.truncate(Frame::BYTES);
    values
}

impl SmoothGrad {
    /// The standard deviation of the noise for a frame, in units of its normalised values.
    #[must_use]
    pub fn deviation(&self, network: &dyn ProbedNetwork, frame: &Frame) -> f32 {
        let x = network.normalised(frame);
        let low = x.iter().copied().fold(f32::INFINITY, f32::min);
        let high = x.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        (self.spread * f64::from(high - low)) as f32
    }

    /// The mean gradient.
    ///
    /// # Errors
    /// If a parameter is out of range, the network fails, or it is cancelled.
    pub fn attributions(
        &self,
        network: &dyn ProbedNetwork,
        frame: &Arc<Frame>,
        quantity: &Quantity,
        watch: &mut Watch<'_>,
    ) -> Result<Attributions, ExplainError> {
        let wrong = |parameter, reason: &str| {
            Err(ExplainError::Parameter {
                parameter,
                reason: reason.to_owned(),
            })
        };
        if !(1..=10_000).contains(&self.samples) {
            return wrong(text!("parameter-samples"), text!("parameter-count-range"));
        }
        if !(self.spread > 0.0 && self.spread <= 1.0) {
            return wrong(text!("parameter-spread"), text!("parameter-share-range"));
        }
        watch.expect(self.samples);
        let deviation = self.deviation(network, frame);
        let share = 1.0 / self.samples as f64;
        let copies = (0..self.samples).map(|number| {
            let noise = Arc::new(noise(self.seed, number, deviation));
            let probe = Probe {
                frame: Arc::clone(frame),
                change: Change::Added(noise),
            };
            (0, share, probe)
        });
        let mean = summed(network, (1, copies), quantity, watch)?;
        let unchanged = Probe {
            frame: Arc::clone(frame),
            change: Change::Nothing,
        };
        Ok(Attributions {
            values: (mean.into_iter().flatten())
                .map(|value| value as f32)
                .collect(),
            method: Method::Smoothgrad {
                samples: self.samples,
                deviation,
                seed: self.seed,
            },
            quantity: quantity.clone(),
            frame: probed(network, unchanged)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_normal_and_belongs_to_its_number() {
        let (one, other) = (noise(3, 0, 0.5), noise(3, 1, 0.5));
        assert_eq!(one, noise(3, 0, 0.5));
        assert!(one != other && one != noise(4, 0, 0.5));
        let n = one.len() as f64;
        let mean = one.iter().map(|&v| f64::from(v)).sum::<f64>() / n;
        let variance = one
            .iter()
            .map(|&v| (f64::from(v) - mean).powi(2))
            .sum::<f64>()
            / n;
        // 268,203 values: the mean within four standard errors, the deviation likewise.
        assert!(
            mean.abs() < 0.004 && (variance.sqrt() - 0.5).abs() < 0.003,
            "{mean} {variance}"
        );
        let beyond = one.iter().filter(|v| v.abs() > 0.98).count() as f64 / n;
        assert!((beyond - 0.05).abs() < 0.003, "{beyond}");
    }
}

//! Saliency by gradients: which pixels the score would change with.
//!
//! All three are attributions to each normalised value of each pixel, `[row][column][channel]` ([`Attributions`]), from which the map of
//! pixels follows by a sum over the channels:
//!
//! - **Gradient × input** (Shrikumar et al. 2016, arXiv 1605.01713): x · ∂S/∂x; Captum's `InputXGradient`.
//! - **`SmoothGrad`** (Smilkov et al. 2017, arXiv 1706.03825): the mean of ∂S/∂x over noisy copies of the frame; Captum's
//!   `NoiseTunnel(Saliency(…))` with `abs=False`. It is no attribution of the score: a pixel of the map is Σ |mean gradient|.
//! - **Integrated gradients** (Sundararajan et al. 2017, arXiv 1703.01365): x · the mean of ∂S/∂x on the straight way from 0, the mean
//!   colour, to the frame, at the points of Gauss and Legendre; Captum's `IntegratedGradients`.

mod integrated;
mod legendre;
mod smooth;

use std::sync::Arc;

use flipscope_image::lesion::Frame;
use flipscope_model::{Change, Probe, Probed};

use super::error::ExplainError;
use super::map::{Axis, Map, Method, Quantity};
use super::network::ProbedNetwork;
use super::progress::Watch;

pub use integrated::Integrated;
pub use smooth::{SmoothGrad, noise};

/// Attributions to all channels of all pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Attributions {
    /// `[row][column][channel]`.
    pub values: Vec<f32>,
    /// How they were made.
    pub method: Method,
    /// What they are about.
    pub quantity: Quantity,
    /// What the network says about the frame.
    pub frame: Probed,
}

/// The gradient times the normalised input.
///
/// # Errors
/// If the network fails, or it is cancelled.
pub fn gradient_times_input(
    network: &dyn ProbedNetwork,
    frame: &Arc<Frame>,
    quantity: &Quantity,
    watch: &mut Watch<'_>,
) -> Result<Attributions, ExplainError> {
    watch.expect(1);
    watch.check()?;
    let probe = Probe {
        frame: Arc::clone(frame),
        change: Change::Nothing,
    };
    let mut answers = network.probe_gradients(std::slice::from_ref(&probe), &quantity.score)?;
    watch.judged(1)?;
    let (_, gradient) = answers.pop().ok_or(ExplainError::Cancelled)?;
    let x = network.normalised(frame);
    Ok(Attributions {
        values: gradient.iter().zip(&x).map(|(g, x)| g * x).collect(),
        method: Method::Gradient,
        quantity: quantity.clone(),
        // A gradient's own forward pass rounds otherwise than a verdict's.
        frame: probed(network, probe)?,
    })
}

impl Attributions {
    /// The map of pixels: for each, the sum over its channels; of `SmoothGrad`'s gradients, of their magnitudes.
    #[must_use]
    pub fn map(&self) -> Map {
        let magnitude = matches!(self.method, Method::Smoothgrad { .. });
        let side = Frame::SIDE as usize;
        let values = self.values.chunks_exact(3).map(|channels| {
            let all = channels.iter().map(|&value| {
                let value = f64::from(value);
                if magnitude { value.abs() } else { value }
            });
            all.sum::<f64>() as f32
        });
        Map {
            method: self.method.clone(),
            quantity: self.quantity.clone(),
            columns: Axis::counted("column", 0..side),
            rows: Axis::counted("row", 0..side),
            values: values.collect(),
            base: self.quantity.score.of(&self.frame),
            verdict: self.frame.verdict.clone(),
        }
    }
}

/// A probe, the number of the sum that its gradient is part of, and its weight there.
type Weighted = (usize, f64, Probe);

/// Weighted sums of the gradients of some probes, in f64, in their order.
fn summed(
    network: &dyn ProbedNetwork,
    (count, probes): (usize, impl Iterator<Item = Weighted>),
    quantity: &Quantity,
    watch: &mut Watch<'_>,
) -> Result<Vec<Vec<f64>>, ExplainError> {
    watch.check()?;
    let mut sums = vec![vec![0.0; Frame::BYTES]; count];
    let mut probes = probes.peekable();
    while probes.peek().is_some() {
        let batch: Vec<Weighted> = probes
            .by_ref()
            .take(network.gradient_batch().max(1))
            .collect();
        let (parts, batch): (Vec<(usize, f64)>, Vec<Probe>) = (batch.into_iter())
            .map(|(sum, weight, probe)| ((sum, weight), probe))
            .unzip();
        let answers = network.probe_gradients(&batch, &quantity.score)?;
        for ((_, gradient), (sum, weight)) in answers.iter().zip(parts) {
            let values = sums.get_mut(sum).into_iter().flatten().zip(gradient);
            for (sum, value) in values {
                *sum += weight * f64::from(*value);
            }
        }
        watch.judged(batch.len())?;
    }
    Ok(sums)
}

/// What the network says about a frame.
fn probed(network: &dyn ProbedNetwork, probe: Probe) -> Result<Probed, ExplainError> {
    let answer = network.probe(&[probe])?.pop();
    answer.ok_or(ExplainError::Cancelled)
}

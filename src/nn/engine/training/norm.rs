//! Batch norm over a batch, with its ReLU where it has one, and its gradients.
//!
//! Ioffe & Szegedy 2015, arXiv 1502.03167: y = γ · (x − μ) / √(σ² + ε) + β, with mean and variance (dividing by the number of
//! values) of the batch, or with given ones.

use rayon::prelude::*;

use super::super::EngineError;
use super::super::isa::Isa;
use super::super::kernel::{Moments, back, moments, products, scale};
use super::super::simd::LANES;

/// Mean and variance of each channel, `[c / 16 · 16]`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statistics {
    pub(crate) mean: Vec<f32>,
    /// Divided by the number of values.
    pub(crate) var: Vec<f32>,
}

/// A batch norm's parameters, `[c]` each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Norm<'a> {
    /// Scale (γ).
    pub(crate) weight: &'a [f32],
    /// Shift (β).
    pub(crate) bias: &'a [f32],
    /// Added to the variance.
    pub(crate) eps: f64,
    /// Whether negative results become 0.
    pub(crate) relu: bool,
}

/// The gradients of a batch norm.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NormGradient {
    /// Towards the input.
    pub(crate) input: Vec<f32>,
    /// Towards γ, `[c]`.
    pub(crate) weight: Vec<f32>,
    /// Towards β, `[c]`.
    pub(crate) bias: Vec<f32>,
}

impl Statistics {
    /// Of `n` frames of `[c / 16][pixel][16]`.
    pub(crate) fn of(isa: Isa, x: &[f32], n: usize, blocks: usize) -> Result<Self, EngineError> {
        let plane = plane(x, n, blocks)?;
        let count = (n * plane / LANES) as f64;
        let all: Vec<Moments> = (0..blocks)
            .into_par_iter()
            .map(|block| {
                let mut sums = Moments::default();
                for x in planes(x, plane, blocks, block) {
                    moments(isa, x, &mut sums);
                }
                sums
            })
            .collect();
        let mut statistics = Self {
            mean: Vec::with_capacity(blocks * LANES),
            var: Vec::with_capacity(blocks * LANES),
        };
        for (sum, square) in all.iter().flat_map(|all| all.first.iter().zip(&all.second)) {
            let mean = sum / count;
            statistics.mean.push(mean as f32);
            statistics
                .var
                .push((square / count - mean * mean).max(0.0) as f32);
        }
        Ok(statistics)
    }

    fn inverse(&self, eps: f64) -> impl Iterator<Item = f64> {
        self.var
            .iter()
            .map(move |var| 1.0 / (f64::from(*var) + eps).sqrt())
    }
}

impl Norm<'_> {
    /// The outputs.
    pub(crate) fn forward(
        &self,
        isa: Isa,
        statistics: &Statistics,
        x: &[f32],
        n: usize,
    ) -> Result<Vec<f32>, EngineError> {
        let blocks = statistics.mean.len() / LANES;
        let plane = plane(x, n, blocks)?;
        // Lanes without a channel get a scale and a shift of 0.
        let mut factors = vec![[0.0_f32; 2 * LANES]; blocks];
        let channels = self.weight.iter().zip(self.bias);
        for (at, ((weight, bias), (mean, inverse))) in channels
            .zip(statistics.mean.iter().zip(statistics.inverse(self.eps)))
            .enumerate()
        {
            let by = f64::from(*weight) * inverse;
            if let Some(factors) = factors.get_mut(at / LANES) {
                let lane = at % LANES;
                for (to, value) in [
                    (lane, by),
                    (LANES + lane, f64::from(*bias) - f64::from(*mean) * by),
                ] {
                    if let Some(to) = factors.get_mut(to) {
                        *to = value as f32;
                    }
                }
            }
        }
        let floor = if self.relu { 0.0 } else { f32::NEG_INFINITY };
        let mut y = vec![0.0; x.len()];
        y.par_chunks_exact_mut(plane.max(1))
            .zip(x.par_chunks_exact(plane.max(1)))
            .enumerate()
            .for_each(|(at, (y, x))| {
                if let Some(factors) = factors.get(at % blocks) {
                    scale(isa, factors, floor, x, y);
                }
            });
        Ok(y)
    }

    /// The gradients, from those of the outputs `y`; `of_batch`: the statistics are those of `x`, and move with it.
    #[expect(
        clippy::too_many_arguments,
        reason = "what the forward pass had and made"
    )]
    pub(crate) fn backward(
        &self,
        isa: Isa,
        statistics: &Statistics,
        of_batch: bool,
        x: &[f32],
        y: &[f32],
        dy: &[f32],
        n: usize,
    ) -> Result<NormGradient, EngineError> {
        let blocks = statistics.mean.len() / LANES;
        let plane = plane(x, n, blocks)?;
        if y.len() != x.len() || dy.len() != x.len() {
            return Err(EngineError::Internal(
                "a gradient has another size than its layer",
            ));
        }
        let count = (n * plane / LANES) as f64;
        let inverse: Vec<f64> = statistics.inverse(self.eps).collect();
        let sums: Vec<Moments> = (0..blocks)
            .into_par_iter()
            .map(|block| {
                let mut mean = [0.0; LANES];
                for (to, from) in mean
                    .iter_mut()
                    .zip(statistics.mean.iter().skip(block * LANES))
                {
                    *to = *from;
                }
                let mut sums = Moments::default();
                for ((x, y), dy) in planes(x, plane, blocks, block)
                    .zip(planes(y, plane, blocks, block))
                    .zip(planes(dy, plane, blocks, block))
                {
                    products(isa, &mean, self.relu, x, y, dy, &mut sums);
                }
                sums
            })
            .collect();
        // dx = a · g + b · x + c, with g the gradient behind the ReLU.
        let mut factors = vec![[0.0_f32; 3 * LANES]; blocks];
        let mut gradient = NormGradient {
            input: vec![0.0; x.len()],
            weight: Vec::with_capacity(self.weight.len()),
            bias: Vec::with_capacity(self.weight.len()),
        };
        let sums = sums
            .iter()
            .flat_map(|all| all.first.iter().zip(&all.second));
        for (at, (((weight, (sum, product)), inverse), mean)) in self
            .weight
            .iter()
            .zip(sums)
            .zip(&inverse)
            .zip(&statistics.mean)
            .enumerate()
        {
            let towards_weight = product * inverse;
            gradient.weight.push(towards_weight as f32);
            gradient.bias.push(*sum as f32);
            let a = f64::from(*weight) * inverse;
            let (b, c) = if of_batch {
                let b = -a * inverse * towards_weight / count;
                (b, -a * sum / count - b * f64::from(*mean))
            } else {
                (0.0, 0.0)
            };
            if let Some(factors) = factors.get_mut(at / LANES) {
                for (part, value) in [a, b, c].into_iter().enumerate() {
                    if let Some(to) = factors.get_mut(part * LANES + at % LANES) {
                        *to = value as f32;
                    }
                }
            }
        }
        gradient
            .input
            .par_chunks_exact_mut(plane.max(1))
            .zip(x.par_chunks_exact(plane.max(1)))
            .zip(y.par_chunks_exact(plane.max(1)))
            .zip(dy.par_chunks_exact(plane.max(1)))
            .enumerate()
            .for_each(|(at, (((dx, x), y), dy))| {
                if let Some(factors) = factors.get(at % blocks) {
                    back(isa, factors, self.relu, x, y, dy, dx);
                }
            });
        Ok(gradient)
    }
}

/// Values of one block of one frame.
fn plane(x: &[f32], n: usize, blocks: usize) -> Result<usize, EngineError> {
    let all = n * blocks * LANES;
    if all == 0 || !x.len().is_multiple_of(all) || x.is_empty() {
        return Err(EngineError::Internal(
            "a batch has another size than its norm",
        ));
    }
    Ok(x.len() / (n * blocks))
}

/// A block of every frame.
fn planes(x: &[f32], plane: usize, blocks: usize, block: usize) -> impl Iterator<Item = &[f32]> {
    x.chunks_exact(plane.max(1))
        .skip(block)
        .step_by(blocks.max(1))
}

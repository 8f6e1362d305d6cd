//! Batch norm over a batch, with its ReLU where it has one, and its gradients.
//!
//! Ioffe & Szegedy 2015, arXiv 1502.03167: y = γ · (x − μ) / √(σ² + ε) + β, with mean and variance (dividing by the number of
//! values) of the batch, or with given ones.

use rayon::prelude::*;

use super::super::EngineError;
use super::super::isa::Isa;
use super::super::kernel::{Moments, moments, norm_backward, products, scale};
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
pub(crate) struct BatchNormParameters<'a> {
    /// Scale (γ).
    pub(crate) weight: &'a [f32],
    /// Shift (β).
    pub(crate) bias: &'a [f32],
    /// Added to the variance.
    pub(crate) eps: f64,
    /// Whether negative results become 0.
    pub(crate) relu: bool,
}

/// The gradients of a batch norm's parameters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NormGradient {
    /// Towards γ, `[c]`.
    pub(crate) weight: Vec<f32>,
    /// Towards β, `[c]`.
    pub(crate) bias: Vec<f32>,
    /// What makes the gradient of the input of that of the output: `[block][scale, shift, a, b, c; 16 each]`.
    wide: Vec<[f32; 5 * LANES]>,
}

impl Statistics {
    /// Of `n` frames of `[c / 16][pixel][16]`.
    pub(crate) fn of(isa: Isa, x: &[f32], n: usize, blocks: usize) -> Result<Self, EngineError> {
        let plane = plane(x, n, blocks)?;
        let sums: Vec<Moments> = (0..blocks)
            .into_par_iter()
            .map(|block| {
                let mut sums = Moments::default();
                for x in planes(x, plane, blocks, block) {
                    moments(isa, x, &mut sums);
                }
                sums
            })
            .collect();
        Ok(Self::of_sums(&[sums], n * plane / LANES, blocks))
    }

    /// The sums of one frame's blocks, each of so many values.
    pub(super) fn sums(isa: Isa, x: &[f32], block: usize) -> Vec<Moments> {
        let sum = |x| {
            let mut sums = Moments::default();
            moments(isa, x, &mut sums);
            sums
        };
        x.chunks_exact(block.max(1)).map(sum).collect()
    }

    /// Of sums of blocks, one after another those of each part of the batch; `count` values a channel in all.
    pub(super) fn of_sums(parts: &[Vec<Moments>], count: usize, blocks: usize) -> Self {
        let mut all = vec![Moments::default(); blocks];
        for part in parts {
            for (all, part) in all.iter_mut().zip(part) {
                all.add(part);
            }
        }
        let count = count as f64;
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
        statistics
    }

    fn inverse(&self, eps: f64) -> impl Iterator<Item = f64> {
        self.var
            .iter()
            .map(move |var| 1.0 / (f64::from(*var) + eps).sqrt())
    }
}

impl BatchNormParameters<'_> {
    /// Scale and shift of each lane, `[block][scale; 16][shift; 16]`; 0 where there is no channel.
    fn factors(&self, statistics: &Statistics) -> Vec<[f32; 2 * LANES]> {
        let mut factors = vec![[0.0; 2 * LANES]; statistics.mean.len() / LANES];
        let channels = self.weight.iter().zip(self.bias);
        for (at, ((weight, bias), (mean, inverse))) in channels
            .zip(statistics.mean.iter().zip(statistics.inverse(self.eps)))
            .enumerate()
        {
            let by = f64::from(*weight) * inverse;
            let shift = f64::from(*bias) - f64::from(*mean) * by;
            if let Some(factors) = factors.get_mut(at / LANES) {
                set(factors, at, [by, shift]);
            }
        }
        factors
    }

    fn floor(&self) -> f32 {
        if self.relu { 0.0 } else { f32::NEG_INFINITY }
    }

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
        let factors = self.factors(statistics);
        let mut y = vec![0.0; x.len()];
        y.par_chunks_exact_mut(plane.max(1))
            .zip(x.par_chunks_exact(plane.max(1)))
            .enumerate()
            .for_each(|(at, (y, x))| {
                if let Some(factors) = factors.get(at % blocks) {
                    scale(isa, factors, self.floor(), x, y);
                }
            });
        Ok(y)
    }

    /// The gradients of the parameters, from those of the outputs; `of_batch`: the statistics are those of `x`, and move with it.
    pub(crate) fn towards_parameters(
        &self,
        isa: Isa,
        statistics: &Statistics,
        of_batch: bool,
        x: &[f32],
        dy: &[f32],
        n: usize,
    ) -> Result<NormGradient, EngineError> {
        let blocks = statistics.mean.len() / LANES;
        let plane = plane(x, n, blocks)?;
        if dy.len() != x.len() {
            return Err(EngineError::Internal(
                "a gradient has another size than its layer",
            ));
        }
        let count = (n * plane / LANES) as f64;
        let factors = self.factors(statistics);
        let (means, _) = statistics.mean.as_chunks::<LANES>();
        let sums: Vec<Moments> = means
            .par_iter()
            .zip(&factors)
            .enumerate()
            .map(|(block, (mean, factors))| {
                let mut sums = Moments::default();
                let pairs = planes(x, plane, blocks, block).zip(planes(dy, plane, blocks, block));
                for (x, dy) in pairs {
                    products(isa, factors, self.floor(), mean, x, dy, &mut sums);
                }
                sums
            })
            .collect();
        // dx = a · g + b · x + c, with g the gradient behind the ReLU.
        let mut wide = vec![[0.0_f32; 5 * LANES]; blocks];
        for (wide, narrow) in wide.iter_mut().zip(&factors) {
            for (to, from) in wide.iter_mut().zip(narrow) {
                *to = *from;
            }
        }
        let mut gradient = NormGradient {
            weight: Vec::with_capacity(self.weight.len()),
            bias: Vec::with_capacity(self.weight.len()),
            wide: Vec::new(),
        };
        let sums = sums
            .iter()
            .flat_map(|all| all.first.iter().zip(&all.second));
        let statistics = statistics.mean.iter().zip(statistics.inverse(self.eps));
        for (at, ((weight, (sum, product)), (mean, inverse))) in
            self.weight.iter().zip(sums).zip(statistics).enumerate()
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
            if let Some(wide) = wide.get_mut(at / LANES) {
                let (_, tail) = wide.split_at_mut(2 * LANES);
                set(tail, at, [a, b, c]);
            }
        }
        gradient.wide = wide;
        Ok(gradient)
    }

    /// Makes of the gradients of the outputs, in their place, those of the inputs.
    pub(crate) fn backward_input(
        &self,
        isa: Isa,
        gradient: &NormGradient,
        x: &[f32],
        dy: &mut [f32],
        n: usize,
    ) -> Result<(), EngineError> {
        let blocks = gradient.wide.len();
        let plane = plane(x, n, blocks)?;
        if dy.len() != x.len() {
            return Err(EngineError::Internal(
                "a gradient has another size than its layer",
            ));
        }
        dy.par_chunks_exact_mut(plane.max(1))
            .zip(x.par_chunks_exact(plane.max(1)))
            .enumerate()
            .for_each(|(at, (dy, x))| {
                if let Some(factors) = gradient.wide.get(at % blocks) {
                    norm_backward(isa, factors, self.floor(), x, dy);
                }
            });
        Ok(())
    }
}

/// Writes a channel's values into their lane, 16 apart.
fn set<const N: usize>(factors: &mut [f32], channel: usize, values: [f64; N]) {
    let lane = factors.iter_mut().skip(channel % LANES).step_by(LANES);
    for (factor, value) in lane.zip(values) {
        *factor = value as f32;
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

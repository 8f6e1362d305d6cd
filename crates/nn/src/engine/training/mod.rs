//! Layers one at a time, over a whole batch, with the gradients towards their inputs and weights: what training needs.
//!
//! Activations are blocked, `[n][c / 16][row][column][16]`, with no borders: a layer that pads copies a frame into a bordered
//! scratch of its thread. Lanes beyond the channels hold zeros. Sums over a batch are made in the order of the frames, so
//! that no number depends on how many threads there are.

mod convolution;
mod norm;
mod pool;

/// Passes over values of the same places of two activations.
pub(crate) mod sum {
    pub(crate) use super::super::kernel::{add, add_relu, relu_backward};
}

pub(crate) use convolution::Layer;
pub(crate) use norm::{BatchNormParameters, NormGradient, Statistics};
pub(crate) use pool::{Pool, global_mean, global_mean_backward};

#[cfg(test)]
mod tests;

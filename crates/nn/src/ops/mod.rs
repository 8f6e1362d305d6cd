//! Layers as Candle operations with their gradients: convolution, batch norm with ReLU, poolings. What training is made of.
//!
//! An *activation* is a tensor whose channels are its second axis: on the processor `[n, c / 16, rows, columns, 16]` (16
//! channels together, lanes beyond the channels zero), on a card `[n, c, rows, columns]`. [`activation`] and [`nchw`] convert
//! between this and Candle's order; all else here takes and gives activations, contiguous or not, and activations whose
//! channels are multiples of 16 are stacked by `Tensor::cat` along axis 1. Everything is f32, but for
//! the operands of convolutions in bf16 (`mixed`).
//!
//! Each operation takes part in Candle's own backward pass. A network's backward pass ([`super::Node::backward`]) calls the
//! gradients themselves: Candle's adds every gradient to zeros of its own, which costs more than some layers do.
//!
//! Weights and their gradients have PyTorch's order, so that a variable is what a checkpoint holds and optimisers see.

mod card;
mod convolution;
mod geometry;
mod host;
mod mixed;
mod norm;
mod pool;
mod sum;

pub use convolution::{conv2d, conv2d_backward, conv2d_bias};
pub use geometry::{ConvGeometry, Pooling};
pub use mixed::{conv2d_backward_in, conv2d_batch_norm_in, conv2d_in, operand};
pub use norm::{
    BatchNormMode, BatchNormParameters, Moments, SavedStatistics, batch_norm, batch_norm_backward,
    conv2d_batch_norm,
};
pub use pool::{avg_pool, global_avg_pool, global_avg_pool_backward, max_pool, pool_backward};
pub use sum::{add_relu, add_to, relu_backward};

use candle_core::{Result, Tensor};
use rayon::prelude::*;

/// Channels that lie together on the processor.
const LANES: usize = 16;

/// An activation from pictures `[n, c, rows, columns]`. Differentiable.
///
/// # Errors
/// If the tensor has another number of axes, or the device fails.
pub fn activation(x: &Tensor) -> Result<Tensor> {
    let (n, channels, rows, columns) = x.dims4()?;
    if !x.device().is_cpu() {
        return x.contiguous();
    }
    let blocks = channels.div_ceil(LANES);
    x.pad_with_zeros(1, 0, blocks * LANES - channels)?
        .reshape((n, blocks, LANES, rows, columns))?
        .permute((0, 1, 3, 4, 2))?
        .contiguous()
}

/// Pictures `[n, c, rows, columns]` of an activation's first `channels` channels. Differentiable.
///
/// # Errors
/// If it is no activation of so many channels, or the device fails.
pub fn nchw(x: &Tensor, channels: usize) -> Result<Tensor> {
    if !x.device().is_cpu() {
        return x.contiguous();
    }
    let (n, blocks, rows, columns) = dims(x)?;
    x.permute((0, 1, 4, 2, 3))?
        .reshape((n, blocks * LANES, rows, columns))?
        .narrow(1, 0, channels)
}

/// Frames, blocks, rows and columns of an activation on the processor.
fn dims(x: &Tensor) -> Result<(usize, usize, usize, usize)> {
    let (n, blocks, rows, columns, lanes) = x.dims5()?;
    if lanes != LANES {
        candle_core::bail!("{:?} is no activation: its last axis is not 16", x.dims());
    }
    Ok((n, blocks, rows, columns))
}

/// Rows and columns of an activation.
fn size_of(x: &Tensor) -> Result<[usize; 2]> {
    if x.device().is_cpu() {
        let (_, _, rows, columns) = dims(x)?;
        return Ok([rows, columns]);
    }
    let (_, _, rows, columns) = x.dims4()?;
    Ok([rows, columns])
}

/// Activations with their channels one after another. Not differentiable: see [`super::Node::backward`].
///
/// # Errors
/// If the shapes do not fit each other, or the device fails.
pub fn cat(parts: &[Tensor]) -> Result<Tensor> {
    let Some(first) = parts.first().filter(|first| first.device().is_cpu()) else {
        return Tensor::cat(parts, 1);
    };
    let mut shape = first.dims().to_vec();
    let plane: usize = shape.iter().skip(2).product();
    let mut blocks = 0;
    for part in parts {
        let (_, own, _, _) = dims(part)?;
        if part.dim(0)? != first.dim(0)? || part.dims().get(2..) != first.dims().get(2..) {
            candle_core::bail!("{:?} is stacked upon {:?}", part.dims(), first.dims());
        }
        blocks += own;
    }
    let n = first.dim(0)?;
    if let Some(axis) = shape.get_mut(1) {
        *axis = blocks;
    }
    let mut all = vec![0.0; n * blocks * plane];
    let mut from = 0;
    for part in parts {
        let own = part.dim(1)? * plane;
        host::read(&part.contiguous()?, |values| {
            all.par_chunks_exact_mut((blocks * plane).max(1))
                .zip(values.par_chunks_exact(own.max(1)))
                .for_each(|(to, values)| {
                    if let Some(to) = to.get_mut(from..from + own) {
                        to.copy_from_slice(values);
                    }
                });
            Ok(())
        })?;
        from += own;
    }
    Tensor::from_vec(all, shape, first.device())
}

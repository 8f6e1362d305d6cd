//! Layers as Candle operations with their gradients: convolution, batch norm with ReLU, poolings. What training is made of.
//!
//! An *activation* is a tensor whose channels are its second axis: on the processor `[n, c / 16, rows, columns, 16]` (16
//! channels together, lanes beyond the channels zero), on a card `[n, c, rows, columns]`. [`activation`] and [`nchw`] convert
//! between this and Candle's order; all else here takes and gives activations, contiguous or not, and activations whose
//! channels are multiples of 16 are stacked by `Tensor::cat` along axis 1. Everything is f32.
//!
//! Weights and their gradients have PyTorch's order, so that a variable is what a checkpoint holds and optimisers see.

mod convolution;
mod host;
mod norm;
mod pool;

pub use convolution::{Geometry, conv2d};
pub use norm::{Mode, Moments, Norm, batch_norm};
pub use pool::{Pooling, avg_pool, global_avg_pool, max_pool};

use candle_core::{Result, Tensor};

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

//! The layers of the network: convolution, pooling, batch norm. What Candle lacks or is slow at is put right here, once.
//!
//! Networks are written as a [`Node`] tree over [`ConvSpec`]s (what a layer *is*), checked against a checkpoint, and turned
//! into a tree over [`Conv`]s (what a layer *does*). Activations are NCHW and f32; a convolution ends in its ReLU, as every
//! convolution of the Inception family does, and has its batch norm folded in (inference). Padding and kernels may differ
//! between the axes: `[rows, columns]`.

mod conv;
mod cpu;
mod graph;
mod norm;
mod pool;

use candle_core::{Result, Storage, Tensor};

pub use conv::{Conv, ConvSpec, Linear};
pub use graph::Node;
pub use norm::BatchNorm;
pub use pool::{avg_pool, global_avg_pool, max_pool};

/// Calls `then` with the values of a tensor on the CPU, row-major.
fn with_values<T>(x: &Tensor, then: impl FnOnce(&[f32]) -> Result<T>) -> Result<T> {
    let x = x.contiguous()?;
    let (storage, layout) = x.storage_and_layout();
    let Storage::Cpu(storage) = &*storage else {
        candle_core::bail!("the CPU's form was given a tensor on another device");
    };
    let values = layout
        .contiguous_offsets()
        .and_then(|(start, end)| storage.as_slice::<f32>().ok()?.get(start..end));
    match values {
        Some(values) => then(values),
        None => candle_core::bail!(
            "the CPU's form takes f32 alone, and was given {:?}",
            x.dtype()
        ),
    }
}

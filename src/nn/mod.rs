//! The layers of the network: convolution, pooling, batch norm. What Candle lacks or is slow at is put right here, once.
//!
//! Networks are written as a [`Node`] tree over [`ConvSpec`]s (what a layer *is*), checked against a checkpoint, and turned
//! into a tree over [`Conv`]s (with their weights; a convolution ends in its ReLU, as every convolution of the Inception
//! family does, and has its batch norm folded in). What runs it:
//!
//! - [`engine`]: the processor
//! - `cuda`: an NVIDIA card, with the feature `cudnn`
//! - [`device`]: any other card, through Candle's own layers
//!
//! For training, [`ops`] are the same layers as Candle operations with their gradients, and [`TrainableConv`] a convolution
//! with variables for weights.
//!
//! Padding and kernels may differ between the axes: `[rows, columns]`. Everything is f32, but
//! where a [`Precision`] says otherwise.

mod conv;
#[cfg(any(test, feature = "cudnn"))]
pub mod cuda;
pub mod device;
pub mod engine;
mod graph;
pub mod memory;
mod norm;
pub mod ops;
mod precision;
mod trainable;

pub use conv::{Conv, ConvSpec, LayerError, Linear};
pub use graph::Node;
pub use norm::BatchNorm;
pub use precision::{Precision, PrecisionNameError};
pub use trainable::{Running, Trace, TrainableConv};

//! The layers of the network: convolution, pooling, batch norm. What Candle lacks or is slow at is put right here, once.
//!
//! Networks are written as a [`Node`] tree over [`ConvSpec`]s (what a layer *is*), checked against a checkpoint, and turned
//! into a tree over [`Conv`]s (with their weights; a convolution has its batch norm folded in, and ends in its ReLU where it
//! has one). `lowering` turns that tree into steps over activations, once for every device; what runs them:
//!
//! - [`engine`]: the processor
//! - `cuda`: an NVIDIA card, with the feature `cudnn`
//! - [`candle_backend`]: any other card, through Candle's own layers
//!
//! [`double`] has the layers once more in f64, for gradients that rounding does not decide.
//!
//! For training, [`ops`] are the same layers as Candle operations with their gradients, and [`TrainableConv`] a convolution
//! with variables for weights.
//!
//! Padding and kernels may differ between the axes: `[rows, columns]`. Everything else is f32, but
//! where a [`Precision`] says otherwise.
//!
//! ```
//! use flipscope_nn::engine::{Isa, Plan};
//! use flipscope_nn::{Conv, Node};
//!
//! // A convolution of one by one that doubles a single channel, over 2 x 2 pixels, then the mean over these.
//! let double = Conv {
//!     c_in: 1,
//!     c_out: 1,
//!     kernel: [1, 1],
//!     stride: 1,
//!     padding: [0, 0],
//!     weight: vec![2.0],
//!     bias: vec![0.0],
//!     relu: false,
//! };
//! let plan = Plan::new(Node::Conv(double), [1, 2, 2], Isa::best())?;
//! assert_eq!(plan.run(&[1.0, 2.0, 3.0, 4.0])?, [5.0]);
//! # Ok::<(), flipscope_nn::engine::EngineError>(())
//! ```

pub mod candle_backend;
mod conv;
mod conv_view;
#[cfg(any(test, feature = "cudnn", feature = "emulation"))]
pub mod cuda;
pub mod double;
pub mod engine;
mod graph;
mod lowering;
pub mod malloc;
mod norm;
pub mod ops;
mod precision;
mod trainable;

pub use conv::{Conv, ConvSpec, LayerError, Linear, NormName};
pub use graph::Node;
pub use lowering::ShapeError;
pub use norm::BatchNorm;
pub use precision::{Precision, PrecisionNameError};
pub use trainable::{ForwardCache, RunningStatistics, TrainableConv};

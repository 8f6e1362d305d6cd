//! The CPU's engine: a whole network as a plan of steps over activations that stay in one layout from the first convolution
//! to the last pooling.
//!
//! - **Layout** ([`layout`]): 16 channels lie together, `[c / 16][row][column][16]`, with zeros around where a consumer pads,
//!   so that no kernel asks for borders.
//! - **Convolution** ([`convolution`]): direct ([`direct`]), on weights packed once as `[c_out / 16][tap][16 in][16 out]`. A tap
//!   is 16 channels at one place of the kernel, and an offset into the activation; its product with 16 outputs is 16 fused
//!   multiply-adds each. Or with a quarter of the products ([`winograd`]), or of numbers rounded to bf16 ([`bf16`]). Bias and ReLU are part of it, and branches write
//!   straight into their part of the block's output.
//! - **Kernels** ([`kernel`]): tiles of output held in registers, in the vector forms of [`isa`], chosen at run time.
//! - **Plan** ([`plan`], [`buffers`]): the steps of [`crate::lowering`] with packed weights; activations that are not alive
//!   together share a buffer.
//! - **Run** ([`run`]): batches in parallel over frames, a frame alone in parallel inside each step.
//! - **Backward** ([`backward`]): the gradient towards the input, by the same kernels on flipped, transposed weights.
//! - **Training** ([`training`]): layers one at a time over a whole batch, with all their gradients.
//!
//! The same frame gives the same bits alone, at any place of any batch, and with any number of threads: a sum is one chain of
//! operations whose order the plan fixes. No Candle type comes in here.

mod backward;
mod bands;
mod bf16;
mod buffers;
mod convolution;
mod direct;
mod input_gradient;
mod isa;
mod kernel;
mod layout;
mod plan;
mod run;
mod scratch;
mod simd;
mod step;
pub(crate) mod training;
mod winograd;

use crate::ShapeError;

pub use isa::Isa;
pub use plan::Plan;
pub use run::Activation;
pub(crate) use simd::LANES;

/// Why there is no plan, or no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The network does not fit together, or not on this input.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// The processor cannot compute in this type.
    #[error(
        "this processor does not multiply bf16 (it has no AVX512-BF16): use --precision f32, or a card with --device cuda and the CUDA build"
    )]
    NoBf16,
    /// TF32 is a card's.
    #[error(
        "tf32 is a type of graphics cards: on the processor use --precision f32, or --device cuda with the CUDA build"
    )]
    NoTf32,
    /// The input has another size than the plan.
    #[error("the plan takes {expected} values and was given {given}")]
    Input {
        /// Values that the plan takes.
        expected: usize,
        /// Values that were given.
        given: usize,
    },
    /// A bug in the engine.
    #[error("a bug in flipscope's engine: {0}")]
    Internal(&'static str),
}

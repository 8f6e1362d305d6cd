//! Networks on an NVIDIA card: convolutions by cuDNN, everything else by kernels of our own.
//!
//! - `common.h`, `perturb.cu`, `layers.cu`: the kernels; `build.rs` compiles them
//! - `operand`, `call`, `norm_call`: the kernels by name, with their arguments; `program`: a network as calls over planned memory
//! - `steps`: of which steps, for each purpose; `filters`: where the weights of convolutions that may be computed as one lie
//! - `graph`: a convolution with its bias and ReLU as one plan of cuDNN's graph API
//! - `pipeline`: in which order batches are sent, rendered and run on two streams; `batch_layout`: how one lies in memory on its way;
//!   `recent`: how many programs are kept; `trust`: whether two streams give what one gives
//! - `planned`: such a plan beside the older calls; `plan_store`: which were chosen, from one start to the next
//! - `card`, `capture`, `captured_pass`, `cudnn`, `convolution`, `prepared`, `ready`, `host_memory`, `transfer`, `overlapped`, `network`, `ops`: what runs
//!   them on a card, with the feature `cudnn` alone
//! - `emulate`, `emulate.cpp`: what runs them on the host, for tests (of other crates too: the feature `emulation`)
//!
//! So everything but the calls of cuDNN and of the driver is tested without a card. Addresses are `u64`, as the driver's.
//! `unsafe` stands where the driver or cuDNN is handed addresses, and says why they hold.

#![cfg_attr(
    feature = "cudnn",
    expect(
        unsafe_code,
        reason = "the driver and cuDNN take addresses, which the compiler cannot check"
    )
)]

#[cfg(any(test, feature = "cudnn", feature = "emulation"))]
pub mod batch_layout;
pub mod call;
#[cfg(any(test, feature = "emulation"))]
pub mod emulate;
#[cfg(any(test, feature = "cudnn"))]
mod filters;
#[cfg(any(test, feature = "cudnn"))]
mod graph;
#[cfg(any(test, feature = "cudnn"))]
mod memory_plan;
pub mod norm_call;
pub mod operand;
#[cfg(any(test, feature = "cudnn"))]
mod pipeline;
#[cfg(any(test, feature = "cudnn"))]
pub(crate) mod program;
#[cfg(any(test, feature = "cudnn"))]
mod recent;
pub mod render;
#[cfg(any(test, feature = "cudnn"))]
mod steps;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "cudnn"))]
mod trust;

#[cfg(feature = "cudnn")]
mod capture;
#[cfg(feature = "cudnn")]
mod captured_pass;
#[cfg(feature = "cudnn")]
mod card;
#[cfg(feature = "cudnn")]
pub(crate) mod conv_ops;
#[cfg(feature = "cudnn")]
mod convolution;
#[cfg(feature = "cudnn")]
mod cudnn;
#[cfg(feature = "cudnn")]
mod host_memory;
#[cfg(feature = "cudnn")]
mod network;
#[cfg(feature = "cudnn")]
pub(crate) mod ops;
#[cfg(feature = "cudnn")]
mod overlapped;
#[cfg(feature = "cudnn")]
mod plan_store;
#[cfg(feature = "cudnn")]
mod planned;
#[cfg(feature = "cudnn")]
mod prepared;
#[cfg(feature = "cudnn")]
mod ready;
#[cfg(feature = "cudnn")]
mod transfer;
#[cfg(feature = "cudnn")]
mod weights;

#[cfg(feature = "cudnn")]
pub use card::{Card, open};
#[cfg(feature = "cudnn")]
pub(crate) use filters::Shape;
#[cfg(feature = "cudnn")]
pub use network::CardNetwork;
#[cfg(feature = "cudnn")]
pub use plan_store::{PlanStore, keep_plans};
#[cfg(any(test, feature = "cudnn"))]
pub use trust::{OfList, Trust};

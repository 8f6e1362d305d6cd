//! A convolution, its bias and its ReLU as one plan of cuDNN's graph API, where nothing between them goes through memory.
//!
//! - `names`: what cuDNN calls things; `descriptor`: its descriptors, owned; `backend`: its calls, behind a trait
//! - `tensor`, `fusion`: a convolution as a graph of operations
//! - `engine`, `plan`: what may run it, in cuDNN's order; the first that it may be run by
//! - `agreement`, `trial`: whether a plan gives what the older calls give
//! - `noise`: what they are compared on
//! - `memory`: what was chosen, as text, for the next start
//!
//! It has not run on a card yet. So a stand-in for cuDNN refuses in tests what cuDNN's documentation says that cuDNN refuses, and on a
//! card each plan is compared with the older calls when it is prepared.

#![expect(
    unsafe_code,
    reason = "cuDNN takes addresses, which the compiler cannot check"
)]

pub(super) mod agreement;
pub(super) mod backend;
mod descriptor;
mod engine;
pub(super) mod fusion;
pub(super) mod memory;
mod names;
pub(super) mod noise;
pub(super) mod plan;
mod tensor;
#[cfg(test)]
mod tests;
pub(super) mod trial;

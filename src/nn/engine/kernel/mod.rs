//! The loops that do the arithmetic. `unsafe` is here and in `simd/`, and nowhere else in the engine: each kernel checks its
//! slices before it goes over to pointers.

#![allow(
    unsafe_code,
    reason = "vector instructions and pointers; each use states why it is sound"
)]
#![allow(
    clippy::inline_always,
    reason = "only what is inlined into a function with a target feature is compiled with that feature"
)]

mod band;
mod pool;
mod tile;
mod transform;

pub(crate) use band::Band;
pub(crate) use pool::{Window, avg_pool, max_pool, max_pool_back};
pub(crate) use tile::{Reading, TileFn, Tiles};
pub(crate) use transform::{Ending, MADE, PLACES, Patch, TILE, transform_input, transform_output};

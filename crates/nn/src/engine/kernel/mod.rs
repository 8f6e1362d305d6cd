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

/// Compiles a function once for each instruction set, with its target features.
macro_rules! vectorised {
    ($(#[$meta:meta])* fn $name:ident($($argument:ident: $type:ty),+ $(,)?) $body:block) => {
        $(#[$meta])*
        pub(crate) fn $name(isa: Isa, $($argument: $type),+) {
            #[inline(always)]
            fn plain($($argument: $type),+) $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f")]
            fn avx512($($argument: $type),+) {
                plain($($argument),+);
            }

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($argument: $type),+) {
                plain($($argument),+);
            }

            match isa.vector_isa() {
                // SAFETY: an `Isa` of this kind exists only where the processor has it.
                #[cfg(target_arch = "x86_64")]
                VectorIsa::Avx512 => unsafe { avx512($($argument),+) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                VectorIsa::Avx2 => unsafe { avx2($($argument),+) },
                #[cfg(target_arch = "aarch64")]
                VectorIsa::Neon => plain($($argument),+),
                VectorIsa::Portable => plain($($argument),+),
            }
        }
    };
}

mod band;
mod bf16;
mod norm;
mod pool;
mod residual;
mod tile;
mod transform;
mod weight_grad;
mod windows;

pub(crate) use band::Band;
pub(crate) use bf16::round_to_bf16;
pub(crate) use norm::{Moments, moments, norm_backward, products, scale};
pub(crate) use pool::{Window, avg_pool, max_pool, max_pool_backward};
pub(crate) use residual::{add, add_relu, relu_backward};
pub(crate) use tile::Factor;
pub(crate) use transform::{
    Epilogue, OUTPUT_TILE, PLACES, Patch, TILE, transform_input, transform_output,
};
pub(crate) use weight_grad::{GRAD_BLOCKS, WeightGrad};
pub(crate) use windows::{
    Grid, window_max, window_max_backward, window_mean, window_mean_backward,
};

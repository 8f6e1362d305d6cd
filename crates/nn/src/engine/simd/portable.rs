//! Any processor: arrays of 16, which compilers turn into whatever vectors the target has.

use std::array::from_fn;

use super::{LANES, Lanes};

/// A plain array.
#[derive(Clone, Copy)]
pub(crate) struct Portable;

// SAFETY: see the trait: no feature is needed, and pointers are valid. An array of f32 needs no more alignment than f32.
#[allow(
    clippy::indexing_slicing,
    reason = "indices of `from_fn` into arrays of the same length"
)]
impl Lanes for Portable {
    type V = [f32; LANES];

    const PIXELS: [usize; 3] = [2, 0, 0];

    #[inline(always)]
    unsafe fn zero() -> Self::V {
        [0.0; LANES]
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self::V {
        // SAFETY: the pointer is valid for 16 values (the trait's contract), and arrays of f32 need no more alignment than a value has.
        unsafe { from.cast::<[f32; LANES]>().read() }
    }

    #[inline(always)]
    unsafe fn store(to: *mut f32, value: Self::V) {
        // SAFETY: the pointer is valid for 16 values (the trait's contract), and arrays of f32 need no more alignment than a value has.
        unsafe { to.cast::<[f32; LANES]>().write(value) }
    }

    #[inline(always)]
    unsafe fn splat(from: *const f32) -> Self::V {
        // SAFETY: the pointer is valid for one value (the trait's contract).
        let value = unsafe { *from };
        [value; LANES]
    }

    #[inline(always)]
    unsafe fn fma(a: Self::V, b: Self::V, c: Self::V) -> Self::V {
        // Not `mul_add`: where the target has no fused form, that is a call into libm for each lane.
        from_fn(|n| a[n] * b[n] + c[n])
    }

    #[inline(always)]
    unsafe fn add(a: Self::V, b: Self::V) -> Self::V {
        from_fn(|n| a[n] + b[n])
    }

    #[inline(always)]
    unsafe fn sub(a: Self::V, b: Self::V) -> Self::V {
        from_fn(|n| a[n] - b[n])
    }

    #[inline(always)]
    unsafe fn max(a: Self::V, b: Self::V) -> Self::V {
        from_fn(|n| if a[n] > b[n] { a[n] } else { b[n] })
    }
}

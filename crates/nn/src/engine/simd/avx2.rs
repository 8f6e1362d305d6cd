//! AVX2 with FMA: the 16 lanes are two registers, of which there are 16.

use std::arch::x86_64::{
    __m256, _mm256_add_ps, _mm256_broadcast_ss, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_max_ps,
    _mm256_setzero_ps, _mm256_storeu_ps, _mm256_sub_ps,
};

use super::Lanes;

/// Two `ymm` registers.
#[derive(Clone, Copy)]
pub(crate) struct Avx2;

/// One operation on both halves.
macro_rules! halves {
    ($f:ident, $($v:ident),+) => {
        // SAFETY: the processor has AVX2 and FMA (the trait's contract).
        unsafe { [$f($($v[0]),+), $f($($v[1]),+)] }
    };
}

// SAFETY: see the trait: callers have AVX2, FMA and valid pointers. The halves are 8 values apart.
#[allow(
    clippy::indexing_slicing,
    reason = "the constants 0 and 1 into arrays of two"
)]
impl Lanes for Avx2 {
    type V = [__m256; 2];

    // Two halves times six pixels are 12 accumulators; two weights and a broadcast beside them.
    const PIXELS: [usize; 3] = [6, 0, 0];

    #[inline(always)]
    unsafe fn zero() -> Self::V {
        // SAFETY: the processor has AVX2 and FMA (the trait's contract).
        unsafe { [_mm256_setzero_ps(), _mm256_setzero_ps()] }
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self::V {
        // SAFETY: the processor has AVX2 and FMA, and the pointer is valid for 16 values (the trait's contract).
        unsafe { [_mm256_loadu_ps(from), _mm256_loadu_ps(from.add(8))] }
    }

    #[inline(always)]
    unsafe fn store(to: *mut f32, value: Self::V) {
        // SAFETY: the processor has AVX2 and FMA, and the pointer is valid for 16 values (the trait's contract).
        unsafe {
            _mm256_storeu_ps(to, value[0]);
            _mm256_storeu_ps(to.add(8), value[1]);
        }
    }

    #[inline(always)]
    unsafe fn splat(from: *const f32) -> Self::V {
        // SAFETY: the processor has AVX2 and FMA, and the pointer is valid for one value (the trait's contract).
        unsafe {
            let value = _mm256_broadcast_ss(&*from);
            [value, value]
        }
    }

    #[inline(always)]
    unsafe fn fma(a: Self::V, b: Self::V, c: Self::V) -> Self::V {
        halves!(_mm256_fmadd_ps, a, b, c)
    }

    #[inline(always)]
    unsafe fn add(a: Self::V, b: Self::V) -> Self::V {
        halves!(_mm256_add_ps, a, b)
    }

    #[inline(always)]
    unsafe fn sub(a: Self::V, b: Self::V) -> Self::V {
        halves!(_mm256_sub_ps, a, b)
    }

    #[inline(always)]
    unsafe fn max(a: Self::V, b: Self::V) -> Self::V {
        halves!(_mm256_max_ps, a, b)
    }
}

//! AVX-512: the 16 lanes are one register, of which there are 32.

use std::arch::x86_64::{
    __m512, _mm512_add_ps, _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_max_ps, _mm512_set1_ps,
    _mm512_setzero_ps, _mm512_storeu_ps, _mm512_sub_ps,
};

use super::Lanes;

/// One `zmm` register.
#[derive(Clone, Copy)]
pub(crate) struct Avx512;

// SAFETY: see the trait: callers have AVX-512F and valid pointers.
impl Lanes for Avx512 {
    type V = __m512;

    // R · P accumulators, R weights and one broadcast within 32 registers; 14 chains hide the latency of an FMA as it is.
    const PIXELS: [usize; 3] = [14, 14, 9];

    #[inline(always)]
    unsafe fn zero() -> __m512 {
        // SAFETY: the processor has AVX-512F (the trait's contract).
        unsafe { _mm512_setzero_ps() }
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> __m512 {
        // SAFETY: the processor has AVX-512F, and the pointer is valid for 16 values (the trait's contract).
        unsafe { _mm512_loadu_ps(from) }
    }

    #[inline(always)]
    unsafe fn store(to: *mut f32, value: __m512) {
        // SAFETY: the processor has AVX-512F, and the pointer is valid for 16 values (the trait's contract).
        unsafe { _mm512_storeu_ps(to, value) }
    }

    #[inline(always)]
    unsafe fn splat(from: *const f32) -> __m512 {
        // SAFETY: the processor has AVX-512F, and the pointer is valid for one value (the trait's contract).
        unsafe { _mm512_set1_ps(*from) }
    }

    #[inline(always)]
    unsafe fn fma(a: __m512, b: __m512, c: __m512) -> __m512 {
        // SAFETY: the processor has AVX-512F (the trait's contract).
        unsafe { _mm512_fmadd_ps(a, b, c) }
    }

    #[inline(always)]
    unsafe fn add(a: Self::V, b: Self::V) -> Self::V {
        // SAFETY: the processor has AVX-512F (the trait's contract).
        unsafe { _mm512_add_ps(a, b) }
    }

    #[inline(always)]
    unsafe fn sub(a: Self::V, b: Self::V) -> Self::V {
        // SAFETY: the processor has AVX-512F (the trait's contract).
        unsafe { _mm512_sub_ps(a, b) }
    }

    #[inline(always)]
    unsafe fn max(a: __m512, b: __m512) -> __m512 {
        // SAFETY: the processor has AVX-512F (the trait's contract).
        unsafe { _mm512_max_ps(a, b) }
    }
}

//! Two bf16 side by side: what AVX512-BF16 multiplies and adds up at once.

use half::bf16;

#[cfg(target_arch = "x86_64")]
use super::{Avx512, Multiply};

/// Two neighbouring channels, rounded to bf16 (8 bits of significand): the first one in the lower half.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(transparent)]
pub(crate) struct Pair(u32);

impl Pair {
    /// Rounds to the nearest, ties to even.
    pub(crate) fn new(first: f32, second: f32) -> Self {
        let bits = |value| u32::from(bf16::from_f32(value).to_bits());
        Self(bits(first) | bits(second) << 16)
    }
}

// SAFETY: see the trait: callers have AVX-512F, AVX512-BF16 and valid pointers.
#[cfg(target_arch = "x86_64")]
impl Multiply<Pair> for Avx512 {
    type Factors = std::arch::x86_64::__m512i;

    #[inline(always)]
    unsafe fn none() -> Self::Factors {
        // SAFETY: the processor has AVX-512F (the trait's contract).
        unsafe { std::arch::x86_64::_mm512_setzero_si512() }
    }

    #[inline(always)]
    unsafe fn factors(from: *const Pair) -> Self::Factors {
        // SAFETY: the processor has AVX-512F, and the pointer is valid for 16 factors (the trait's contract).
        unsafe { std::arch::x86_64::_mm512_loadu_si512(from.cast()) }
    }

    #[inline(always)]
    unsafe fn factor(from: *const Pair) -> Self::Factors {
        // SAFETY: the processor has AVX-512F, and the pointer is valid for one of them (the trait's contract).
        unsafe { std::arch::x86_64::_mm512_set1_epi32((*from).0.cast_signed()) }
    }

    #[inline(always)]
    unsafe fn multiply(a: Self::Factors, b: Self::Factors, c: Self::V) -> Self::V {
        use std::arch::x86_64::{__m512bh, _mm512_dpbf16_ps};
        // SAFETY: the same 512 bits under two names; the processor has AVX512-BF16 (the trait's contract).
        unsafe {
            let halves = |v: Self::Factors| std::mem::transmute::<Self::Factors, __m512bh>(v);
            _mm512_dpbf16_ps(c, halves(a), halves(b))
        }
    }
}

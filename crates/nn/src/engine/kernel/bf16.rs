//! Rounding activations to bf16 as a convolution reads them.

use super::super::isa::Isa;
use super::super::simd::Pair;

/// Pairs of neighbouring values, as many as both slices hold.
pub(crate) fn round_to_bf16(isa: Isa, from: &[f32], to: &mut [Pair]) {
    #[cfg(target_arch = "x86_64")]
    if isa.has_bf16() {
        // SAFETY: the processor has AVX512-BF16 (`Isa`).
        return unsafe { avx512(from, to) };
    }
    plain(from, to);
}

fn plain(from: &[f32], to: &mut [Pair]) {
    for (pair, values) in to.iter_mut().zip(from.chunks_exact(2)) {
        if let [first, second] = *values {
            *pair = Pair::new(first, second);
        }
    }
}

/// 32 values at a time.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bf16")]
fn avx512(from: &[f32], to: &mut [Pair]) {
    use std::arch::x86_64::{
        __m512bh, __m512i, _mm512_cvtne2ps_pbh, _mm512_loadu_ps, _mm512_storeu_si512,
    };
    let mut values = from.chunks_exact(32);
    let mut pairs = to.chunks_exact_mut(16);
    for (values, pairs) in (&mut values).zip(&mut pairs) {
        // SAFETY: 32 values are read, 16 pairs written; the same 512 bits have two names.
        unsafe {
            let low = _mm512_loadu_ps(values.as_ptr());
            let high = _mm512_loadu_ps(values.as_ptr().add(16));
            let rounded = std::mem::transmute::<__m512bh, __m512i>(_mm512_cvtne2ps_pbh(high, low));
            _mm512_storeu_si512(pairs.as_mut_ptr().cast(), rounded);
        }
    }
    plain(values.remainder(), pairs.into_remainder());
}

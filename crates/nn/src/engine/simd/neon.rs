//! NEON: the 16 lanes are four registers, of which there are 32.

use std::arch::aarch64::{
    float32x4_t, vaddq_f32, vdupq_n_f32, vfmaq_f32, vld1q_dup_f32, vld1q_f32, vmaxq_f32, vst1q_f32,
    vsubq_f32,
};

use super::Lanes;

/// Four `q` registers.
#[derive(Clone, Copy)]
pub(crate) struct Neon;

/// One operation on all quarters.
macro_rules! quarters {
    ($f:ident, $($v:ident),+) => {
        // SAFETY: the processor has NEON (the trait's contract).
        unsafe { [$f($($v[0]),+), $f($($v[1]),+), $f($($v[2]),+), $f($($v[3]),+)] }
    };
}

// SAFETY: see the trait: NEON is part of every aarch64 target, and pointers are valid. The quarters are 4 values apart.
#[allow(
    clippy::indexing_slicing,
    reason = "constants below four into arrays of four"
)]
impl Lanes for Neon {
    type V = [float32x4_t; 4];

    // Four quarters times six pixels are 24 accumulators; four weights and a broadcast beside them.
    const PIXELS: [usize; 3] = [6, 0, 0];

    #[inline(always)]
    unsafe fn zero() -> Self::V {
        // SAFETY: the processor has NEON (the trait's contract).
        unsafe { [vdupq_n_f32(0.0); 4] }
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self::V {
        // SAFETY: the processor has NEON, and the pointer is valid for 16 values (the trait's contract).
        unsafe {
            [
                vld1q_f32(from),
                vld1q_f32(from.add(4)),
                vld1q_f32(from.add(8)),
                vld1q_f32(from.add(12)),
            ]
        }
    }

    #[inline(always)]
    unsafe fn store(to: *mut f32, value: Self::V) {
        // SAFETY: the processor has NEON, and the pointer is valid for 16 values (the trait's contract).
        unsafe {
            vst1q_f32(to, value[0]);
            vst1q_f32(to.add(4), value[1]);
            vst1q_f32(to.add(8), value[2]);
            vst1q_f32(to.add(12), value[3]);
        }
    }

    #[inline(always)]
    unsafe fn splat(from: *const f32) -> Self::V {
        // SAFETY: the processor has NEON, and the pointer is valid for one value (the trait's contract).
        unsafe { [vld1q_dup_f32(from); 4] }
    }

    #[inline(always)]
    unsafe fn fma(a: Self::V, b: Self::V, c: Self::V) -> Self::V {
        quarters!(vfmaq_f32, c, a, b)
    }

    #[inline(always)]
    unsafe fn add(a: Self::V, b: Self::V) -> Self::V {
        quarters!(vaddq_f32, a, b)
    }

    #[inline(always)]
    unsafe fn sub(a: Self::V, b: Self::V) -> Self::V {
        quarters!(vsubq_f32, a, b)
    }

    #[inline(always)]
    unsafe fn max(a: Self::V, b: Self::V) -> Self::V {
        quarters!(vmaxq_f32, a, b)
    }
}

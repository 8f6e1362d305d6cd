//! Vectors of 16 f32 in the forms that processors offer: one register of AVX-512, two of AVX2, four of NEON, a plain array.
//!
//! The layout of activations and weights is the same for all forms (16 channels lie together), so that weights are packed
//! once and kernels are written once, over [`Lanes`]. A kernel is an `#[inline(always)]` function generic over `Lanes`,
//! called from a wrapper with its `#[target_feature]`: the intrinsics are inlined there, where the feature is on.
//!
//! By hand, since no crate has vectors of one width on every processor together with the bf16 products of AVX512-BF16. `pulp`, tried for
//! AVX-512, gave the same bits at the same speed, but the trait, its unsafe
//! functions and the other forms stay beside it, and it asks for four more subsets of AVX-512.

#![allow(
    unsafe_code,
    reason = "vector instructions on pointers; the trait says what must hold"
)]
#![allow(
    clippy::inline_always,
    reason = "only what is inlined into a function with a target feature is compiled with that feature"
)]

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "aarch64")]
mod neon;
mod pair;
mod portable;

#[cfg(target_arch = "x86_64")]
pub(crate) use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub(crate) use avx512::Avx512;
#[cfg(target_arch = "aarch64")]
pub(crate) use neon::Neon;
pub(crate) use pair::Pair;
pub(crate) use portable::Portable;

/// Values that lie together: the block of channels of every activation.
pub(crate) const LANES: usize = 16;

/// 16 f32 at once.
///
/// # Safety
/// All functions need the processor feature that the implementation is named after. Pointers must be valid for [`LANES`] values
/// ([`Lanes::splat`]: for one); they need no more alignment than a value has.
pub(crate) trait Lanes: Copy {
    /// The 16 values.
    type V: Copy;

    /// Most pixels that a tile of 1, 2 and 3 blocks of output channels can hold in registers; 0 where there is no such tile.
    const PIXELS: [usize; 3];

    unsafe fn zero() -> Self::V;
    unsafe fn load(from: *const f32) -> Self::V;
    unsafe fn store(to: *mut f32, value: Self::V);
    /// The one value at `from`, in all lanes.
    unsafe fn splat(from: *const f32) -> Self::V;
    /// `a · b + c`, rounded once where the processor can.
    unsafe fn fma(a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    unsafe fn add(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn sub(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn max(a: Self::V, b: Self::V) -> Self::V;
}

/// Products of factors `F`, added to 16 f32.
///
/// # Safety
/// As for [`Lanes`]; pointers must be valid for 16 factors ([`Multiply::factor`]: for one).
pub(crate) trait Multiply<F>: Lanes {
    /// 16 factors.
    type Factors: Copy;

    unsafe fn none() -> Self::Factors;
    unsafe fn factors(from: *const F) -> Self::Factors;
    /// The one factor at `from`, in all lanes.
    unsafe fn factor(from: *const F) -> Self::Factors;
    /// `a · b + c`.
    unsafe fn multiply(a: Self::Factors, b: Self::Factors, c: Self::V) -> Self::V;
}

impl<S: Lanes> Multiply<f32> for S {
    type Factors = S::V;

    #[inline(always)]
    unsafe fn none() -> S::V {
        // SAFETY: what the caller of this trait promises is what `Lanes` asks for: a factor is a value.
        unsafe { S::zero() }
    }

    #[inline(always)]
    unsafe fn factors(from: *const f32) -> S::V {
        // SAFETY: what the caller of this trait promises is what `Lanes` asks for: a factor is a value.
        unsafe { S::load(from) }
    }

    #[inline(always)]
    unsafe fn factor(from: *const f32) -> S::V {
        // SAFETY: what the caller of this trait promises is what `Lanes` asks for: a factor is a value.
        unsafe { S::splat(from) }
    }

    #[inline(always)]
    unsafe fn multiply(a: S::V, b: S::V, c: S::V) -> S::V {
        // SAFETY: what the caller of this trait promises is what `Lanes` asks for: a factor is a value.
        unsafe { S::fma(a, b, c) }
    }
}

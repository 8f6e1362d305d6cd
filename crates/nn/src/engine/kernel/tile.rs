//! The inner loop of every convolution: a tile of R blocks of 16 output channels × P pixels, held in registers.
//!
//! Each lane of each accumulator is one chain of fused multiply-adds, from the bias over the taps in their given order and
//! the channels of each tap. How pixels and blocks are cut into tiles therefore changes no bit of the result.

#![allow(
    clippy::indexing_slicing,
    reason = "arrays of accumulators by indices below their lengths, which the compiler sees: no check is compiled"
)]

use super::super::isa::{Isa, VectorIsa};
#[cfg(target_arch = "aarch64")]
use super::super::simd::Neon;
#[cfg(target_arch = "x86_64")]
use super::super::simd::{Avx2, Avx512};
use super::super::simd::{LANES, Lanes, Multiply, Pair, Portable};

/// Most blocks of output channels in a tile.
pub(crate) const MOST_BLOCKS: usize = 3;

/// How a tile reads its input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AccessPattern {
    /// Taps of 16 channels; neighbouring output pixels read neighbouring pixels.
    Stride1,
    /// Taps of 16 channels; neighbouring output pixels read every second pixel.
    Stride2,
    /// Taps of any number of values, output pixels any number of values apart: the first layer of a network, and strides
    /// beyond 2.
    Any,
}

/// What a tile works on, over factors `F`: values, or pairs of them. `x`, `taps`, `weights`, `bias` and `out` must be valid as
/// [`tile`] says.
pub(crate) struct Tile<F> {
    /// The first factor of the first tap of the tile's first pixel.
    pub(crate) x: *const F,
    /// Where the taps lie, in factors from `x`.
    pub(crate) taps: *const usize,
    /// Number of taps (a tap is one run of input values at one place of the kernel).
    pub(crate) n_taps: usize,
    /// Factors of a tap; read by [`AccessPattern::Any`] alone, those of 16 channels otherwise.
    pub(crate) tap: usize,
    /// Factors from the input of one pixel to the next; read by [`AccessPattern::Any`] alone.
    pub(crate) step: usize,
    /// `[block][tap][factors of a tap][16 out]`.
    pub(crate) weights: *const F,
    /// `[block][16 out]`; null: the sums go on from what the output holds.
    pub(crate) bias: *const f32,
    /// Results below it are raised to it: 0 for a ReLU, −∞ for none.
    pub(crate) floor: f32,
    /// Where the first pixel of each block goes.
    pub(crate) out: [*mut f32; MOST_BLOCKS],
    /// Values from one pixel of the output to the next.
    pub(crate) out_step: usize,
    /// Pixels before the first jump to another output row.
    pub(crate) left: usize,
    /// Pixels between later jumps.
    pub(crate) width: usize,
    /// Values to jump over.
    pub(crate) jump: usize,
}

/// Computes one tile. A tap has `TAP` factors and neighbouring pixels of the input are `STEP` factors apart; 0 stands for what
/// the tile says.
///
/// # Safety
/// The processor must have the instruction set `S`. For each of the P pixels and each tap, its factors from `x + tap + pixel · step` must
/// be readable, as must `n_taps` taps, their weights for R blocks, and R blocks of bias, if it is not null; for each block the
/// 16 values of each pixel must be readable and writable, and nothing else that is read.
#[inline(always)]
unsafe fn tile<
    S: Multiply<F>,
    F: Copy,
    const R: usize,
    const P: usize,
    const TAP: usize,
    const STEP: usize,
>(
    t: &Tile<F>,
) {
    // SAFETY: the processor has the instruction set, and every pointer stays within what the caller says is readable and writable: P pixels, `n_taps` taps,
    // R blocks.
    unsafe {
        let tap_factors = if TAP == 0 { t.tap } else { TAP };
        let step = if STEP == 0 { t.step } else { STEP };
        let mut sums = [[S::zero(); P]; R];
        if t.bias.is_null() {
            for (sums, out) in sums.iter_mut().zip(t.out) {
                let mut place = Place::first(out, t);
                for sum in sums {
                    *sum = S::load(place.next(t));
                }
            }
        } else {
            for (block, sums) in sums.iter_mut().enumerate() {
                *sums = [S::load(t.bias.add(block * LANES)); P];
            }
        }
        let block_weights = t.n_taps * tap_factors * LANES;
        let mut weights = t.weights;
        for tap in 0..t.n_taps {
            let x = t.x.add(*t.taps.add(tap));
            for factor in 0..tap_factors {
                let mut w = [S::none(); R];
                for (block, w) in w.iter_mut().enumerate() {
                    *w = S::factors(weights.add(block * block_weights + factor * LANES));
                }
                for pixel in 0..P {
                    let x = S::factor(x.add(pixel * step + factor));
                    for (w, sums) in w.iter().zip(&mut sums) {
                        sums[pixel] = S::multiply(x, *w, sums[pixel]);
                    }
                }
            }
            weights = weights.add(tap_factors * LANES);
        }
        let floor = S::splat(&raw const t.floor);
        for (sums, out) in sums.iter().zip(t.out) {
            let mut place = Place::first(out, t);
            for sum in sums {
                // In this order a NaN stays one.
                S::store(place.next(t), S::max(floor, *sum));
            }
        }
    }
}

/// Walks over the output's pixels, from row to row.
struct Place {
    at: *mut f32,
    left: usize,
}

impl Place {
    #[inline(always)]
    fn first<F>(at: *mut f32, t: &Tile<F>) -> Self {
        Self { at, left: t.left }
    }

    /// The pixel that is next.
    #[inline(always)]
    fn next<F>(&mut self, t: &Tile<F>) -> *mut f32 {
        if self.left == 0 {
            self.at = self.at.wrapping_add(t.jump);
            self.left = t.width;
        }
        let here = self.at;
        self.at = here.wrapping_add(t.out_step);
        self.left -= 1;
        here
    }
}

/// A compiled tile: its instruction set, R, P and access pattern are fixed.
pub(crate) type TileFn<F> = unsafe fn(&Tile<F>);

/// The tiles of an instruction set, each compiled with its features.
pub(crate) trait Tiles<F>: Lanes {
    /// The tile of R blocks × P pixels, if there is one.
    fn tile(blocks: usize, pixels: usize, pattern: AccessPattern) -> Option<TileFn<F>>;
}

impl Isa {
    /// The compiled tile.
    pub(crate) fn tile(
        self,
        blocks: usize,
        pixels: usize,
        pattern: AccessPattern,
    ) -> Option<TileFn<f32>> {
        match self.vector_isa() {
            #[cfg(target_arch = "x86_64")]
            VectorIsa::Avx512 => <Avx512 as Tiles<f32>>::tile(blocks, pixels, pattern),
            #[cfg(target_arch = "x86_64")]
            VectorIsa::Avx2 => Avx2::tile(blocks, pixels, pattern),
            #[cfg(target_arch = "aarch64")]
            VectorIsa::Neon => Neon::tile(blocks, pixels, pattern),
            VectorIsa::Portable => Portable::tile(blocks, pixels, pattern),
        }
    }
}

/// What a tile multiplies: one channel, or some channels that are multiplied and added up together.
pub(crate) trait Factor: Copy + Default + Send + Sync + 'static {
    /// Channels of one factor.
    const CHANNELS: usize;

    /// The compiled tile, if the instruction set has it.
    fn tile(isa: Isa, blocks: usize, pixels: usize, pattern: AccessPattern)
    -> Option<TileFn<Self>>;
}

impl Factor for f32 {
    const CHANNELS: usize = 1;

    fn tile(
        isa: Isa,
        blocks: usize,
        pixels: usize,
        pattern: AccessPattern,
    ) -> Option<TileFn<Self>> {
        isa.tile(blocks, pixels, pattern)
    }
}

impl Factor for Pair {
    const CHANNELS: usize = 2;

    fn tile(
        isa: Isa,
        blocks: usize,
        pixels: usize,
        pattern: AccessPattern,
    ) -> Option<TileFn<Self>> {
        match isa.vector_isa() {
            #[cfg(target_arch = "x86_64")]
            VectorIsa::Avx512 if isa.has_bf16() => {
                <Avx512 as Tiles<Self>>::tile(blocks, pixels, pattern)
            }
            _ => None,
        }
    }
}

macro_rules! tiles {
    ($vector_isa:ty, $factor:ty $(, $feature:literal)?; $($blocks:literal: $($pixels:literal)+;)+) => {
        impl Tiles<$factor> for $vector_isa {
            fn tile(blocks: usize, pixels: usize, pattern: AccessPattern) -> Option<TileFn<$factor>> {
                const TAP: usize = LANES / <$factor as Factor>::CHANNELS;
                const TWICE: usize = 2 * TAP;
                $(#[target_feature(enable = $feature)])?
                unsafe fn compiled<const R: usize, const P: usize, const TAP: usize, const STEP: usize>(t: &Tile<$factor>) {
                    // SAFETY: the feature is this function's own; the rest is what its caller promises of `t`.
                    unsafe { tile::<$vector_isa, $factor, R, P, TAP, STEP>(t) }
                }
                match (blocks, pixels, pattern) {
                    $($(
                        ($blocks, $pixels, AccessPattern::Stride1) => Some(compiled::<$blocks, $pixels, TAP, TAP>),
                        ($blocks, $pixels, AccessPattern::Stride2) => Some(compiled::<$blocks, $pixels, TAP, TWICE>),
                        ($blocks, $pixels, AccessPattern::Any) => Some(compiled::<$blocks, $pixels, 0, 0>),
                    )+)+
                    _ => None,
                }
            }
        }
    };
}

// As many pixels for each number of blocks as `Lanes::PIXELS` says.
#[cfg(target_arch = "x86_64")]
tiles!(Avx512, f32, "avx512f";
    1: 1 2 3 4 5 6 7 8 9 10 11 12 13 14;
    2: 1 2 3 4 5 6 7 8 9 10 11 12 13 14;
    3: 1 2 3 4 5 6 7 8 9;
);
#[cfg(target_arch = "x86_64")]
tiles!(Avx512, Pair, "avx512f,avx512bf16";
    1: 1 2 3 4 5 6 7 8 9 10 11 12 13 14;
    2: 1 2 3 4 5 6 7 8 9 10 11 12 13 14;
    3: 1 2 3 4 5 6 7 8 9;
);
#[cfg(target_arch = "x86_64")]
tiles!(Avx2, f32, "avx2,fma"; 1: 1 2 3 4 5 6;);
#[cfg(target_arch = "aarch64")]
tiles!(Neon, f32, "neon"; 1: 1 2 3 4 5 6;);
tiles!(Portable, f32; 1: 1 2;);

//! The inner loop of every weight gradient: sums of outer products of 16 input channels and 16 output channels over pixels.
//!
//! A tile holds L input channels × R blocks of 16 output channels in registers while it walks over a band of pixels, and
//! adds its sums to what memory holds at the end: chains of additions stay short, and the order is that of the pixels.

#![allow(
    clippy::indexing_slicing,
    reason = "arrays of accumulators by indices below their lengths, which the compiler sees: no check is compiled"
)]

use super::super::EngineError;
use super::super::isa::{Isa, VectorIsa};
#[cfg(target_arch = "aarch64")]
use super::super::simd::Neon;
#[cfg(target_arch = "x86_64")]
use super::super::simd::{Avx2, Avx512};
use super::super::simd::{LANES, Lanes, Portable};

/// Blocks of output channels that are taken together.
pub(crate) const GRAD_BLOCKS: usize = 2;

/// Pixels of the input and of the output's gradient that belong to one tap, for one block of input channels and some blocks
/// of output channels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WeightGrad<'a> {
    /// The input.
    pub(crate) x: &'a [f32],
    /// Where the first pixel's channels begin.
    pub(crate) x_start: usize,
    /// Values from one row to the next.
    pub(crate) x_row: usize,
    /// Values from one pixel to the next.
    pub(crate) x_step: usize,
    /// The gradient of the output.
    pub(crate) dy: &'a [f32],
    /// Where the first pixel of the first block begins.
    pub(crate) dy_start: usize,
    /// Values from one row to the next.
    pub(crate) dy_row: usize,
    /// Values from one block to the next.
    pub(crate) dy_block: usize,
    /// Rows of pixels.
    pub(crate) rows: usize,
    /// Pixels in a row.
    pub(crate) columns: usize,
}

impl WeightGrad<'_> {
    /// Adds the sums to `[16 in][16 out]` of each block.
    ///
    /// # Errors
    /// If anything would lie outside its slice: a bug of the caller.
    pub(crate) fn run(
        &self,
        isa: Isa,
        sums: &mut [&mut [f32; LANES * LANES]],
    ) -> Result<(), EngineError> {
        if self.rows == 0 || self.columns == 0 {
            return Ok(());
        }
        let (last_row, last_column) = (self.rows - 1, self.columns - 1);
        let x_end = self.x_start + last_row * self.x_row + last_column * self.x_step + LANES;
        let dy_end = self.dy_start
            + sums.len().saturating_sub(1) * self.dy_block
            + last_row * self.dy_row
            + last_column * LANES
            + LANES;
        if x_end > self.x.len() || dy_end > self.dy.len() {
            return Err(EngineError::Internal(
                "a sum of products lies outside its slices",
            ));
        }
        let pointers = |at: usize, sums: &mut [f32; LANES * LANES]| Block {
            dy: self
                .dy
                .as_ptr()
                .wrapping_add(self.dy_start + at * self.dy_block),
            sums: sums.as_mut_ptr(),
        };
        // What every call below relies on: the processor has this instruction set (`Isa`); the last pixel of the last block was checked;
        // each block's sums are an exclusive borrow of 16 × 16.
        match (isa.vector_isa(), sums) {
            #[cfg(target_arch = "x86_64")]
            (VectorIsa::Avx512, [first, second]) => {
                // SAFETY: the processor has the instruction set, and the bounds were checked above.
                unsafe { avx512_2(self, [pointers(0, first), pointers(1, second)]) }
            }
            #[cfg(target_arch = "x86_64")]
            (VectorIsa::Avx512, sums) => {
                for (at, sums) in sums.iter_mut().enumerate() {
                    // SAFETY: the processor has the instruction set, and the bounds were checked above.
                    unsafe { avx512_1(self, [pointers(at, sums)]) }
                }
            }
            #[cfg(target_arch = "x86_64")]
            (VectorIsa::Avx2, sums) => {
                for (at, sums) in sums.iter_mut().enumerate() {
                    // SAFETY: the processor has the instruction set, and the bounds were checked above.
                    unsafe { avx2_1(self, [pointers(at, sums)]) }
                }
            }
            #[cfg(target_arch = "aarch64")]
            (VectorIsa::Neon, sums) => {
                for (at, sums) in sums.iter_mut().enumerate() {
                    // SAFETY: the processor has the instruction set, and the bounds were checked above.
                    unsafe { weight_grad::<Neon, 1, 4>(self, [pointers(at, sums)]) }
                }
            }
            (VectorIsa::Portable, sums) => {
                for (at, sums) in sums.iter_mut().enumerate() {
                    // SAFETY: the processor has the instruction set, and the bounds were checked above.
                    unsafe { weight_grad::<Portable, 1, 2>(self, [pointers(at, sums)]) }
                }
            }
        }
        Ok(())
    }
}

/// One block of output channels.
#[derive(Clone, Copy)]
struct Block {
    /// The first pixel.
    dy: *const f32,
    /// `[16 in][16 out]`.
    sums: *mut f32,
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn avx512_2(o: &WeightGrad<'_>, blocks: [Block; 2]) {
    // 16 sums, 2 gradients and a broadcast within 32 registers.
    // SAFETY: the feature is this function's own; the pointers are as its caller promises.
    unsafe { weight_grad::<Avx512, 2, 8>(o, blocks) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn avx512_1(o: &WeightGrad<'_>, blocks: [Block; 1]) {
    // SAFETY: the feature is this function's own; the pointers are as its caller promises.
    unsafe { weight_grad::<Avx512, 1, 16>(o, blocks) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn avx2_1(o: &WeightGrad<'_>, blocks: [Block; 1]) {
    // 4 × 2 sums, 2 halves of the gradient and a broadcast within 16 registers.
    // SAFETY: the feature is this function's own; the pointers are as its caller promises.
    unsafe { weight_grad::<Avx2, 1, 4>(o, blocks) }
}

/// All 16 input channels, L at a time.
///
/// # Safety
/// The processor must have the instruction set `S`; every pixel's 16 input channels and each block's 16 gradients must be readable, and
/// 16 × 16 sums of each block writable.
#[inline(always)]
unsafe fn weight_grad<S: Lanes, const R: usize, const L: usize>(
    o: &WeightGrad<'_>,
    blocks: [Block; R],
) {
    // SAFETY: every pixel and every sum that is touched lies within what the caller promises.
    unsafe {
        let first = o.x.as_ptr().add(o.x_start);
        for lane in (0..LANES).step_by(L) {
            let mut sums = [[S::zero(); L]; R];
            for row in 0..o.rows {
                let mut x = first.add(row * o.x_row + lane);
                let mut dy = blocks.map(|block| block.dy.add(row * o.dy_row));
                for _ in 0..o.columns {
                    let mut d = [S::zero(); R];
                    for (d, dy) in d.iter_mut().zip(&mut dy) {
                        *d = S::load(*dy);
                        *dy = dy.wrapping_add(LANES);
                    }
                    for l in 0..L {
                        let x = S::splat(x.add(l));
                        for (sums, d) in sums.iter_mut().zip(&d) {
                            sums[l] = S::fma(x, *d, sums[l]);
                        }
                    }
                    x = x.wrapping_add(o.x_step);
                }
            }
            for (sums, block) in sums.iter().zip(blocks) {
                for (l, sum) in sums.iter().enumerate() {
                    let to = block.sums.add((lane + l) * LANES);
                    S::store(to, S::add(S::load(to), *sum));
                }
            }
        }
    }
}

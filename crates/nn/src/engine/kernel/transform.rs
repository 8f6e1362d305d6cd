//! The transforms of F(4 × 4, 3 × 3): Lavin & Gray 2016, "Fast Algorithms for Convolutional Neural Networks", with the
//! interpolation points 0, ±1, ±2 and ∞. 16 channels at a time.

#![allow(
    clippy::indexing_slicing,
    reason = "arrays of lines by indices below their lengths, which the compiler sees: no check is compiled"
)]

use super::super::EngineError;
use super::super::isa::{Isa, VectorIsa};
#[cfg(target_arch = "aarch64")]
use super::super::simd::Neon;
#[cfg(target_arch = "x86_64")]
use super::super::simd::{Avx2, Avx512};
use super::super::simd::{LANES, Lanes, Portable};

/// Rows and columns of a tile of input.
pub(crate) const TILE: usize = 6;
/// Rows and columns of output that a tile makes.
pub(crate) const OUTPUT_TILE: usize = 4;
/// Values of a transformed tile.
pub(crate) const PLACES: usize = TILE * TILE;

/// A tile of input or output within a block of 16 channels, as far as it lies in the picture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patch {
    /// Where its first pixel begins.
    pub(crate) start: usize,
    /// Values from one row to the next.
    pub(crate) row: usize,
    /// Rows of it that are there.
    pub(crate) rows: usize,
    /// Columns of it that are there.
    pub(crate) columns: usize,
}

impl Patch {
    /// Whether it lies within so many values.
    fn inside(&self, side: usize, values: usize) -> bool {
        let (Some(rows), Some(columns)) = (self.rows.checked_sub(1), self.columns.checked_sub(1))
        else {
            return false;
        };
        self.rows <= side
            && self.columns <= side
            && self.start + rows * self.row + columns * LANES + LANES <= values
    }
}

/// What becomes of a tile's sums.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Epilogue<'a> {
    /// What is added to each channel; `None`: what the output holds is.
    pub(crate) bias: Option<&'a [f32; LANES]>,
    /// Whether negative results become 0.
    pub(crate) relu: bool,
}

/// Transforms a tile of input, `x`, into [`PLACES`] vectors, `between` values apart from `to[at]` on. What is not there of the
/// tile counts as 0.
///
/// # Errors
/// If the patch or its transform lies outside its slice.
pub(crate) fn transform_input(
    isa: Isa,
    x: &[f32],
    patch: Patch,
    to: &mut [f32],
    at: usize,
    between: usize,
) -> Result<(), EngineError> {
    if !patch.inside(TILE, x.len()) || at + (PLACES - 1) * between + LANES > to.len() {
        return Err(EngineError::Internal("a tile lies outside its slice"));
    }
    // SAFETY: the processor has this instruction set (`Isa`); all that is read and written was checked.
    unsafe {
        let (x, to) = (x.as_ptr().add(patch.start), to.as_mut_ptr().add(at));
        match isa.vector_isa() {
            #[cfg(target_arch = "x86_64")]
            VectorIsa::Avx512 => input_avx512(x, patch, to, between),
            #[cfg(target_arch = "x86_64")]
            VectorIsa::Avx2 => input_avx2(x, patch, to, between),
            #[cfg(target_arch = "aarch64")]
            VectorIsa::Neon => input::<Neon>(x, patch, to, between),
            VectorIsa::Portable => input::<Portable>(x, patch, to, between),
        }
    }
    Ok(())
}

/// Transforms the [`PLACES`] sums of a tile, `between` values apart from `sums[at]` on, into pixels of output.
///
/// # Errors
/// If the patch or its sums lie outside their slice.
pub(crate) fn transform_output(
    isa: Isa,
    sums: &[f32],
    at: usize,
    between: usize,
    epilogue: Epilogue<'_>,
    y: &mut [f32],
    patch: Patch,
) -> Result<(), EngineError> {
    if !patch.inside(OUTPUT_TILE, y.len()) || at + (PLACES - 1) * between + LANES > sums.len() {
        return Err(EngineError::Internal("a tile lies outside its slice"));
    }
    // SAFETY: as above.
    unsafe {
        let (sums, y) = (sums.as_ptr().add(at), y.as_mut_ptr().add(patch.start));
        match isa.vector_isa() {
            #[cfg(target_arch = "x86_64")]
            VectorIsa::Avx512 => output_avx512(sums, between, epilogue, y, patch),
            #[cfg(target_arch = "x86_64")]
            VectorIsa::Avx2 => output_avx2(sums, between, epilogue, y, patch),
            #[cfg(target_arch = "aarch64")]
            VectorIsa::Neon => output::<Neon>(sums, between, epilogue, y, patch),
            VectorIsa::Portable => output::<Portable>(sums, between, epilogue, y, patch),
        }
    }
    Ok(())
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn input_avx512(x: *const f32, patch: Patch, to: *mut f32, between: usize) {
    // SAFETY: the feature is this function's own; the pointers are as its caller promises.
    unsafe { input::<Avx512>(x, patch, to, between) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn input_avx2(x: *const f32, patch: Patch, to: *mut f32, between: usize) {
    // SAFETY: the feature is this function's own; the pointers are as its caller promises.
    unsafe { input::<Avx2>(x, patch, to, between) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn output_avx512(
    sums: *const f32,
    between: usize,
    epilogue: Epilogue<'_>,
    y: *mut f32,
    patch: Patch,
) {
    // SAFETY: the feature is this function's own; the pointers are as its caller promises.
    unsafe { output::<Avx512>(sums, between, epilogue, y, patch) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn output_avx2(
    sums: *const f32,
    between: usize,
    epilogue: Epilogue<'_>,
    y: *mut f32,
    patch: Patch,
) {
    // SAFETY: the feature is this function's own; the pointers are as its caller promises.
    unsafe { output::<Avx2>(sums, between, epilogue, y, patch) }
}

/// The constants of both transforms, in all lanes.
#[inline(always)]
unsafe fn all<S: Lanes>(value: f32) -> S::V {
    // SAFETY: the processor has the instruction set (the caller's promise), and the value lives on the stack.
    unsafe { S::splat(&raw const value) }
}

/// Bᵀ · d
#[inline(always)]
unsafe fn input_line<S: Lanes>([d0, d1, d2, d3, d4, d5]: [S::V; TILE]) -> [S::V; TILE] {
    // SAFETY: arithmetic on registers; the processor has the instruction set (the caller's promise).
    unsafe {
        let (two, four) = (all::<S>(2.0), all::<S>(4.0));
        let (minus_two, minus_four, minus_five) = (all::<S>(-2.0), all::<S>(-4.0), all::<S>(-5.0));
        let even = S::fma(minus_four, d2, d4);
        let odd = S::fma(minus_four, d1, d3);
        let (even_2, odd_2) = (S::sub(d4, d2), S::sub(d3, d1));
        [
            S::fma(four, d0, S::fma(minus_five, d2, d4)),
            S::add(even, odd),
            S::sub(even, odd),
            S::fma(two, odd_2, even_2),
            S::fma(minus_two, odd_2, even_2),
            S::fma(four, d1, S::fma(minus_five, d3, d5)),
        ]
    }
}

/// Aᵀ · m
#[inline(always)]
unsafe fn output_line<S: Lanes>([m0, m1, m2, m3, m4, m5]: [S::V; TILE]) -> [S::V; OUTPUT_TILE] {
    // SAFETY: arithmetic on registers; the processor has the instruction set (the caller's promise).
    unsafe {
        let (sum_1, sum_2) = (S::add(m1, m2), S::add(m3, m4));
        let (difference_1, difference_2) = (S::sub(m1, m2), S::sub(m3, m4));
        [
            S::add(S::add(m0, sum_1), sum_2),
            S::fma(all::<S>(2.0), difference_2, difference_1),
            S::fma(all::<S>(4.0), sum_2, sum_1),
            S::add(S::fma(all::<S>(8.0), difference_2, difference_1), m5),
        ]
    }
}

/// # Safety
/// The processor must have the instruction set `S`; the patch's pixels from `x` on must be readable, and [`PLACES`] vectors, `between`
/// values apart, writable from `to` on.
#[inline(always)]
unsafe fn input<S: Lanes>(x: *const f32, patch: Patch, to: *mut f32, between: usize) {
    // SAFETY: only pixels of the patch are read and only places of the tile written, as the caller promises.
    unsafe {
        let whole = patch.rows == TILE && patch.columns == TILE;
        let mut lines = [[S::zero(); TILE]; TILE];
        for column in 0..TILE {
            let mut d = [S::zero(); TILE];
            for (row, d) in d.iter_mut().enumerate() {
                if whole || (row < patch.rows && column < patch.columns) {
                    *d = S::load(x.add(row * patch.row + column * LANES));
                }
            }
            for (line, value) in lines.iter_mut().zip(input_line::<S>(d)) {
                line[column] = value;
            }
        }
        for (row, line) in lines.into_iter().enumerate() {
            for (column, value) in input_line::<S>(line).into_iter().enumerate() {
                S::store(to.add((row * TILE + column) * between), value);
            }
        }
    }
}

/// # Safety
/// The processor must have the instruction set `S`; [`PLACES`] vectors, `between` values apart, must be readable from `sums` on, and the
/// patch's pixels readable and writable from `y` on.
#[inline(always)]
unsafe fn output<S: Lanes>(
    sums: *const f32,
    between: usize,
    epilogue: Epilogue<'_>,
    y: *mut f32,
    patch: Patch,
) {
    // SAFETY: only places of the tile are read and only pixels of the patch written, as the caller promises.
    unsafe {
        let mut lines = [[S::zero(); TILE]; OUTPUT_TILE];
        for column in 0..TILE {
            let mut m = [S::zero(); TILE];
            for (row, m) in m.iter_mut().enumerate() {
                *m = S::load(sums.add((row * TILE + column) * between));
            }
            for (line, value) in lines.iter_mut().zip(output_line::<S>(m)) {
                line[column] = value;
            }
        }
        let floor = all::<S>(if epilogue.relu {
            0.0
        } else {
            f32::NEG_INFINITY
        });
        let bias = epilogue.bias.map(|bias| S::load(bias.as_ptr()));
        for (row, line) in lines.into_iter().enumerate().take(patch.rows) {
            let pixels = output_line::<S>(line).into_iter().enumerate();
            for (column, value) in pixels.take(patch.columns) {
                let to = y.add(row * patch.row + column * LANES);
                let begin = match bias {
                    Some(bias) => bias,
                    None => S::load(to),
                };
                // In this order a NaN stays one.
                S::store(to, S::max(floor, S::add(begin, value)));
            }
        }
    }
}

//! Pillow's bilinear resampling with antialiasing, to the last bit.
//!
//! A transcription of the arithmetic of Pillow's `src/libImaging/Resample.c` (`precompute_coeffs`, `normalize_coeffs_8bpc`,
//! `ImagingResampleHorizontal_8bpc`, `ImagingResampleVertical_8bpc`): a triangle filter widened by the scale, weights in fixed
//! point with 22 bits, horizontal pass first, each pass rounded to 8 bits. Pillow does this up to version 12; Pillow 13 does
//! the vertical pass first if the height shrinks by more than twice as many pixels as the width, so that frames of such tall
//! pictures differ there by 1 of 255 in some values.
//!
//! Only a window of the scaled picture is computed, so that a crop of a very long picture never builds the whole of it. If the
//! picture between the passes would be large (tall, thin pictures), it is made in pieces, some rows twice: the values are the
//! same.
//!
//! The crate `fast_image_resize` was tried in its place and is faster, but differs from Pillow by 1 of 255 in many values.

use super::raster::Raster;
use super::rows;

/// Fraction bits of the weights: 32 − 8 (a byte) − 2 (sign, overshoot).
const PRECISION_BITS: u32 = 32 - 8 - 2;

/// One axis of a resize: the source's length, the length it is scaled to, and the part of the result that is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    /// Samples of the source, at least 1.
    pub(super) source: u32,
    /// Samples after scaling, at least 1.
    pub(super) scaled: u64,
    /// First scaled sample that is wanted.
    pub(super) start: u64,
    /// How many are wanted, within `scaled`.
    pub(super) length: u32,
}

/// The most bytes of the picture between the two passes; above this it is made in pieces.
const MAX_BETWEEN_BYTES: usize = 64_000_000;
/// Source rows of a piece.
const PIECE: usize = 64;

/// The source samples that contribute to one output sample, and how their weights follow.
#[derive(Clone, Copy, Debug)]
struct Reach {
    /// First source sample that contributes.
    first: usize,
    /// How many contribute.
    count: usize,
    centre: f64,
    inverse: f64,
    /// Sum of the weights before they are normalised.
    sum: f64,
}

/// The weights of one output sample.
struct Weights {
    /// First source sample that contributes.
    first: usize,
    /// Fixed-point weights of it and its successors, summing to about `1 << PRECISION_BITS`.
    weights: Vec<i32>,
}

impl Reach {
    fn raw(&self, k: usize) -> f64 {
        triangle(((k + self.first) as f64 - self.centre + 0.5) * self.inverse)
    }

    /// The fixed-point weights of some of the samples, numbered from the first that contributes.
    fn weights(&self, some: std::ops::Range<usize>) -> Vec<i32> {
        some.map(|k| {
            let raw = self.raw(k);
            let normal = if self.sum == 0.0 { raw } else { raw / self.sum };
            (0.5 + normal * f64::from(1 << PRECISION_BITS)) as i32
        })
        .collect()
    }
}

impl Axis {
    /// Pillow skips a pass that would change nothing.
    fn is_identity(self) -> bool {
        self.scaled == u64::from(self.source)
            && self.start == 0
            && self.scaled == u64::from(self.length)
    }

    /// `precompute_coeffs` for the wanted samples.
    fn reaches(self) -> Vec<Reach> {
        let scale = f64::from(self.source) / self.scaled as f64;
        let widening = scale.max(1.0);
        // The triangle reaches one sample to each side.
        let support = widening;
        (0..u64::from(self.length))
            .map(|i| {
                let centre = ((self.start + i) as f64 + 0.5) * scale;
                let first = (centre - support + 0.5).max(0.0) as u32;
                let end = ((centre + support + 0.5) as u32).min(self.source);
                let mut reach = Reach {
                    first: first as usize,
                    count: end.saturating_sub(first) as usize,
                    centre,
                    inverse: 1.0 / widening,
                    sum: 0.0,
                };
                reach.sum = (0..reach.count).map(|k| reach.raw(k)).sum();
                reach
            })
            .collect()
    }

    /// `normalize_coeffs_8bpc` for the wanted samples.
    fn weights(self) -> Vec<Weights> {
        let weights = |reach: Reach| Weights {
            first: reach.first,
            weights: reach.weights(0..reach.count),
        };
        self.reaches().into_iter().map(weights).collect()
    }
}

/// The bilinear filter: 1 at 0, 0 from ±1 on.
fn triangle(x: f64) -> f64 {
    (1.0 - x.abs()).max(0.0)
}

/// Rounds a fixed-point sum to a byte.
fn clip(sum: i32) -> u8 {
    (sum >> PRECISION_BITS).clamp(0, 255) as u8
}

/// Interleaved RGB bytes of the wanted window: `across.length` × `down.length` pixels.
pub(super) fn resize(photograph: &Raster, across: Axis, down: Axis) -> Vec<u8> {
    let lines = down.reaches();
    // Only the rows that the vertical pass reads are scaled.
    let top = lines.iter().map(|line| line.first).min().unwrap_or(0);
    let bottom = (lines.iter().map(|line| line.first + line.count))
        .max()
        .unwrap_or(0);
    let stride = 3 * photograph.width() as usize;
    let rows = photograph
        .pixels()
        .get(top * stride..bottom * stride)
        .unwrap_or_default();
    let columns = (!across.is_identity()).then(|| across.weights());
    let scaled_stride = 3 * across.length as usize;
    let horizontal = Horizontal {
        rows,
        stride,
        columns,
        scaled_stride,
    };
    if down.is_identity() {
        return horizontal.all();
    }
    let mut out = vec![0; scaled_stride * lines.len()];
    // How many bytes the loops below read.
    let work = 2 * scaled_stride * (bottom - top);
    if (bottom - top).saturating_mul(scaled_stride) <= MAX_BETWEEN_BYTES {
        let scaled = horizontal.all();
        rows::each(&mut out, scaled_stride, work, &|at, row| {
            let Some(line) = lines.get(at) else { return };
            let mut sums = vec![ROUND; scaled_stride];
            let from = (line.first - top) * scaled_stride;
            let source = scaled.get(from..).unwrap_or_default();
            add(&mut sums, source, &line.weights(0..line.count));
            write(row, &sums);
        });
    } else {
        rows::each(&mut out, scaled_stride, work, &|at, row| {
            let Some(line) = lines.get(at) else { return };
            let mut sums = vec![ROUND; scaled_stride];
            let mut piece = vec![0; scaled_stride * PIECE];
            for start in (0..line.count).step_by(PIECE) {
                let count = PIECE.min(line.count - start);
                let first = line.first - top + start;
                for (scaled, at) in piece
                    .chunks_exact_mut(scaled_stride)
                    .zip(first..first + count)
                {
                    horizontal.row(at, scaled);
                }
                add(&mut sums, &piece, &line.weights(start..start + count));
            }
            write(row, &sums);
        });
    }
    out
}

/// Half of the last bit that is kept, so that truncation rounds.
const ROUND: i32 = 1 << (PRECISION_BITS - 1);

/// Adds source rows, times their weights, to the sums of a row.
fn add(sums: &mut [i32], source: &[u8], weights: &[i32]) {
    for (from, weight) in source.chunks_exact(sums.len()).zip(weights) {
        for (sum, value) in sums.iter_mut().zip(from) {
            *sum += i32::from(*value) * weight;
        }
    }
}

fn write(row: &mut [u8], sums: &[i32]) {
    for (value, sum) in row.iter_mut().zip(sums) {
        *value = clip(*sum);
    }
}

/// The horizontal pass.
struct Horizontal<'a> {
    /// Source rows, one after another, of `stride` bytes.
    rows: &'a [u8],
    stride: usize,
    /// The weights of each output column; `None` if the pass would change nothing.
    columns: Option<Vec<Weights>>,
    /// Bytes of an output row.
    scaled_stride: usize,
}

impl Horizontal<'_> {
    /// All rows, scaled.
    fn all(&self) -> Vec<u8> {
        if self.columns.is_none() {
            return self.rows.to_vec();
        }
        let mut scaled = vec![0; self.rows.len() / self.stride * self.scaled_stride];
        let work = scaled.len() + self.rows.len();
        rows::each(&mut scaled, self.scaled_stride, work, &|at, out| {
            self.row(at, out);
        });
        scaled
    }

    /// One row, scaled.
    fn row(&self, at: usize, out: &mut [u8]) {
        let row = self.rows.get(at * self.stride..).unwrap_or_default();
        let row = row.get(..self.stride).unwrap_or_default();
        let Some(columns) = &self.columns else {
            out.copy_from_slice(row);
            return;
        };
        for (pixel, column) in out.chunks_exact_mut(3).zip(columns) {
            let source = row.get(3 * column.first..).unwrap_or_default();
            let mut sums = [ROUND; 3];
            for (from, weight) in source.chunks_exact(3).zip(&column.weights) {
                for (sum, value) in sums.iter_mut().zip(from) {
                    *sum += i32::from(*value) * weight;
                }
            }
            write(pixel, &sums);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(source: u32, length: u32) -> Axis {
        Axis {
            source,
            scaled: u64::from(length),
            start: 0,
            length,
        }
    }

    /// The same two passes, each over the whole picture, whatever memory they take.
    fn in_two_passes(photograph: &Raster, across: Axis, down: Axis) -> Vec<u8> {
        let horizontal = Horizontal {
            rows: photograph.pixels(),
            stride: 3 * photograph.width() as usize,
            columns: Some(across.weights()),
            scaled_stride: 3 * across.length as usize,
        };
        let scaled = horizontal.all();
        let mut out = Vec::new();
        for line in down.weights() {
            let mut sums = vec![ROUND; horizontal.scaled_stride];
            let from = line.first * horizontal.scaled_stride;
            add(&mut sums, scaled.get(from..).unwrap(), &line.weights);
            let mut row = vec![0; sums.len()];
            write(&mut row, &sums);
            out.extend(row);
        }
        out
    }

    #[test]
    fn a_tall_picture_is_made_in_pieces_with_the_same_values() {
        for (width, height, side) in [(1, 90_000, 299), (3, 75_001, 299), (2, 60_000, 23)] {
            let count = 3 * width * height;
            let pixels = (0..count)
                .map(|n| (u64::from(n) * 7919 / 13 % 251) as u8)
                .collect();
            let tall = Raster::from_rgb(width, height, pixels).unwrap();
            let (across, down) = (axis(width, side), axis(height, side));
            let pieces = resize(&tall, across, down);
            assert!(
                pieces == in_two_passes(&tall, across, down),
                "{width} × {height}"
            );
        }
    }
}

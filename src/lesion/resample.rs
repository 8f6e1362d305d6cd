//! Pillow's bilinear resampling with antialiasing, to the last bit.
//!
//! A transcription of the arithmetic of Pillow's `src/libImaging/Resample.c` (`precompute_coeffs`,
//! `normalize_coeffs_8bpc`, `ImagingResampleHorizontal_8bpc`, `ImagingResampleVertical_8bpc`): a triangle filter widened by
//! the scale, weights in fixed point of 22 bits, horizontal pass first, each pass rounded to 8 bits. That is Pillow up to 12;
//! Pillow 13 does the vertical pass first where the height falls by more than twice as many pixels as the width, so that
//! frames of such tall pictures differ there by 1 of 255 in some values.
//!
//! Only a window of the scaled picture is computed, so that a crop of a very long picture never builds the whole of it.

use rayon::prelude::*;

use super::raster::Raster;

/// Fraction bits of the weights: 32 − 8 (a byte) − 2 (sign, overshoot).
const PRECISION_BITS: u32 = 32 - 8 - 2;

/// One axis of a resize: the source's length, the length it is scaled to, and the part of that which is wanted.
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

/// The weights of one output sample.
struct Weights {
    /// First source sample that counts.
    first: usize,
    /// Fixed-point weights of it and its successors, summing to about `1 << PRECISION_BITS`.
    weights: Vec<i32>,
}

impl Axis {
    /// Pillow skips a pass that would change nothing.
    fn is_identity(self) -> bool {
        self.scaled == u64::from(self.source)
            && self.start == 0
            && self.scaled == u64::from(self.length)
    }

    /// `precompute_coeffs` and `normalize_coeffs_8bpc` for the wanted samples.
    fn weights(self) -> Vec<Weights> {
        let scale = f64::from(self.source) / self.scaled as f64;
        let widening = scale.max(1.0);
        // The triangle reaches one sample to each side.
        let support = widening;
        (0..u64::from(self.length))
            .map(|i| {
                let centre = ((self.start + i) as f64 + 0.5) * scale;
                let first = (centre - support + 0.5).max(0.0) as u32;
                let end = ((centre + support + 0.5) as u32).min(self.source);
                let inverse = 1.0 / widening;
                let raw: Vec<f64> = (0..end.saturating_sub(first))
                    .map(|x| triangle((f64::from(x + first) - centre + 0.5) * inverse))
                    .collect();
                let sum: f64 = raw.iter().sum();
                let weights = raw
                    .iter()
                    .map(|weight| {
                        let normal = if sum == 0.0 { *weight } else { weight / sum };
                        (0.5 + normal * f64::from(1 << PRECISION_BITS)) as i32
                    })
                    .collect();
                Weights {
                    first: first as usize,
                    weights,
                }
            })
            .collect()
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
    let vertical = down.weights();
    // Only the rows that the vertical pass reads are scaled.
    let top = vertical.iter().map(|w| w.first).min().unwrap_or(0);
    let bottom = vertical
        .iter()
        .map(|w| w.first + w.weights.len())
        .max()
        .unwrap_or(0);
    let stride = 3 * photograph.width() as usize;
    let rows = photograph
        .pixels()
        .get(top * stride..bottom * stride)
        .unwrap_or_default();
    let scaled = if across.is_identity() {
        rows.to_vec()
    } else {
        horizontal(rows, stride, &across.weights())
    };
    if down.is_identity() {
        return scaled;
    }
    vertical_pass(&scaled, 3 * across.length as usize, top, &vertical)
}

fn horizontal(rows: &[u8], stride: usize, columns: &[Weights]) -> Vec<u8> {
    let mut scaled = vec![0; rows.len() / stride * 3 * columns.len()];
    scaled
        .par_chunks_exact_mut(3 * columns.len())
        .zip(rows.par_chunks_exact(stride))
        .for_each(|(out, row)| {
            for (pixel, column) in out.chunks_exact_mut(3).zip(columns) {
                let source = row.get(3 * column.first..).unwrap_or_default();
                let mut sums = [1 << (PRECISION_BITS - 1); 3];
                for (from, weight) in source.chunks_exact(3).zip(&column.weights) {
                    for (sum, value) in sums.iter_mut().zip(from) {
                        *sum += i32::from(*value) * weight;
                    }
                }
                for (value, sum) in pixel.iter_mut().zip(sums) {
                    *value = clip(sum);
                }
            }
        });
    scaled
}

fn vertical_pass(scaled: &[u8], stride: usize, top: usize, lines: &[Weights]) -> Vec<u8> {
    let mut out = vec![0; stride * lines.len()];
    out.par_chunks_exact_mut(stride)
        .zip(lines)
        .for_each(|(row, line)| {
            let mut sums = vec![1 << (PRECISION_BITS - 1); stride];
            let source = scaled
                .get((line.first - top) * stride..)
                .unwrap_or_default();
            for (from, weight) in source.chunks_exact(stride).zip(&line.weights) {
                for (sum, value) in sums.iter_mut().zip(from) {
                    *sum += i32::from(*value) * weight;
                }
            }
            for (value, sum) in row.iter_mut().zip(sums) {
                *value = clip(sum);
            }
        });
    out
}

//! The CPU's own form of what Candle does slowly there: patches for a convolution as one matrix, poolings, bias with ReLU.
//!
//! Everything works on planes: one channel of one frame, row by row. Rows are copied and added whole, and planes are shared
//! out over the threads of rayon.

use rayon::prelude::*;

use super::conv::ConvSpec;

/// Rows and columns of a plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) rows: usize,
    pub(super) columns: usize,
}

impl Size {
    pub(super) fn area(self) -> usize {
        self.rows * self.columns
    }
}

/// The patches that a convolution multiplies with its weights, `[c_in · kernel rows · kernel columns, output pixels]`, of
/// one frame `[c_in, rows, columns]`.
pub(super) fn patches(x: &[f32], size: Size, spec: &ConvSpec, output: Size) -> Vec<f32> {
    let [kernel_rows, kernel_columns] = spec.kernel;
    let [pad_rows, pad_columns] = spec.padding;
    let taps = kernel_rows * kernel_columns;
    let mut patches = vec![0.0; spec.c_in * taps * output.area()];
    patches
        .par_chunks_mut(taps * output.area())
        .zip(x.par_chunks(size.area()))
        .for_each(|(patches, plane)| {
            for (tap, patch) in patches.chunks_mut(output.area()).enumerate() {
                let (kernel_row, kernel_column) = (tap / kernel_columns, tap % kernel_columns);
                for (row, line) in patch.chunks_mut(output.columns).enumerate() {
                    let Some(row) = (row * spec.stride + kernel_row).checked_sub(pad_rows) else {
                        continue;
                    };
                    let from = plane.get(row * size.columns..(row + 1) * size.columns);
                    if let Some(from) = from {
                        shifted(from, line, spec.stride, kernel_column, pad_columns);
                    }
                }
            }
        });
    patches
}

/// `to[i] = from[i · stride + offset − pad]` where that exists.
fn shifted(from: &[f32], to: &mut [f32], stride: usize, offset: usize, pad: usize) {
    // The first `i` whose source is not left of the row.
    let skip = pad.saturating_sub(offset).div_ceil(stride);
    let start = (skip * stride + offset).saturating_sub(pad);
    let (Some(to), Some(from)) = (to.get_mut(skip..), from.get(start..)) else {
        return;
    };
    if stride == 1 {
        let length = to.len().min(from.len());
        if let (Some(to), Some(from)) = (to.get_mut(..length), from.get(..length)) {
            to.copy_from_slice(from);
        }
    } else {
        for (to, &from) in to.iter_mut().zip(from.iter().step_by(stride)) {
            *to = from;
        }
    }
}

/// Adds to every plane the bias of its channel, and cuts at zero.
pub(super) fn add_bias_relu(planes: &mut [f32], area: usize, bias: &[f32]) {
    planes
        .par_chunks_mut(area)
        .enumerate()
        .for_each(|(plane, values)| {
            let bias = bias.get(plane % bias.len().max(1)).copied().unwrap_or(0.0);
            for value in values {
                *value = (*value + bias).max(0.0);
            }
        });
}

/// Mean over 3 × 3 at stride 1, one pixel of zeros around, always divided by 9.
pub(super) fn avg_pool(x: &[f32], size: Size) -> Vec<f32> {
    let mut y = vec![0.0; x.len()];
    y.par_chunks_mut(size.area())
        .zip(x.par_chunks(size.area()))
        .for_each(|(y, x)| {
            let mut sums = vec![0.0; size.columns];
            for (row, y) in y.chunks_mut(size.columns).enumerate() {
                sums.fill(0.0);
                let rows = x
                    .chunks(size.columns)
                    .skip(row.saturating_sub(1))
                    .take(if row == 0 { 2 } else { 3 });
                for x in rows {
                    for (sum, x) in sums.iter_mut().zip(x) {
                        *sum += x;
                    }
                }
                let mut left = 0.0;
                let rights = sums.iter().skip(1).chain(std::iter::once(&0.0));
                for ((y, &here), &right) in y.iter_mut().zip(&sums).zip(rights) {
                    *y = (left + here + right) / 9.0;
                    left = here;
                }
            }
        });
    y
}

/// Maximum over 3 × 3 at stride 2, no padding.
pub(super) fn max_pool(x: &[f32], size: Size) -> (Vec<f32>, Size) {
    let output = Size {
        rows: (size.rows - 1) / 2,
        columns: (size.columns - 1) / 2,
    };
    let planes = x.len() / size.area();
    let mut y = vec![0.0; planes * output.area()];
    y.par_chunks_mut(output.area())
        .zip(x.par_chunks(size.area()))
        .for_each(|(y, x)| {
            let mut highest = vec![0.0; size.columns];
            for (row, y) in y.chunks_mut(output.columns).enumerate() {
                highest.fill(f32::NEG_INFINITY);
                for x in x.chunks(size.columns).skip(2 * row).take(3) {
                    for (highest, &x) in highest.iter_mut().zip(x) {
                        *highest = highest.max(x);
                    }
                }
                let windows = highest.windows(3).step_by(2);
                for (y, window) in y.iter_mut().zip(windows) {
                    *y = window.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                }
            }
        });
    (y, output)
}

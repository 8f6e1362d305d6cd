//! The gradient of a convolution towards its input, as convolutions of the gradient of its output.
//!
//! The kernel is flipped, input and output channels change places; at stride s it falls apart into s² of them, one for each
//! phase of the input's pixels, each with its share of the taps. Used by the backward pass of a plan and by training.

use rayon::prelude::*;

use super::bands::Raster;
use super::convolution::Convolution;
use super::direct::Direct;
use super::layout::Layout;
use super::simd::LANES;
use super::winograd::Winograd;
use crate::conv_view::ConvView;

impl ConvView<'_> {
    /// Zeros that the gradient of the output needs around it, to be convolved with the flipped kernel.
    pub(crate) fn gradient_border(&self) -> [usize; 2] {
        let along = |kernel: usize, padding: usize| {
            kernel
                .saturating_sub(1 + padding)
                .div_ceil(self.stride.max(1))
        };
        let ([kernel_rows, kernel_columns], [pad_rows, pad_columns]) = (self.kernel, self.padding);
        [
            along(kernel_rows, pad_rows),
            along(kernel_columns, pad_columns),
        ]
    }
}

/// The convolutions from the gradient of the output to that of the input, one a phase.
pub(crate) fn flipped(
    conv: ConvView<'_>,
    source: &Layout,
    target: &Layout,
    first: bool,
) -> Vec<Convolution> {
    let stride = conv.stride.max(1);
    if Winograd::is_profitable(conv.kernel, conv.stride, [source.rows, source.columns]) {
        return vec![flipped_winograd(conv, source, target, first)];
    }
    (0..stride * stride)
        .map(|phase| {
            let phase = [phase / stride, phase % stride];
            flipped_phase(conv, source, target, first, phase)
        })
        .collect()
}

/// The same at stride 1, by Winograd.
fn flipped_winograd(
    conv: ConvView<'_>,
    source: &Layout,
    target: &Layout,
    first: bool,
) -> Convolution {
    let ([kernel_rows, kernel_columns], [pad_rows, pad_columns]) = (conv.kernel, conv.padding);
    let [above, left] = target.border;
    let channels = source.lane_channels();
    let weight = |lane: usize, out: usize, row: usize, column: usize| match channels
        .get(lane)
        .copied()
        .flatten()
    {
        Some(channel) if out < conv.c_out => {
            let (row, column) = (kernel_rows - 1 - row, kernel_columns - 1 - column);
            conv.at(out, channel, row, column)
        }
        _ => 0.0,
    };
    // The first tap of the first pixel: the border holds it (`Conv::gradient_border`).
    let row = (above + pad_rows).saturating_sub(kernel_rows - 1);
    let column = (left + pad_columns).saturating_sub(kernel_columns - 1);
    let part = Layout {
        parts: vec![conv.c_out],
        ..target.clone()
    };
    let x_start = row * target.row() + column * LANES;
    let size = [source.rows, source.columns];
    let winograd = Winograd::new(&weight, source.blocks(), &part, x_start, size);
    let bias = first.then(|| vec![0.0; source.blocks() * LANES]);
    Convolution::Winograd(winograd.epilogue(bias, false))
}

/// Kernel rows (or columns) that reach the pixels of a phase, with how far from the pixel's own place they read.
fn reaching(
    kernel: usize,
    padding: usize,
    stride: usize,
    phase: usize,
    border: usize,
) -> Vec<(usize, usize)> {
    (0..kernel)
        .filter(|tap| (phase + padding + stride * kernel - tap).is_multiple_of(stride))
        .filter_map(|tap| {
            // (phase + padding − tap) / stride, from the border's first row on.
            let at = (phase + padding + stride * border).checked_sub(tap)? / stride;
            Some((tap, at))
        })
        .collect()
}

fn flipped_phase(
    conv: ConvView<'_>,
    source: &Layout,
    target: &Layout,
    first: bool,
    [row_phase, column_phase]: [usize; 2],
) -> Convolution {
    let stride = conv.stride.max(1);
    let ([kernel_rows, kernel_columns], [pad_rows, pad_columns]) = (conv.kernel, conv.padding);
    let [above, left] = target.border;
    let rows = reaching(kernel_rows, pad_rows, stride, row_phase, above);
    let columns = reaching(kernel_columns, pad_columns, stride, column_phase, left);
    let out_blocks = conv.c_out.div_ceil(LANES);
    let places: Vec<_> = rows
        .iter()
        .flat_map(|row| columns.iter().map(move |column| (*row, *column)))
        .collect();
    let mut taps = Vec::new();
    for block in 0..out_blocks {
        for ((_, row), (_, column)) in &places {
            taps.push(block * target.block() + row * target.row() + column * LANES);
        }
    }
    let lanes = source.lane_channels();
    let share = out_blocks * places.len() * LANES * LANES;
    let mut weights = vec![0.0; source.blocks() * share];
    weights
        .par_chunks_exact_mut(share.max(1))
        .zip(lanes.par_chunks(LANES))
        .for_each(|(weights, channels)| {
            let outs = (0..out_blocks).flat_map(|block| {
                places.iter().flat_map(move |((row, _), (column, _))| {
                    (0..LANES).map(move |lane| (block * LANES + lane, *row, *column))
                })
            });
            for (weights, (out, row, column)) in weights.chunks_exact_mut(LANES).zip(outs) {
                for (weight, channel) in weights.iter_mut().zip(channels) {
                    if let Some(channel) = channel.filter(|_| out < conv.c_out) {
                        *weight = conv.at(out, channel, row, column);
                    }
                }
            }
        });
    Convolution::Direct(Direct {
        relu: false,
        blocks: source.blocks(),
        taps,
        tap: LANES,
        x_start: 0,
        x_row: target.row(),
        x_step: LANES,
        weights,
        bias: first.then(|| vec![0.0; source.blocks() * LANES]),
        raster: Raster {
            first: [row_phase, column_phase],
            step: stride,
            rows: source.rows.saturating_sub(row_phase).div_ceil(stride),
            columns: source.columns.saturating_sub(column_phase).div_ceil(stride),
        },
        reads: out_blocks * target.block(),
    })
}

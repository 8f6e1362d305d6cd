//! Convolutions over a batch, and their two gradients.

use std::cell::RefCell;

use rayon::prelude::*;

use super::super::EngineError;
use super::super::convolution::Convolution;
use super::super::input_gradient::flipped;
use super::super::isa::Isa;
use super::super::kernel::{GRAD_BLOCKS, WeightGrad};
use super::super::layout::Layout;
use super::super::simd::LANES;
use super::norm::Statistics;
use crate::conv::output_size;
use crate::conv_view::ConvView;

/// Pixels that a sum of outer products takes at a time: they and their gradients stay in a core's first-level cache while the
/// taps pass over them.
const BAND: usize = 160;

thread_local! {
    /// A thread's bordered frame.
    static SCRATCH: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// A convolution, for batches of one size of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layer {
    /// Channels in.
    pub(crate) c_in: usize,
    /// Channels out.
    pub(crate) c_out: usize,
    /// Kernel, `[rows, columns]`.
    pub(crate) kernel: [usize; 2],
    /// Stride, the same along both axes.
    pub(crate) stride: usize,
    /// Zeros around the input, `[rows, columns]`.
    pub(crate) padding: [usize; 2],
    /// Rows and columns of the input.
    pub(crate) size: [usize; 2],
}

impl Layer {
    /// Rows and columns of the output; none where the padded input holds no kernel.
    pub(crate) fn output(&self) -> Option<[usize; 2]> {
        output_size(self.kernel, self.stride, self.padding, self.size)
    }

    /// Weights of the whole layer.
    pub(crate) fn weights(&self) -> usize {
        let [rows, columns] = self.kernel;
        self.c_out * self.c_in * rows * columns
    }

    fn source(&self) -> Layout {
        let [rows, columns] = self.size;
        Layout::stacked(vec![self.c_in], rows, columns)
    }

    fn target(&self) -> Result<Layout, EngineError> {
        let [rows, columns] = self
            .output()
            .ok_or(EngineError::Internal("a batch does not hold one kernel"))?;
        Ok(Layout::stacked(vec![self.c_out], rows, columns))
    }

    fn view<'a>(&self, weight: &'a [f32], bias: &'a [f32], relu: bool) -> ConvView<'a> {
        ConvView {
            c_in: self.c_in,
            c_out: self.c_out,
            kernel: self.kernel,
            stride: self.stride,
            padding: self.padding,
            weight,
            bias,
            relu,
        }
    }

    /// The outputs of `n` frames. `weight` is `[c_out][c_in][row][column]`.
    pub(crate) fn forward(
        &self,
        isa: Isa,
        weight: &[f32],
        x: &[f32],
        n: usize,
    ) -> Result<Vec<f32>, EngineError> {
        let bias = vec![0.0; self.c_out];
        self.forward_with_bias(isa, weight, &bias, false, x, n)
    }

    /// As [`Layer::forward`], with a bias `[c_out]` added and a ReLU after it, if wanted.
    pub(crate) fn forward_with_bias(
        &self,
        isa: Isa,
        weight: &[f32],
        bias: &[f32],
        relu: bool,
        x: &[f32],
        n: usize,
    ) -> Result<Vec<f32>, EngineError> {
        let conv = self.view(weight, bias, relu);
        let (y, _) = self.forward_then(isa, conv, x, n, &|_| ())?;
        Ok(y)
    }

    /// As [`Layer::forward`], with mean and variance of each output channel: those of [`Statistics::of`] up to the order of the
    /// sums. Each frame's output is summed while it is still in the caches.
    pub(crate) fn forward_with_statistics(
        &self,
        isa: Isa,
        weight: &[f32],
        x: &[f32],
        n: usize,
    ) -> Result<(Vec<f32>, Statistics), EngineError> {
        let target = self.target()?;
        let sum = |y: &[f32]| Statistics::sums(isa, y, target.block());
        let bias = vec![0.0; self.c_out];
        let conv = self.view(weight, &bias, false);
        let (y, sums) = self.forward_then(isa, conv, x, n, &sum)?;
        let count = n * target.rows * target.columns;
        Ok((y, Statistics::of_sums(&sums, count, target.blocks())))
    }

    /// The outputs, and what `then` makes of each frame's.
    fn forward_then<R: Send>(
        &self,
        isa: Isa,
        conv: ConvView<'_>,
        x: &[f32],
        n: usize,
        then: &(impl Fn(&[f32]) -> R + Sync),
    ) -> Result<(Vec<f32>, Vec<R>), EngineError> {
        let (source, target) = (self.source(), self.target()?);
        let mut bordered = source.clone();
        bordered.pad(self.padding);
        let convolution = Convolution::new(conv, &bordered)?;
        let run = |x: &[f32], y: &mut [f32], threads| {
            convolution.run(isa, x, y, &target, threads)?;
            Ok(then(y))
        };
        over_frames(x, &source, &bordered, n, target.len(), &run)
    }

    /// The gradients of `n` inputs, from those of the outputs.
    pub(crate) fn backward_input(
        &self,
        isa: Isa,
        weight: &[f32],
        dy: &[f32],
        n: usize,
    ) -> Result<Vec<f32>, EngineError> {
        let (source, target) = (self.source(), self.target()?);
        let conv = self.view(weight, &[], false);
        let mut bordered = target.clone();
        bordered.pad(conv.gradient_border());
        let phases = flipped(conv, &source, &bordered, true);
        let run = |dy: &[f32], dx: &mut [f32], threads| {
            phases
                .iter()
                .try_for_each(|phase| phase.run(isa, dy, dx, &source, threads))
        };
        let (dx, _) = over_frames(dy, &target, &bordered, n, source.len(), &run)?;
        Ok(dx)
    }

    /// The gradient of the weights, `[c_out][c_in][row][column]`, over `n` frames.
    pub(crate) fn backward_weights(
        &self,
        isa: Isa,
        x: &[f32],
        dy: &[f32],
        n: usize,
    ) -> Result<Vec<f32>, EngineError> {
        let (source, target) = (self.source(), self.target()?);
        if x.len() != n * source.len() || dy.len() != n * target.len() {
            return Err(EngineError::Internal(
                "a batch has another size than its layer",
            ));
        }
        let [kernel_rows, kernel_columns] = self.kernel;
        let taps = kernel_rows * kernel_columns;
        let in_blocks = source.blocks();
        let groups = target.blocks().div_ceil(GRAD_BLOCKS);
        // `[group][block in][block of the group][tap][16 in][16 out]`
        let square = LANES * LANES;
        let share = GRAD_BLOCKS * taps * square;
        let mut packed = vec![0.0; groups * in_blocks * share];
        packed
            .par_chunks_exact_mut(share)
            .enumerate()
            .try_for_each(|(task, sums)| {
                self.products(isa, x, dy, n, [task / in_blocks, task % in_blocks], sums)
            })?;
        let mut weights = vec![0.0; self.weights()];
        weights
            .par_chunks_exact_mut((self.c_in * taps).max(1))
            .enumerate()
            .for_each(|(out, weights)| {
                let (block, lane) = (out / LANES, out % LANES);
                let (group, block) = (block / GRAD_BLOCKS, block % GRAD_BLOCKS);
                for (channel, weights) in weights.chunks_exact_mut(taps).enumerate() {
                    let task = group * in_blocks + channel / LANES;
                    let first =
                        task * share + block * taps * square + (channel % LANES) * LANES + lane;
                    let sums = packed.iter().skip(first).step_by(square);
                    for (weight, sum) in weights.iter_mut().zip(sums) {
                        *weight = *sum;
                    }
                }
            });
        Ok(weights)
    }

    /// The products of one block of input channels with a group of blocks of output channels.
    fn products(
        &self,
        isa: Isa,
        x: &[f32],
        dy: &[f32],
        n: usize,
        [group, in_block]: [usize; 2],
        sums: &mut [f32],
    ) -> Result<(), EngineError> {
        let (source, target) = (self.source(), self.target()?);
        let ([kernel_rows, kernel_columns], [pad_rows, pad_columns]) = (self.kernel, self.padding);
        let first_block = group * GRAD_BLOCKS;
        let blocks = GRAD_BLOCKS.min(target.blocks() - first_block);
        let band = (BAND / target.columns.max(1)).max(1);
        let mut sums: Vec<&mut [f32; LANES * LANES]> = sums
            .chunks_exact_mut(LANES * LANES)
            .filter_map(|sums| sums.try_into().ok())
            .collect();
        for frame in 0..n {
            let x_plane = frame * source.len() + in_block * source.block();
            let dy_plane = frame * target.len() + first_block * target.block();
            for from in (0..target.rows).step_by(band) {
                let to = (from + band).min(target.rows);
                for row in 0..kernel_rows {
                    let rows = reached(row, pad_rows, self.stride, source.rows, from..to);
                    for column in 0..kernel_columns {
                        let columns = reached(
                            column,
                            pad_columns,
                            self.stride,
                            source.columns,
                            0..target.columns,
                        );
                        if rows.is_empty() || columns.is_empty() {
                            continue;
                        }
                        let x_row = rows.start * self.stride + row - pad_rows;
                        let x_column = columns.start * self.stride + column - pad_columns;
                        let weight_grad = WeightGrad {
                            x,
                            x_start: x_plane + x_row * source.row() + x_column * LANES,
                            x_row: self.stride * source.row(),
                            x_step: self.stride * LANES,
                            dy,
                            dy_start: dy_plane + rows.start * target.row() + columns.start * LANES,
                            dy_row: target.row(),
                            dy_block: target.block(),
                            rows: rows.len(),
                            columns: columns.len(),
                        };
                        let tap = row * kernel_columns + column;
                        let (first, rest) = sums.split_at_mut(kernel_rows * kernel_columns);
                        match (first.get_mut(tap), rest.get_mut(tap)) {
                            (Some(one), Some(other)) if blocks == 2 => {
                                weight_grad.run(isa, &mut [one, other])?;
                            }
                            (Some(one), _) => weight_grad.run(isa, &mut [one])?,
                            _ => return Err(EngineError::Internal("a tap has no sums")),
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// The outputs, of those in `range`, whose tap lies within the input.
fn reached(
    tap: usize,
    padding: usize,
    stride: usize,
    side: usize,
    range: std::ops::Range<usize>,
) -> std::ops::Range<usize> {
    // 0 ≤ at · stride + tap − padding < side
    let first = padding.saturating_sub(tap).div_ceil(stride.max(1));
    let end = (side + padding).saturating_sub(tap).div_ceil(stride.max(1));
    let start = range.start.max(first);
    start..range.end.min(end).max(start)
}

/// Runs each frame, first copied into a layout with borders where that is another one: frames side by side on the threads,
/// and those that are left over one after another, on all threads together. Gives the outputs, and what each run gave.
fn over_frames<R: Send>(
    from: &[f32],
    layout: &Layout,
    bordered: &Layout,
    n: usize,
    to_len: usize,
    run: &(impl Fn(&[f32], &mut [f32], usize) -> Result<R, EngineError> + Sync),
) -> Result<(Vec<f32>, Vec<R>), EngineError> {
    if from.len() != n * layout.len() {
        return Err(EngineError::Internal(
            "a batch has another size than its layer",
        ));
    }
    let one = |from: &[f32], to: &mut [f32], threads: usize| {
        if layout == bordered {
            return run(from, to, threads);
        }
        // Taken out, so that a task which this thread takes on meanwhile has its own.
        let mut scratch = SCRATCH.take();
        scratch.resize(scratch.len().max(bordered.len()), 0.0);
        let done = match scratch.get_mut(..bordered.len()) {
            Some(values) => {
                bordered.clear_border(values);
                for (to, from) in bordered.rows_of_mut(values).zip(layout.rows_of(from)) {
                    to.copy_from_slice(from);
                }
                run(values, to, threads)
            }
            None => Err(EngineError::Internal("a frame has no scratch")),
        };
        SCRATCH.set(scratch);
        done
    };
    let mut to = vec![0.0; n * to_len];
    let threads = rayon::current_num_threads();
    let side_by_side = n - n % threads;
    let (from_whole, from_rest) = from.split_at(side_by_side * layout.len());
    let (to_whole, to_rest) = to.split_at_mut(side_by_side * to_len);
    let mut given: Vec<R> = from_whole
        .par_chunks_exact(layout.len().max(1))
        .zip(to_whole.par_chunks_exact_mut(to_len.max(1)))
        .map(|(from, to)| one(from, to, 1))
        .collect::<Result<_, _>>()?;
    let rest = from_rest
        .chunks_exact(layout.len().max(1))
        .zip(to_rest.chunks_exact_mut(to_len.max(1)));
    for (from, to) in rest {
        given.push(one(from, to, threads)?);
    }
    Ok((to, given))
}

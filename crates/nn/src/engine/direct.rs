//! The direct form of a convolution: packed weights, taps as offsets, and how it is cut into tasks.

use rayon::prelude::*;

use super::EngineError;
use super::bands::{Raster, cut};
use super::isa::Isa;
use super::kernel::{Band, Factor};
use super::layout::Layout;
use super::simd::{LANES, Pair};
use crate::conv_view::ConvView;

/// A convolution from one layout to some blocks of another, product by product; of an input of factors `F`, values or pairs
/// of them.
#[derive(Clone, Debug)]
pub(crate) struct Direct<F = f32> {
    pub(crate) relu: bool,
    /// Blocks of the output.
    pub(crate) blocks: usize,
    /// Where the taps lie, from the first one's place.
    pub(crate) taps: Vec<usize>,
    /// Factors of a tap.
    pub(crate) tap: usize,
    /// Where in the input the first tap of the first pixel lies.
    pub(crate) x_start: usize,
    /// Factors from the input of one row of output to the next.
    pub(crate) x_row: usize,
    /// Factors from the input of one pixel of output to the next.
    pub(crate) x_step: usize,
    /// `[block][tap][factors of a tap][16 out]`.
    pub(crate) weights: Vec<F>,
    /// `[block][16 out]`; `None`: added to what the output holds.
    pub(crate) bias: Option<Vec<f32>>,
    /// Which pixels of the output it makes.
    pub(crate) raster: Raster,
    /// Factors of the input.
    pub(crate) reads: usize,
}

impl Direct {
    /// Packs a convolution whose first tap reads `source` from `x_start` on, and which gives `rows` × `columns` pixels.
    pub(crate) fn new(
        conv: ConvView<'_>,
        source: &Layout,
        x_start: usize,
        bias: Vec<f32>,
        [rows, columns]: [usize; 2],
    ) -> Self {
        let [kernel_rows, kernel_columns] = conv.kernel;
        let blocks = conv.c_out.div_ceil(LANES);
        let interleaved = source.lanes != LANES;
        let lanes = source.lane_channels();
        let mut taps = Vec::new();
        // A row of the kernel is one tap where the channels of neighbouring pixels follow one another.
        let places: Vec<(usize, usize)> = if interleaved {
            (0..kernel_rows).map(|row| (row, 0)).collect()
        } else {
            (0..kernel_rows)
                .flat_map(|row| (0..kernel_columns).map(move |column| (row, column)))
                .collect()
        };
        let width = if interleaved { kernel_columns } else { 1 };
        for block in 0..source.blocks() {
            for &(row, column) in &places {
                taps.push(block * source.block() + row * source.row() + column * source.lanes);
            }
        }
        let block_weights = taps.len() * source.lanes * width * LANES;
        let mut weights = vec![0.0; blocks * block_weights];
        weights
            .par_chunks_exact_mut(block_weights.max(1))
            .enumerate()
            .for_each(|(block, weights)| {
                let mut weights = weights.chunks_exact_mut(LANES);
                for channels in lanes.chunks(source.lanes.max(1)) {
                    for &(row, column) in &places {
                        for (column, channel) in (column..column + width)
                            .flat_map(|column| channels.iter().map(move |c| (column, c)))
                        {
                            let (Some(weights), Some(channel)) = (weights.next(), channel) else {
                                continue;
                            };
                            let outs = (block * LANES..conv.c_out).zip(weights);
                            for (out, weight) in outs {
                                *weight = conv.at(out, *channel, row, column);
                            }
                        }
                    }
                }
            });
        Self {
            relu: conv.relu,
            blocks,
            taps,
            tap: source.lanes * width,
            x_start,
            x_row: conv.stride * source.row(),
            x_step: conv.stride * source.lanes,
            weights,
            bias: Some(bias),
            raster: Raster {
                first: [0, 0],
                step: 1,
                rows,
                columns,
            },
            reads: source.len(),
        }
    }

    /// The same over pairs of channels in bf16; for an input of blocks of 16.
    pub(crate) fn into_bf16(self) -> Direct<Pair> {
        let factors = |values: usize| values / Pair::CHANNELS;
        let mut weights = Vec::with_capacity(factors(self.weights.len()));
        for pair in self.weights.chunks_exact(Pair::CHANNELS * LANES) {
            let (first, second) = pair.split_at(LANES);
            weights.extend(first.iter().zip(second).map(|(a, b)| Pair::new(*a, *b)));
        }
        Direct {
            relu: self.relu,
            blocks: self.blocks,
            taps: self.taps.into_iter().map(factors).collect(),
            tap: factors(self.tap),
            x_start: factors(self.x_start),
            x_row: factors(self.x_row),
            x_step: factors(self.x_step),
            weights,
            bias: self.bias,
            raster: self.raster,
            reads: factors(self.reads),
        }
    }
}

impl<F: Factor> Direct<F> {
    /// Runs it into `blocks` blocks of an output.
    pub(crate) fn run(
        &self,
        isa: Isa,
        x: &[F],
        output: &mut [f32],
        layout: &Layout,
        threads: usize,
    ) -> Result<(), EngineError> {
        let group = self.group(isa);
        let bands = self.bands(threads, group);
        let starts: Vec<usize> = (0..bands).map(|n| self.raster.rows * n / bands).collect();
        let ends = starts.iter().skip(1).copied().chain([self.raster.rows]);
        let rows: Vec<_> = starts.iter().copied().zip(ends).collect();
        let mut tasks = Vec::new();
        let mut blocks: Vec<&mut [f32]> = output.chunks_exact_mut(layout.block().max(1)).collect();
        for (at, blocks) in blocks.chunks_mut(group).enumerate() {
            let blocks = blocks.iter_mut().map(std::mem::take).collect();
            let bands = cut(blocks, layout, self.raster.step, &starts)?;
            for (&(from, to), outputs) in rows.iter().zip(bands) {
                tasks.push(Task {
                    first_block: at * group,
                    from,
                    to,
                    outputs,
                });
            }
        }
        if threads > 1 {
            tasks
                .par_iter_mut()
                .try_for_each(|task| self.run_task(isa, x, layout, task))
        } else {
            tasks
                .iter_mut()
                .try_for_each(|task| self.run_task(isa, x, layout, task))
        }
    }

    fn run_task(
        &self,
        isa: Isa,
        x: &[F],
        layout: &Layout,
        task: &mut Task<'_>,
    ) -> Result<(), EngineError> {
        let block_weights = self.taps.len() * self.tap * LANES;
        let [first_row, first_column] = self.raster.first;
        let [_, left] = layout.border;
        Band {
            x,
            x_start: self.x_start + task.from * self.x_row,
            x_row: self.x_row,
            x_step: self.x_step,
            rows: task.to - task.from,
            columns: self.raster.columns,
            taps: &self.taps,
            tap: self.tap,
            weights: self
                .weights
                .get(task.first_block * block_weights..)
                .unwrap_or_default(),
            bias: match &self.bias {
                Some(bias) => Some(bias.get(task.first_block * LANES..).unwrap_or_default()),
                None => None,
            },
            relu: self.relu,
            out_start: first_row * layout.row() + (left + first_column) * LANES,
            out_row: self.raster.step * layout.row(),
            out_step: self.raster.step * LANES,
        }
        .run(isa, &mut task.outputs)
    }

    /// Blocks that a tile takes together: as many as the registers hold, and none left alone at the end.
    fn group(&self, isa: Isa) -> usize {
        let most = isa.most_blocks().max(1);
        match self.blocks {
            // Two blocks leave the most pixels to a tile.
            blocks if blocks % 2 == 0 => most.min(2),
            blocks => most.min(blocks),
        }
    }

    /// Bands of rows for a number of threads. A band reads all weights again, a group of blocks all of the input: where there
    /// are groups enough, what is larger is cut. Every thread gets as many tasks as the others.
    fn bands(&self, threads: usize, group: usize) -> usize {
        let groups = self.blocks.div_ceil(group);
        let by_groups = groups >= 2 * threads && self.weights.len() > self.reads;
        let bands = if threads <= 1 {
            1
        } else if by_groups {
            (1..=threads)
                .find(|bands| (bands * groups).is_multiple_of(threads))
                .unwrap_or(threads)
        } else {
            2 * threads
        };
        bands.min(self.raster.rows.max(1))
    }
}

/// Some rows of some blocks.
struct Task<'a> {
    first_block: usize,
    from: usize,
    to: usize,
    outputs: Vec<&'a mut [f32]>,
}

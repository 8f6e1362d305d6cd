//! A convolution made ready for its input and its output: packed weights, taps as offsets, and how it is cut into tasks.

use rayon::prelude::*;

use super::EngineError;
use super::isa::Isa;
use super::kernel::Band;
use super::layout::Layout;
use super::simd::LANES;
use crate::nn::Conv;
use crate::nn::conv::output_size;

impl Conv {
    /// Rows and columns of the output.
    ///
    /// # Errors
    /// If the numbers of weights and channels do not fit each other, or the padded input holds no kernel.
    pub(crate) fn output(&self, rows: usize, columns: usize) -> Result<[usize; 2], EngineError> {
        let [kernel_rows, kernel_columns] = self.kernel;
        let weights = self.c_out * self.c_in * kernel_rows * kernel_columns;
        if self.weight.len() != weights || self.bias.len() != self.c_out || weights == 0 {
            return Err(EngineError::Shape(format!(
                "a convolution from {} to {} channels over {kernel_rows} × {kernel_columns} has {} weights and {} biases",
                self.c_in,
                self.c_out,
                self.weight.len(),
                self.bias.len()
            )));
        }
        output_size(self.kernel, self.stride, self.padding, [rows, columns]).ok_or_else(|| {
            EngineError::Shape(format!(
                "a kernel of {kernel_rows} × {kernel_columns} does not fit into {rows} × {columns} pixels"
            ))
        })
    }

    /// One weight.
    pub(crate) fn at(&self, out: usize, channel: usize, row: usize, column: usize) -> f32 {
        let [rows, columns] = self.kernel;
        let at = ((out * self.c_in + channel) * rows + row) * columns + column;
        self.weight.get(at).copied().unwrap_or(0.0)
    }
}

/// Where a convolution's pixels lie in its output: every `step`-th row and column, from `first` on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Raster {
    pub(crate) first: [usize; 2],
    pub(crate) step: usize,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

/// A convolution from one layout to some blocks of another.
#[derive(Clone, Debug)]
pub(crate) struct Convolution {
    pub(crate) relu: bool,
    /// Blocks of the output.
    pub(crate) blocks: usize,
    /// Where the taps lie, from the first one's place.
    pub(crate) taps: Vec<usize>,
    /// Values of a tap.
    pub(crate) tap: usize,
    /// Where in the input the first tap of the first pixel lies.
    pub(crate) x_start: usize,
    /// Values from the input of one row of output to the next.
    pub(crate) x_row: usize,
    /// Values from the input of one pixel of output to the next.
    pub(crate) x_step: usize,
    /// `[block][tap][values of a tap][16 out]`.
    pub(crate) weights: Vec<f32>,
    /// `[block][16 out]`; `None`: added to what the output holds.
    pub(crate) bias: Option<Vec<f32>>,
    /// Which pixels of the output it makes.
    pub(crate) raster: Raster,
    /// Values of the input.
    pub(crate) reads: usize,
}

impl Convolution {
    /// Packs a convolution that reads `source`.
    pub(crate) fn new(conv: &Conv, source: &Layout) -> Result<Self, EngineError> {
        let [rows, columns] = conv.output(source.rows, source.columns)?;
        let [kernel_rows, kernel_columns] = conv.kernel;
        let ([above, left], [pad_rows, pad_columns]) = (source.border, conv.padding);
        let too_little = EngineError::Internal("a border is narrower than the padding");
        let (Some(first_row), Some(first_column)) =
            (above.checked_sub(pad_rows), left.checked_sub(pad_columns))
        else {
            return Err(too_little);
        };
        let blocks = conv.c_out.div_ceil(LANES);
        let interleaved = source.lanes != LANES;
        let lanes = source.lane_channels();
        let mut taps = Vec::new();
        let mut weights = Vec::new();
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
        for out_block in 0..blocks {
            for channels in lanes.chunks(source.lanes.max(1)) {
                for &(row, column) in &places {
                    for column in column..column + width {
                        for channel in channels {
                            weights.extend((0..LANES).map(|lane| {
                                let out = out_block * LANES + lane;
                                match channel {
                                    Some(channel) if out < conv.c_out => {
                                        conv.at(out, *channel, row, column)
                                    }
                                    _ => 0.0,
                                }
                            }));
                        }
                    }
                }
            }
        }
        let mut bias = conv.bias.clone();
        bias.resize(blocks * LANES, 0.0);
        Ok(Self {
            relu: conv.relu,
            blocks,
            taps,
            tap: source.lanes * width,
            x_start: first_row * source.row() + first_column * source.lanes,
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
        })
    }

    /// Runs it into `blocks` blocks of an output.
    pub(crate) fn run(
        &self,
        isa: Isa,
        x: &[f32],
        output: &mut [f32],
        layout: &Layout,
        threads: usize,
    ) -> Result<(), EngineError> {
        let group = self.group(isa);
        let bands = self.bands(threads, group);
        let mut tasks = Vec::new();
        let mut blocks: Vec<&mut [f32]> = output.chunks_exact_mut(layout.block().max(1)).collect();
        for (at, group_of_blocks) in blocks.chunks_mut(group).enumerate() {
            let mut rest: Vec<&mut [f32]> = group_of_blocks
                .iter_mut()
                .map(|block| std::mem::take(block))
                .collect();
            let mut skipped = 0;
            for band in 0..bands {
                let from = self.raster.rows * band / bands;
                let to = self.raster.rows * (band + 1) / bands;
                // The band's part of each block: from its first row up to the next band's.
                let [above, _] = layout.border;
                let begin = (above + from * self.raster.step) * layout.row();
                let end = if band + 1 == bands {
                    layout.block()
                } else {
                    (above + to * self.raster.step) * layout.row()
                };
                let mut outputs = Vec::with_capacity(rest.len());
                for rest in &mut rest {
                    let whole = std::mem::take(rest);
                    let (part, after) = whole
                        .get_mut(begin - skipped..)
                        .and_then(|from_here| from_here.split_at_mut_checked(end - begin))
                        .ok_or(EngineError::Internal("a band lies outside its block"))?;
                    outputs.push(part);
                    *rest = after;
                }
                skipped = end;
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
        x: &[f32],
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

    /// Blocks that a tile takes together: as many as the form holds, and none left alone at the end.
    fn group(&self, isa: Isa) -> usize {
        let most = isa.most_blocks().max(1);
        match self.blocks {
            // Two blocks leave the most pixels to a tile.
            blocks if blocks % 2 == 0 => most.min(2),
            blocks => most.min(blocks),
        }
    }

    /// Bands of rows for a number of threads. A band reads all weights again, a group of blocks all of the input: where there
    /// are groups enough, what is larger is cut.
    fn bands(&self, threads: usize, group: usize) -> usize {
        let tasks = 2 * threads;
        let groups = self.blocks.div_ceil(group);
        if threads <= 1 || (groups >= tasks && self.weights.len() > self.reads) {
            1
        } else {
            tasks.min(self.raster.rows.max(1))
        }
    }
}

/// Some rows of some blocks.
struct Task<'a> {
    first_block: usize,
    from: usize,
    to: usize,
    outputs: Vec<&'a mut [f32]>,
}

//! 3 × 3 at stride 1 with a quarter of the products: F(4 × 4, 3 × 3), Lavin & Gray 2016.
//!
//! Tiles of 6 × 6 pixels, four apart, are transformed into 36 places; at each place the channels are multiplied as in a
//! convolution of 1 × 1; the 36 sums are transformed back into 4 × 4 pixels. Its rounding error is about ten times that of the
//! direct form (`docs/performance.md` says what that does to P).
//!
//! Written here since no crate has it for processors.

use std::cell::RefCell;

use rayon::prelude::*;

use super::EngineError;
use super::bands::cut;
use super::isa::Isa;
use super::kernel::{
    Band, Epilogue, OUTPUT_TILE, PLACES, Patch, TILE, transform_input, transform_output,
};
use super::layout::Layout;
use super::simd::LANES;

/// Tiles that are transformed together: their places and sums stay in a core's second-level cache.
const TILES: usize = 40;

thread_local! {
    /// A thread's transformed tiles and sums.
    static SCRATCH: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// A convolution over 3 × 3 at stride 1.
#[derive(Debug)]
pub(crate) struct Winograd {
    pub(crate) relu: bool,
    blocks: usize,
    in_blocks: usize,
    /// `[place][block][block in][16 in][16 out]`.
    weights: Vec<f32>,
    /// `[block][16 out]`; `None`: added to what the output holds.
    bias: Option<Vec<f32>>,
    /// Where in a block of the input the first pixel that is read begins.
    x_start: usize,
    x_row: usize,
    x_block: usize,
    /// Rows and columns of output.
    size: [usize; 2],
}

impl Winograd {
    /// Whether a convolution has this form, and gains by it: weights grow fourfold, which small pictures do not pay back.
    pub(crate) fn is_profitable(
        kernel: [usize; 2],
        stride: usize,
        [rows, columns]: [usize; 2],
    ) -> bool {
        kernel == [3, 3] && stride == 1 && rows * columns >= 256
    }

    /// Transforms the weights (out, lane in, row, column) of a convolution that reads `source`, the first tap of its first
    /// pixel at `x_start` of each block.
    pub(crate) fn new(
        weight: &(impl Fn(usize, usize, usize, usize) -> f32 + Sync),
        blocks: usize,
        source: &Layout,
        x_start: usize,
        size: [usize; 2],
    ) -> Self {
        let in_blocks = source.blocks();
        let square = LANES * LANES;
        let mut weights = vec![0.0; PLACES * blocks * in_blocks * square];
        // One pair of blocks after another, each into its square at every place.
        let pairs: Vec<Vec<[f32; PLACES]>> = (0..blocks * in_blocks)
            .into_par_iter()
            .map(|pair| {
                let (block, in_block) = (pair / in_blocks, pair % in_blocks);
                let lanes = (0..square).map(|at| (in_block * LANES + at / LANES, at % LANES));
                lanes
                    .map(|(lane, out)| {
                        transform_kernel(&|row, column| {
                            weight(block * LANES + out, lane, row, column)
                        })
                    })
                    .collect()
            })
            .collect();
        weights
            .par_chunks_exact_mut((blocks * in_blocks * square).max(1))
            .enumerate()
            .for_each(|(place, weights)| {
                for (weights, pair) in weights.chunks_exact_mut(square).zip(&pairs) {
                    for (weight, transformed) in weights.iter_mut().zip(pair) {
                        *weight = transformed.get(place).copied().unwrap_or(0.0);
                    }
                }
            });
        Self {
            relu: false,
            blocks,
            in_blocks,
            weights,
            bias: None,
            x_start,
            x_row: source.row(),
            x_block: source.block(),
            size,
        }
    }

    /// With a bias (none: added to what the output holds) and a ReLU.
    pub(crate) fn epilogue(self, bias: Option<Vec<f32>>, relu: bool) -> Self {
        Self { relu, bias, ..self }
    }

    /// Runs it into some blocks of an output.
    pub(crate) fn run(
        &self,
        isa: Isa,
        x: &[f32],
        output: &mut [f32],
        layout: &Layout,
        threads: usize,
    ) -> Result<(), EngineError> {
        let [rows, columns] = self.size;
        let tile_rows = rows.div_ceil(OUTPUT_TILE);
        let tiles = tile_rows * columns.div_ceil(OUTPUT_TILE);
        // As many bands as keep the tiles in the cache, and the same number for each thread.
        let bands = tiles
            .div_ceil(TILES)
            .next_multiple_of(threads.max(1))
            .min(tile_rows);
        let starts: Vec<usize> = (0..bands).map(|n| tile_rows * n / bands).collect();
        let firsts: Vec<usize> = starts.iter().map(|row| row * OUTPUT_TILE).collect();
        let blocks = output.chunks_exact_mut(layout.block().max(1)).collect();
        let ends = starts.iter().skip(1).copied().chain([tile_rows]);
        let mut tasks: Vec<_> = starts
            .iter()
            .copied()
            .zip(ends)
            .zip(cut(blocks, layout, 1, &firsts)?)
            .collect();
        let work = |((from, to), outputs): &mut ((usize, usize), Vec<&mut [f32]>)| {
            SCRATCH
                .with_borrow_mut(|scratch| self.band(isa, x, *from, *to, outputs, layout, scratch))
        };
        if threads > 1 {
            tasks.par_iter_mut().try_for_each(work)
        } else {
            tasks.iter_mut().try_for_each(work)
        }
    }

    /// Some rows of tiles; `outputs` begin at their first row.
    #[expect(clippy::too_many_arguments, reason = "one task's share of `run`")]
    fn band(
        &self,
        isa: Isa,
        x: &[f32],
        from: usize,
        to: usize,
        outputs: &mut [&mut [f32]],
        layout: &Layout,
        scratch: &mut Vec<f32>,
    ) -> Result<(), EngineError> {
        let [rows, columns] = self.size;
        let across = columns.div_ceil(OUTPUT_TILE);
        let tiles = (to - from) * across;
        let group = isa.most_blocks().clamp(1, 2);
        let place = tiles * LANES;
        let transformed = PLACES * self.in_blocks * place;
        let sums = PLACES * place;
        if scratch.len() < transformed + group * sums {
            scratch.resize(transformed + group * sums, 0.0);
        }
        let (transformed, all_sums) = scratch.split_at_mut(transformed);
        // `[place][block in][tile][16]`
        for block in 0..self.in_blocks {
            for (tile, (row, column)) in corners(from..to, across).enumerate() {
                let patch = Patch {
                    start: block * self.x_block + self.x_start + row * self.x_row + column * LANES,
                    row: self.x_row,
                    rows: TILE.min(rows + 2 - row),
                    columns: TILE.min(columns + 2 - column),
                };
                let at = (block * tiles + tile) * LANES;
                transform_input(isa, x, patch, transformed, at, self.in_blocks * place)?;
            }
        }
        let taps: Vec<usize> = (0..self.in_blocks).map(|block| block * place).collect();
        let zeros = [0.0; 2 * LANES];
        let [_, left] = layout.border;
        for (at, outputs) in outputs.chunks_mut(group).enumerate() {
            let first_block = at * group;
            let mut sums: Vec<&mut [f32]> = all_sums
                .chunks_exact_mut(sums)
                .take(outputs.len())
                .collect();
            for n in 0..PLACES {
                let first = (n * self.blocks + first_block) * self.in_blocks * LANES * LANES;
                Band {
                    x: transformed,
                    x_start: n * self.in_blocks * place,
                    x_row: place,
                    x_step: LANES,
                    rows: 1,
                    columns: tiles,
                    taps: &taps,
                    tap: LANES,
                    weights: self.weights.get(first..).unwrap_or_default(),
                    bias: Some(&zeros),
                    relu: false,
                    out_start: n * place,
                    out_row: place,
                    out_step: LANES,
                }
                .run(isa, &mut sums)?;
            }
            for (block, (output, sums)) in outputs.iter_mut().zip(&sums).enumerate() {
                let bias = self.bias.as_ref().and_then(|bias| {
                    bias.get((first_block + block) * LANES..)?
                        .first_chunk::<LANES>()
                });
                let epilogue = Epilogue {
                    bias,
                    relu: self.relu,
                };
                for (tile, (row, column)) in corners(from..to, across).enumerate() {
                    let patch = Patch {
                        start: (row - from * OUTPUT_TILE) * layout.row() + (left + column) * LANES,
                        row: layout.row(),
                        rows: OUTPUT_TILE.min(rows - row),
                        columns: OUTPUT_TILE.min(columns - column),
                    };
                    transform_output(isa, sums, tile * LANES, place, epilogue, output, patch)?;
                }
            }
        }
        Ok(())
    }
}

/// The first row and column of output of each tile, row by row.
fn corners(rows: std::ops::Range<usize>, across: usize) -> impl Iterator<Item = (usize, usize)> {
    rows.flat_map(move |row| {
        (0..across).map(move |column| (row * OUTPUT_TILE, column * OUTPUT_TILE))
    })
}

/// G · g · Gᵀ, in f64 up to the last rounding.
fn transform_kernel(weight: &impl Fn(usize, usize) -> f32) -> [f32; PLACES] {
    const G: [[f64; 3]; TILE] = [
        [1.0 / 4.0, 0.0, 0.0],
        [-1.0 / 6.0, -1.0 / 6.0, -1.0 / 6.0],
        [-1.0 / 6.0, 1.0 / 6.0, -1.0 / 6.0],
        [1.0 / 24.0, 1.0 / 12.0, 1.0 / 6.0],
        [1.0 / 24.0, -1.0 / 12.0, 1.0 / 6.0],
        [0.0, 0.0, 1.0],
    ];
    let mut transformed = [0.0; PLACES];
    let places = G
        .iter()
        .flat_map(|down| G.iter().map(move |across| (down, across)));
    for (value, (down, across)) in transformed.iter_mut().zip(places) {
        let mut sum = 0.0;
        for (row, down) in down.iter().enumerate() {
            for (column, across) in across.iter().enumerate() {
                sum += down * f64::from(weight(row, column)) * across;
            }
        }
        *value = sum as f32;
    }
    transformed
}

//! A convolution over a band of rows: cut into tiles, after checking that all of them stay inside their slices.

use super::super::EngineError;
use super::super::isa::Isa;
use super::super::simd::LANES;
use super::tile::{AccessPattern, Factor, MOST_BLOCKS, Tile};

/// A band of rows of output, for some blocks of 16 output channels; of an input of factors `F`, values or pairs of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Band<'a, F> {
    /// The input.
    pub(crate) x: &'a [F],
    /// Where in `x` the first tap of the first pixel lies.
    pub(crate) x_start: usize,
    /// Factors from the input of one row of output to the next.
    pub(crate) x_row: usize,
    /// Factors from the input of one pixel of output to the next.
    pub(crate) x_step: usize,
    /// Rows of output.
    pub(crate) rows: usize,
    /// Columns of output.
    pub(crate) columns: usize,
    /// Where the taps lie, from the first tap's place; in the order of the sum.
    pub(crate) taps: &'a [usize],
    /// Factors of a tap.
    pub(crate) tap: usize,
    /// `[block][tap][factors of a tap][16 out]`.
    pub(crate) weights: &'a [F],
    /// What the sums begin with, `[block][16 out]`; `None`: what the output holds.
    pub(crate) bias: Option<&'a [f32]>,
    /// Whether negative results become 0.
    pub(crate) relu: bool,
    /// Where in each output the first pixel goes.
    pub(crate) out_start: usize,
    /// Values from one row of output to the next.
    pub(crate) out_row: usize,
    /// Values from one pixel of output to the next.
    pub(crate) out_step: usize,
}

impl<F: Factor> Band<'_, F> {
    /// Computes the band; there is one output for each block.
    ///
    /// # Errors
    /// If anything would lie outside its slice, or the instruction set has no tile of so many blocks: a bug of the caller.
    pub(crate) fn run(&self, isa: Isa, outputs: &mut [&mut [f32]]) -> Result<(), EngineError> {
        if self.rows == 0 || self.columns == 0 {
            return Ok(());
        }
        self.check(outputs)?;
        let blocks = outputs.len();
        let most = blocks
            .checked_sub(1)
            .and_then(|at| isa.pixels().get(at).copied())
            .filter(|most| *most > 0)
            .ok_or(EngineError::Internal("no tile has so many blocks"))?;
        let mut out = [std::ptr::null_mut(); MOST_BLOCKS];
        for (pointer, output) in out.iter_mut().zip(outputs) {
            *pointer = output.as_mut_ptr();
        }
        let pixel = LANES / F::CHANNELS;
        let reading = if self.tap != pixel {
            AccessPattern::Any
        } else if self.x_step == pixel {
            AccessPattern::Stride1
        } else if self.x_step == 2 * pixel {
            AccessPattern::Stride2
        } else {
            AccessPattern::Any
        };
        // Where rows follow one another without a gap, tiles run on from row to row.
        let flat = self.x_row == self.columns * self.x_step;
        let (runs, run) = if flat {
            (1, self.rows * self.columns)
        } else {
            (self.rows, self.columns)
        };
        // Tiles of nearly the same size: a short one at the end would leave registers empty.
        let tiles = run.div_ceil(most);
        for row in 0..runs {
            let mut from = 0;
            for tile in 0..tiles {
                let to = run * (tile + 1) / tiles;
                let compute = F::tile(isa, blocks, to - from, reading)
                    .ok_or(EngineError::Internal("no such tile"))?;
                let (y, column) = (row + from / self.columns, from % self.columns);
                let out_at = self.out_start + y * self.out_row + column * self.out_step;
                let x_at = self.x_start + row * self.x_row + from * self.x_step;
                // SAFETY: the processor has this instruction set (`Isa`). The pixels lie within the rows and columns whose
                // last one was checked, for the last tap and the last block; outputs are exclusive borrows.
                unsafe {
                    compute(&Tile {
                        x: self.x.as_ptr().add(x_at),
                        taps: self.taps.as_ptr(),
                        n_taps: self.taps.len(),
                        tap: self.tap,
                        step: self.x_step,
                        weights: self.weights.as_ptr(),
                        bias: self.bias.map_or(std::ptr::null(), <[f32]>::as_ptr),
                        floor: if self.relu { 0.0 } else { f32::NEG_INFINITY },
                        out: out.map(|out| out.wrapping_add(out_at)),
                        out_step: self.out_step,
                        left: self.columns - column,
                        width: self.columns,
                        jump: self.out_row - self.columns * self.out_step,
                    });
                }
                from = to;
            }
        }
        Ok(())
    }

    /// Whether the last pixel of the last row lies within its slices, for the furthest tap.
    fn check(&self, outputs: &[&mut [f32]]) -> Result<(), EngineError> {
        let blocks = outputs.len();
        let last_row = self.rows - 1;
        let last_column = self.columns - 1;
        let furthest = self.taps.iter().copied().max().unwrap_or(0);
        let x_end =
            self.x_start + last_row * self.x_row + last_column * self.x_step + furthest + self.tap;
        let out_end =
            self.out_start + last_row * self.out_row + last_column * self.out_step + LANES;
        let inside = x_end <= self.x.len()
            && self.weights.len() >= blocks * self.taps.len() * self.tap * LANES
            && self.bias.is_none_or(|bias| bias.len() >= blocks * LANES)
            && outputs.iter().all(|out| out.len() >= out_end)
            && self.out_step >= LANES
            && self.out_row >= self.columns * self.out_step;
        if inside {
            Ok(())
        } else {
            Err(EngineError::Internal("a band lies outside its slices"))
        }
    }
}

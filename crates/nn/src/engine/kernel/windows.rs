//! Poolings of any window over one block of 16 channels without borders: windows are clipped at the picture's edge.

use std::ops::Range;

use super::super::isa::{Isa, VectorIsa};
use super::super::simd::LANES;

/// Where windows lie over a picture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    /// Rows and columns of the picture.
    pub(crate) input: [usize; 2],
    /// Rows and columns of windows.
    pub(crate) output: [usize; 2],
    /// Rows and columns of a window.
    pub(crate) kernel: usize,
    /// Pixels from one window to the next.
    pub(crate) stride: usize,
    /// Pixels around the picture.
    pub(crate) padding: usize,
}

impl Grid {
    /// Pixels of the picture that a window reaches along one axis.
    #[inline(always)]
    fn reach(&self, at: usize, side: usize) -> Range<usize> {
        let first = at * self.stride;
        let end = (first + self.kernel).saturating_sub(self.padding).min(side);
        first.saturating_sub(self.padding).min(end)..end
    }

    /// The pixels of each window: its place among the windows, and the rows and columns that it reaches.
    #[inline(always)]
    fn windows(&self) -> impl Iterator<Item = (usize, Range<usize>, Range<usize>)> {
        let ([rows, columns], [out_rows, out_columns]) = (self.input, self.output);
        (0..out_rows).flat_map(move |row| {
            (0..out_columns).map(move |column| {
                let window = row * out_columns + column;
                (window, self.reach(row, rows), self.reach(column, columns))
            })
        })
    }

    /// Where the pixels of a window lie.
    #[inline(always)]
    fn pixels(&self, down: Range<usize>, across: Range<usize>) -> impl Iterator<Item = usize> {
        let [_, columns] = self.input;
        down.flat_map(move |row| {
            let first = row * columns;
            first + across.start..first + across.end
        })
    }
}

vectorised! {
    /// The maximum of each window of `x`. A NaN is passed over.
    fn window_max(grid: &Grid, x: &[f32], y: &mut [f32]) {
        let ((x, _), (y, _)) = (x.as_chunks::<LANES>(), y.as_chunks_mut::<LANES>());
        for (window, down, across) in grid.windows() {
            let mut window_max = [f32::NEG_INFINITY; LANES];
            for pixel in grid.pixels(down, across) {
                let Some(x) = x.get(pixel) else { continue };
                for (window_max, x) in window_max.iter_mut().zip(x) {
                    *window_max = if *x > *window_max { *x } else { *window_max };
                }
            }
            if let Some(y) = y.get_mut(window) {
                *y = window_max;
            }
        }
    }
}

vectorised! {
    /// Adds the gradient `dy` of each window's maximum `y` to the first pixel of the window, row by row, that has it in `x`.
    fn window_max_backward(grid: &Grid, x: &[f32], y: &[f32], dy: &[f32], dx: &mut [f32]) {
        let ((x, _), (y, _)) = (x.as_chunks::<LANES>(), y.as_chunks::<LANES>());
        let ((dy, _), (dx, _)) = (dy.as_chunks::<LANES>(), dx.as_chunks_mut::<LANES>());
        for (window, down, across) in grid.windows() {
            let (Some(y), Some(dy)) = (y.get(window), dy.get(window)) else { continue };
            let mut left = *dy;
            for pixel in grid.pixels(down, across) {
                let (Some(x), Some(dx)) = (x.get(pixel), dx.get_mut(pixel)) else { continue };
                for (((dx, left), x), y) in dx.iter_mut().zip(&mut left).zip(x).zip(y) {
                    *dx += if x == y { *left } else { 0.0 };
                    *left = if x == y { 0.0 } else { *left };
                }
            }
        }
    }
}

vectorised! {
    /// The sum of each window of `x`, divided by the pixels of a whole window.
    fn window_mean(grid: &Grid, x: &[f32], y: &mut [f32]) {
        let ((x, _), (y, _)) = (x.as_chunks::<LANES>(), y.as_chunks_mut::<LANES>());
        let share = 1.0 / (grid.kernel * grid.kernel) as f32;
        for (window, down, across) in grid.windows() {
            let mut sum = [0.0; LANES];
            for pixel in grid.pixels(down, across) {
                let Some(x) = x.get(pixel) else { continue };
                for (sum, x) in sum.iter_mut().zip(x) {
                    *sum += x;
                }
            }
            if let Some(y) = y.get_mut(window) {
                *y = sum.map(|sum| sum * share);
            }
        }
    }
}

vectorised! {
    /// Adds each mean's gradient to the pixels of its window.
    fn window_mean_backward(grid: &Grid, dy: &[f32], dx: &mut [f32]) {
        let ((dy, _), (dx, _)) = (dy.as_chunks::<LANES>(), dx.as_chunks_mut::<LANES>());
        let share = 1.0 / (grid.kernel * grid.kernel) as f32;
        for (window, down, across) in grid.windows() {
            let Some(dy) = dy.get(window) else { continue };
            for pixel in grid.pixels(down, across) {
                let Some(dx) = dx.get_mut(pixel) else { continue };
                for (dx, dy) in dx.iter_mut().zip(dy) {
                    *dx += dy * share;
                }
            }
        }
    }
}

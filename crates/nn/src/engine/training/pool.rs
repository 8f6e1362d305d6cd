//! Poolings over a batch, of any window, and their gradients.

use rayon::prelude::*;

use super::super::EngineError;
use super::super::isa::Isa;
use super::super::kernel::{
    Grid, window_max, window_max_backward, window_mean, window_mean_backward,
};
use super::super::simd::LANES;
use crate::conv::output_size;

/// A pooling, for batches of one size of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pool {
    /// Whether it gives the mean, else the maximum.
    pub(crate) mean: bool,
    /// Rows and columns of a window.
    pub(crate) kernel: usize,
    /// Pixels from one window to the next.
    pub(crate) stride: usize,
    /// Pixels around the input. They count as zeros in a mean, and as less than anything in a maximum.
    pub(crate) padding: usize,
    /// Rows and columns of the input.
    pub(crate) size: [usize; 2],
}

impl Pool {
    /// Rows and columns of the output; none where the padded input holds no window, or a window could lie outside the input.
    pub(crate) fn output(&self) -> Option<[usize; 2]> {
        let (kernel, padding) = (self.kernel, self.padding);
        if 2 * padding > kernel {
            return None;
        }
        output_size([kernel; 2], self.stride, [padding; 2], self.size)
    }

    fn grid(&self) -> Result<Grid, EngineError> {
        let output = self
            .output()
            .ok_or(EngineError::Internal("a batch does not hold one window"))?;
        Ok(Grid {
            input: self.size,
            output,
            kernel: self.kernel,
            stride: self.stride,
            padding: self.padding,
        })
    }

    /// The outputs of any number of planes.
    pub(crate) fn forward(&self, isa: Isa, x: &[f32]) -> Result<Vec<f32>, EngineError> {
        let grid = self.grid()?;
        let (from, to) = (area(grid.input), area(grid.output));
        let mut y = vec![0.0; x.len() / from * to];
        y.par_chunks_exact_mut(to)
            .zip(x.par_chunks_exact(from))
            .for_each(|(y, x)| {
                if self.mean {
                    window_mean(isa, &grid, x, y);
                } else {
                    window_max(isa, &grid, x, y);
                }
            });
        Ok(y)
    }

    /// The gradients of the inputs, from those of the outputs.
    pub(crate) fn backward(
        &self,
        isa: Isa,
        x: &[f32],
        y: &[f32],
        dy: &[f32],
    ) -> Result<Vec<f32>, EngineError> {
        let grid = self.grid()?;
        let (from, to) = (area(grid.input), area(grid.output));
        let mut dx = vec![0.0; x.len()];
        dx.par_chunks_exact_mut(from)
            .zip(x.par_chunks_exact(from))
            .zip(y.par_chunks_exact(to))
            .zip(dy.par_chunks_exact(to))
            .for_each(|(((dx, x), y), dy)| {
                if self.mean {
                    window_mean_backward(isa, &grid, dy, dx);
                } else {
                    window_max_backward(isa, &grid, x, y, dy, dx);
                }
            });
        Ok(dx)
    }
}

fn area([rows, columns]: [usize; 2]) -> usize {
    (rows * columns * LANES).max(1)
}

/// The mean of each lane of each plane over its pixels, `[plane][16]`.
pub(crate) fn global_mean(x: &[f32], pixels: usize) -> Vec<f32> {
    let mut means = vec![0.0; x.len() / pixels.max(1)];
    means
        .par_chunks_exact_mut(LANES)
        .zip(x.par_chunks_exact((pixels * LANES).max(1)))
        .for_each(|(means, plane)| {
            for pixel in plane.chunks_exact(LANES) {
                for (mean, value) in means.iter_mut().zip(pixel) {
                    *mean += value;
                }
            }
            for mean in means {
                *mean /= pixels as f32;
            }
        });
    means
}

/// The gradients of the inputs of [`global_mean`], from those of the means.
pub(crate) fn global_mean_backward(dy: &[f32], pixels: usize) -> Vec<f32> {
    let mut dx = vec![0.0; dy.len() * pixels];
    dx.par_chunks_exact_mut((pixels * LANES).max(1))
        .zip(dy.par_chunks_exact(LANES))
        .for_each(|(plane, dy)| {
            for pixel in plane.chunks_exact_mut(LANES) {
                for (dx, dy) in pixel.iter_mut().zip(dy) {
                    *dx = dy / pixels as f32;
                }
            }
        });
    dx
}

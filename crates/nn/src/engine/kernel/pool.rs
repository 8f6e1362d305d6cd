//! Poolings over 3 × 3, on one block of 16 channels. Plain code that the compiler turns into vectors.

use super::super::isa::{Isa, VectorIsa};
use super::super::simd::LANES;

/// A window that moves over a block: rows and columns of the smaller side, and where its pixels lie.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// Rows of windows.
    pub(crate) rows: usize,
    /// Windows in a row.
    pub(crate) columns: usize,
    /// Where the first window's first pixel lies.
    pub(crate) wide_start: usize,
    /// Values from one row of the side that windows move over to the next.
    pub(crate) wide_row: usize,
    /// Where the first window's value lies.
    pub(crate) value_start: usize,
    /// Values from one row of windows' values to the next.
    pub(crate) value_row: usize,
    /// Pixels from one window to the next.
    pub(crate) stride: usize,
    /// Rows and columns of the side that windows move over: places of a maximum that lie outside are passed over.
    pub(crate) wide: [usize; 2],
    /// How far the first window of a maximum reaches above and left of the first pixel.
    pub(crate) padding: usize,
}

/// The nine places of a window.
const PLACES: [(usize, usize); 9] = [
    (0, 0),
    (0, 1),
    (0, 2),
    (1, 0),
    (1, 1),
    (1, 2),
    (2, 0),
    (2, 1),
    (2, 2),
];

impl Window {
    /// Where the pixel of a window at one of [`PLACES`] begins.
    #[inline(always)]
    fn wide(&self, row: usize, column: usize, (down, right): (usize, usize)) -> usize {
        self.wide_start
            + (row * self.stride + down) * self.wide_row
            + (column * self.stride + right) * LANES
    }

    /// The same of a window that may reach over the edge, if the place lies inside; `wide_start` is then the first pixel's.
    #[inline(always)]
    fn inside(&self, row: usize, column: usize, (down, right): (usize, usize)) -> Option<usize> {
        let row = (row * self.stride + down).checked_sub(self.padding)?;
        let column = (column * self.stride + right).checked_sub(self.padding)?;
        let [rows, columns] = self.wide;
        (row < rows && column < columns)
            .then(|| self.wide_start + row * self.wide_row + column * LANES)
    }

    /// Where the value of a window begins.
    #[inline(always)]
    fn value(&self, row: usize, column: usize) -> usize {
        self.value_start + row * self.value_row + column * LANES
    }
}

/// 16 values, zeros where there are none.
#[inline(always)]
fn load(from: &[f32], at: usize) -> [f32; LANES] {
    from.get(at..at + LANES)
        .and_then(|values| values.try_into().ok())
        .unwrap_or_default()
}

vectorised! {
    /// The maximum of each window of `x`. A NaN is passed over.
    fn max_pool(window: &Window, x: &[f32], y: &mut [f32]) {
        for row in 0..window.rows {
            for column in 0..window.columns {
                let mut most = [f32::NEG_INFINITY; LANES];
                for place in PLACES {
                    let Some(at) = window.inside(row, column, place) else { continue };
                    let x = load(x, at);
                    for (most, x) in most.iter_mut().zip(x) {
                        *most = if x > *most { x } else { *most };
                    }
                }
                let at = window.value(row, column);
                if let Some(y) = y.get_mut(at..at + LANES) {
                    y.copy_from_slice(&most);
                }
            }
        }
    }
}

vectorised! {
    /// Adds the gradient `dy` of each window's maximum `y` to where that maximum is in `x`: its first place, row by row, as
    /// PyTorch does. `d_window` says where the gradients lie.
    fn max_pool_backward(window: &Window, x: &[f32], y: &[f32], dy: &[f32], d_window: &Window, dx: &mut [f32]) {
        for row in 0..window.rows {
            for column in 0..window.columns {
                let y = load(y, window.value(row, column));
                let mut left = load(dy, d_window.value(row, column));
                for place in PLACES {
                    let places = (window.inside(row, column, place), d_window.inside(row, column, place));
                    let (Some(from), Some(at)) = places else { continue };
                    let x = load(x, from);
                    let Some(dx) = dx.get_mut(at..at + LANES) else { continue };
                    for (((dx, left), x), y) in dx.iter_mut().zip(&mut left).zip(x).zip(y) {
                        *dx += if x == y { *left } else { 0.0 };
                        *left = if x == y { 0.0 } else { *left };
                    }
                }
            }
        }
    }
}

vectorised! {
    /// The sum of each window of `x`, divided by 9; added to `y` if `add`.
    fn avg_pool(window: &Window, x: &[f32], y: &mut [f32], add: bool) {
        for row in 0..window.rows {
            for column in 0..window.columns {
                let mut sum = [0.0; LANES];
                for place in PLACES {
                    let x = load(x, window.wide(row, column, place));
                    for (sum, x) in sum.iter_mut().zip(x) {
                        *sum += x;
                    }
                }
                let at = window.value(row, column);
                if let Some(y) = y.get_mut(at..at + LANES) {
                    for (y, sum) in y.iter_mut().zip(sum) {
                        *y = sum / 9.0 + if add { *y } else { 0.0 };
                    }
                }
            }
        }
    }
}

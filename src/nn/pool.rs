//! The three poolings of the Inception family, on NCHW batches.

use candle_core::{Result, Tensor};

use super::cpu::{self, Size};
use super::with_values;

/// Maximum over 3 × 3 at stride 2 without padding.
///
/// # Errors
/// If the input has fewer than 3 rows or columns, or the device fails.
pub fn max_pool(x: &Tensor) -> Result<Tensor> {
    let (n, c, rows, columns) = x.dims4()?;
    if rows < 3 || columns < 3 {
        candle_core::bail!(
            "a maximum over 3 × 3 needs 3 rows and columns, and the input has {rows} × {columns}"
        );
    }
    if !x.device().is_cpu() {
        return x.max_pool2d_with_stride((3, 3), (2, 2));
    }
    let (y, size) = with_values(x, |x| Ok(cpu::max_pool(x, Size { rows, columns })))?;
    Tensor::from_vec(y, (n, c, size.rows, size.columns), x.device())
}

/// Mean over 3 × 3 at stride 1 with one pixel of padding. The padding counts: at a border the sum is divided by 9 as well
/// (`F.avg_pool2d` with its default `count_include_pad=True`, as torchvision calls it).
///
/// # Errors
/// If the device fails.
pub fn avg_pool(x: &Tensor) -> Result<Tensor> {
    let (_, _, rows, columns) = x.dims4()?;
    if !x.device().is_cpu() {
        return x
            .pad_with_zeros(2, 1, 1)?
            .pad_with_zeros(3, 1, 1)?
            .avg_pool2d_with_stride((3, 3), (1, 1));
    }
    let y = with_values(x, |x| Ok(cpu::avg_pool(x, Size { rows, columns })))?;
    Tensor::from_vec(y, x.dims(), x.device())
}

/// Mean over all rows and columns: `[n, c, h, w]` to `[n, c]`.
///
/// # Errors
/// If the device fails.
pub fn global_avg_pool(x: &Tensor) -> Result<Tensor> {
    x.mean((2, 3))
}

//! Poolings.

use candle_core::{CpuStorage, CudaStorage, CustomOp1, Device, Layout, Result, Shape, Tensor};

use super::card;
use super::geometry::Pooling;
use super::host::{failed, read, result, values};
use super::{LANES, dims, size_of};
use crate::engine::Isa;
use crate::engine::training::{Pool, global_mean, global_mean_backward};

/// The maximum of each window; the padding is less than anything. Differentiable: the gradient goes to the first place of the
/// maximum, row by row, as PyTorch's.
///
/// # Errors
/// If the padded input holds no window, the padding is more than half a window, or the device fails.
pub fn max_pool(x: &Tensor, pooling: Pooling) -> Result<Tensor> {
    pool(x, pooling, false)
}

/// The mean of each window; the padding is 0 and counts (`count_include_pad=True`, PyTorch's default). Differentiable.
///
/// # Errors
/// As [`max_pool`].
pub fn avg_pool(x: &Tensor, pooling: Pooling) -> Result<Tensor> {
    pool(x, pooling, true)
}

/// The gradient of [`max_pool`] (or [`avg_pool`], if `mean`) towards `x`, from its output `y` and the gradient of that.
///
/// # Errors
/// As [`max_pool`].
pub fn pool_backward(
    x: &Tensor,
    y: &Tensor,
    dy: &Tensor,
    pooling: Pooling,
    mean: bool,
) -> Result<Tensor> {
    Window::over(x, pooling, mean)?.backward(x, y, dy)
}

fn pool(x: &Tensor, pooling: Pooling, mean: bool) -> Result<Tensor> {
    x.contiguous()?.apply_op1(Window::over(x, pooling, mean)?)
}

impl Window {
    fn over(x: &Tensor, pooling: Pooling, mean: bool) -> Result<Self> {
        let [rows, columns] = size_of(x)?;
        let pool = Pool {
            mean,
            kernel: pooling.kernel,
            stride: pooling.stride,
            padding: pooling.padding,
            size: [rows, columns],
        };
        let Some(output) = pool.output() else {
            candle_core::bail!(
                "a window of {0} × {0} at stride {1} with padding {2} does not fit over {rows} × {columns} pixels",
                pooling.kernel,
                pooling.stride,
                pooling.padding
            );
        };
        Ok(Self {
            pool,
            output,
            isa: Isa::best(),
        })
    }
}

struct Window {
    pool: Pool,
    output: [usize; 2],
    isa: Isa,
}

impl CustomOp1 for Window {
    fn name(&self) -> &'static str {
        if self.pool.mean {
            "avg_pool"
        } else {
            "max_pool"
        }
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let y = self
            .pool
            .forward(self.isa, values(x, layout)?)
            .map_err(failed)?;
        let [rows, columns] = self.output;
        let dims: Vec<usize> = layout
            .dims()
            .iter()
            .take(2)
            .copied()
            .chain([rows, columns, LANES])
            .collect();
        Ok(result(y, dims))
    }

    fn cuda_fwd(&self, x: &CudaStorage, layout: &Layout) -> Result<(CudaStorage, Shape)> {
        card::pool(x, layout, self.pooling(), self.pool.mean, self.output)
    }

    fn bwd(&self, x: &Tensor, y: &Tensor, dy: &Tensor) -> Result<Option<Tensor>> {
        self.backward(x, y, dy).map(Some)
    }
}

impl Window {
    fn pooling(&self) -> Pooling {
        Pooling {
            kernel: self.pool.kernel,
            stride: self.pool.stride,
            padding: self.pool.padding,
        }
    }

    fn backward(&self, x: &Tensor, y: &Tensor, dy: &Tensor) -> Result<Tensor> {
        let (x, y, dy) = (x.contiguous()?, y.contiguous()?, dy.contiguous()?);
        if !x.device().is_cpu() {
            return card::pool_backward(&x, &dy, self.pooling(), self.pool.mean);
        }
        let dx = read(&x, |x| {
            read(&y, |y| {
                read(&dy, |dy| {
                    self.pool.backward(self.isa, x, y, dy).map_err(failed)
                })
            })
        })?;
        Tensor::from_vec(dx, x.shape(), &Device::Cpu)
    }
}

/// The mean of each channel over all pixels: an activation to `[n, channels]`. Differentiable.
///
/// # Errors
/// If it is no activation of so many channels, or the device fails.
pub fn global_avg_pool(x: &Tensor, channels: usize) -> Result<Tensor> {
    if !x.device().is_cpu() {
        let pixels = size_of(x)?.into_iter().product();
        return x.contiguous()?.apply_op1(Mean { pixels });
    }
    let (n, blocks, rows, columns) = dims(x)?;
    if channels.div_ceil(LANES) != blocks {
        candle_core::bail!("{:?} is no activation of {channels} channels", x.dims());
    }
    let means = x.contiguous()?.apply_op1(Mean {
        pixels: rows * columns,
    })?;
    means.reshape((n, blocks * LANES))?.narrow(1, 0, channels)
}

struct Mean {
    pixels: usize,
}

impl CustomOp1 for Mean {
    fn name(&self) -> &'static str {
        "global_avg_pool"
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let means = global_mean(values(x, layout)?, self.pixels);
        let dims: Vec<usize> = layout
            .dims()
            .iter()
            .take(2)
            .copied()
            .chain([LANES])
            .collect();
        Ok(result(means, dims))
    }

    fn cuda_fwd(&self, x: &CudaStorage, layout: &Layout) -> Result<(CudaStorage, Shape)> {
        card::global_mean(x, layout)
    }

    fn bwd(&self, x: &Tensor, _y: &Tensor, dy: &Tensor) -> Result<Option<Tensor>> {
        if !x.device().is_cpu() {
            return card::global_mean_backward(x, &dy.contiguous()?).map(Some);
        }
        let dx = read(&dy.contiguous()?, |dy| {
            Ok(global_mean_backward(dy, self.pixels))
        })?;
        Tensor::from_vec(dx, x.shape(), &Device::Cpu).map(Some)
    }
}

/// The gradient of [`global_avg_pool`] towards `x`, from the gradient `[n, channels]` of its output.
///
/// # Errors
/// If the shapes do not fit each other, or the device fails.
pub fn global_avg_pool_backward(x: &Tensor, dy: &Tensor) -> Result<Tensor> {
    if !x.device().is_cpu() {
        return card::global_mean_backward(&x.contiguous()?, &dy.contiguous()?);
    }
    let (_, blocks, _, _) = dims(x)?;
    let missing = (blocks * LANES).saturating_sub(dy.dim(1)?);
    spread(x, &dy.pad_with_zeros(1, 0, missing)?)
}

/// Each pixel's share of the gradient of a mean.
fn spread(x: &Tensor, dy: &Tensor) -> Result<Tensor> {
    let (_, _, rows, columns) = dims(x)?;
    let dx = read(&dy.contiguous()?, |dy| {
        Ok(global_mean_backward(dy, rows * columns))
    })?;
    Tensor::from_vec(dx, x.shape(), &Device::Cpu)
}

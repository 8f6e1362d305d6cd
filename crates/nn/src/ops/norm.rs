//! Batch norm, with the ReLU that follows it where one does.

use std::sync::Arc;

use candle_core::{
    CpuStorage, CudaStorage, CustomOp3, Device, InplaceOp2, Layout, Result, Shape, Tensor,
};

use super::card;
use super::convolution::{conv2d, conv2d_with_statistics};
use super::geometry::ConvGeometry;
use super::host::{failed, read, result, values, values_mut};
use super::{LANES, dims};
use crate::engine::Isa;
use crate::engine::training::{BatchNormParameters as HostNorm, NormGradient, Statistics};

/// Mean and variance of each channel over a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    /// Means, `[c]`.
    pub mean: Vec<f32>,
    /// Variances, divided by the number of values, `[c]`.
    pub var: Vec<f32>,
    /// Values of a channel: frames times pixels.
    pub count: usize,
}

/// Where mean and variance come from.
#[derive(Clone, Copy, Debug)]
pub enum BatchNormMode<'a> {
    /// From the batch, which the gradient follows: training.
    Batch,
    /// From earlier batches (running statistics), constants for the gradient: evaluation, or a frozen norm.
    RunningStatistics {
        /// Means, `[c]`.
        mean: &'a [f32],
        /// Variances, not negative, `[c]`.
        var: &'a [f32],
    },
}

/// A batch norm's parameters.
#[derive(Clone, Copy, Debug)]
pub struct BatchNormParameters<'a> {
    /// Scale (γ), `[c]`.
    pub weight: &'a Tensor,
    /// Shift (β), `[c]`.
    pub bias: &'a Tensor,
    /// Added to the variance.
    pub eps: f64,
    /// Whether negative results become 0.
    pub relu: bool,
}

/// Mean and variance that a batch norm used, and whether they move with its input.
#[derive(Clone, Debug)]
pub struct SavedStatistics {
    statistics: Arc<Statistics>,
    /// The same on the card where the activation is, `[2, c]`.
    on_card: Option<Tensor>,
    of_batch: bool,
    channels: usize,
    count: usize,
}

impl SavedStatistics {
    /// The moments that were used.
    #[must_use]
    pub fn moments(&self) -> Moments {
        let take = |values: &[f32]| values.iter().take(self.channels).copied().collect();
        Moments {
            mean: take(&self.statistics.mean),
            var: take(&self.statistics.var),
            count: self.count,
        }
    }
}

/// Batch norm of an activation (Ioffe & Szegedy 2015), and the statistics that it used. Differentiable towards the input, γ
/// and β; at the ReLU's zero the derivative is 0.
///
/// # Errors
/// If the numbers of channels do not fit, or the device fails.
pub fn batch_norm(
    x: &Tensor,
    norm: BatchNormParameters<'_>,
    mode: BatchNormMode<'_>,
) -> Result<(Tensor, SavedStatistics)> {
    let channels = norm.weight.elem_count();
    if !x.device().is_cpu() {
        return norm_on_card(x, norm, mode, channels);
    }
    let (n, blocks, rows, columns) = dims(x)?;
    if channels.div_ceil(LANES) != blocks || norm.bias.elem_count() != channels {
        candle_core::bail!(
            "a batch norm of {channels} channels (β: {}) is given {:?}",
            norm.bias.elem_count(),
            x.dims()
        );
    }
    let x = x.contiguous()?;
    let (statistics, of_batch) = match mode {
        BatchNormMode::Batch => {
            let of = |x: &[f32]| Statistics::of(Isa::best(), x, n, blocks).map_err(failed);
            (read(&x, of)?, true)
        }
        BatchNormMode::RunningStatistics { mean, var } => {
            if mean.len() != channels || var.len() != channels {
                candle_core::bail!(
                    "a batch norm of {channels} channels has {} means and {} variances",
                    mean.len(),
                    var.len()
                );
            }
            let pad = |values: &[f32]| {
                let mut values = values.to_vec();
                values.resize(blocks * LANES, 0.0);
                values
            };
            let given = Statistics {
                mean: pad(mean),
                var: pad(var),
            };
            (given, false)
        }
    };
    let normed = SavedStatistics {
        statistics: Arc::new(statistics),
        on_card: None,
        of_batch,
        channels,
        count: n * rows * columns,
    };
    apply(&x, norm, normed)
}

/// The convolution of an activation, and the batch norm of its output by the batch's statistics: [`conv2d`] and [`batch_norm`],
/// but that on the processor each frame's output is summed while it is still in the caches.
///
/// # Errors
/// As of both.
pub fn conv2d_batch_norm(
    x: &Tensor,
    weight: &Tensor,
    geometry: ConvGeometry,
    norm: BatchNormParameters<'_>,
) -> Result<(Tensor, Tensor, SavedStatistics)> {
    if !x.device().is_cpu() {
        let made = conv2d(x, weight, geometry)?;
        let (y, normed) = batch_norm(&made, norm, BatchNormMode::Batch)?;
        return Ok((made, y, normed));
    }
    let (made, statistics) = conv2d_with_statistics(x, weight, geometry)?;
    let channels = weight.dim(0)?;
    if [norm.weight, norm.bias].map(Tensor::elem_count) != [channels; 2] {
        candle_core::bail!(
            "a batch norm follows {channels} channels with other numbers of its own"
        );
    }
    let (n, _, rows, columns) = dims(&made)?;
    let normed = SavedStatistics {
        statistics: Arc::new(statistics),
        on_card: None,
        of_batch: true,
        channels,
        count: n * rows * columns,
    };
    let (y, normed) = apply(&made, norm, normed)?;
    Ok((made, y, normed))
}

fn apply(
    x: &Tensor,
    norm: BatchNormParameters<'_>,
    normed: SavedStatistics,
) -> Result<(Tensor, SavedStatistics)> {
    let op = Forward {
        normed: normed.clone(),
        eps: norm.eps,
        relu: norm.relu,
        isa: Isa::best(),
    };
    let y = x.apply_op3(&norm.weight.contiguous()?, &norm.bias.contiguous()?, op)?;
    Ok((y, normed))
}

/// [`batch_norm`] of an activation on a card. The moments are read back at once, since the running statistics follow them.
fn norm_on_card(
    x: &Tensor,
    norm: BatchNormParameters<'_>,
    mode: BatchNormMode<'_>,
    channels: usize,
) -> Result<(Tensor, SavedStatistics)> {
    let x = x.contiguous()?;
    let (n, own, rows, columns) = x.dims4()?;
    if own != channels || norm.bias.elem_count() != channels {
        candle_core::bail!(
            "a batch norm of {channels} channels is given {:?}",
            x.dims()
        );
    }
    let (on_card, of_batch) = match mode {
        BatchNormMode::Batch => (card::norm_statistics(&x)?, true),
        BatchNormMode::RunningStatistics { mean, var } => {
            let given = Tensor::from_vec([mean, var].concat(), (2, channels), x.device())?;
            (given, false)
        }
    };
    let mut mean: Vec<f32> = on_card.flatten_all()?.to_vec1()?;
    let var = mean.split_off(channels);
    let normed = SavedStatistics {
        statistics: Arc::new(Statistics { mean, var }),
        on_card: Some(on_card),
        of_batch,
        channels,
        count: n * rows * columns,
    };
    apply(&x, norm, normed)
}

/// The gradients of [`batch_norm`] towards `x`, γ and β, from the gradient of its output, which is used up: on the processor the
/// first of them takes its memory.
///
/// # Errors
/// If the shapes do not fit each other, or the device fails.
pub fn batch_norm_backward(
    x: &Tensor,
    norm: BatchNormParameters<'_>,
    normed: &SavedStatistics,
    dy: Tensor,
) -> Result<[Tensor; 3]> {
    let x = x.contiguous()?;
    let dy = if dy.is_contiguous() {
        dy
    } else {
        dy.contiguous()?
    };
    let (weight, bias) = (norm.weight.contiguous()?, norm.bias.contiguous()?);
    if let Some(statistics) = &normed.on_card {
        let tensors = [statistics, &weight, &bias];
        return card::norm_backward(&x, &dy, tensors, (norm.eps, norm.relu), normed.of_batch);
    }
    let (statistics, of_batch, n) = (&normed.statistics, normed.of_batch, x.dim(0)?);
    let made = read(&weight, |weight| {
        read(&bias, |bias| {
            let norm = HostNorm {
                weight,
                bias,
                eps: norm.eps,
                relu: norm.relu,
            };
            let made = read(&x, |x| {
                read(&dy, |dy| {
                    norm.towards_parameters(Isa::best(), statistics, of_batch, x, dy, n)
                        .map_err(failed)
                })
            })?;
            let op = Backward {
                norm,
                made: &made,
                n,
            };
            dy.inplace_op2(&x, &op)?;
            Ok(made)
        })
    })?;
    let tensor = |values, like: &Tensor| Tensor::from_vec(values, like.shape(), &Device::Cpu);
    Ok([dy, tensor(made.weight, &weight)?, tensor(made.bias, &bias)?])
}

/// dy → dx, in its place.
struct Backward<'a> {
    norm: HostNorm<'a>,
    made: &'a NormGradient,
    n: usize,
}

impl InplaceOp2 for Backward<'_> {
    fn name(&self) -> &'static str {
        "batch norm towards its input"
    }

    fn cpu_fwd(
        &self,
        dy: &mut CpuStorage,
        dy_layout: &Layout,
        x: &CpuStorage,
        x_layout: &Layout,
    ) -> Result<()> {
        let dy = values_mut(dy, dy_layout)?;
        self.norm
            .backward_input(Isa::best(), self.made, values(x, x_layout)?, dy, self.n)
            .map_err(failed)
    }
}

/// (x, γ, β) → y.
struct Forward {
    normed: SavedStatistics,
    eps: f64,
    relu: bool,
    isa: Isa,
}

impl CustomOp3 for Forward {
    fn name(&self) -> &'static str {
        "batch norm"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        weight: &CpuStorage,
        weight_layout: &Layout,
        bias: &CpuStorage,
        bias_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let norm = HostNorm {
            weight: values(weight, weight_layout)?,
            bias: values(bias, bias_layout)?,
            eps: self.eps,
            relu: self.relu,
        };
        let n = x_layout.dims().first().copied().unwrap_or(0);
        let y = norm
            .forward(self.isa, &self.normed.statistics, values(x, x_layout)?, n)
            .map_err(failed)?;
        Ok(result(y, x_layout.shape().clone()))
    }

    fn cuda_fwd(
        &self,
        x: &CudaStorage,
        x_layout: &Layout,
        weight: &CudaStorage,
        weight_layout: &Layout,
        bias: &CudaStorage,
        bias_layout: &Layout,
    ) -> Result<(CudaStorage, Shape)> {
        let Some(statistics) = &self.normed.on_card else {
            candle_core::bail!("a batch norm's statistics are not on the card");
        };
        card::norm(
            (x, x_layout),
            statistics,
            (weight, weight_layout),
            (bias, bias_layout),
            (self.eps, self.relu),
        )
    }

    fn bwd(
        &self,
        x: &Tensor,
        weight: &Tensor,
        bias: &Tensor,
        _y: &Tensor,
        dy: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let norm = BatchNormParameters {
            weight,
            bias,
            eps: self.eps,
            relu: self.relu,
        };
        let [dx, dweight, dbias] = batch_norm_backward(x, norm, &self.normed, dy.copy()?)?;
        Ok((Some(dx), Some(dweight), Some(dbias)))
    }
}

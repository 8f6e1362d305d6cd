//! Convolutions of training in bf16: what PyTorch's autocast does to them. The operands are rounded to bf16, products are added in f32, and
//! the results are rounded; all else (batch norms and their statistics, heads, loss, weights and what the optimiser keeps) is f32.
//!
//! On a card cuDNN multiplies bf16, which tensor cores do. On the processor the same is emulated: operands rounded to bf16, computed in f32,
//! results rounded. That gains nothing there; it holds a card's results, and a training that began on a card can go on.

use candle_core::{DType, Result, Tensor};

use super::convolution::{conv2d, conv2d_backward};
use super::geometry::ConvGeometry;
use super::norm::{
    BatchNormMode, BatchNormParameters, SavedStatistics, batch_norm, conv2d_batch_norm,
};
use crate::Precision;

/// An operand of convolutions in a precision: itself in f32, rounded in bf16. On a card it takes half the memory then.
///
/// # Errors
/// If the device fails, or the precision is no type to train in.
pub fn operand(x: &Tensor, precision: Precision) -> Result<Tensor> {
    match precision {
        Precision::F32 => Ok(x.clone()),
        Precision::Tf32 => candle_core::bail!("training computes in f32 or bf16, and not in tf32"),
        Precision::Bf16 if x.device().is_cpu() => rounded(x),
        Precision::Bf16 => x.to_dtype(DType::BF16),
    }
}

/// The result of a convolution of [`operand`]s, as f32.
fn result(y: &Tensor, precision: Precision) -> Result<Tensor> {
    match precision {
        Precision::Bf16 if y.device().is_cpu() => rounded(y),
        Precision::Bf16 => y.to_dtype(DType::F32),
        Precision::F32 | Precision::Tf32 => Ok(y.clone()),
    }
}

/// The nearest values of bf16, as f32.
fn rounded(x: &Tensor) -> Result<Tensor> {
    x.to_dtype(DType::BF16)?.to_dtype(DType::F32)
}

/// The convolution of [`operand`]s.
///
/// # Errors
/// As [`conv2d`].
pub fn conv2d_in(
    precision: Precision,
    x: &Tensor,
    weight: &Tensor,
    geometry: ConvGeometry,
) -> Result<Tensor> {
    result(&conv2d(x, weight, geometry)?, precision)
}

/// As [`conv2d_batch_norm`], of [`operand`]s: the norm is f32, by the statistics of the rounded results.
///
/// # Errors
/// As there.
pub fn conv2d_batch_norm_in(
    precision: Precision,
    x: &Tensor,
    weight: &Tensor,
    geometry: ConvGeometry,
    norm: BatchNormParameters<'_>,
) -> Result<(Tensor, Tensor, SavedStatistics)> {
    if precision == Precision::F32 {
        return conv2d_batch_norm(x, weight, geometry, norm);
    }
    let made = conv2d_in(precision, x, weight, geometry)?.detach();
    let (y, normed) = batch_norm(&made, norm, BatchNormMode::Batch)?;
    Ok((made, y, normed))
}

/// The gradients of [`conv2d_in`] towards `x`, where that is wanted, and towards the weights, as f32; `dy` is f32.
///
/// # Errors
/// As [`conv2d_backward`].
pub fn conv2d_backward_in(
    precision: Precision,
    [x, weight]: [&Tensor; 2],
    dy: &Tensor,
    geometry: ConvGeometry,
    towards_x: bool,
) -> Result<(Option<Tensor>, Tensor)> {
    let dy = operand(dy, precision)?;
    let (dx, dweight) = conv2d_backward(x, weight, &dy, geometry, towards_x)?;
    let dx = dx.map(|dx| result(&dx, precision)).transpose()?;
    Ok((dx, result(&dweight, precision)?))
}

//! Convolutions of training on a card, over Candle's memory there, in f32 or bf16: the type of the operands. Products are added in f32.

use candle_core::cuda_backend::CudaDType;
use candle_core::cuda_backend::cudarc::driver::DeviceRepr;
use candle_core::{CudaStorage, Result};
use half::bf16;

use super::card::Card;
use super::convolution::{NumericFormat, Operands};
use super::filters::Shape;
use super::operand::{Dtype, Extent, Order, Strided};
use super::ops::{Operand, OutputBuffer};
use super::prepared::{Direction, Prepared, Training};
use crate::Precision;

/// Runs a convolution, prepared when its shape first comes.
fn convolve(
    card: &Card,
    (direction, shape, dtype): (Direction, Shape, Dtype),
    operands: &Operands,
) -> Result<()> {
    let mut locked = card.locked()?;
    let key = Training {
        direction,
        shape,
        x: operands.x.1,
        dtype,
    };
    let prepared = if let Some(known) = locked.take_training(&key) {
        // SAFETY: the addresses are those of tensors and rooms of these extents.
        unsafe { known.run(&mut locked, operands) }?;
        known
    } else {
        let numbers = match dtype {
            Dtype::F32 => NumericFormat::of(Precision::F32),
            // As Candle has activations and weights: planes.
            Dtype::Bf16 => NumericFormat {
                order: Order::Planes,
                ..NumericFormat::of(Precision::Bf16)
            },
        };
        // SAFETY: likewise.
        unsafe { Prepared::new(&mut locked, direction, shape, numbers, operands) }?
    };
    locked.put_training(key, prepared);
    Ok(())
}

fn operands(x: (Strided, Extent), weight: u64, y: (Strided, Extent)) -> Operands {
    Operands {
        x,
        y,
        gap: false,
        weight,
        bias: None,
        scratch: 0,
        accumulate: false,
    }
}

/// Runs a convolution of operands of one type, whose result has so many values: `with` makes the operands from its address.
fn made<T: CudaDType + DeviceRepr>(
    card: &Card,
    what: (Direction, Shape, Dtype),
    values: usize,
    with: impl FnOnce(u64) -> Result<Operands>,
) -> Result<CudaStorage> {
    let room = OutputBuffer::<T>::new(card, values)?;
    convolve(card, what, &with(room.at)?)?;
    Ok(room.storage(card.device()))
}

/// The same in the type of the operands.
fn made_in(
    card: &Card,
    what: (Direction, Shape, Dtype),
    values: usize,
    with: impl FnOnce(u64) -> Result<Operands>,
) -> Result<CudaStorage> {
    match what.2 {
        Dtype::F32 => made::<f32>(card, what, values, with),
        Dtype::Bf16 => made::<bf16>(card, what, values, with),
    }
}

/// The output `[n, c_out, rows, columns]`, of `size` rows and columns.
pub(crate) fn conv2d(
    x: Operand<'_>,
    weight: Operand<'_>,
    shape: Shape,
    size: [usize; 2],
) -> Result<CudaStorage> {
    let (card, dtype) = (x.card()?, x.dtype()?);
    let (strided, extent) = x.activation_in(dtype)?;
    let [c_out, ..] = shape.weight;
    let made = Extent::new(extent.frames as usize, c_out, size, Order::Planes);
    let what = (Direction::Forward, shape, dtype);
    made_in(&card, what, made.count(), |at| {
        let y = (Strided::whole(at, made), made);
        Ok(operands((strided, extent), weight.at_in(dtype)?, y))
    })
}

/// The gradient towards the input, of `size` rows and columns.
pub(crate) fn conv2d_backward_input(
    dy: Operand<'_>,
    weight: Operand<'_>,
    shape: Shape,
    size: [usize; 2],
) -> Result<CudaStorage> {
    let (card, dtype) = (dy.card()?, dy.dtype()?);
    let dy = dy.activation_in(dtype)?;
    let [_, c_in, ..] = shape.weight;
    let made = Extent::new(dy.1.frames as usize, c_in, size, Order::Planes);
    let what = (Direction::BackwardData, shape, dtype);
    made_in(&card, what, made.count(), |at| {
        let dx = (Strided::whole(at, made), made);
        Ok(operands(dx, weight.at_in(dtype)?, dy))
    })
}

/// The gradient towards the weights.
pub(crate) fn conv2d_backward_weights(
    x: Operand<'_>,
    dy: Operand<'_>,
    shape: Shape,
) -> Result<CudaStorage> {
    let (card, dtype) = (x.card()?, x.dtype()?);
    let what = (Direction::BackwardFilter, shape, dtype);
    made_in(&card, what, shape.weight.iter().product(), |at| {
        Ok(operands(
            x.activation_in(dtype)?,
            at,
            dy.activation_in(dtype)?,
        ))
    })
}

//! The layers of training on a card, over Candle's memory there: f32, `[n, c, rows, columns]`, contiguous. Convolutions also take and give
//! bf16, and add in f32.

use candle_core::backend::BackendStorage as _;
use candle_core::cuda_backend::CudaDType;
use candle_core::cuda_backend::cudarc::driver::{CudaSlice, DevicePtr as _, DeviceRepr};
use candle_core::{CudaDevice, CudaStorage, DType, Device, Layout, Result};
use half::bf16;

use super::call::Call;
use super::card::{Card, DeviceBuffer, LockedCard, failed};
use super::convolution::{NumericFormat, Operands};
use super::norm_call::{FACTORS, NormAddresses, SUMS};
use super::operand::{Dtype, Extent, Order, Strided, Window};
use super::prepared::{Direction, Prepared, Shape, Training};
use crate::Precision;

/// A contiguous tensor on a card.
#[derive(Clone, Copy)]
pub(crate) struct Operand<'a> {
    storage: &'a CudaStorage,
    layout: &'a Layout,
}

impl<'a> Operand<'a> {
    pub(crate) fn new(storage: &'a CudaStorage, layout: &'a Layout) -> Result<Self> {
        if layout.contiguous_offsets().is_none() {
            candle_core::bail!("an operand is not contiguous");
        }
        Ok(Self { storage, layout })
    }

    /// Of f32.
    fn at(self) -> Result<u64> {
        self.begins::<f32>(Dtype::F32)
    }

    /// Of a convolution's type.
    fn at_in(self, dtype: Dtype) -> Result<u64> {
        match dtype {
            Dtype::F32 => self.begins::<f32>(dtype),
            Dtype::Bf16 => self.begins::<bf16>(dtype),
        }
    }

    fn begins<T: CudaDType>(self, dtype: Dtype) -> Result<u64> {
        let slice = self.storage.as_cuda_slice::<T>()?;
        let (at, _) = slice.device_ptr(slice.stream());
        Ok(at + self.layout.start_offset() as u64 * dtype.bytes())
    }

    /// What a convolution of it is computed in.
    fn dtype(self) -> Result<Dtype> {
        match self.storage.dtype() {
            DType::F32 => Ok(Dtype::F32),
            DType::BF16 => Ok(Dtype::Bf16),
            other => candle_core::bail!("an operand is {other:?}, and not f32 or bf16"),
        }
    }

    fn extent(self) -> Result<Extent> {
        let (n, channels, rows, columns) = self.layout.shape().dims4()?;
        Ok(Extent::new(n, channels, [rows, columns], Order::Planes))
    }

    fn activation(self) -> Result<(Strided, Extent)> {
        let extent = self.extent()?;
        Ok((Strided::whole(self.at()?, extent), extent))
    }

    fn activation_in(self, dtype: Dtype) -> Result<(Strided, Extent)> {
        let extent = self.extent()?;
        Ok((Strided::whole(self.at_in(dtype)?, extent), extent))
    }

    fn card(self) -> Result<std::sync::Arc<Card>> {
        Card::of(&Device::Cuda(self.storage.device.clone()))
    }
}

/// Room for a result.
struct OutputBuffer<T = f32> {
    slice: CudaSlice<T>,
    at: u64,
}

impl<T: CudaDType + DeviceRepr> OutputBuffer<T> {
    fn new(card: &Card, values: usize) -> Result<Self> {
        // SAFETY: whoever takes it writes every value.
        let slice = unsafe { card.stream().alloc::<T>(values.max(1)) }.map_err(failed)?;
        let (at, _) = slice.device_ptr(card.stream());
        Ok(Self { slice, at })
    }

    fn storage(self, device: &CudaDevice) -> CudaStorage {
        T::wrap_cuda_slice(self.slice, device.clone())
    }
}

fn start(locked: &mut LockedCard<'_>, calls: &[Call]) -> Result<()> {
    for call in calls {
        // SAFETY: the addresses are those of tensors and of rooms of the extents that the calls name.
        unsafe { locked.start(call) }?;
    }
    Ok(())
}

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

/// The maximum or the mean of each window; `size` rows and columns come out.
pub(crate) fn pool(
    x: Operand<'_>,
    mean: bool,
    window: Window,
    size: [usize; 2],
) -> Result<CudaStorage> {
    let card = x.card()?;
    let x = x.activation()?;
    let made = Extent::new(
        x.1.frames as usize,
        x.1.channels as usize,
        size,
        Order::Planes,
    );
    let room = OutputBuffer::new(&card, made.count())?;
    let y = (Strided::whole(room.at, made), made);
    let call = Call::pool(Dtype::F32, mean, y, x, window);
    start(&mut card.locked()?, &[call])?;
    Ok(room.storage(card.device()))
}

/// The gradient of [`pool`].
pub(crate) fn pool_backward(
    x: Operand<'_>,
    dy: Operand<'_>,
    mean: bool,
    window: Window,
) -> Result<CudaStorage> {
    let card = x.card()?;
    let (x, extent) = x.activation()?;
    let room = OutputBuffer::new(&card, extent.count())?;
    let dx = (Strided::whole(room.at, extent), extent);
    let call = Call::pool_backward(Dtype::F32, mean, dx, x, dy.activation()?, window, false);
    start(&mut card.locked()?, &[call])?;
    Ok(room.storage(card.device()))
}

/// The mean of each channel, `[n, c]`.
pub(crate) fn global_mean(x: Operand<'_>) -> Result<CudaStorage> {
    let card = x.card()?;
    let x = x.activation()?;
    let room = OutputBuffer::new(&card, (x.1.frames * x.1.channels) as usize)?;
    start(&mut card.locked()?, &[Call::mean(Dtype::F32, room.at, x)])?;
    Ok(room.storage(card.device()))
}

/// The gradient of [`global_mean`] of `x`.
pub(crate) fn global_mean_backward(x: Operand<'_>, d_means: Operand<'_>) -> Result<CudaStorage> {
    let card = x.card()?;
    let extent = x.extent()?;
    let room = OutputBuffer::new(&card, extent.count())?;
    let dx = (Strided::whole(room.at, extent), extent);
    let call = Call::mean_backward(Dtype::F32, dx, d_means.at()?);
    start(&mut card.locked()?, &[call])?;
    Ok(room.storage(card.device()))
}

/// Mean and variance (divided by the number of values) of each channel, `[2, c]`.
pub(crate) fn norm_statistics(x: Operand<'_>) -> Result<CudaStorage> {
    let card = x.card()?;
    let x = x.activation()?;
    let channels = x.1.channels as usize;
    let sums = DeviceBuffer::zeros(card.stream(), channels * SUMS)?;
    let room = OutputBuffer::new(&card, channels * 2)?;
    let calls = Call::norm_statistics(x, sums.at, room.at);
    start(&mut card.locked()?, &calls)?;
    Ok(room.storage(card.device()))
}

/// A batch norm's numbers on the card.
#[derive(Clone, Copy)]
pub(crate) struct NormOperands<'a> {
    /// `[2, c]`.
    pub(crate) statistics: Operand<'a>,
    pub(crate) weight: Operand<'a>,
    pub(crate) bias: Operand<'a>,
    pub(crate) eps: f64,
    pub(crate) relu: bool,
}

impl NormOperands<'_> {
    fn addresses(self, factors: u64) -> Result<NormAddresses> {
        Ok(NormAddresses {
            weight: self.weight.at()?,
            bias: self.bias.at()?,
            statistics: self.statistics.at()?,
            factors,
            eps: self.eps,
        })
    }
}

/// Batch norm by given statistics, and the ReLU where there is one.
pub(crate) fn norm(x: Operand<'_>, norm: NormOperands<'_>) -> Result<CudaStorage> {
    let card = x.card()?;
    let (x, extent) = x.activation()?;
    let factors = DeviceBuffer::zeros(card.stream(), extent.channels as usize * FACTORS)?;
    let room = OutputBuffer::new(&card, extent.count())?;
    let y = (Strided::whole(room.at, extent), extent);
    let calls = Call::norm(y, x, norm.addresses(factors.at)?, norm.relu);
    start(&mut card.locked()?, &calls)?;
    Ok(room.storage(card.device()))
}

/// The gradients of [`norm`] towards x, weight and bias; `of_batch`: the statistics move with x.
pub(crate) fn norm_backward(
    x: Operand<'_>,
    dy: Operand<'_>,
    norm: NormOperands<'_>,
    of_batch: bool,
) -> Result<[CudaStorage; 3]> {
    let card = x.card()?;
    let (x, extent) = x.activation()?;
    let (dy, _) = dy.activation()?;
    let channels = extent.channels as usize;
    let factors = DeviceBuffer::zeros(card.stream(), channels * FACTORS)?;
    let sums = DeviceBuffer::zeros(card.stream(), channels * SUMS)?;
    let room = OutputBuffer::new(&card, extent.count())?;
    let (d_weight, d_bias) = (
        OutputBuffer::new(&card, channels)?,
        OutputBuffer::new(&card, channels)?,
    );
    let dx = (Strided::whole(room.at, extent), extent);
    let addresses = norm.addresses(factors.at)?;
    let [made, _] = Call::norm(dx, x, addresses, norm.relu);
    let back = Call::norm_backward(
        dx,
        x,
        dy,
        addresses,
        [d_weight.at, d_bias.at, sums.at],
        [norm.relu, of_batch],
    );
    let mut locked = card.locked()?;
    start(&mut locked, &[made])?;
    start(&mut locked, &back)?;
    Ok([room, d_weight, d_bias].map(|room| room.storage(card.device())))
}

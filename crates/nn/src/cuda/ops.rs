//! The layers of training on a card, over Candle's memory there: f32, `[n, c, rows, columns]`, contiguous. Convolutions, which
//! also take and give bf16, are in `conv_ops`.

use candle_core::backend::BackendStorage as _;
use candle_core::cuda_backend::CudaDType;
use candle_core::cuda_backend::cudarc::driver::{CudaSlice, DevicePtr as _, DeviceRepr};
use candle_core::{CudaDevice, CudaStorage, DType, Device, Layout, Result};
use half::bf16;

use super::call::Call;
use super::card::{Card, DeviceBuffer, LockedCard, failed};
use super::norm_call::{FACTORS, NormAddresses, SUMS};
use super::operand::{Dtype, Extent, Order, Strided, Window};

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
    pub(super) fn at_in(self, dtype: Dtype) -> Result<u64> {
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
    pub(super) fn dtype(self) -> Result<Dtype> {
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

    pub(super) fn activation_in(self, dtype: Dtype) -> Result<(Strided, Extent)> {
        let extent = self.extent()?;
        Ok((Strided::whole(self.at_in(dtype)?, extent), extent))
    }

    pub(super) fn card(self) -> Result<std::sync::Arc<Card>> {
        Card::of(&Device::Cuda(self.storage.device.clone()))
    }
}

/// Room for a result.
pub(super) struct OutputBuffer<T = f32> {
    slice: CudaSlice<T>,
    pub(super) at: u64,
}

impl<T: CudaDType + DeviceRepr> OutputBuffer<T> {
    pub(super) fn new(card: &Card, values: usize) -> Result<Self> {
        // SAFETY: whoever takes it writes every value.
        let slice = unsafe { card.stream().alloc::<T>(values.max(1)) }.map_err(failed)?;
        let (at, _) = slice.device_ptr(card.stream());
        Ok(Self { slice, at })
    }

    pub(super) fn storage(self, device: &CudaDevice) -> CudaStorage {
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
    let room = OutputBuffer::<f32>::new(&card, made.count())?;
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
    let room = OutputBuffer::<f32>::new(&card, extent.count())?;
    let dx = (Strided::whole(room.at, extent), extent);
    let call = Call::pool_backward(Dtype::F32, mean, dx, x, dy.activation()?, window, false);
    start(&mut card.locked()?, &[call])?;
    Ok(room.storage(card.device()))
}

/// The mean of each channel, `[n, c]`.
pub(crate) fn global_mean(x: Operand<'_>) -> Result<CudaStorage> {
    let card = x.card()?;
    let x = x.activation()?;
    let room = OutputBuffer::<f32>::new(&card, (x.1.frames * x.1.channels) as usize)?;
    start(&mut card.locked()?, &[Call::mean(Dtype::F32, room.at, x)])?;
    Ok(room.storage(card.device()))
}

/// The gradient of [`global_mean`] of `x`.
pub(crate) fn global_mean_backward(x: Operand<'_>, d_means: Operand<'_>) -> Result<CudaStorage> {
    let card = x.card()?;
    let extent = x.extent()?;
    let room = OutputBuffer::<f32>::new(&card, extent.count())?;
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
    let room = OutputBuffer::<f32>::new(&card, channels * 2)?;
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
    let room = OutputBuffer::<f32>::new(&card, extent.count())?;
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
    let room = OutputBuffer::<f32>::new(&card, extent.count())?;
    let (d_weight, d_bias) = (
        OutputBuffer::<f32>::new(&card, channels)?,
        OutputBuffer::<f32>::new(&card, channels)?,
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

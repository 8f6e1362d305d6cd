//! Tensors as cuDNN's graph API describes them: sizes and steps in the order frame, channel, row, column, whatever the order in memory.

use std::sync::Arc;

use super::super::operand::{Dtype, Extent, Order, Strided};
use super::backend::Backend;
use super::descriptor::{Descriptor, Draft, Result};
use super::names::{DataType, Kind, Name};

/// Loads of so many bytes are the widest; more alignment than that helps no engine.
const WIDEST_LOAD: u64 = 16;

/// A tensor without its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::cuda) struct TensorShape {
    /// Frames, channels, rows, columns; of weights output channels, input channels, rows, columns.
    pub(super) dims: [i64; 4],
    /// Values from one to the next, of each.
    pub(super) strides: [i64; 4],
    pub(super) data: DataType,
    /// Its address is a multiple of so many bytes.
    pub(super) alignment: i64,
}

impl DataType {
    pub(super) fn of(dtype: Dtype) -> Self {
        match dtype {
            Dtype::F32 => Self::Float,
            Dtype::Bf16 => Self::Bfloat16,
        }
    }
}

/// The alignment of an address, in bytes.
fn alignment(at: u64) -> i64 {
    let highest = WIDEST_LOAD.trailing_zeros();
    1 << at.trailing_zeros().min(highest)
}

fn dims(extent: Extent) -> [i64; 4] {
    let Extent {
        frames,
        channels,
        rows,
        columns,
        ..
    } = extent;
    [frames, channels, rows, columns].map(i64::from)
}

fn strides(strided: Strided) -> [i64; 4] {
    let Strided {
        frame,
        channel,
        row,
        column,
        ..
    } = strided;
    [frame, channel, row, column]
}

impl TensorShape {
    /// An activation, or some channels of one.
    pub(super) fn activation((strided, extent): (Strided, Extent), dtype: Dtype) -> Self {
        Self {
            dims: dims(extent),
            strides: strides(strided),
            data: DataType::of(dtype),
            alignment: alignment(strided.at),
        }
    }

    /// Weights at an address: output channels, input channels, rows, columns; in the order of the activations.
    pub(super) fn weights(at: u64, weight: [usize; 4], order: Order, dtype: Dtype) -> Self {
        let [k, c, rows, columns] = weight;
        let extent = Extent::new(k, c, [rows, columns], order);
        Self::activation((Strided::whole(at, extent), extent), dtype)
    }

    /// One value a channel.
    pub(super) fn bias(at: u64, channels: usize, order: Order, dtype: Dtype) -> Self {
        let extent = Extent::new(1, channels, [1, 1], order);
        Self::activation((Strided::whole(at, extent), extent), dtype)
    }

    /// What lies between two operations and never in memory: of the sums' type, without gaps.
    pub(super) fn between(extent: Extent) -> Self {
        Self {
            data: DataType::Float,
            ..Self::activation((Strided::whole(0, extent), extent), Dtype::F32)
        }
    }

    /// Its descriptor. `in_memory`: whether it has an address.
    pub(super) fn describe<B: Backend>(
        &self,
        backend: &B,
        id: i64,
        in_memory: bool,
    ) -> Result<Arc<Descriptor<B>>> {
        Draft::new(backend, Kind::Tensor)?
            .set(Name::TensorDataType, &[self.data])?
            .set(Name::TensorDimensions, &self.dims)?
            .set(Name::TensorStrides, &self.strides)?
            .set(Name::TensorUniqueId, &[id])?
            .set(Name::TensorByteAlignment, &[self.alignment])?
            .set(Name::TensorIsVirtual, &[!in_memory])?
            .finalize()
    }
}

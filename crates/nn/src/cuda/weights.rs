//! A convolution's weights on a card.

use candle_core::Result;
use half::bf16;

use super::card::{Card, DeviceBuffer};
use super::convolution::NumericFormat;
use super::operand::{Dtype, Order};
use super::prepared::Shape;
use crate::Conv;

/// A convolution's weights on the card.
pub(super) struct Weights {
    pub(super) shape: Shape,
    pub(super) relu: bool,
    pub(super) weight: DeviceBuffer,
    pub(super) bias: DeviceBuffer,
}

impl Weights {
    /// Puts them there, in the order and the type that the card computes in.
    pub(super) fn new(conv: &Conv, card: &Card, numbers: NumericFormat) -> Result<Self> {
        let [rows, columns] = conv.kernel;
        let mut weight = conv.weight.clone();
        if numbers.order == Order::Pixels {
            // Channels last, as the activations.
            let area = rows * columns;
            let per_filter = conv.c_in * area;
            weight.clear();
            for filter in conv.weight.chunks_exact(per_filter.max(1)) {
                for at in 0..area {
                    weight.extend(filter.iter().skip(at).step_by(area.max(1)));
                }
            }
        }
        let upload = |values: &[f32]| match numbers.dtype {
            Dtype::F32 => DeviceBuffer::holding(card.stream(), bytemuck::cast_slice(values)),
            Dtype::Bf16 => {
                let bits: Vec<u16> = values
                    .iter()
                    .map(|v| bf16::from_f32(*v).to_bits())
                    .collect();
                DeviceBuffer::holding(card.stream(), bytemuck::cast_slice(&bits))
            }
        };
        Ok(Self {
            shape: Shape {
                weight: [conv.c_out, conv.c_in, rows, columns],
                stride: conv.stride,
                padding: conv.padding,
            },
            relu: conv.relu,
            weight: upload(&weight)?,
            bias: upload(&conv.bias)?,
        })
    }
}

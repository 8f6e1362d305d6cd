//! A convolution, its bias and its ReLU as one graph of operations.

use std::sync::Arc;

use super::super::operand::{Dtype, Extent, Order, Strided};
use super::backend::Backend;
use super::descriptor::{Descriptor, Draft, Result};
use super::engine::Allowed;
use super::names::{ConvolutionMode, DataType, Kind, Name, NanPropagation, PointwiseMode};
use super::tensor::TensorShape;

/// The tensors' numbers: those in memory, then those between the operations.
pub(super) const X: i64 = 1;
pub(super) const W: i64 = 2;
pub(super) const BIAS: i64 = 3;
pub(super) const Y: i64 = 4;
const CONVOLVED: i64 = 5;
const BIASED: i64 = 6;

/// A person waits for the first verdict of batches of up to so many frames: those that a CUDA graph is captured of.
const INTERACTIVE: i64 = 8;

/// Everything that a plan depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::cuda) struct Fusion {
    pub(super) x: TensorShape,
    pub(super) w: TensorShape,
    pub(super) bias: TensorShape,
    /// Maybe some channels of an activation.
    pub(super) y: TensorShape,
    /// `y` without gaps.
    size: Extent,
    padding: [usize; 2],
    stride: usize,
    relu: bool,
    /// Whether f32 may be multiplied by tensor cores, which cut it to 19 bits.
    tensor_cores: bool,
}

/// Where the tensors of a [`Fusion`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cuda) struct Addresses {
    pub(in crate::cuda) x: u64,
    pub(in crate::cuda) w: u64,
    pub(in crate::cuda) bias: u64,
    pub(in crate::cuda) y: u64,
}

/// A convolution, as the rest of the program describes it.
#[derive(Clone, Copy, Debug)]
pub(in crate::cuda) struct Layer {
    pub(in crate::cuda) x: (Strided, Extent),
    pub(in crate::cuda) y: (Strided, Extent),
    /// Output channels, input channels, rows, columns; and where they are.
    pub(in crate::cuda) weight: ([usize; 4], u64),
    pub(in crate::cuda) bias: u64,
    pub(in crate::cuda) padding: [usize; 2],
    pub(in crate::cuda) stride: usize,
    pub(in crate::cuda) relu: bool,
}

impl Fusion {
    /// Of a convolution whose numbers are ordered and stored so.
    pub(in crate::cuda) fn new(
        layer: &Layer,
        (order, dtype): (Order, Dtype),
        tensor_cores: bool,
    ) -> Self {
        let (weight, weight_at) = layer.weight;
        let [k, ..] = weight;
        Self {
            x: TensorShape::activation(layer.x, dtype),
            w: TensorShape::weights(weight_at, weight, order, dtype),
            bias: TensorShape::bias(layer.bias, k, order, dtype),
            y: TensorShape::activation(layer.y, dtype),
            size: layer.y.1,
            padding: layer.padding,
            stride: layer.stride,
            relu: layer.relu,
            tensor_cores,
        }
    }

    /// What an engine for it may do.
    pub(super) fn allowed(&self) -> Allowed {
        let [frames, ..] = self.y.dims;
        Allowed {
            tensor_cores: self.tensor_cores,
            compilation: frames > INTERACTIVE,
        }
    }

    /// The operations.
    pub(super) fn describe<B: Backend>(&self, backend: &B) -> Result<Arc<Descriptor<B>>> {
        let x = self.x.describe(backend, X, true)?;
        let w = self.w.describe(backend, W, true)?;
        let bias = self.bias.describe(backend, BIAS, true)?;
        let y = self.y.describe(backend, Y, true)?;
        let between = TensorShape::between(self.size);
        let convolved = between.describe(backend, CONVOLVED, false)?;
        let convolve = self.convolution(backend, [&x, &w, &convolved])?;
        let mut operations = vec![convolve];
        let biased = if self.relu {
            between.describe(backend, BIASED, false)?
        } else {
            Arc::clone(&y)
        };
        let add = pointwise(backend, PointwiseMode::Add)?;
        operations.push(
            Draft::new(backend, Kind::PointwiseOperation)?
                .child(Name::PointwiseDescriptor, &[&add])?
                .child(Name::PointwiseX, &[&convolved])?
                .child(Name::PointwiseB, &[&bias])?
                .child(Name::PointwiseY, &[&biased])?
                .finalize()?,
        );
        if self.relu {
            let relu = pointwise(backend, PointwiseMode::ReluForward)?;
            operations.push(
                Draft::new(backend, Kind::PointwiseOperation)?
                    .child(Name::PointwiseDescriptor, &[&relu])?
                    .child(Name::PointwiseX, &[&biased])?
                    .child(Name::PointwiseY, &[&y])?
                    .finalize()?,
            );
        }
        Draft::new(backend, Kind::OperationGraph)?
            .handle(Name::GraphHandle)?
            .child(
                Name::GraphOperations,
                &operations.iter().collect::<Vec<_>>(),
            )?
            .finalize()
    }

    fn convolution<B: Backend>(
        &self,
        backend: &B,
        [x, w, y]: [&Arc<Descriptor<B>>; 3],
    ) -> Result<Arc<Descriptor<B>>> {
        let padding = self.padding.map(|v| v as i64);
        // Sums are f32 whatever is stored.
        let convolution = Draft::new(backend, Kind::Convolution)?
            .set(Name::ConvolutionSpatialDimensions, &[2_i64])?
            .set(Name::ConvolutionComputeType, &[DataType::Float])?
            .set(Name::ConvolutionMode, &[ConvolutionMode::CrossCorrelation])?
            .set(Name::ConvolutionPrePaddings, &padding)?
            .set(Name::ConvolutionPostPaddings, &padding)?
            .set(Name::ConvolutionStrides, &[self.stride as i64; 2])?
            .set(Name::ConvolutionDilations, &[1_i64; 2])?
            .finalize()?;
        Draft::new(backend, Kind::ConvolutionForward)?
            .child(Name::ForwardConvolution, &[&convolution])?
            .child(Name::ForwardX, &[x])?
            .child(Name::ForwardW, &[w])?
            .child(Name::ForwardY, &[y])?
            .set(Name::ForwardAlpha, &[1.0_f32])?
            .set(Name::ForwardBeta, &[0.0_f32])?
            .finalize()
    }

    /// The tensors in memory: their numbers, what they are, where they are.
    pub(super) fn in_memory(&self, at: &Addresses) -> [(i64, TensorShape, u64); 4] {
        [
            (X, self.x, at.x),
            (W, self.w, at.w),
            (BIAS, self.bias, at.bias),
            (Y, self.y, at.y),
        ]
    }

    /// As one word, which says all that a choice of engine depends on.
    pub(in crate::cuda) fn word(&self) -> String {
        let tensor = |shape: &TensorShape| {
            let list = |values: &[i64]| {
                let all: Vec<String> = values.iter().map(i64::to_string).collect();
                all.join(".")
            };
            let (dims, strides) = (list(&shape.dims), list(&shape.strides));
            format!("{dims}/{strides}/{:?}/{}", shape.data, shape.alignment)
        };
        let [rows, columns] = self.padding;
        let tensors = [&self.x, &self.w, &self.bias, &self.y].map(tensor);
        format!(
            "{},pad{rows}.{columns},by{},relu{},tc{}",
            tensors.join(","),
            self.stride,
            u8::from(self.relu),
            u8::from(self.tensor_cores)
        )
    }
}

/// What is done with each value, in f32.
fn pointwise<B: Backend>(backend: &B, mode: PointwiseMode) -> Result<Arc<Descriptor<B>>> {
    let mut draft = Draft::new(backend, Kind::Pointwise)?
        .set(Name::PointwiseMode, &[mode])?
        .set(Name::PointwiseComputeType, &[DataType::Float])?;
    if mode == PointwiseMode::ReluForward {
        // As the older calls.
        draft = draft.set(Name::PointwiseNanPropagation, &[NanPropagation::Propagate])?;
    }
    draft.finalize()
}

//! Convolution with its folded batch norm and its ReLU, and the linear layer at the end.

use candle_core::{CpuStorage, Device, InplaceOp1, Layout, Result, Tensor};

use super::cpu::{self, Size};
use super::norm::BatchNorm;
use super::with_values;

/// What a convolution is: where its weights lie in a checkpoint, and its geometry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvSpec {
    /// Name in the state dict, e.g. `Mixed_5b.branch1x1`; the tensors are `NAME.conv.weight`, `NAME.bn.weight` and so on.
    pub name: String,
    /// Channels in.
    pub c_in: usize,
    /// Channels out.
    pub c_out: usize,
    /// Kernel, `[rows, columns]`.
    pub kernel: [usize; 2],
    /// Stride, the same along both axes.
    pub stride: usize,
    /// Zeros around the input, `[rows, columns]`, on both sides of each axis.
    pub padding: [usize; 2],
}

impl ConvSpec {
    /// Shape of the weights: `[c_out, c_in, rows, columns]`.
    #[must_use]
    pub fn weight_shape(&self) -> [usize; 4] {
        let [rows, columns] = self.kernel;
        [self.c_out, self.c_in, rows, columns]
    }
}

/// A convolution on its device: batch norm folded in, ReLU at the end.
#[derive(Clone, Debug)]
pub struct Conv {
    spec: ConvSpec,
    /// `[c_out, c_in, rows, columns]`; on the CPU `[c_out, c_in · rows · columns]`.
    weight: Tensor,
    /// `[1, c_out, 1, 1]`.
    bias: Tensor,
}

impl Conv {
    /// A convolution from its weights (`[c_out, c_in, rows, columns]`, row-major) and the batch norm that follows it.
    ///
    /// # Errors
    /// If the numbers of weights and channels do not fit the spec, or the device has no memory for them.
    pub fn new(
        spec: &ConvSpec,
        mut weight: Vec<f32>,
        norm: &BatchNorm,
        device: &Device,
    ) -> Result<Self> {
        let bias = norm.fold_into(&mut weight);
        let [c_out, c_in, rows, columns] = spec.weight_shape();
        let weight = if device.is_cpu() {
            Tensor::from_vec(weight, (c_out, c_in * rows * columns), device)?
        } else {
            Tensor::from_vec(weight, (c_out, c_in, rows, columns), device)?
        };
        Ok(Self {
            spec: spec.clone(),
            weight,
            bias: Tensor::from_vec(bias, (1, c_out, 1, 1), device)?,
        })
    }

    /// `relu(norm(conv(x)))` of a batch `[n, c_in, h, w]`.
    ///
    /// # Errors
    /// If the shape does not fit, or the device fails.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let (n, c_in, rows, columns) = x.dims4()?;
        let size = Size { rows, columns };
        let output = self.output(size);
        let Some(output) = output.filter(|_| c_in == self.spec.c_in) else {
            candle_core::bail!(
                "{} takes {} channels and was given {:?}",
                self.spec.name,
                self.spec.c_in,
                x.dims()
            );
        };
        if !x.device().is_cpu() {
            return self.forward_stock(x);
        }
        let bias = self.bias.flatten_all()?.to_vec1::<f32>()?;
        let frames = (0..n)
            .map(|frame| self.forward_frame(&x.narrow(0, frame, 1)?, size, output, &bias))
            .collect::<Result<Vec<_>>>()?;
        match frames.as_slice() {
            [frame] => Ok(frame.clone()),
            frames => Tensor::cat(frames, 0),
        }
    }

    /// Size of the output, if the padded input holds one kernel at least.
    fn output(&self, size: Size) -> Option<Size> {
        let along = |side: usize, kernel: usize, padding: usize| {
            Some((side + 2 * padding).checked_sub(kernel)? / self.spec.stride + 1)
        };
        let [kernel_rows, kernel_columns] = self.spec.kernel;
        let [pad_rows, pad_columns] = self.spec.padding;
        Some(Size {
            rows: along(size.rows, kernel_rows, pad_rows)?,
            columns: along(size.columns, kernel_columns, pad_columns)?,
        })
    }

    /// One frame on the CPU: all patches as one matrix, one product. Candle's own convolution gathers them value by value.
    fn forward_frame(&self, x: &Tensor, size: Size, output: Size, bias: &[f32]) -> Result<Tensor> {
        let plain =
            self.spec.kernel == [1, 1] && self.spec.stride == 1 && self.spec.padding == [0, 0];
        let columns = if plain {
            x.reshape((self.spec.c_in, size.area()))?
        } else {
            let patches = with_values(x, |x| Ok(cpu::patches(x, size, &self.spec, output)))?;
            let taps: usize = self.spec.kernel.iter().product();
            Tensor::from_vec(patches, (self.spec.c_in * taps, output.area()), x.device())?
        };
        let y = self.weight.matmul(&columns)?;
        y.inplace_op1(&BiasRelu {
            area: output.area(),
            bias,
        })?;
        y.reshape((1, self.spec.c_out, output.rows, output.columns))
    }

    /// With Candle's own convolution, which knows one padding for both axes: uneven padding is put into the input first.
    fn forward_stock(&self, x: &Tensor) -> Result<Tensor> {
        let [rows, columns] = self.spec.padding;
        let (x, padding) = if rows == columns {
            (x.clone(), rows)
        } else {
            let x = x.pad_with_zeros(2, rows, rows)?;
            (x.pad_with_zeros(3, columns, columns)?, 0)
        };
        x.conv2d(&self.weight, padding, self.spec.stride, 1, 1)?
            .broadcast_add(&self.bias)?
            .relu()
    }
}

/// Bias and ReLU in place, on the CPU.
struct BiasRelu<'a> {
    area: usize,
    bias: &'a [f32],
}

impl InplaceOp1 for BiasRelu<'_> {
    fn name(&self) -> &'static str {
        "bias-relu"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        let offsets = layout.contiguous_offsets();
        if let (CpuStorage::F32(values), Some((start, end))) = (storage, offsets)
            && let Some(values) = values.get_mut(start..end)
        {
            cpu::add_bias_relu(values, self.area, self.bias);
            return Ok(());
        }
        candle_core::bail!("bias-relu takes contiguous f32 alone");
    }
}

/// A linear layer: `x · weightᵀ + bias`.
#[derive(Clone, Debug)]
pub struct Linear {
    /// `[features, classes]`: transposed once, on loading.
    weight: Tensor,
    /// `[classes]`.
    bias: Tensor,
}

impl Linear {
    /// A layer from its weights (`[classes, features]`, row-major) and its bias.
    ///
    /// # Errors
    /// If the numbers do not fit each other, or the device has no memory for them.
    pub fn new(weight: Vec<f32>, bias: Vec<f32>, device: &Device) -> Result<Self> {
        let classes = bias.len();
        let features = weight.len() / classes.max(1);
        Ok(Self {
            weight: Tensor::from_vec(weight, (classes, features), device)?
                .t()?
                .contiguous()?,
            bias: Tensor::from_vec(bias, classes, device)?,
        })
    }

    /// `[n, features]` to `[n, classes]`.
    ///
    /// # Errors
    /// If the shape does not fit, or the device fails.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        x.matmul(&self.weight)?.broadcast_add(&self.bias)
    }
}

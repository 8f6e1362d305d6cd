//! How the operations reach an NVIDIA card. Without the feature `cudnn` they say what is missing.

use candle_core::{CudaStorage, Layout, Result, Tensor};

use super::geometry::{ConvGeometry, Pooling};

#[cfg(feature = "cudnn")]
pub(super) use with::*;
#[cfg(not(feature = "cudnn"))]
pub(super) use without::*;

#[cfg(feature = "cudnn")]
mod with {
    use candle_core::op::BackpropOp;
    use candle_core::{Shape, Storage};

    use super::{ConvGeometry, CudaStorage, Layout, Pooling, Result, Tensor};
    use crate::conv::output_size;
    use crate::cuda::Shape as Convolution;
    use crate::cuda::conv_ops;
    use crate::cuda::operand::Window;
    use crate::cuda::ops::{self, NormOperands, Operand};

    /// Calls `with` with tensors' memory.
    fn read<const N: usize, T>(
        tensors: [&Tensor; N],
        with: impl FnOnce([Operand<'_>; N]) -> Result<T>,
    ) -> Result<T> {
        let held = tensors.map(Tensor::storage_and_layout);
        let mut operands = Vec::with_capacity(N);
        for (storage, layout) in &held {
            let Storage::Cuda(storage) = &**storage else {
                candle_core::bail!("an operand is not on the card");
            };
            operands.push(Operand::new(storage, layout)?);
        }
        match operands.try_into() {
            Ok(operands) => with(operands),
            Err(_) => candle_core::bail!("an operand is missing"),
        }
    }

    fn tensor(storage: CudaStorage, shape: impl Into<Shape>) -> Tensor {
        Tensor::from_storage(Storage::Cuda(storage), shape, BackpropOp::none(), false)
    }

    fn shape(weight: &[usize], geometry: ConvGeometry) -> Result<Convolution> {
        match *weight {
            [c_out, c_in, rows, columns] if !weight.contains(&0) => Ok(Convolution {
                weight: [c_out, c_in, rows, columns],
                stride: geometry.stride,
                padding: geometry.padding,
            }),
            _ => candle_core::bail!("weights have four axes, none empty, and these are {weight:?}"),
        }
    }

    pub(in super::super) fn conv2d(
        (x, x_layout): (&CudaStorage, &Layout),
        (weight, weight_layout): (&CudaStorage, &Layout),
        geometry: ConvGeometry,
    ) -> Result<(CudaStorage, Shape)> {
        let shape = shape(weight_layout.dims(), geometry)?;
        let (n, channels, rows, columns) = x_layout.shape().dims4()?;
        let [c_out, c_in, kernel_rows, kernel_columns] = shape.weight;
        let kernel = [kernel_rows, kernel_columns];
        let made = output_size(kernel, geometry.stride, geometry.padding, [rows, columns]);
        let (Some(size), true) = (made, channels == c_in) else {
            candle_core::bail!(
                "a convolution {:?} at stride {} is given {:?}",
                shape.weight,
                geometry.stride,
                x_layout.dims()
            );
        };
        let x = Operand::new(x, x_layout)?;
        let y = conv_ops::conv2d(x, Operand::new(weight, weight_layout)?, shape, size)?;
        let [rows, columns] = size;
        Ok((y, (n, c_out, rows, columns).into()))
    }

    pub(in super::super) fn conv2d_backward(
        x: &Tensor,
        weight: &Tensor,
        dy: &Tensor,
        geometry: ConvGeometry,
        towards_x: bool,
    ) -> Result<(Option<Tensor>, Tensor)> {
        let shape = shape(weight.dims(), geometry)?;
        let (_, _, rows, columns) = x.dims4()?;
        let size = [rows, columns];
        let dx = if towards_x {
            let made = read([dy, weight], |[dy, weight]| {
                conv_ops::conv2d_backward_input(dy, weight, shape, size)
            })?;
            Some(tensor(made, x.shape()))
        } else {
            None
        };
        let made = read([x, dy], |[x, dy]| {
            conv_ops::conv2d_backward_weights(x, dy, shape)
        })?;
        Ok((dx, tensor(made, weight.shape())))
    }

    fn window(pooling: Pooling) -> Window {
        let [kernel, stride, padding] =
            [pooling.kernel, pooling.stride, pooling.padding].map(|v| v as i32);
        Window {
            kernel,
            stride,
            padding,
        }
    }

    pub(in super::super) fn pool(
        x: &CudaStorage,
        layout: &Layout,
        pooling: Pooling,
        mean: bool,
        [rows, columns]: [usize; 2],
    ) -> Result<(CudaStorage, Shape)> {
        let (n, channels, _, _) = layout.shape().dims4()?;
        let x = Operand::new(x, layout)?;
        let y = ops::pool(x, mean, window(pooling), [rows, columns])?;
        Ok((y, (n, channels, rows, columns).into()))
    }

    pub(in super::super) fn pool_backward(
        x: &Tensor,
        dy: &Tensor,
        pooling: Pooling,
        mean: bool,
    ) -> Result<Tensor> {
        let made = read([x, dy], |[x, dy]| {
            ops::pool_backward(x, dy, mean, window(pooling))
        })?;
        Ok(tensor(made, x.shape()))
    }

    pub(in super::super) fn global_mean(
        x: &CudaStorage,
        layout: &Layout,
    ) -> Result<(CudaStorage, Shape)> {
        let (n, channels, _, _) = layout.shape().dims4()?;
        let means = ops::global_mean(Operand::new(x, layout)?)?;
        Ok((means, (n, channels).into()))
    }

    pub(in super::super) fn global_mean_backward(x: &Tensor, dy: &Tensor) -> Result<Tensor> {
        let made = read([x, dy], |[x, dy]| ops::global_mean_backward(x, dy))?;
        Ok(tensor(made, x.shape()))
    }

    pub(in super::super) fn norm_statistics(x: &Tensor) -> Result<Tensor> {
        let made = read([x], |[x]| ops::norm_statistics(x))?;
        Ok(tensor(made, (2, x.dim(1)?)))
    }

    pub(in super::super) fn norm(
        (x, layout): (&CudaStorage, &Layout),
        statistics: &Tensor,
        weight: (&CudaStorage, &Layout),
        bias: (&CudaStorage, &Layout),
        (eps, relu): (f64, bool),
    ) -> Result<(CudaStorage, Shape)> {
        let y = read([statistics], |[statistics]| {
            let norm = NormOperands {
                statistics,
                weight: Operand::new(weight.0, weight.1)?,
                bias: Operand::new(bias.0, bias.1)?,
                eps,
                relu,
            };
            ops::norm(Operand::new(x, layout)?, norm)
        })?;
        Ok((y, layout.shape().clone()))
    }

    pub(in super::super) fn norm_backward(
        x: &Tensor,
        dy: &Tensor,
        [statistics, weight, bias]: [&Tensor; 3],
        (eps, relu): (f64, bool),
        of_batch: bool,
    ) -> Result<[Tensor; 3]> {
        let all = [x, dy, statistics, weight, bias];
        let [dx, d_weight, d_bias] = read(all, |[x, dy, statistics, weight, bias]| {
            let norm = NormOperands {
                statistics,
                weight,
                bias,
                eps,
                relu,
            };
            ops::norm_backward(x, dy, norm, of_batch)
        })?;
        Ok([
            tensor(dx, x.shape()),
            tensor(d_weight, weight.shape()),
            tensor(d_bias, bias.shape()),
        ])
    }
}

#[cfg(not(feature = "cudnn"))]
mod without {
    use candle_core::Shape;

    use super::{ConvGeometry, CudaStorage, Layout, Pooling, Result, Tensor};

    fn missing<T>() -> Result<T> {
        candle_core::bail!(
            "training on a card needs the CUDA build with cuDNN (`cargo build --release --features cudnn`): use --device cpu"
        )
    }

    pub(in super::super) fn conv2d(
        _x: (&CudaStorage, &Layout),
        _weight: (&CudaStorage, &Layout),
        _geometry: ConvGeometry,
    ) -> Result<(CudaStorage, Shape)> {
        missing()
    }

    pub(in super::super) fn conv2d_backward(
        _x: &Tensor,
        _weight: &Tensor,
        _dy: &Tensor,
        _geometry: ConvGeometry,
        _towards_x: bool,
    ) -> Result<(Option<Tensor>, Tensor)> {
        missing()
    }

    pub(in super::super) fn pool(
        _x: &CudaStorage,
        _layout: &Layout,
        _pooling: Pooling,
        _mean: bool,
        _size: [usize; 2],
    ) -> Result<(CudaStorage, Shape)> {
        missing()
    }

    pub(in super::super) fn pool_backward(
        _x: &Tensor,
        _dy: &Tensor,
        _pooling: Pooling,
        _mean: bool,
    ) -> Result<Tensor> {
        missing()
    }

    pub(in super::super) fn global_mean(
        _x: &CudaStorage,
        _layout: &Layout,
    ) -> Result<(CudaStorage, Shape)> {
        missing()
    }

    pub(in super::super) fn global_mean_backward(_x: &Tensor, _dy: &Tensor) -> Result<Tensor> {
        missing()
    }

    pub(in super::super) fn norm_statistics(_x: &Tensor) -> Result<Tensor> {
        missing()
    }

    pub(in super::super) fn norm(
        _x: (&CudaStorage, &Layout),
        _statistics: &Tensor,
        _weight: (&CudaStorage, &Layout),
        _bias: (&CudaStorage, &Layout),
        _numbers: (f64, bool),
    ) -> Result<(CudaStorage, Shape)> {
        missing()
    }

    pub(in super::super) fn norm_backward(
        _x: &Tensor,
        _dy: &Tensor,
        _statistics_weight_bias: [&Tensor; 3],
        _numbers: (f64, bool),
        _of_batch: bool,
    ) -> Result<[Tensor; 3]> {
        missing()
    }
}

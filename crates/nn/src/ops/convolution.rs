//! Convolution without bias, and its gradients towards the input and the weights.

use std::sync::{Arc, OnceLock};

use candle_core::{CpuStorage, CudaStorage, CustomOp2, Layout, Result, Shape, Tensor};

use super::card;
use super::geometry::ConvGeometry;
use super::host::{failed, result, values};
use super::{LANES, dims};
use crate::engine::Isa;
use crate::engine::training::{Layer, Statistics};

/// The convolution of an activation with weights `[c_out, c_in, rows, columns]`. Differentiable towards both.
///
/// # Errors
/// If the shapes do not fit each other, the padded input holds no kernel, or the device fails.
pub fn conv2d(x: &Tensor, weight: &Tensor, geometry: ConvGeometry) -> Result<Tensor> {
    let op = Forward::new(geometry);
    x.contiguous()?.apply_op2(&weight.contiguous()?, op)
}

/// As [`conv2d`], with the statistics of the output over the batch; on the processor only.
pub(super) fn conv2d_with_statistics(
    x: &Tensor,
    weight: &Tensor,
    geometry: ConvGeometry,
) -> Result<(Tensor, Statistics)> {
    let found = Arc::new(OnceLock::new());
    let op = Forward {
        epilogue: Epilogue::Statistics(Arc::clone(&found)),
        ..Forward::new(geometry)
    };
    let y = x.contiguous()?.apply_op2(&weight.contiguous()?, op)?;
    match found.get() {
        Some(found) => Ok((y, found.clone())),
        None => candle_core::bail!("a convolution has left no statistics"),
    }
}

/// The convolution of an activation, with a bias `[c_out]` added and a ReLU after it, if wanted; on the processor only. Not
/// differentiable.
///
/// # Errors
/// As [`conv2d`], and if the bias is of another number of channels.
pub fn conv2d_bias(
    x: &Tensor,
    weight: &Tensor,
    bias: Vec<f32>,
    geometry: ConvGeometry,
    relu: bool,
) -> Result<Tensor> {
    if bias.len() != weight.dim(0)? {
        candle_core::bail!(
            "weights {:?} are given {} biases",
            weight.dims(),
            bias.len()
        );
    }
    let op = Forward {
        epilogue: Epilogue::Bias(bias, relu),
        ..Forward::new(geometry)
    };
    x.contiguous()?.apply_op2_no_bwd(&weight.contiguous()?, &op)
}

/// The layer for an input of this many blocks, rows and columns.
fn layer(
    geometry: ConvGeometry,
    weight: &[usize],
    [blocks, rows, columns]: [usize; 3],
) -> Result<(Layer, [usize; 2])> {
    let &[c_out, c_in, kernel_rows, kernel_columns] = weight else {
        candle_core::bail!("weights have four axes, and these are {weight:?}");
    };
    let layer = Layer {
        c_in,
        c_out,
        kernel: [kernel_rows, kernel_columns],
        stride: geometry.stride,
        padding: geometry.padding,
        size: [rows, columns],
    };
    if c_in == 0 || c_out == 0 || kernel_rows == 0 || kernel_columns == 0 {
        candle_core::bail!("weights {weight:?} are empty");
    }
    if c_in.div_ceil(LANES) != blocks {
        candle_core::bail!(
            "a convolution of {c_in} channels is given an activation of {} to {}",
            (blocks * LANES + 1).saturating_sub(LANES),
            blocks * LANES
        );
    }
    let Some(output) = layer.output() else {
        candle_core::bail!(
            "a kernel of {kernel_rows} × {kernel_columns} at stride {} does not fit into {rows} × {columns} pixels",
            geometry.stride
        );
    };
    Ok((layer, output))
}

fn dims_of(layout: &Layout) -> Result<(usize, [usize; 3])> {
    match *layout.dims() {
        [n, blocks, rows, columns, LANES] => Ok((n, [blocks, rows, columns])),
        ref other => candle_core::bail!("{other:?} is no activation"),
    }
}

/// (x, weight) → y.
struct Forward {
    geometry: ConvGeometry,
    isa: Isa,
    epilogue: Epilogue,
}

/// What is done with the outputs.
enum Epilogue {
    Nothing,
    /// Their statistics are left here.
    Statistics(Arc<OnceLock<Statistics>>),
    /// A bias is added, and negative results become 0 if so wanted.
    Bias(Vec<f32>, bool),
}

impl Forward {
    fn new(geometry: ConvGeometry) -> Self {
        Self {
            geometry,
            isa: Isa::best(),
            epilogue: Epilogue::Nothing,
        }
    }
}

impl CustomOp2 for Forward {
    fn name(&self) -> &'static str {
        "conv2d"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        weight: &CpuStorage,
        weight_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (n, size) = dims_of(x_layout)?;
        let (layer, [rows, columns]) = layer(self.geometry, weight_layout.dims(), size)?;
        let (x, weight) = (values(x, x_layout)?, values(weight, weight_layout)?);
        let made = match &self.epilogue {
            Epilogue::Nothing => layer.forward(self.isa, weight, x, n),
            Epilogue::Bias(bias, relu) => {
                layer.forward_with_bias(self.isa, weight, bias, *relu, x, n)
            }
            Epilogue::Statistics(found) => layer
                .forward_with_statistics(self.isa, weight, x, n)
                .map(|(y, statistics)| {
                    found.get_or_init(|| statistics);
                    y
                }),
        };
        let y = made.map_err(failed)?;
        Ok(result(
            y,
            (n, layer.c_out.div_ceil(LANES), rows, columns, LANES),
        ))
    }

    fn cuda_fwd(
        &self,
        x: &CudaStorage,
        x_layout: &Layout,
        weight: &CudaStorage,
        weight_layout: &Layout,
    ) -> Result<(CudaStorage, Shape)> {
        card::conv2d((x, x_layout), (weight, weight_layout), self.geometry)
    }

    fn bwd(
        &self,
        x: &Tensor,
        weight: &Tensor,
        _y: &Tensor,
        dy: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let (dx, dweight) = conv2d_backward(x, weight, dy, self.geometry, x.track_op())?;
        Ok((dx, Some(dweight)))
    }
}

/// The gradients of [`conv2d`] towards `x`, where that is wanted, and towards the weights, from the gradient of its output.
///
/// # Errors
/// If the shapes do not fit each other, or the device fails.
pub fn conv2d_backward(
    x: &Tensor,
    weight: &Tensor,
    dy: &Tensor,
    geometry: ConvGeometry,
    towards_x: bool,
) -> Result<(Option<Tensor>, Tensor)> {
    let (x, weight, dy) = (x.contiguous()?, weight.contiguous()?, dy.contiguous()?);
    if !x.device().is_cpu() {
        return card::conv2d_backward(&x, &weight, &dy, geometry, towards_x);
    }
    let isa = Isa::best();
    let dx = if towards_x {
        let (_, blocks, rows, columns) = dims(&x)?;
        let size = [blocks, rows, columns];
        let op = BackwardData {
            geometry,
            isa,
            size,
        };
        Some(dy.apply_op2_no_bwd(&weight, &op)?)
    } else {
        None
    };
    let shape = weight.dims().to_vec();
    let op = BackwardFilter {
        geometry,
        isa,
        shape,
    };
    Ok((dx, x.apply_op2_no_bwd(&dy, &op)?))
}

/// (dy, weight) → dx.
struct BackwardData {
    geometry: ConvGeometry,
    isa: Isa,
    /// Blocks, rows and columns of the input.
    size: [usize; 3],
}

impl CustomOp2 for BackwardData {
    fn name(&self) -> &'static str {
        "conv2d towards its input"
    }

    fn cpu_fwd(
        &self,
        dy: &CpuStorage,
        dy_layout: &Layout,
        weight: &CpuStorage,
        weight_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (n, _) = dims_of(dy_layout)?;
        let (layer, _) = layer(self.geometry, weight_layout.dims(), self.size)?;
        let (dy, weight) = (values(dy, dy_layout)?, values(weight, weight_layout)?);
        let dx = layer
            .backward_input(self.isa, weight, dy, n)
            .map_err(failed)?;
        let [blocks, rows, columns] = self.size;
        Ok(result(dx, (n, blocks, rows, columns, LANES)))
    }
}

/// (x, dy) → dweight.
struct BackwardFilter {
    geometry: ConvGeometry,
    isa: Isa,
    /// Shape of the weights.
    shape: Vec<usize>,
}

impl CustomOp2 for BackwardFilter {
    fn name(&self) -> &'static str {
        "conv2d towards its weights"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        dy: &CpuStorage,
        dy_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (n, size) = dims_of(x_layout)?;
        let (layer, _) = layer(self.geometry, &self.shape, size)?;
        let (x, dy) = (values(x, x_layout)?, values(dy, dy_layout)?);
        let weights = layer.backward_weights(self.isa, x, dy, n).map_err(failed)?;
        Ok(result(weights, self.shape.as_slice()))
    }
}

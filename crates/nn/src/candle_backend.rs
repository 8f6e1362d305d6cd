//! Networks on a graphics card, as Candle tensors: NCHW, f32.

use candle_core::{Device, Result, Tensor};

use super::conv::output_size;
use super::{Conv, Node};

/// A convolution whose weights are on their device.
#[derive(Clone, Debug)]
pub struct DeviceConv {
    c_in: usize,
    kernel: [usize; 2],
    stride: usize,
    padding: [usize; 2],
    relu: bool,
    /// `[c_out, c_in, rows, columns]`.
    weight: Tensor,
    /// `[1, c_out, 1, 1]`.
    bias: Tensor,
}

impl DeviceConv {
    /// Puts a convolution's weights onto a device.
    ///
    /// # Errors
    /// If the device has no memory for them.
    pub fn new(conv: &Conv, device: &Device) -> Result<Self> {
        let [rows, columns] = conv.kernel;
        Ok(Self {
            c_in: conv.c_in,
            kernel: conv.kernel,
            stride: conv.stride,
            padding: conv.padding,
            relu: conv.relu,
            weight: Tensor::from_slice(
                &conv.weight,
                (conv.c_out, conv.c_in, rows, columns),
                device,
            )?,
            bias: Tensor::from_slice(&conv.bias, (1, conv.c_out, 1, 1), device)?,
        })
    }

    /// The output of a batch `[n, c_in, h, w]`.
    ///
    /// # Errors
    /// If the shape does not fit, or the device fails.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let [rows, columns] = self.padding;
        let (_, channels, height, width) = x.dims4()?;
        let fits = output_size(self.kernel, self.stride, self.padding, [height, width]).is_some();
        if channels != self.c_in || !fits {
            candle_core::bail!(
                "a convolution of {:?} pixels of {} channels is given {:?}",
                self.kernel,
                self.c_in,
                x.dims()
            );
        }
        // Candle knows one padding for both axes: uneven padding is put into the input first.
        let (x, padding) = if rows == columns {
            (x.clone(), rows)
        } else {
            let x = x.pad_with_zeros(2, rows, rows)?;
            (x.pad_with_zeros(3, columns, columns)?, 0)
        };
        let y = x
            .conv2d(&self.weight, padding, self.stride, 1, 1)?
            .broadcast_add(&self.bias)?;
        if self.relu { y.relu() } else { Ok(y) }
    }
}

impl Node<DeviceConv> {
    /// The output of a batch `[n, c, h, w]`.
    ///
    /// # Errors
    /// If the shape does not fit, or the device fails.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        match self {
            Self::Conv(conv) => conv.forward(x),
            Self::MaxPool { padding } => {
                let x = surround(&surround(x, 2, *padding)?, 3, *padding)?;
                let (_, _, rows, columns) = x.dims4()?;
                if rows < 3 || columns < 3 || *padding > 1 {
                    candle_core::bail!(
                        "a maximum over 3 × 3 needs 3 rows and columns and a padding of 1 at most, and the padded input has {rows} × {columns}"
                    );
                }
                x.max_pool2d_with_stride((3, 3), (2, 2))
            }
            Self::AvgPool => x
                .pad_with_zeros(2, 1, 1)?
                .pad_with_zeros(3, 1, 1)?
                .avg_pool2d_with_stride((3, 3), (1, 1)),
            Self::Chain(nodes) => nodes.iter().try_fold(x.clone(), |x, node| node.forward(&x)),
            Self::Branches(nodes) => {
                let outputs = nodes
                    .iter()
                    .map(|node| node.forward(x))
                    .collect::<Result<Vec<_>>>()?;
                Tensor::cat(&outputs, 1)
            }
            Self::Residual { main, shortcut } => {
                let added = match shortcut {
                    Some(shortcut) => shortcut.forward(x)?,
                    None => x.clone(),
                };
                (main.forward(x)? + added)?.relu()
            }
        }
    }
}

/// Puts values that are less than anything before and after those of an axis.
fn surround(x: &Tensor, axis: usize, width: usize) -> Result<Tensor> {
    if width == 0 {
        return Ok(x.clone());
    }
    let mut dims = x.dims().to_vec();
    if let Some(length) = dims.get_mut(axis) {
        *length = width;
    }
    let least = Tensor::full(f32::NEG_INFINITY, dims, x.device())?;
    Tensor::cat(&[&least, x, &least], axis)
}

/// Mean over all rows and columns: `[n, c, h, w]` to `[n, c]`.
///
/// # Errors
/// If the device fails.
pub fn global_avg_pool(x: &Tensor) -> Result<Tensor> {
    x.mean((2, 3))
}

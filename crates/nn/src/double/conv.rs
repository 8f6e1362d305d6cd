//! Convolutions as products of matrices: every window of the input becomes a column.

use candle_core::{Device, Result, Tensor};
use rayon::prelude::*;

use super::Planes;
use crate::conv::output_size;
use crate::{BatchNorm, ConvSpec, LayerError};

/// A convolution in f64 with its batch norm folded in, and its ReLU where it has one.
pub struct DoubleConv {
    spec: ConvSpec,
    /// `[c_out, c_in · rows · columns]`.
    weight: Tensor,
    /// `[c_out]`.
    bias: Vec<f64>,
    pub(super) relu: bool,
}

/// How windows lie over an input.
struct Windows {
    kernel: [usize; 2],
    stride: usize,
    padding: [usize; 2],
    input: [usize; 2],
    output: [usize; 2],
}

impl DoubleConv {
    /// A convolution from its weights (`[c_out, c_in, rows, columns]`, row-major) and the batch norm that follows it. `arrange`
    /// may put the folded weights, and then the biases, into another order.
    ///
    /// # Errors
    /// If the numbers of weights and channels do not fit the spec.
    pub fn folded(
        spec: &ConvSpec,
        weight: &[f32],
        norm: &BatchNorm,
        arrange: &mut dyn FnMut(&mut [f64]),
    ) -> Result<Self> {
        let shape = spec.weight_shape();
        LayerError::check(&spec.name, shape.iter().product(), weight.len())
            .map_err(candle_core::Error::wrap)?;
        let (mut weight, mut bias) = norm.folded_double(weight);
        LayerError::check(&spec.name, spec.c_out, bias.len()).map_err(candle_core::Error::wrap)?;
        arrange(&mut weight);
        arrange(&mut bias);
        let [c_out, c_in, rows, columns] = shape;
        Ok(Self {
            spec: spec.clone(),
            weight: Tensor::from_vec(weight, (c_out, c_in * rows * columns), &Device::Cpu)?,
            bias,
            relu: spec.relu,
        })
    }

    fn windows(&self, input: [usize; 2]) -> Result<Windows> {
        let (kernel, stride, padding) = (self.spec.kernel, self.spec.stride, self.spec.padding);
        match output_size(kernel, stride, padding, input) {
            Some(output) => Ok(Windows {
                kernel,
                stride,
                padding,
                input,
                output,
            }),
            None => candle_core::bail!("{} does not fit into {input:?} pixels", self.spec.name),
        }
    }

    pub(super) fn forward(&self, x: &Planes) -> Result<Planes> {
        if x.channels != self.spec.c_in {
            candle_core::bail!(
                "{} takes {} channels, and not {}",
                self.spec.name,
                self.spec.c_in,
                x.channels
            );
        }
        let windows = self.windows([x.rows, x.columns])?;
        let [rows, columns] = windows.output;
        let shape = (self.spec.c_in * windows.taps(), rows * columns);
        let unrolled = Tensor::from_vec(windows.unroll(&x.values), shape, &Device::Cpu)?;
        let mut values: Vec<f64> = self.weight.matmul(&unrolled)?.flatten_all()?.to_vec1()?;
        let area = (rows * columns).max(1);
        for (plane, bias) in values.chunks_exact_mut(area).zip(&self.bias) {
            for value in plane {
                *value += bias;
            }
        }
        let mut y = Planes {
            channels: self.spec.c_out,
            rows,
            columns,
            values,
        };
        if self.relu {
            y.relu();
        }
        Ok(y)
    }

    /// The gradient of an input of so many rows and columns, from that of the output before the ReLU.
    pub(super) fn backward(&self, dy: &Planes, input: [usize; 2]) -> Result<Planes> {
        let windows = self.windows(input)?;
        let shape = (self.spec.c_out, dy.rows * dy.columns);
        let dy = Tensor::from_slice(&dy.values, shape, &Device::Cpu)?;
        let unrolled = self.weight.t()?.matmul(&dy)?;
        let [rows, columns] = input;
        Ok(Planes {
            channels: self.spec.c_in,
            rows,
            columns,
            values: windows.roll(&unrolled.flatten_all()?.to_vec1()?),
        })
    }
}

impl Windows {
    /// Weights of a channel.
    fn taps(&self) -> usize {
        self.kernel.iter().product()
    }

    /// Whether each window is one pixel, and each pixel one window.
    fn are_pixels(&self) -> bool {
        self.taps() == 1 && self.stride == 1 && self.padding == [0, 0]
    }

    /// `[channel][row][column]` as `[channel][kernel row][kernel column][output row][output column]`, 0 outside.
    fn unroll(&self, x: &[f64]) -> Vec<f64> {
        if self.are_pixels() {
            return x.to_vec();
        }
        let area = self.output.iter().product::<usize>().max(1);
        let plane = self.input.iter().product::<usize>().max(1);
        let mut unrolled = vec![0.0; x.len() / plane * self.taps() * area];
        unrolled
            .par_chunks_exact_mut(self.taps().max(1) * area)
            .zip(x.par_chunks_exact(plane))
            .for_each(|(all, x)| {
                for (tap, windows) in all.chunks_exact_mut(area).enumerate() {
                    self.for_each(tap, |window, pixel| {
                        if let (Some(to), Some(from)) = (windows.get_mut(window), x.get(pixel)) {
                            *to = *from;
                        }
                    });
                }
            });
        unrolled
    }

    /// The transpose of [`Self::unroll`]: what lies over a pixel is added.
    fn roll(&self, unrolled: &[f64]) -> Vec<f64> {
        if self.are_pixels() {
            return unrolled.to_vec();
        }
        let area = self.output.iter().product::<usize>().max(1);
        let plane = self.input.iter().product::<usize>().max(1);
        let each = self.taps().max(1) * area;
        let mut x = vec![0.0; unrolled.len() / each * plane];
        x.par_chunks_exact_mut(plane)
            .zip(unrolled.par_chunks_exact(each))
            .for_each(|(x, all)| {
                for (tap, windows) in all.chunks_exact(area).enumerate() {
                    self.for_each(tap, |window, pixel| {
                        if let (Some(to), Some(from)) = (x.get_mut(pixel), windows.get(window)) {
                            *to += from;
                        }
                    });
                }
            });
        x
    }

    /// The windows in which a weight of the kernel lies over a pixel, and that pixel.
    fn for_each(&self, tap: usize, mut visit: impl FnMut(usize, usize)) {
        let ([rows, columns], [out_rows, out_columns]) = (self.input, self.output);
        let [row, column] = [tap / self.kernel[1].max(1), tap % self.kernel[1].max(1)];
        for y in 0..out_rows {
            let Some(from) = (y * self.stride + row).checked_sub(self.padding[0]) else {
                continue;
            };
            if from >= rows {
                break;
            }
            for x in 0..out_columns {
                let Some(at) = (x * self.stride + column).checked_sub(self.padding[1]) else {
                    continue;
                };
                if at >= columns {
                    break;
                }
                visit(y * out_columns + x, from * columns + at);
            }
        }
    }
}

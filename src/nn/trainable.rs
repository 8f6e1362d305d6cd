//! Networks whose weights are variables: what training changes.

use std::sync::{Mutex, PoisonError};

use candle_core::{Device, Result, Tensor, Var};

use super::ops::{Geometry, Mode, Moments, Norm, Pooling, avg_pool, batch_norm, conv2d, max_pool};
use super::{BatchNorm, ConvSpec, Node};

/// How much of a batch's statistics goes into the running ones, PyTorch's default.
const MOMENTUM: f32 = 0.1;

/// A convolution, its batch norm and its ReLU, with variables for weights.
#[derive(Debug)]
pub struct TrainableConv {
    name: String,
    geometry: Geometry,
    /// `[c_out, c_in, rows, columns]`.
    weight: Var,
    /// γ, `[c_out]`.
    scale: Var,
    /// β, `[c_out]`.
    shift: Var,
    running: Mutex<Running>,
    eps: f64,
}

/// Running mean and variance, `[c_out]` each.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    /// Means.
    pub mean: Vec<f32>,
    /// Variances, divided by the number of values less one, as PyTorch keeps them.
    pub var: Vec<f32>,
}

impl Running {
    /// Moves towards a batch's statistics.
    fn follow(&mut self, batch: &Moments) {
        let unbiased = batch.count as f32 / (batch.count.max(2) - 1) as f32;
        let all = self.mean.iter_mut().zip(&mut self.var);
        for ((mean, var), (batch_mean, batch_var)) in all.zip(batch.mean.iter().zip(&batch.var)) {
            *mean += MOMENTUM * (batch_mean - *mean);
            *var += MOMENTUM * (batch_var * unbiased - *var);
        }
    }
}

impl TrainableConv {
    /// A layer from its values: weights `[c_out, c_in, rows, columns]`, row-major, and the batch norm that follows.
    ///
    /// # Errors
    /// If the numbers do not fit the spec, or the device has no memory.
    pub fn new(
        spec: &ConvSpec,
        weight: Vec<f32>,
        norm: BatchNorm,
        device: &Device,
    ) -> Result<Self> {
        let channels = |values: Vec<f32>| Var::from_vec(values, spec.c_out, device);
        Ok(Self {
            name: spec.name.clone(),
            geometry: Geometry {
                stride: spec.stride,
                padding: spec.padding,
            },
            weight: Var::from_vec(weight, &spec.weight_shape(), device)?,
            scale: channels(norm.weight)?,
            shift: channels(norm.bias)?,
            running: Mutex::new(Running {
                mean: norm.mean,
                var: norm.var,
            }),
            eps: norm.eps,
        })
    }

    /// Its variables, under PyTorch's names.
    pub fn variables(&self) -> [(String, &Var); 3] {
        [
            (format!("{}.conv.weight", self.name), &self.weight),
            (format!("{}.bn.weight", self.name), &self.scale),
            (format!("{}.bn.bias", self.name), &self.shift),
        ]
    }

    /// Its name in a state dict.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its running statistics.
    #[must_use]
    pub fn running(&self) -> Running {
        self.running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The output of an activation. In training the batch's own statistics are used, and the running ones follow.
    ///
    /// # Errors
    /// If the shape does not fit, or the device fails.
    pub fn forward(&self, x: &Tensor, training: bool) -> Result<Tensor> {
        let x = conv2d(x, &self.weight, self.geometry)?;
        let norm = Norm {
            weight: &self.scale,
            bias: &self.shift,
            eps: self.eps,
            relu: true,
        };
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if training {
            let (y, batch) = batch_norm(&x, norm, Mode::Batch)?;
            running.follow(&batch);
            Ok(y)
        } else {
            let mode = Mode::Running {
                mean: &running.mean,
                var: &running.var,
            };
            Ok(batch_norm(&x, norm, mode)?.0)
        }
    }
}

impl Node<TrainableConv> {
    /// The output of an activation.
    ///
    /// # Errors
    /// If the shape does not fit, or the device fails.
    pub fn forward(&self, x: &Tensor, training: bool) -> Result<Tensor> {
        match self {
            Self::Conv(conv) => conv.forward(x, training),
            Self::MaxPool => max_pool(
                x,
                Pooling {
                    kernel: 3,
                    stride: 2,
                    padding: 0,
                },
            ),
            Self::AvgPool => avg_pool(
                x,
                Pooling {
                    kernel: 3,
                    stride: 1,
                    padding: 1,
                },
            ),
            Self::Chain(nodes) => nodes
                .iter()
                .try_fold(x.clone(), |x, node| node.forward(&x, training)),
            Self::Branches(nodes) => {
                let outputs = nodes
                    .iter()
                    .map(|node| node.forward(x, training))
                    .collect::<Result<Vec<_>>>()?;
                Tensor::cat(&outputs, 1)
            }
        }
    }
}

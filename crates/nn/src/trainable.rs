//! Networks whose weights are variables, and their backward pass.
//!
//! A forward pass leaves a [`ForwardCache`]; the backward pass takes it apart from the end, so that an activation's memory is free
//! as soon as its layer's gradients are there.

use std::sync::{Mutex, PoisonError};

use candle_core::backprop::GradStore;
use candle_core::{Device, Result, Tensor, Var};

use super::ops::{
    BatchNormMode, BatchNormParameters, ConvGeometry, Moments, Pooling, SavedStatistics, add_relu,
    add_to, avg_pool, batch_norm, batch_norm_backward, cat, conv2d_backward_in,
    conv2d_batch_norm_in, conv2d_bias, conv2d_in, max_pool, operand, pool_backward, relu_backward,
};
use super::{BatchNorm, ConvSpec, Node, Precision};

/// How much of a batch's statistics goes into the running ones, PyTorch's default.
const MOMENTUM: f32 = 0.1;

/// The pooling of [`Node::MaxPool`].
fn max_pooling(padding: usize) -> Pooling {
    Pooling {
        kernel: 3,
        stride: 2,
        padding,
    }
}

/// The pooling of [`Node::AvgPool`].
const AVG_POOL: Pooling = Pooling {
    kernel: 3,
    stride: 1,
    padding: 1,
};

/// A convolution, its batch norm, and its ReLU where it has one, with variables for weights.
#[derive(Debug)]
pub struct TrainableConv {
    spec: ConvSpec,
    /// `[c_out, c_in, rows, columns]`.
    weight: Var,
    /// γ, `[c_out]`.
    scale: Var,
    /// β, `[c_out]`.
    shift: Var,
    running: Mutex<RunningStatistics>,
    eps: f64,
    /// What its convolution is computed in; the variables are f32 whatever it is.
    precision: Precision,
}

/// Running mean and variance, `[c_out]` each.
#[derive(Clone, Debug, PartialEq)]
pub struct RunningStatistics {
    /// Means.
    pub mean: Vec<f32>,
    /// Variances, divided by the number of values less one, as PyTorch keeps them.
    pub var: Vec<f32>,
}

impl RunningStatistics {
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
            spec: spec.clone(),
            weight: Var::from_vec(weight, &spec.weight_shape(), device)?,
            scale: channels(norm.weight)?,
            shift: channels(norm.bias)?,
            running: Mutex::new(RunningStatistics {
                mean: norm.mean,
                var: norm.var,
            }),
            eps: norm.eps,
            precision: Precision::F32,
        })
    }

    /// Computes its convolution in another precision from now on: f32 or bf16. Its variables, its norm and its gradients stay f32.
    pub fn compute_in(&mut self, precision: Precision) {
        self.precision = precision;
    }

    /// Its variables, under PyTorch's names.
    pub fn variables(&self) -> [(String, &Var); 3] {
        [
            (self.spec.weight_name(), &self.weight),
            (self.spec.norm_name("weight"), &self.scale),
            (self.spec.norm_name("bias"), &self.shift),
        ]
    }

    /// What it is, and its names in a state dict.
    #[must_use]
    pub fn spec(&self) -> &ConvSpec {
        &self.spec
    }

    fn geometry(&self) -> ConvGeometry {
        ConvGeometry {
            stride: self.spec.stride,
            padding: self.spec.padding,
        }
    }

    /// Its running statistics.
    #[must_use]
    pub fn running(&self) -> RunningStatistics {
        self.running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Sets its running statistics, as a checkpoint of training holds them.
    ///
    /// # Errors
    /// If there are not as many means and variances as channels.
    pub fn set_running(&self, running: RunningStatistics) -> Result<()> {
        let channels = self.scale.elem_count();
        if running.mean.len() != channels || running.var.len() != channels {
            candle_core::bail!(
                "{} has {channels} channels, and not {} means and {} variances",
                self.spec.name,
                running.mean.len(),
                running.var.len()
            );
        }
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = running;
        Ok(())
    }

    fn norm(&self) -> BatchNormParameters<'_> {
        BatchNormParameters {
            weight: &self.scale,
            bias: &self.shift,
            eps: self.eps,
            relu: self.spec.relu,
        }
    }

    /// The output of an activation, by the batch's own statistics, which the running ones follow.
    fn forward(&self, x: &Tensor) -> Result<(Tensor, ConvTrace)> {
        let x = operand(x, self.precision)?;
        let weight = operand(&self.weight.as_detached_tensor(), self.precision)?;
        let (geometry, norm) = (self.geometry(), self.norm());
        let (made, y, normed) = conv2d_batch_norm_in(self.precision, &x, &weight, geometry, norm)?;
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.follow(&normed.moments());
        let trace = ConvTrace { x, made, normed };
        Ok((y.detach(), trace))
    }

    /// The output of an activation, by the running statistics, which stay as they are.
    fn evaluate(&self, x: &Tensor) -> Result<Tensor> {
        let running = self.running();
        let weight = self.weight.as_detached_tensor();
        if x.device().is_cpu() && self.precision == Precision::F32 {
            let norm = BatchNorm {
                weight: self.scale.to_vec1()?,
                bias: self.shift.to_vec1()?,
                mean: running.mean,
                var: running.var,
                eps: self.eps,
            };
            let mut folded = weight.flatten_all()?.to_vec1()?;
            let bias = norm.fold_into(&mut folded);
            let weight = Tensor::from_vec(folded, weight.shape(), x.device())?;
            return conv2d_bias(x, &weight, bias, self.geometry(), self.spec.relu);
        }
        let (x, weight) = (
            operand(x, self.precision)?,
            operand(&weight, self.precision)?,
        );
        let made = conv2d_in(self.precision, &x, &weight, self.geometry())?;
        let mode = BatchNormMode::RunningStatistics {
            mean: &running.mean,
            var: &running.var,
        };
        Ok(batch_norm(&made, self.norm(), mode)?.0.detach())
    }

    /// Leaves the gradients of its variables, and gives that of its input where it is wanted.
    fn backward(
        &self,
        trace: ConvTrace,
        dy: &Tensor,
        towards_x: bool,
        gradients: &mut GradStore,
    ) -> Result<Option<Tensor>> {
        let ConvTrace { x, made, normed } = trace;
        let [d_made, scale, shift] = batch_norm_backward(&made, self.norm(), &normed, dy.clone())?;
        gradients.insert(&self.scale, scale);
        gradients.insert(&self.shift, shift);
        drop(made);
        let weight = operand(&self.weight.as_detached_tensor(), self.precision)?;
        let (dx, weight) = conv2d_backward_in(
            self.precision,
            [&x, &weight],
            &d_made,
            self.geometry(),
            towards_x,
        )?;
        gradients.insert(&self.weight, weight);
        Ok(dx.map(|dx| dx.detach()))
    }
}

/// What a convolution's backward pass needs.
struct ConvTrace {
    /// As the convolution takes it.
    x: Tensor,
    /// The convolution's output, before its norm.
    made: Tensor,
    normed: SavedStatistics,
}

/// What the backward pass of a piece of a network needs of its forward pass.
pub struct ForwardCache(LayerKind);

enum LayerKind {
    Conv(ConvTrace),
    Pool {
        x: Tensor,
        y: Tensor,
        pooling: Pooling,
    },
    Chain(Vec<ForwardCache>),
    /// Each with the length of its part of the output along axis 1.
    Branches(Vec<(ForwardCache, usize)>),
    Residual {
        main: Box<ForwardCache>,
        shortcut: Option<Box<ForwardCache>>,
        y: Tensor,
    },
}

impl Node<TrainableConv> {
    /// The output of an activation in training, and what its backward pass needs.
    ///
    /// # Errors
    /// If the shape does not fit, or the device fails.
    pub fn forward(&self, x: &Tensor) -> Result<(Tensor, ForwardCache)> {
        let pool = |y: Tensor, pooling| {
            let (x, y) = (x.clone(), y.detach());
            (y.clone(), LayerKind::Pool { x, y, pooling })
        };
        let (y, kind) = match self {
            Self::Conv(conv) => {
                let (y, trace) = conv.forward(x)?;
                (y, LayerKind::Conv(trace))
            }
            Self::MaxPool { padding } => {
                let pooling = max_pooling(*padding);
                pool(max_pool(x, pooling)?, pooling)
            }
            Self::AvgPool => pool(avg_pool(x, AVG_POOL)?, AVG_POOL),
            Self::Chain(nodes) => {
                let mut traces = Vec::with_capacity(nodes.len());
                let mut y = x.clone();
                for node in nodes {
                    let (next, trace) = node.forward(&y)?;
                    traces.push(trace);
                    y = next;
                }
                (y, LayerKind::Chain(traces))
            }
            Self::Branches(nodes) => {
                let mut outputs = Vec::with_capacity(nodes.len());
                let mut traces = Vec::with_capacity(nodes.len());
                for node in nodes {
                    let (y, trace) = node.forward(x)?;
                    traces.push((trace, y.dim(1)?));
                    outputs.push(y);
                }
                (cat(&outputs)?, LayerKind::Branches(traces))
            }
            Self::Residual { main, shortcut } => {
                // The sum takes the memory of the main path's output, which its own backward pass does not need.
                if main.last_conv().is_none_or(|conv| conv.spec.relu) {
                    candle_core::bail!(
                        "the main path of a residual does not end in a convolution without ReLU"
                    );
                }
                let (y, main) = main.forward(x)?;
                let (added, shortcut) = match shortcut {
                    Some(shortcut) => {
                        let (added, trace) = shortcut.forward(x)?;
                        (added, Some(Box::new(trace)))
                    }
                    None => (x.clone(), None),
                };
                let y = add_relu(y, &added)?;
                let main = Box::new(main);
                (y.clone(), LayerKind::Residual { main, shortcut, y })
            }
        };
        Ok((y, ForwardCache(kind)))
    }

    /// The output of an activation in evaluation: batch norms use their running statistics, and nothing is kept.
    ///
    /// # Errors
    /// If the shape does not fit, or the device fails.
    pub fn evaluate(&self, x: &Tensor) -> Result<Tensor> {
        match self {
            Self::Conv(conv) => conv.evaluate(x),
            Self::MaxPool { padding } => Ok(max_pool(x, max_pooling(*padding))?.detach()),
            Self::AvgPool => Ok(avg_pool(x, AVG_POOL)?.detach()),
            Self::Chain(nodes) => nodes
                .iter()
                .try_fold(x.clone(), |x, node| node.evaluate(&x)),
            Self::Branches(nodes) => {
                let outputs = nodes
                    .iter()
                    .map(|node| node.evaluate(x))
                    .collect::<Result<Vec<_>>>()?;
                cat(&outputs)
            }
            Self::Residual { main, shortcut } => {
                let beside = match shortcut {
                    Some(shortcut) => shortcut.evaluate(x)?,
                    None => x.clone(),
                };
                Ok(add_relu(main.evaluate(x)?, &beside)?.detach())
            }
        }
    }

    /// Leaves the gradients of all variables, from that of the output, and gives that of the input where it is wanted. The gradient
    /// of the output is used up: its memory may hold something else afterwards.
    ///
    /// # Errors
    /// If the trace is not of this piece, or the device fails.
    pub fn backward(
        &self,
        trace: ForwardCache,
        dy: &Tensor,
        towards_x: bool,
        gradients: &mut GradStore,
    ) -> Result<Option<Tensor>> {
        match (self, trace.0) {
            (Self::Conv(conv), LayerKind::Conv(trace)) => {
                conv.backward(trace, dy, towards_x, gradients)
            }
            (Self::MaxPool { .. } | Self::AvgPool, LayerKind::Pool { x, y, pooling }) => {
                if !towards_x {
                    return Ok(None);
                }
                let mean = matches!(self, Self::AvgPool);
                pool_backward(&x, &y, dy, pooling, mean).map(Some)
            }
            (Self::Chain(nodes), LayerKind::Chain(traces)) => {
                let mut gradient = Some(dy.clone());
                for (at, (node, trace)) in nodes.iter().zip(traces).enumerate().rev() {
                    let Some(dy) = gradient else { break };
                    gradient = node.backward(trace, &dy, towards_x || at > 0, gradients)?;
                }
                Ok(gradient)
            }
            (Self::Branches(nodes), LayerKind::Branches(traces)) => {
                let mut sum: Option<Tensor> = None;
                let mut from = 0;
                for (node, (trace, length)) in nodes.iter().zip(traces) {
                    let dy = dy.narrow(1, from, length)?;
                    from += length;
                    if let Some(dx) = node.backward(trace, &dy, towards_x, gradients)? {
                        sum = Some(match sum {
                            Some(sum) => add_to(sum, &dx)?,
                            None => dx,
                        });
                    }
                }
                Ok(sum)
            }
            (
                Self::Residual { main, shortcut },
                LayerKind::Residual {
                    main: behind,
                    shortcut: beside,
                    y,
                },
            ) => {
                let dy = relu_backward(dy.clone(), &y)?;
                drop(y);
                // Each path uses the gradient up.
                let d_main = main.backward(*behind, &dy.copy()?, towards_x, gradients)?;
                let d_shortcut = match (shortcut, beside) {
                    (Some(shortcut), Some(trace)) => {
                        shortcut.backward(*trace, &dy, towards_x, gradients)?
                    }
                    _ => Some(dy),
                };
                Ok(match (d_main, d_shortcut) {
                    (Some(d_main), Some(d_shortcut)) => Some(add_to(d_main, &d_shortcut)?),
                    _ => None,
                })
            }
            _ => candle_core::bail!("a trace belongs to another network"),
        }
    }
}

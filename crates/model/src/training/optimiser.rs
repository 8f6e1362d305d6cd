//! SGD, `AdamW` and the moving average of the weights, as PyTorch computes them.
//!
//! On the processor, each update goes through every tensor once, in place and with several threads; each new value depends only
//! on the old ones at its position, so the number of threads does not matter. On a card, Candle's own operations do the same.
//!
//! Written here since Candle's make several tensors for each update, and none writes in place.

use std::str::FromStr;

use candle_core::{CpuStorage, InplaceOp2, InplaceOp3, Layout, Result, Tensor, Var};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use flipscope_image::perturb::UnknownName;

/// Turns gradients into changes of the weights.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "lowercase", deny_unknown_fields)]
pub enum Optimiser {
    /// Stochastic gradient descent, as `torch.optim.SGD` (dampening 0, no Nesterov).
    Sgd {
        /// Momentum, 0 to below 1.
        momentum: f64,
        /// L2 penalty, added to the gradient.
        weight_decay: f64,
    },
    /// `AdamW` (Loshchilov & Hutter 2019), as `torch.optim.AdamW`.
    AdamW {
        /// Decay of the mean of the gradients.
        beta1: f64,
        /// Decay of the mean of their squares.
        beta2: f64,
        /// Added to the root.
        eps: f64,
        /// Decoupled weight decay.
        weight_decay: f64,
    },
}

impl Optimiser {
    /// SGD with the letter's momentum and without weight decay.
    pub const SGD: Self = Self::Sgd {
        momentum: 0.9,
        weight_decay: 0.0,
    };

    /// `AdamW` with PyTorch's defaults.
    pub const ADAMW: Self = Self::AdamW {
        beta1: 0.9,
        beta2: 0.999,
        eps: 1e-8,
        weight_decay: 0.01,
    };
}

impl FromStr for Optimiser {
    type Err = UnknownName;

    fn from_str(name: &str) -> std::result::Result<Self, UnknownName> {
        match name {
            "sgd" => Ok(Self::SGD),
            "adamw" => Ok(Self::ADAMW),
            _ => Err(UnknownName {
                what: "optimiser",
                name: name.to_owned(),
                known: "sgd, adamw",
            }),
        }
    }
}

/// The optimiser's state for one variable, in the variable's shape.
pub(super) struct OptimizerState {
    /// SGD: the momentum buffer. `AdamW`: the mean of the gradients.
    pub(super) first: Var,
    /// `AdamW`: the mean of the squared gradients.
    pub(super) second: Option<Var>,
}

impl OptimizerState {
    /// The state of a variable before the first step.
    pub(super) fn new(optimiser: Optimiser, variable: &Tensor) -> Result<Self> {
        let zeros = || Var::from_tensor(&variable.zeros_like()?);
        Ok(Self {
            first: zeros()?,
            second: match optimiser {
                Optimiser::Sgd { .. } => None,
                Optimiser::AdamW { .. } => Some(zeros()?),
            },
        })
    }

    /// Changes a variable by its gradient. `step` counts from 1.
    pub(super) fn update(
        &self,
        optimiser: Optimiser,
        lr: f64,
        step: u64,
        variable: &Var,
        gradient: &Tensor,
    ) -> Result<()> {
        match optimiser {
            // `torch.optim.SGD` sets the buffer to the first gradient; from zeros, momentum · 0 + gradient is the same.
            Optimiser::Sgd {
                momentum,
                weight_decay,
            } => {
                let buffer = Buffer {
                    momentum: momentum as f32,
                    decay: weight_decay as f32,
                };
                buffer.apply(&self.first, gradient, variable)?;
                blend(variable, 1.0, &self.first, -lr as f32)
            }
            Optimiser::AdamW {
                beta1,
                beta2,
                eps,
                weight_decay,
            } => {
                let Some(second) = &self.second else {
                    candle_core::bail!("AdamW remembers two tensors of each variable");
                };
                blend(&self.first, beta1 as f32, gradient, (1.0 - beta1) as f32)?;
                let squares = Blend {
                    keep: beta2 as f32,
                    add: (1.0 - beta2) as f32,
                    squared: true,
                };
                squares.apply(second, gradient)?;
                let steps = i32::try_from(step).unwrap_or(i32::MAX);
                let change = Adaptive {
                    keep: (1.0 - lr * weight_decay) as f32,
                    size: (lr / (1.0 - beta1.powi(steps))) as f32,
                    root: (1.0 - beta2.powi(steps)).sqrt() as f32,
                    eps: eps as f32,
                };
                change.apply(variable, &self.first, second)
            }
        }
    }
}

/// `to · keep + from · add`, in place of `to`.
pub(super) fn blend(to: &Var, keep: f32, from: &Tensor, add: f32) -> Result<()> {
    let squared = false;
    Blend { keep, add, squared }.apply(to, from)
}

/// x ← x · keep + y · add, or with y² for y.
#[derive(Clone, Copy)]
struct Blend {
    keep: f32,
    add: f32,
    squared: bool,
}

impl Blend {
    fn apply(self, to: &Var, from: &Tensor) -> Result<()> {
        if to.device().is_cpu() {
            return to.inplace_op2(&from.contiguous()?, &self);
        }
        let from = if self.squared {
            from.sqr()?
        } else {
            from.clone()
        };
        let kept = (to.as_detached_tensor() * f64::from(self.keep))?;
        to.set(&(kept + (from * f64::from(self.add))?)?)
    }
}

impl InplaceOp2 for Blend {
    fn name(&self) -> &'static str {
        "blend"
    }

    fn cpu_fwd(
        &self,
        to: &mut CpuStorage,
        to_layout: &Layout,
        from: &CpuStorage,
        from_layout: &Layout,
    ) -> Result<()> {
        let (to, from) = (target(to, to_layout)?, source(from, from_layout)?);
        let Self { keep, add, squared } = *self;
        to.par_chunks_mut(CHUNK)
            .zip(from.par_chunks(CHUNK))
            .for_each(|(to, from)| {
                for (x, y) in to.iter_mut().zip(from) {
                    let y = if squared { y * y } else { *y };
                    *x = *x * keep + y * add;
                }
            });
        Ok(())
    }
}

/// SGD's momentum buffer: b ← b · momentum + (gradient + weight · decay).
#[derive(Clone, Copy)]
struct Buffer {
    momentum: f32,
    decay: f32,
}

impl Buffer {
    fn apply(self, buffer: &Var, gradient: &Tensor, weight: &Var) -> Result<()> {
        if buffer.device().is_cpu() {
            return buffer.inplace_op3(&gradient.contiguous()?, weight, &self);
        }
        let decayed = (gradient + (weight.as_detached_tensor() * f64::from(self.decay))?)?;
        let kept = (buffer.as_detached_tensor() * f64::from(self.momentum))?;
        buffer.set(&(kept + decayed)?)
    }
}

impl InplaceOp3 for Buffer {
    fn name(&self) -> &'static str {
        "momentum"
    }

    fn cpu_fwd(
        &self,
        buffer: &mut CpuStorage,
        buffer_layout: &Layout,
        gradient: &CpuStorage,
        gradient_layout: &Layout,
        weight: &CpuStorage,
        weight_layout: &Layout,
    ) -> Result<()> {
        let buffer = target(buffer, buffer_layout)?;
        let gradient = source(gradient, gradient_layout)?;
        let weight = source(weight, weight_layout)?;
        let Self { momentum, decay } = *self;
        buffer
            .par_chunks_mut(CHUNK)
            .zip(gradient.par_chunks(CHUNK).zip(weight.par_chunks(CHUNK)))
            .for_each(|(buffer, (gradient, weight))| {
                for (buffer, (gradient, weight)) in
                    buffer.iter_mut().zip(gradient.iter().zip(weight))
                {
                    *buffer = *buffer * momentum + (gradient + weight * decay);
                }
            });
        Ok(())
    }
}

/// `AdamW`'s change: w ← w · keep − size · m / (√v / root + ε).
#[derive(Clone, Copy)]
struct Adaptive {
    keep: f32,
    size: f32,
    root: f32,
    eps: f32,
}

impl Adaptive {
    fn apply(self, weight: &Var, mean: &Var, squares: &Var) -> Result<()> {
        if weight.device().is_cpu() {
            return weight.inplace_op3(mean, squares, &self);
        }
        let root = (squares.as_detached_tensor().sqrt()? / f64::from(self.root))?;
        let change = (mean.as_detached_tensor() / (root + f64::from(self.eps))?)?;
        let kept = (weight.as_detached_tensor() * f64::from(self.keep))?;
        weight.set(&(kept - (change * f64::from(self.size))?)?)
    }
}

impl InplaceOp3 for Adaptive {
    fn name(&self) -> &'static str {
        "adaptive change"
    }

    fn cpu_fwd(
        &self,
        weight: &mut CpuStorage,
        weight_layout: &Layout,
        mean: &CpuStorage,
        mean_layout: &Layout,
        squares: &CpuStorage,
        squares_layout: &Layout,
    ) -> Result<()> {
        let weight = target(weight, weight_layout)?;
        let mean = source(mean, mean_layout)?;
        let squares = source(squares, squares_layout)?;
        let Self {
            keep,
            size,
            root,
            eps,
        } = *self;
        weight
            .par_chunks_mut(CHUNK)
            .zip(mean.par_chunks(CHUNK).zip(squares.par_chunks(CHUNK)))
            .for_each(|(weight, (mean, squares))| {
                for (weight, (mean, squares)) in weight.iter_mut().zip(mean.iter().zip(squares)) {
                    *weight = *weight * keep - size * mean / (squares.sqrt() / root + eps);
                }
            });
        Ok(())
    }
}

/// Values that one thread takes at a time.
const CHUNK: usize = 1 << 14;

fn source<'a>(storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [f32]> {
    match layout.contiguous_offsets() {
        Some((from, to)) => Ok(storage.as_slice::<f32>()?.get(from..to).unwrap_or_default()),
        None => candle_core::bail!("a gradient is not contiguous"),
    }
}

fn target<'a>(storage: &'a mut CpuStorage, layout: &Layout) -> Result<&'a mut [f32]> {
    match (storage, layout.contiguous_offsets()) {
        (CpuStorage::F32(values), Some((from, to))) => {
            Ok(values.get_mut(from..to).unwrap_or_default())
        }
        _ => candle_core::bail!("a variable is not contiguous f32"),
    }
}

#[cfg(test)]
mod tests {
    use candle_core::Device;

    use super::*;

    /// `tests/golden/make_recipe_goldens.py`.
    #[test]
    fn weights_go_where_pytorch_takes_them() {
        let golden: serde_json::Value =
            serde_json::from_str(include_str!("../../../../tests/golden/recipe.json")).unwrap();
        let formula = |value: &dyn Fn(f64) -> f64| -> Vec<f32> {
            (0..6).map(|n| value(f64::from(n)) as f32).collect()
        };
        for one in golden["optimisers"].as_array().unwrap() {
            let optimiser = match one["name"].as_str().unwrap() {
                "sgd" => Optimiser::Sgd {
                    momentum: 0.9,
                    weight_decay: 0.01,
                },
                _ => Optimiser::AdamW {
                    beta1: 0.9,
                    beta2: 0.999,
                    eps: 1e-8,
                    weight_decay: 0.05,
                },
            };
            let weight = Var::from_vec(formula(&f64::sin), 6, &Device::Cpu).unwrap();
            let memory = OptimizerState::new(optimiser, &weight).unwrap();
            for step in 1..=5_u64 {
                let gradient = formula(&|n| (n * step as f64).cos());
                let gradient = Tensor::from_vec(gradient, 6, &Device::Cpu).unwrap();
                memory
                    .update(optimiser, 0.1, step, &weight, &gradient)
                    .unwrap();
            }
            let wanted: Vec<f32> = serde_json::from_value(one["weights"].clone()).unwrap();
            let made: Vec<f32> = weight.to_vec1().unwrap();
            for (made, wanted) in made.iter().zip(&wanted) {
                assert!(
                    (made - wanted).abs() < 1e-6,
                    "{}: {made} in place of {wanted}",
                    one["name"]
                );
            }
        }
    }
}

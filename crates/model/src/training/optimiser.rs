//! SGD, `AdamW` and the moving average of the weights, as PyTorch computes them.

use std::str::FromStr;

use candle_core::{Result, Tensor, Var};
use serde::{Deserialize, Serialize};

use super::in_place::{Adaptive, Blend, Buffer, blend};
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

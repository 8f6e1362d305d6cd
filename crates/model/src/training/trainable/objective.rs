//! What training minimises: cross entropy, smoothed, with dropout and the auxiliary head's share.

use candle_core::{D, Result, Tensor};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// Weight of the auxiliary head's loss (Szegedy et al. 2016 as PyTorch's tutorials train it, and the letter).
pub const AUXILIARY_WEIGHT: f64 = 0.4;

/// The objective, a function of the weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// Label smoothing (Szegedy et al. 2016), 0 to below 1: this share of a label is spread over all classes, as
    /// `torch.nn.CrossEntropyLoss(label_smoothing=…)` does.
    pub smoothing: f64,
    /// Weight of the auxiliary head's loss, if there is one.
    pub auxiliary: f64,
    /// Dropout before the main head.
    pub dropout: Option<Dropout>,
}

/// Dropout before the main head, as torchvision's Inception-v3 has it (p = 0.5 there).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dropout {
    /// Share of the features that become 0, 0 to below 1; the others are divided by 1 − p.
    pub p: f64,
    /// The same seed drops the same features.
    pub seed: u64,
}

impl Default for Objective {
    /// Plain cross entropy, the auxiliary head weighted by [`AUXILIARY_WEIGHT`].
    fn default() -> Self {
        Self {
            smoothing: 0.0,
            auxiliary: AUXILIARY_WEIGHT,
            dropout: None,
        }
    }
}

impl Objective {
    /// The mean over a batch, from logits `[n, classes]` and labels `[n]`.
    pub(super) fn loss(&self, logits: &Tensor, labels: &Tensor) -> Result<Tensor> {
        let loss = each(logits, labels)?.mean_all()?;
        if self.smoothing == 0.0 {
            return Ok(loss);
        }
        let spread = log_softmax(logits)?.mean_all()?.neg()?;
        (loss * (1.0 - self.smoothing))? + (spread * self.smoothing)?
    }

    /// Features `[n, features]` after dropout.
    pub(super) fn drop_some(&self, features: &Tensor) -> Result<Tensor> {
        let Some(Dropout { p, seed }) = self.dropout.filter(|one| one.p > 0.0) else {
            return Ok(features.clone());
        };
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let kept = (1.0 / (1.0 - p)) as f32;
        let dropped_below = (p * f64::from(u32::MAX)) as u32;
        let mask: Vec<f32> = (0..features.elem_count())
            .map(|_| {
                if random.next_u32() < dropped_below {
                    0.0
                } else {
                    kept
                }
            })
            .collect();
        features * Tensor::from_vec(mask, features.shape(), features.device())?
    }
}

/// The cross entropy of each row of logits `[n, classes]` with its label.
pub(super) fn each(logits: &Tensor, labels: &Tensor) -> Result<Tensor> {
    log_softmax(logits)?
        .gather(&labels.unsqueeze(1)?, 1)?
        .squeeze(1)?
        .neg()
}

/// ln softmax along the last axis, with the maximum subtracted first so that no exponential overflows.
fn log_softmax(logits: &Tensor) -> Result<Tensor> {
    let shifted = logits.broadcast_sub(&logits.max_keepdim(D::Minus1)?)?;
    let sum = shifted.exp()?.sum_keepdim(D::Minus1)?;
    shifted.broadcast_sub(&sum.log()?)
}

#[cfg(test)]
mod tests {
    use candle_core::Device;

    use super::*;

    /// `tests/golden/make_recipe_goldens.py`
    #[test]
    fn the_smoothed_loss_is_pytorchs() {
        let golden: serde_json::Value =
            serde_json::from_str(include_str!("../../../../../tests/golden/recipe.json")).unwrap();
        let logits: Vec<f32> = (0..12)
            .map(|at| (f64::from(3 * (at / 3) + at % 3).sin() * 2.0) as f32)
            .collect();
        let logits = Tensor::from_vec(logits, (4, 3), &Device::Cpu).unwrap();
        let labels = Tensor::new(&[0_u32, 1, 2, 0], &Device::Cpu).unwrap();
        for one in golden["losses"].as_array().unwrap() {
            let objective = Objective {
                smoothing: one["smoothing"].as_f64().unwrap(),
                ..Objective::default()
            };
            let loss: f32 = objective
                .loss(&logits, &labels)
                .unwrap()
                .to_scalar()
                .unwrap();
            assert!((f64::from(loss) - one["loss"].as_f64().unwrap()).abs() < 1e-6);
        }
    }

    #[test]
    fn dropout_keeps_the_mean_and_follows_its_seed() {
        let features = Tensor::ones((4, 2048), candle_core::DType::F32, &Device::Cpu).unwrap();
        let dropped = |seed| {
            let objective = Objective {
                dropout: Some(Dropout { p: 0.25, seed }),
                ..Objective::default()
            };
            let made = objective.drop_some(&features).unwrap();
            made.flatten_all().unwrap().to_vec1::<f32>().unwrap()
        };
        let made = dropped(1);
        let zeros = made.iter().filter(|&&value| value == 0.0).count();
        assert!((1800..2300).contains(&zeros), "{zeros} of 8192");
        assert!(
            made.iter()
                .all(|&value| value == 0.0 || (value - 4.0 / 3.0).abs() < 1e-6)
        );
        assert_eq!(made, dropped(1));
        assert_ne!(made, dropped(2));
    }
}

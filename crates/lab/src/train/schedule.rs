//! How the learning rate changes from step to step.

use serde::{Deserialize, Serialize};

use super::check::check;
use super::error::TrainError;

/// How the learning rate changes: a linear warm-up, then decay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Epochs (or fractions of one) over which the learning rate grows linearly to its largest.
    pub warmup: f64,
    /// The decay that follows.
    #[serde(alias = "course")]
    pub decay: Decay,
}

/// The learning rate after the warm-up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "lowercase", deny_unknown_fields)]
pub enum Decay {
    /// Stays constant.
    #[default]
    Constant,
    /// Half a cosine down to 0 at the last step (Loshchilov & Hutter 2017, without restarts).
    Cosine,
    /// Multiplied by a factor after every so many epochs, as `torch.optim.lr_scheduler.StepLR`.
    Step {
        /// Epochs.
        every: usize,
        /// Factor, above 0 to 1.
        factor: f64,
    },
}

impl Schedule {
    /// A warm-up of this many epochs, then half a cosine.
    #[must_use]
    pub fn cosine(warmup: f64) -> Self {
        Self {
            warmup,
            decay: Decay::Cosine,
        }
    }

    pub(super) fn validate(&self) -> Result<(), TrainError> {
        let fits = self.warmup.is_finite() && self.warmup >= 0.0;
        check("--warmup", self.warmup, fits, "0 epochs or more")?;
        if let Decay::Step { every, factor } = self.decay {
            check("--step-every", every, every >= 1, "1 epoch or more")?;
            let fits = factor > 0.0 && factor <= 1.0;
            check("--step-factor", factor, fits, "above 0 and at most 1")?;
        }
        Ok(())
    }

    /// The factor for the largest learning rate at a step (from 0) of a training of `epochs` epochs.
    #[must_use]
    pub fn factor(&self, step: u64, steps_per_epoch: u64, epochs: usize) -> f64 {
        let at = step as f64;
        let warmup = (self.warmup * steps_per_epoch as f64).round();
        if at < warmup {
            return (at + 1.0) / warmup;
        }
        match self.decay {
            Decay::Constant => 1.0,
            Decay::Cosine => {
                let all = (steps_per_epoch * epochs as u64) as f64;
                let done = (at - warmup) / (all - warmup).max(1.0);
                0.5 * (1.0 + (std::f64::consts::PI * done.min(1.0)).cos())
            }
            Decay::Step { every, factor } => {
                let epoch = step / steps_per_epoch.max(1);
                factor.powi((epoch / every.max(1) as u64) as i32)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warm_up_ends_at_the_largest_rate_and_the_cosine_at_none() {
        let schedule = Schedule::cosine(0.5);
        let factor = |step| schedule.factor(step, 10, 4);
        assert_eq!((factor(0), factor(4), factor(5)), (0.2, 1.0, 1.0));
        assert!((factor(5 + 35 / 2) - 0.5).abs() < 0.03);
        assert!(factor(39) < 0.01 && factor(39) > 0.0);
        assert!((5..39).all(|step| factor(step) > factor(step + 1)));
    }

    #[test]
    fn steps_come_after_whole_epochs() {
        let decay = Decay::Step {
            every: 2,
            factor: 0.1,
        };
        let schedule = Schedule { warmup: 0.0, decay };
        let factors: Vec<f64> = [0, 19, 20, 39, 40]
            .map(|step| schedule.factor(step, 10, 9))
            .into();
        assert_eq!(factors[..4], [1.0, 1.0, 0.1, 0.1]);
        assert!((factors[4] - 0.01).abs() < 1e-12);
    }

    #[test]
    fn a_recipe_of_an_older_version_is_read() {
        let json = r#"{"warmup":0.5,"course":{"name":"cosine"}}"#;
        let schedule: Schedule = serde_json::from_str(json).unwrap();
        assert_eq!(schedule, Schedule::cosine(0.5));
        let written = serde_json::to_string(&schedule).unwrap();
        assert_eq!(written, json.replace("course", "decay"));
    }
}

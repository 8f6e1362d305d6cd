//! The recipe: every parameter of a training. With the same recipe, start and data the processor gives the same weights, to the
//! last bit.

use serde::{Deserialize, Serialize};

use super::augment::Augmentations;
use super::check::check;
use super::error::TrainError;
use super::preset::RecipePreset;
use super::schedule::Schedule;
use flipscope_image::lesion::ColorHandling;
use flipscope_model::Precision;
use flipscope_model::training::Optimiser;

/// The sensitivity of the operating point, unless the recipe says another: about that of the letter's classifier.
pub(super) const SENSITIVITY: f64 = 0.9;

fn usual_sensitivity() -> f64 {
    SENSITIVITY
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_f32(precision: &Precision) -> bool {
    *precision == Precision::F32
}

/// A precision as the word that is written on the command line.
mod in_words {
    use flipscope_model::Precision;
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    pub(super) fn serialize<S: Serializer>(
        precision: &Precision,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(precision.name())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Precision, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(D::Error::custom)
    }
}

/// Every parameter of a training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The preset that it began with, any number of which may have been replaced; none in recipes of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<RecipePreset>,
    /// How often every example is seen, approximately; 0: the initial weights are validated and kept.
    pub epochs: usize,
    /// Frames per step.
    pub batch: usize,
    /// Largest learning rate.
    pub lr: f64,
    /// What convolutions are computed in: f32, or bf16 with f32 for everything that is kept; f32 in recipes of older versions.
    #[serde(default, with = "in_words", skip_serializing_if = "is_f32")]
    pub precision: Precision,
    /// The optimiser.
    pub optimiser: Optimiser,
    /// How the learning rate changes.
    pub schedule: Schedule,
    /// Whether every class is drawn equally often, whatever its frequency among the examples.
    pub balance: bool,
    /// Label smoothing, 0 to below 1.
    pub smoothing: f64,
    /// Weight of the auxiliary head's loss, if there is one.
    pub auxiliary: f64,
    /// Share of the main head's features that each step drops, 0 to below 1.
    pub dropout: f64,
    /// Decay of the exponential moving average of the weights, which is then what is validated and kept; 0: none.
    pub average: f64,
    /// The last frozen block, e.g. `Conv2d_4a_3x3`: it and all before it are frozen; none: everything is trained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freeze: Option<String>,
    /// Epochs without a better validation AUC after which it stops; none: it never stops early.
    pub patience: Option<usize>,
    /// The sensitivity for which a threshold is chosen on the validation part: the operating point; above 0, to 1.
    #[serde(default = "usual_sensitivity")]
    pub sensitivity: f64,
    /// How photographs are read.
    #[serde(rename = "reading")]
    pub color_handling: ColorHandling,
    /// The augmentation of the training frames.
    pub augment: Augmentations,
    /// Seed of the order of the examples, the augmentations and the dropout.
    pub seed: u64,
}

impl Recipe {
    /// Checks that every number is valid.
    ///
    /// # Errors
    /// The first that is not.
    pub fn validate(&self) -> Result<(), TrainError> {
        let share = |name, value: f64| {
            check(
                name,
                value,
                (0.0..1.0).contains(&value),
                "from 0 to below 1",
            )
        };
        let positive = |name, value: f64| {
            let fits = value.is_finite() && value > 0.0;
            check(name, value, fits, "a number above 0")
        };
        let decay = |value: f64| {
            let fits = value.is_finite() && value >= 0.0;
            check("--weight-decay", value, fits, "0 or more")
        };
        check(
            "--batch",
            self.batch,
            self.batch >= 2,
            "2 or more, for the batch norms",
        )?;
        let fits = self.precision != Precision::Tf32;
        check("--precision", self.precision, fits, "f32 or bf16")?;
        positive("--lr", self.lr)?;
        match self.optimiser {
            Optimiser::Sgd {
                momentum,
                weight_decay,
            } => {
                share("--momentum", momentum)?;
                decay(weight_decay)?;
            }
            Optimiser::AdamW {
                beta1,
                beta2,
                eps,
                weight_decay,
            } => {
                share("beta1", beta1)?;
                share("beta2", beta2)?;
                positive("eps", eps)?;
                decay(weight_decay)?;
            }
        }
        self.schedule.validate()?;
        share("--smoothing", self.smoothing)?;
        share("--dropout", self.dropout)?;
        share("--average", self.average)?;
        let fits = self.auxiliary.is_finite() && self.auxiliary >= 0.0;
        check("--auxiliary", self.auxiliary, fits, "0 or more")?;
        if let Some(patience) = self.patience {
            check("--patience", patience, patience >= 1, "1 or more")?;
        }
        let fits = self.sensitivity > 0.0 && self.sensitivity <= 1.0;
        check(
            "--sensitivity",
            self.sensitivity,
            fits,
            "above 0 and at most 1",
        )?;
        self.augment.validate()
    }
}

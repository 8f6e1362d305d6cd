//! The presets' recipes, which options replace number by number.

use super::augment::Augmentations;
use super::preset::RecipePreset;
use super::recipe::{Recipe, SENSITIVITY};
use super::schedule::Schedule;
use flipscope_image::lesion::ColorHandling;
use flipscope_model::Precision;
use flipscope_model::training::{AUXILIARY_WEIGHT, Optimiser};

/// The hue jitter of the letter's retraining, in turns.
const HUE: f64 = 0.4;

impl RecipePreset {
    /// Its recipe for a network of an architecture, by the name that checkpoints give it.
    ///
    /// `letter`: that of the letter's `classify.py` (thelynchlab/adversarial at 80284ea): SGD at 1e-3, momentum 0.9, batch 8,
    /// 30 epochs, constant learning rate; random resized crop, flips, rotation up to 180° with black corners; auxiliary loss
    /// weighted by 0.4; files read without their EXIF orientation and colour profile. Only the choice of epoch differs: the
    /// letter picks it by accuracy on the set that it then reports, this by the AUC on the validation part. What the letter's
    /// code leaves to torchvision is torchvision's: dropout of 0.5 in Inception-v3; `ResNet`s have neither dropout nor an
    /// auxiliary head.
    ///
    /// `letter-jitter`: the same with the hue jitter of 0.4 turns of the letter's retraining.
    ///
    /// `default`: the same optimiser at 3e-3 with a weight decay of 1e-4, a cosine schedule after half an epoch of warm-up, balanced
    /// classes, light smoothing, averaged weights, and frames that are rotated and flipped without black corners.
    #[must_use]
    pub fn recipe(self, architecture: &str) -> Recipe {
        let inception = architecture == "inception-v3";
        let letter = Recipe {
            preset: Some(self),
            epochs: 30,
            batch: 8,
            lr: 1e-3,
            precision: Precision::F32,
            optimiser: Optimiser::SGD,
            schedule: Schedule::default(),
            balance: false,
            smoothing: 0.0,
            auxiliary: if inception { AUXILIARY_WEIGHT } else { 0.0 },
            dropout: if inception { 0.5 } else { 0.0 },
            average: 0.0,
            freeze: None,
            patience: None,
            sensitivity: SENSITIVITY,
            color_handling: ColorHandling::Raw,
            augment: Augmentations::letter(),
            seed: 1,
        };
        match self {
            Self::Letter => letter,
            Self::LetterJitter => Recipe {
                augment: Augmentations {
                    hue: HUE,
                    ..Augmentations::letter()
                },
                ..letter
            },
            Self::Default => Recipe {
                epochs: 20,
                batch: 16,
                lr: 3e-3,
                optimiser: Optimiser::Sgd {
                    momentum: 0.9,
                    weight_decay: 1e-4,
                },
                schedule: Schedule::cosine(0.5),
                balance: true,
                smoothing: 0.05,
                dropout: 0.5,
                average: 0.998,
                color_handling: ColorHandling::default(),
                augment: Augmentations::product(),
                ..letter
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_files_and_recipes_say_them() {
        for preset in RecipePreset::ALL {
            assert_eq!(preset.name().parse::<RecipePreset>().unwrap(), preset);
            let json = serde_json::to_value(preset.recipe("inception-v3")).unwrap();
            assert_eq!(json["preset"], preset.name());
            preset.recipe("inception-v3").validate().unwrap();
        }
        assert!("custom".parse::<RecipePreset>().is_err());
    }

    #[test]
    fn the_retraining_is_the_training_with_turned_hues() {
        let [plain, jitter] =
            [RecipePreset::Letter, RecipePreset::LetterJitter].map(|one| one.recipe("resnet50"));
        assert_eq!((plain.augment.hue, jitter.augment.hue), (0.0, 0.4));
        assert_eq!((plain.dropout, plain.auxiliary), (0.0, 0.0));
        let mut same = jitter;
        same.augment.hue = 0.0;
        same.preset = plain.preset;
        assert_eq!(same, plain);
    }

    #[test]
    fn only_inception_has_an_auxiliary_loss() {
        for preset in RecipePreset::ALL {
            for (architecture, weight) in [
                ("inception-v3", 0.4),
                ("resnet50", 0.0),
                ("small-test", 0.0),
            ] {
                assert_eq!(preset.recipe(architecture).auxiliary, weight);
            }
        }
    }

    #[test]
    fn a_recipe_of_an_older_version_has_no_preset_and_the_usual_sensitivity() {
        let mut json = serde_json::to_value(RecipePreset::Letter.recipe("inception-v3")).unwrap();
        let fields = json.as_object_mut().unwrap();
        fields.remove("preset");
        fields.remove("sensitivity");
        fields["augment"].as_object_mut().unwrap().remove("shift");
        let recipe: Recipe = serde_json::from_value(json).unwrap();
        assert_eq!((recipe.preset, recipe.sensitivity), (None, SENSITIVITY));
        assert_eq!(recipe.augment.shift, 0.0);
    }
}

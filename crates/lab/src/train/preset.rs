//! The presets' names. Their values: [`super::preset_recipes`].

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use flipscope_image::lesion::Framing;
use flipscope_image::perturb::UnknownName;

/// A named recipe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecipePreset {
    /// The product's own.
    #[default]
    Default,
    /// The letter's first training.
    Letter,
    /// The letter's retraining: the same with hue jitter.
    LetterJitter,
}

impl RecipePreset {
    /// Every preset.
    pub const ALL: [Self; 3] = [Self::Default, Self::Letter, Self::LetterJitter];

    /// Its name on the command line and in checkpoints.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Letter => "letter",
            Self::LetterJitter => "letter-jitter",
        }
    }

    /// How photographs become frames, if the preset says so: the letter's validation takes the centre of a photograph whose
    /// shortest side has been brought to 299 pixels.
    #[must_use]
    pub fn framing(self) -> Option<Framing> {
        match self {
            Self::Letter | Self::LetterJitter => Some(Framing::Crop),
            Self::Default => None,
        }
    }
}

impl fmt::Display for RecipePreset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for RecipePreset {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let found = Self::ALL.into_iter().find(|known| known.name() == name);
        found.ok_or_else(|| UnknownName {
            what: "preset",
            name: name.to_owned(),
            known: "default, letter, letter-jitter",
        })
    }
}

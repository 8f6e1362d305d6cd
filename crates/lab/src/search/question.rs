//! What a search is asked: its direction, its question, its preset and its budget.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use flipscope_image::perturb::UnknownName;
use flipscope_model::Label;

/// From which verdict to which.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// A melanoma that the network misses (the letter's).
    #[default]
    MelanomaToNevus,
    /// A false alarm.
    NevusToMelanoma,
}

impl Direction {
    /// Both directions, in menu order.
    pub const ALL: [Self; 2] = [Self::MelanomaToNevus, Self::NevusToMelanoma];

    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MelanomaToNevus => "melanoma-to-nevus",
            Self::NevusToMelanoma => "nevus-to-melanoma",
        }
    }

    /// The verdict that a search starts from.
    #[must_use]
    pub fn from(self) -> Label {
        match self {
            Self::MelanomaToNevus => Label::Melanoma,
            Self::NevusToMelanoma => Label::Nevus,
        }
    }

    /// The target verdict of a search.
    #[must_use]
    pub fn to(self) -> Label {
        match self {
            Self::MelanomaToNevus => Label::Nevus,
            Self::NevusToMelanoma => Label::Melanoma,
        }
    }

    /// What a search minimises: the probability of the verdict that it starts from, 0..=1.
    #[must_use]
    pub fn energy(self, p_melanoma: f32) -> f64 {
        match self {
            Self::MelanomaToNevus => f64::from(p_melanoma),
            Self::NevusToMelanoma => 1.0 - f64::from(p_melanoma),
        }
    }

    /// The direction that starts from a verdict.
    #[must_use]
    pub fn starting_from(label: Label) -> Self {
        match label {
            Label::Melanoma => Self::MelanomaToNevus,
            Label::Nevus => Self::NevusToMelanoma,
        }
    }
}

/// The question that a search answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Does it flip? Ends at the first flip that the judge confirms.
    #[default]
    First,
    /// How far does it go? The lowest probability within the bounds. Files call it `flip` in older versions.
    #[serde(alias = "flip")]
    Lowest,
    /// How little flips it? The smallest change that does, in the attack's [`super::SizeUnit`].
    Smallest,
}

impl Mode {
    /// Every question, in menu order.
    pub const ALL: [Self; 3] = [Self::First, Self::Lowest, Self::Smallest];

    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Lowest => "lowest",
            Self::Smallest => "smallest",
        }
    }

    /// What is asked where nothing else is said: the letter's searches go as low as they can, all others end at the first flip.
    #[must_use]
    pub fn of_preset(preset: Preset) -> Self {
        match preset {
            Preset::Letter => Self::Lowest,
            Preset::Default | Preset::Custom => Self::First,
        }
    }

    /// Writes it as plans of studies always have: their hash depends on every letter.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    pub(crate) fn in_plan<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Lowest => "flip",
            other => other.name(),
        })
    }
}

/// Where the parameters of an attack come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// Those of the letter and its public code.
    Letter,
    /// The product's own; each attack says how they differ.
    #[default]
    Default,
    /// Neither: something was set by the user.
    Custom,
}

impl Preset {
    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Default => "default",
            Self::Custom => "custom",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for Preset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Direction {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let found = Self::ALL.into_iter().find(|known| known.name() == name);
        found.ok_or_else(|| UnknownName {
            what: "direction",
            name: name.to_owned(),
            known: "melanoma-to-nevus, nevus-to-melanoma",
        })
    }
}

impl FromStr for Mode {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        // Its name in older versions.
        if name == "flip" {
            return Ok(Self::Lowest);
        }
        let found = Self::ALL.into_iter().find(|known| known.name() == name);
        found.ok_or_else(|| UnknownName {
            what: "mode",
            name: name.to_owned(),
            known: "first, lowest, smallest",
        })
    }
}

impl FromStr for Preset {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let named = [Self::Letter, Self::Default];
        let found = named.into_iter().find(|known| known.name() == name);
        found.ok_or_else(|| UnknownName {
            what: "preset",
            name: name.to_owned(),
            known: "letter, default",
        })
    }
}

/// What a search may use; without a number, as much as its settings allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Budget {
    /// Frames that the network judges for the search. A gradient counts as one. Frames judged for the final decision are not
    /// counted.
    pub evaluations: Option<u64>,
    /// Seconds. With such a budget the same seed may not give the same finding.
    pub seconds: Option<f64>,
}

/// Why a search stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopReason {
    /// A flip was found that the judge confirmed.
    Flipped,
    /// All generations or steps of its settings were done.
    Exhausted,
    /// The population had converged (`tol`, `atol`), or the smallest change got no smaller, or so slowly that it is not worth the frames.
    Converged,
    /// The probability of the other verdict passed the early-stop threshold.
    Confident,
    /// The evaluations or seconds of its budget were used up.
    Budget,
    /// It was cancelled.
    Cancelled,
}

impl StopReason {
    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Flipped => "flipped",
            Self::Exhausted => "exhausted",
            Self::Converged => "converged",
            Self::Confident => "confident",
            Self::Budget => "budget",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether a search that ended so and has no flip says that none was there to be found: it did all that its settings ask for.
    #[must_use]
    pub fn is_conclusive(self) -> bool {
        !matches!(self, Self::Budget | Self::Cancelled)
    }
}

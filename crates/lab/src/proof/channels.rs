//! Which channels a box of the colour balance varies.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use flipscope_image::perturb::UnknownName;

/// Which channels a box varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channels {
    /// One number for all three.
    Together,
    /// A number for each, in every combination.
    Each,
    /// Red alone.
    Red,
    /// Green alone.
    Green,
    /// Blue alone.
    Blue,
}

impl Channels {
    /// Every choice, in menu order.
    pub const ALL: [Self; 5] = [
        Self::Together,
        Self::Each,
        Self::Red,
        Self::Green,
        Self::Blue,
    ];

    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Together => "together",
            Self::Each => "each",
            Self::Red => "red",
            Self::Green => "green",
            Self::Blue => "blue",
        }
    }

    /// The numbers that vary: one, or three.
    pub(super) fn axes(self) -> usize {
        match self {
            Self::Each => 3,
            Self::Together | Self::Red | Self::Green | Self::Blue => 1,
        }
    }

    /// A value per channel; channels that do not vary keep `neutral`.
    pub(super) fn spread(self, values: &[f64], neutral: f64) -> [f64; 3] {
        let first = values.first().copied().unwrap_or(neutral);
        match self {
            Self::Together => [first; 3],
            Self::Each => {
                let mut values = values.iter().copied();
                [(); 3].map(|()| values.next().unwrap_or(neutral))
            }
            Self::Red => [first, neutral, neutral],
            Self::Green => [neutral, first, neutral],
            Self::Blue => [neutral, neutral, first],
        }
    }

    pub(super) fn of(self, what: &str) -> String {
        match self {
            Self::Together => format!("one {what} for all channels"),
            Self::Each => format!("{what}s of each channel"),
            Self::Red | Self::Green | Self::Blue => format!("{what} of {}", self.name()),
        }
    }
}

impl fmt::Display for Channels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Channels {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let found = Self::ALL.into_iter().find(|known| known.name() == name);
        found.ok_or_else(|| UnknownName {
            what: "choice of channels",
            name: name.to_owned(),
            known: "together, each, red, green, blue",
        })
    }
}

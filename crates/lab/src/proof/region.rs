//! The box of a proof: a radius around the unaltered frame, on one kind of perturbation.
//!
//! A box is given by numbers that a person types, and holds infinitely many of them; [`super::Plan`] says how many frames that
//! is. Offsets are whole numbers: a frame has no others.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::error::ProofError;
use flipscope_image::perturb::{Perturbation, UnknownName};

/// The kinds of boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoxKind {
    /// [`ProofBox::Offset`].
    Offset,
    /// [`ProofBox::Gain`].
    Gain,
}

impl BoxKind {
    /// Every kind, in menu order.
    pub const ALL: [Self; 2] = [Self::Offset, Self::Gain];

    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Offset => "offset",
            Self::Gain => "gain",
        }
    }
}

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
    fn axes(self) -> usize {
        match self {
            Self::Each => 3,
            Self::Together | Self::Red | Self::Green | Self::Blue => 1,
        }
    }

    /// A value per channel; channels that do not vary keep `neutral`.
    fn spread(self, values: &[f64], neutral: f64) -> [f64; 3] {
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

    fn of(self, what: &str) -> String {
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

/// A box of perturbations around the unaltered frame. In JSON: `{"kind": NAME, "radius": …}`, with what else it has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ProofBox {
    /// Offsets of the colour balance, whole numbers from −radius to radius.
    Offset {
        /// 1 to 255, a whole number, in units of 0..255.
        radius: f64,
        /// Which channels vary.
        channels: Channels,
    },
    /// Gains of the colour balance, from 1 − radius to 1 + radius.
    Gain {
        /// Above 0, at most 1.
        radius: f64,
        /// Which channels vary.
        channels: Channels,
    },
}

impl ProofBox {
    /// A box of the customary size: offsets ±10 of each channel (the letter's systematic study), one gain of 0.9 to 1.1 (the
    /// bounds of its search).
    #[must_use]
    pub fn usual(kind: BoxKind) -> Self {
        match kind {
            BoxKind::Offset => Self::Offset {
                radius: 10.0,
                channels: Channels::Each,
            },
            BoxKind::Gain => Self::Gain {
                radius: 0.1,
                channels: Channels::Together,
            },
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> BoxKind {
        match self {
            Self::Offset { .. } => BoxKind::Offset,
            Self::Gain { .. } => BoxKind::Gain,
        }
    }

    /// Checks the radius.
    ///
    /// # Errors
    /// If it is not one that the kind allows.
    pub fn validate(&self) -> Result<(), ProofError> {
        let (radius, allowed, reason) = match *self {
            Self::Offset { radius, .. } => (
                radius,
                radius.fract() == 0.0 && (1.0..=Perturbation::MAX_OFFSET).contains(&radius),
                "the pixels of a frame are whole numbers, so give a whole number from 1 to 255",
            ),
            Self::Gain { radius, .. } => (
                radius,
                radius > 0.0 && radius <= 1.0,
                "give a number above 0 and at most 1, e.g. 0.1 for gains of 0.9 to 1.1",
            ),
        };
        if allowed {
            Ok(())
        } else {
            Err(ProofError::Radius { radius, reason })
        }
    }

    /// The numbers that vary.
    #[must_use]
    pub fn axes(&self) -> usize {
        match self {
            Self::Offset { channels, .. } | Self::Gain { channels, .. } => channels.axes(),
        }
    }

    /// The value of every axis that changes nothing.
    #[must_use]
    pub fn neutral(&self) -> f64 {
        match self {
            Self::Offset { .. } => 0.0,
            Self::Gain { .. } => 1.0,
        }
    }

    /// Lowest and highest value of every axis.
    #[must_use]
    pub fn interval(&self) -> [f64; 2] {
        match *self {
            Self::Offset { radius, .. } => [-radius, radius],
            Self::Gain { radius, .. } => [(1.0 - radius).max(0.0), 1.0 + radius],
        }
    }

    /// The perturbation with these values of the axes.
    #[must_use]
    pub fn perturbation(&self, values: &[f64]) -> Perturbation {
        let neutral = self.neutral();
        let mut p = Perturbation::default();
        match self {
            Self::Offset { channels, .. } => p.offset = channels.spread(values, neutral),
            Self::Gain { channels, .. } => p.gain = channels.spread(values, neutral),
        }
        p
    }
}

/// The box in words: "offsets of each channel within ±10".
impl fmt::Display for ProofBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offset { radius, channels } => {
                write!(f, "{} within ±{radius}", channels.of("offset"))
            }
            Self::Gain { channels, .. } => {
                let [low, high] = self.interval();
                write!(f, "{} from {low} to {high}", channels.of("gain"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_boxes_are_refused_with_what_to_give() {
        let offset = |radius| ProofBox::Offset {
            radius,
            channels: Channels::Each,
        };
        let gain = |radius| ProofBox::Gain {
            radius,
            channels: Channels::Together,
        };
        for refused in [
            offset(0.0),
            offset(2.5),
            offset(256.0),
            offset(f64::NAN),
            gain(0.0),
            gain(-0.1),
            gain(1.5),
            gain(f64::INFINITY),
        ] {
            let message = refused.validate().unwrap_err().to_string();
            assert!(message.contains("give a"), "{message}");
        }
        for kind in BoxKind::ALL {
            assert!(ProofBox::usual(kind).validate().is_ok());
        }
    }

    #[test]
    fn a_box_is_said_in_words_and_read_from_its_json() {
        let boxes = [
            (
                ProofBox::usual(BoxKind::Offset),
                "offsets of each channel within ±10",
            ),
            (
                ProofBox::usual(BoxKind::Gain),
                "one gain for all channels from 0.9 to 1.1",
            ),
            (
                ProofBox::Offset {
                    radius: 5.0,
                    channels: Channels::Green,
                },
                "offset of green within ±5",
            ),
        ];
        for (one, words) in boxes {
            assert_eq!(one.to_string(), words);
            let json = serde_json::to_string(&one).unwrap();
            assert_eq!(serde_json::from_str::<ProofBox>(&json).unwrap(), one);
        }
    }

    #[test]
    fn values_go_to_their_channels() {
        let p = |channels, values: &[f64]| {
            ProofBox::Offset {
                radius: 9.0,
                channels,
            }
            .perturbation(values)
            .offset
        };
        assert_eq!(p(Channels::Each, &[1.0, 2.0, 3.0]), [1.0, 2.0, 3.0]);
        assert_eq!(p(Channels::Together, &[4.0]), [4.0; 3]);
        assert_eq!(p(Channels::Blue, &[-4.0]), [0.0, 0.0, -4.0]);
    }
}

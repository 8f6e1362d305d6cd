//! The box of a proof: a radius around the unaltered frame, on one kind of perturbation.
//!
//! A box is given by numbers that a person types, and holds infinitely many of them; [`super::Plan`] says how many frames that
//! is. Offsets are whole numbers: a frame has no others.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::channels::Channels;
use super::critical_angles;
use super::error::ProofError;
use flipscope_base::human::grouped;
use flipscope_image::perturb::{Fill, NEUTRAL_KELVIN, Perturbation, Sampling};
use flipscope_language::text;

/// The kinds of boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoxKind {
    /// [`ProofBox::Offset`].
    Offset,
    /// [`ProofBox::Gain`].
    Gain,
    /// [`ProofBox::Illuminant`].
    Illuminant,
    /// [`ProofBox::Rotation`].
    Rotation,
}

impl BoxKind {
    /// Every kind, in menu order.
    pub const ALL: [Self; 4] = [Self::Offset, Self::Gain, Self::Illuminant, Self::Rotation];

    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Offset => "offset",
            Self::Gain => "gain",
            Self::Illuminant => "illuminant",
            Self::Rotation => "rotation",
        }
    }
}

impl fmt::Display for BoxKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
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
    /// Lamps of 6,504 K − radius to 6,504 K + radius, without a tint.
    Illuminant {
        /// Above 0, at most 4,804, in kelvin.
        radius: f64,
    },
    /// Rotations about the centre, nearest sampling, either way.
    Rotation {
        /// Above 0, at most 5, in degrees.
        radius: f64,
        /// What fills the uncovered area.
        fill: Fill,
    },
}

impl ProofBox {
    /// A box of the customary size: offsets ±10 of each channel (the letter's systematic study), one gain of 0.9 to 1.1 (the
    /// bounds of its search); lamps ±1,000 K, rotations ±1°.
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
            BoxKind::Illuminant => Self::Illuminant { radius: 1000.0 },
            BoxKind::Rotation => Self::Rotation {
                radius: 1.0,
                fill: Fill::Black,
            },
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> BoxKind {
        match self {
            Self::Offset { .. } => BoxKind::Offset,
            Self::Gain { .. } => BoxKind::Gain,
            Self::Illuminant { .. } => BoxKind::Illuminant,
            Self::Rotation { .. } => BoxKind::Rotation,
        }
    }

    /// Its radius, in the unit of its kind: of 255, of the gain, kelvin, degrees.
    #[must_use]
    pub fn radius(&self) -> f64 {
        match *self {
            Self::Offset { radius, .. }
            | Self::Gain { radius, .. }
            | Self::Illuminant { radius }
            | Self::Rotation { radius, .. } => radius,
        }
    }

    /// Its radius, to be changed; [`ProofBox::validate`] checks it.
    pub fn radius_mut(&mut self) -> &mut f64 {
        match self {
            Self::Offset { radius, .. }
            | Self::Gain { radius, .. }
            | Self::Illuminant { radius }
            | Self::Rotation { radius, .. } => radius,
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
                text!("proof-radius-offset"),
            ),
            Self::Gain { radius, .. } => (
                radius,
                radius > 0.0 && radius <= 1.0,
                text!("proof-radius-gain"),
            ),
            Self::Illuminant { radius } => {
                let [lowest, _] = Perturbation::KELVIN;
                (
                    radius,
                    radius > 0.0 && NEUTRAL_KELVIN - radius >= lowest,
                    text!("proof-radius-kelvin"),
                )
            }
            Self::Rotation { radius, .. } => (
                radius,
                radius > 0.0 && radius <= critical_angles::LARGEST,
                text!("proof-radius-rotation"),
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
            Self::Illuminant { .. } | Self::Rotation { .. } => 1,
        }
    }

    /// The value of every axis that changes nothing.
    #[must_use]
    pub fn neutral(&self) -> f64 {
        match self {
            Self::Offset { .. } | Self::Rotation { .. } => 0.0,
            Self::Gain { .. } => 1.0,
            Self::Illuminant { .. } => NEUTRAL_KELVIN,
        }
    }

    /// Lowest and highest value of every axis.
    #[must_use]
    pub fn interval(&self) -> [f64; 2] {
        match *self {
            Self::Offset { radius, .. } | Self::Rotation { radius, .. } => [-radius, radius],
            Self::Illuminant { radius } => [NEUTRAL_KELVIN - radius, NEUTRAL_KELVIN + radius],
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
            Self::Illuminant { .. } => p.kelvin = values.first().copied().unwrap_or(neutral),
            Self::Rotation { fill, .. } => {
                p.rotate = values.first().copied().unwrap_or(neutral);
                (p.sampling, p.fill) = (Sampling::Nearest, *fill);
            }
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
            Self::Illuminant { .. } => {
                let [low, high] = self.interval().map(|kelvin| grouped(kelvin.round() as u64));
                write!(f, "lamps from {low} to {high} K")
            }
            Self::Rotation { radius, fill } => {
                write!(f, "rotations within ±{radius}° (nearest, {fill})")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_boxes_are_refused_with_what_to_give() {
        let rotation = |radius| ProofBox::Rotation {
            radius,
            fill: Fill::Black,
        };
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
            rotation(5.1),
            rotation(f64::NAN),
            ProofBox::Illuminant { radius: 4805.0 },
            ProofBox::Illuminant { radius: -1.0 },
        ] {
            let message = refused.validate().unwrap_err().to_string();
            assert!(message.contains("give a"), "{message}");
        }
        // The window shows it in its own language.
        let german = flipscope_language::within(flipscope_language::Language::German, || {
            rotation(5.1).validate().unwrap_err().to_string()
        });
        assert!(german.starts_with("Radius 5,1: Geben Sie"), "{german}");
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
                ProofBox::usual(BoxKind::Illuminant),
                "lamps from 5,504 to 7,504 K",
            ),
            (
                ProofBox::usual(BoxKind::Rotation),
                "rotations within ±1° (nearest, black)",
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

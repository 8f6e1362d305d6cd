//! The families of perturbations, and the variants of each.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Change, Variant};
use flipscope_image::corruption::{Corruption, CorruptionKind};
use flipscope_image::perturb::{Fill, NEUTRAL_KELVIN, Perturbation, Sampling, UnknownName};

/// Which channels a colour family changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// Red alone.
    Red,
    /// Green alone.
    Green,
    /// Blue alone.
    Blue,
    /// All three alike.
    All,
}

/// A way of altering pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Family {
    /// The unaltered picture: the family of the evaluation.
    Unaltered,
    /// −30 to 30 of 255 in steps of 5, added to channels (the letter's).
    Offset(Channel),
    /// 0.90 to 1.10 in steps of 0.02, times channels (the letter's search goes from 0.9 to 1.1).
    Gain(Channel),
    /// 2,700 to 10,000 K: the lamp, while the white balance is set for 6,504 K.
    Illuminant,
    /// 15° to 345° in steps of 15°, counter-clockwise (the letter's are 45° and 180°).
    Rotation,
    /// 10 to 50 pixels of the frame to the left or right (the letter's search goes to 50).
    ShiftX,
    /// 10 to 50 pixels of the frame up or down.
    ShiftY,
    /// Mirrored: 1 left and right, 2 top and bottom, 3 both.
    Flip,
    /// A corruption at severities 1 to 5.
    Corruption(CorruptionKind),
}

const CHANNELS: [Channel; 4] = [Channel::Red, Channel::Green, Channel::Blue, Channel::All];

/// From an incandescent lamp to a blue sky, in kelvin.
const LAMPS: [f64; 12] = [
    2700.0, 3000.0, 3500.0, 4000.0, 4500.0, 5000.0, 5500.0, 6000.0, 7000.0, 8000.0, 9000.0,
    10_000.0,
];

impl Channel {
    fn name(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::All => "all",
        }
    }

    /// One value on its channels, another on the rest.
    fn spread(self, value: f64, rest: f64) -> [f64; 3] {
        match self {
            Self::Red => [value, rest, rest],
            Self::Green => [rest, value, rest],
            Self::Blue => [rest, rest, value],
            Self::All => [value; 3],
        }
    }
}

impl Family {
    /// Every family except [`Family::Unaltered`], in the order used in tables.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = CHANNELS.map(Self::Offset).to_vec();
        all.extend(CHANNELS.map(Self::Gain));
        all.extend([
            Self::Illuminant,
            Self::Rotation,
            Self::ShiftX,
            Self::ShiftY,
            Self::Flip,
        ]);
        all.extend(CorruptionKind::ALL.map(Self::Corruption));
        all
    }

    /// The families of the letter's changes: offset, gain, rotation, shift and flips.
    #[must_use]
    pub fn letter() -> Vec<Self> {
        let mut all = Self::all();
        all.retain(|family| !matches!(family, Self::Corruption(_) | Self::Illuminant));
        all
    }

    /// Its name on the command line and in tables.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Unaltered => "unaltered".to_owned(),
            Self::Offset(channel) => format!("offset-{}", channel.name()),
            Self::Gain(channel) => format!("gain-{}", channel.name()),
            Self::Illuminant => "illuminant".to_owned(),
            Self::Rotation => "rotation".to_owned(),
            Self::ShiftX => "shift-x".to_owned(),
            Self::ShiftY => "shift-y".to_owned(),
            Self::Flip => "flip".to_owned(),
            Self::Corruption(kind) => kind.name().to_owned(),
        }
    }

    /// The unit of its levels.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Unaltered | Self::Flip => "",
            Self::Offset(_) => "of 255",
            Self::Gain(_) => "factor",
            Self::Illuminant => "K",
            Self::Rotation => "degrees",
            Self::ShiftX | Self::ShiftY => "pixels",
            Self::Corruption(_) => "severity",
        }
    }

    /// The level of the unaltered picture, if the family's levels form a sequence through it; none for flips.
    #[must_use]
    pub fn origin(self) -> Option<f64> {
        match self {
            Self::Gain(_) => Some(1.0),
            Self::Illuminant => Some(NEUTRAL_KELVIN),
            Self::Offset(_)
            | Self::Rotation
            | Self::ShiftX
            | Self::ShiftY
            | Self::Corruption(_) => Some(0.0),
            Self::Unaltered | Self::Flip => None,
        }
    }

    /// Whether it is one of the corruptions.
    #[must_use]
    pub fn is_corruption(self) -> bool {
        matches!(self, Self::Corruption(_))
    }

    /// Its variants, in the order of their levels; poses with this sampling and this fill.
    #[must_use]
    pub fn variants(self, sampling: Sampling, fill: Fill) -> Vec<Variant> {
        let variant = |level: f64, change| Variant {
            family: self,
            level,
            change,
        };
        let perturbation = |level: f64, with: &dyn Fn(&mut Perturbation)| {
            let mut perturbation = Perturbation {
                sampling,
                fill,
                ..Perturbation::default()
            };
            with(&mut perturbation);
            variant(level, Change::Perturbation(Box::new(perturbation)))
        };
        let around = |count: i32, step: f64| {
            let levels = (-count..=count).filter(|at| *at != 0);
            levels.map(move |at| f64::from(at) * step)
        };
        match self {
            Self::Unaltered => {
                let change = Change::Perturbation(Box::default());
                vec![variant(0.0, change)]
            }
            Self::Offset(channel) => around(6, 5.0)
                .map(|level| perturbation(level, &|p| p.offset = channel.spread(level, 0.0)))
                .collect(),
            Self::Gain(channel) => (-5..=5)
                .filter(|at| *at != 0)
                // As a quotient of whole numbers, so that 1.06 is exactly the number written like that.
                .map(|at: i32| f64::from(100 + 2 * at) / 100.0)
                .map(|level| perturbation(level, &|p| p.gain = channel.spread(level, 1.0)))
                .collect(),
            Self::Illuminant => LAMPS
                .map(|level| perturbation(level, &|p| p.kelvin = level))
                .to_vec(),
            Self::Rotation => (1..24)
                .map(|at| f64::from(at) * 15.0)
                .map(|level| perturbation(level, &|p| p.rotate = level))
                .collect(),
            Self::ShiftX => around(5, 10.0)
                .map(|level| perturbation(level, &|p| p.shift = [level, 0.0]))
                .collect(),
            Self::ShiftY => around(5, 10.0)
                .map(|level| perturbation(level, &|p| p.shift = [0.0, level]))
                .collect(),
            Self::Flip => [(true, false), (false, true), (true, true)]
                .into_iter()
                .zip([1.0, 2.0, 3.0])
                .map(|((horizontal, vertical), level)| {
                    let flip = Corruption::Flip {
                        horizontal,
                        vertical,
                    };
                    variant(level, Change::Corruption(flip))
                })
                .collect(),
            Self::Corruption(kind) => kind
                .severities()
                .into_iter()
                .zip([1.0, 2.0, 3.0, 4.0, 5.0])
                .map(|(corruption, level)| variant(level, Change::Corruption(corruption)))
                .collect(),
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.name())
    }
}

impl FromStr for Family {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let mut known = Self::all();
        known.push(Self::Unaltered);
        let found = known.into_iter().find(|family| family.name() == name);
        found.ok_or_else(|| UnknownName {
            what: "family of perturbations",
            name: name.to_owned(),
            known: "offset-red (…-green, -blue, -all), gain-red (…), illuminant, rotation, shift-x, shift-y, flip, and the corruptions, e.g. jpeg",
        })
    }
}

impl TryFrom<String> for Family {
    type Error = UnknownName;

    fn try_from(name: String) -> Result<Self, UnknownName> {
        name.parse()
    }
}

impl From<Family> for String {
    fn from(family: Family) -> Self {
        family.name()
    }
}

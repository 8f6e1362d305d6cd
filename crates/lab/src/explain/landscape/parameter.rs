//! What an axis of a landscape varies.

use serde::{Deserialize, Serialize};

use std::fmt;
use std::str::FromStr;

use flipscope_image::perturb::{Perturbation, UnknownName};
use flipscope_language::text;

/// What an axis varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Parameter {
    /// Rotation, degrees counter-clockwise.
    Rotate,
    /// Shift to the right, pixels.
    ShiftX,
    /// Shift down, pixels.
    ShiftY,
    /// Colour temperature of the lamp, kelvin.
    Kelvin,
    /// Tint of the lamp, Duv.
    Tint,
    /// The gain of one channel (0: red), or of all.
    Gain(Option<usize>),
    /// The offset of one channel, or of all.
    Offset(Option<usize>),
}

impl Parameter {
    /// Every parameter, in menu order.
    pub const ALL: [Self; 13] = [
        Self::Rotate,
        Self::ShiftX,
        Self::ShiftY,
        Self::Kelvin,
        Self::Tint,
        Self::Gain(None),
        Self::Gain(Some(0)),
        Self::Gain(Some(1)),
        Self::Gain(Some(2)),
        Self::Offset(None),
        Self::Offset(Some(0)),
        Self::Offset(Some(1)),
        Self::Offset(Some(2)),
    ];

    /// Its name on the command line and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rotate => "rotate",
            Self::ShiftX => "shift-x",
            Self::ShiftY => "shift-y",
            Self::Kelvin => "kelvin",
            Self::Tint => "tint",
            Self::Gain(None) => "gain",
            Self::Gain(Some(0)) => "gain-r",
            Self::Gain(Some(1)) => "gain-g",
            Self::Gain(Some(_)) => "gain-b",
            Self::Offset(None) => "offset",
            Self::Offset(Some(0)) => "offset-r",
            Self::Offset(Some(1)) => "offset-g",
            Self::Offset(Some(_)) => "offset-b",
        }
    }

    /// Its name as people read it, in the thread's language: "Shift X".
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Rotate => text!("axis-rotate"),
            Self::ShiftX => text!("axis-shift-x"),
            Self::ShiftY => text!("axis-shift-y"),
            Self::Kelvin => text!("axis-kelvin"),
            Self::Tint => text!("axis-tint"),
            Self::Gain(None) => text!("axis-gain"),
            Self::Gain(Some(0)) => text!("axis-gain-red"),
            Self::Gain(Some(1)) => text!("axis-gain-green"),
            Self::Gain(Some(_)) => text!("axis-gain-blue"),
            Self::Offset(None) => text!("axis-offset"),
            Self::Offset(Some(0)) => text!("axis-offset-red"),
            Self::Offset(Some(1)) => text!("axis-offset-green"),
            Self::Offset(Some(_)) => text!("axis-offset-blue"),
        }
    }

    /// The unit of its values.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Rotate => "°",
            Self::ShiftX | Self::ShiftY => "px",
            Self::Kelvin => "K",
            Self::Tint => "Duv",
            Self::Gain(_) => "×",
            Self::Offset(_) => "of 255",
        }
    }

    /// The same in the thread's language.
    #[must_use]
    pub fn unit_in_words(self) -> &'static str {
        match self {
            Self::Offset(_) => text!("unit-epsilon"),
            _ => self.unit(),
        }
    }

    /// The range that is looked at if none is given: the sliders', where searches look too.
    #[must_use]
    pub fn range(self) -> [f64; 2] {
        match self {
            Self::Rotate => [-180.0, 180.0],
            Self::ShiftX | Self::ShiftY => [-50.0, 50.0],
            // From an incandescent lamp to a blue sky.
            Self::Kelvin => [2_712.0, 10_008.0],
            Self::Tint => [-0.02, 0.02],
            Self::Gain(_) => [0.9, 1.1],
            Self::Offset(_) => [-30.0, 30.0],
        }
    }

    /// Sets it.
    pub fn set(self, perturbation: &mut Perturbation, value: f64) {
        let channels = |all: &mut [f64; 3], channel: Option<usize>| match channel {
            None => *all = [value; 3],
            Some(channel) => {
                if let Some(one) = all.get_mut(channel) {
                    *one = value;
                }
            }
        };
        match self {
            Self::Rotate => perturbation.rotate = value,
            Self::ShiftX => perturbation.shift[0] = value,
            Self::ShiftY => perturbation.shift[1] = value,
            Self::Kelvin => perturbation.kelvin = value,
            Self::Tint => perturbation.tint = value,
            Self::Gain(channel) => channels(&mut perturbation.gain, channel),
            Self::Offset(channel) => channels(&mut perturbation.offset, channel),
        }
    }

    /// Its value; of all channels, that of the first.
    #[must_use]
    pub fn get(self, perturbation: &Perturbation) -> f64 {
        let channel = |all: &[f64; 3], channel: Option<usize>| {
            all.get(channel.unwrap_or(0)).copied().unwrap_or_default()
        };
        match self {
            Self::Rotate => perturbation.rotate,
            Self::ShiftX => perturbation.shift[0],
            Self::ShiftY => perturbation.shift[1],
            Self::Kelvin => perturbation.kelvin,
            Self::Tint => perturbation.tint,
            Self::Gain(one) => channel(&perturbation.gain, one),
            Self::Offset(one) => channel(&perturbation.offset, one),
        }
    }
}

impl Parameter {
    /// Whether it varies something that another one varies too.
    pub(super) fn overlaps(self, other: Self) -> bool {
        match (self, other) {
            (Self::Gain(a), Self::Gain(b)) | (Self::Offset(a), Self::Offset(b)) => {
                a.is_none() || b.is_none() || a == b
            }
            (a, b) => a == b,
        }
    }
}

impl From<Parameter> for String {
    fn from(parameter: Parameter) -> Self {
        parameter.name().to_owned()
    }
}

impl TryFrom<String> for Parameter {
    type Error = UnknownName;

    fn try_from(name: String) -> Result<Self, UnknownName> {
        name.parse()
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Parameter {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let found = Self::ALL.into_iter().find(|known| known.name() == name);
        found.ok_or_else(|| UnknownName {
            what: "axis",
            name: name.to_owned(),
            known: "rotate, shift-x, shift-y, kelvin, tint, gain, gain-r, gain-g, gain-b, offset, offset-r, offset-g, offset-b",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_language::{Language, within};

    #[test]
    fn names_and_units_are_in_the_language_of_the_thread() {
        let said = |one: Parameter| format!("{} ({})", one.in_words(), one.unit_in_words());
        let offset = Parameter::Offset(Some(1));
        assert_eq!(said(offset), "Offset green (of 255)");
        let german = within(Language::German, || said(offset));
        assert_eq!(german, "Offset Grün (von 255)");
        assert_eq!(said(Parameter::ShiftX), "Shift X (px)");
    }
}

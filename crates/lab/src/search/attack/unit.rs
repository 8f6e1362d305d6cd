//! The unit for the size of a change.

use flipscope_base::human;
use flipscope_language::{decimal, text};
use std::fmt;

use serde::{Deserialize, Serialize};

/// The unit for the size of a change: one that can be pictured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SizeUnit {
    /// Noise: the largest change of a channel value, in units of 1 of 255.
    Epsilon,
    /// Number of pixels changed.
    PixelsSet,
    /// Colour: CIEDE2000, mean over the frame. About 1 is just noticeable side by side.
    DeltaE2000,
    /// Pose: the furthest, in pixels of the frame, that any point within the inscribed circle moves.
    PixelsMoved,
}

impl SizeUnit {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Epsilon,
        Self::PixelsSet,
        Self::DeltaE2000,
        Self::PixelsMoved,
    ];

    /// The unit that a table names, as [`SizeUnit::text`] writes it.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.text() == text)
    }

    /// A unit that a table names, as people read it in the thread's language; what is not known stays as it is.
    #[must_use]
    pub fn text_in_words(text: &str) -> &str {
        Self::of_text(text).map_or(text, |unit| unit.in_words())
    }

    /// The unit as people read it after a number, in the thread's language.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Epsilon => text!("unit-epsilon"),
            Self::PixelsSet => text!("unit-pixels-set"),
            Self::DeltaE2000 => text!("unit-delta-e"),
            Self::PixelsMoved => text!("unit-pixels-moved"),
        }
    }

    /// A size in this unit, without the unit: what is counted as a count, all else with about three digits, and a pose
    /// below 1 with two, as [`flipscope_image::perturb::Perturbation::in_words`] says it.
    #[must_use]
    pub fn number(self, value: f64) -> String {
        match self {
            Self::Epsilon | Self::PixelsSet => human::at_most_one_decimal(value),
            Self::DeltaE2000 | Self::PixelsMoved => match value {
                small if small < 1.0 && self == Self::PixelsMoved => human::two_digits(value),
                small if small < 10.0 => human::size(value),
                middling if middling < 100.0 => decimal(format!("{value:.1}")),
                _ => format!("{value:.0}"),
            },
        }
    }

    /// A size as people read it, in the thread's language: "3 pixels set", "8.20 ΔE2000 on average".
    #[must_use]
    pub fn size_in_words(self, value: f64) -> String {
        self.with_number(&self.number(value))
    }

    /// The same of a number that is said already.
    #[must_use]
    pub fn with_number(self, number: &str) -> String {
        match self {
            Self::PixelsMoved => text!("size-pixels-moved", size = number),
            Self::PixelsSet => match number.parse::<u64>() {
                Ok(count) => text!("size-pixels-set", count = count),
                Err(_) => format!("{number} {}", self.in_words()),
            },
            _ => format!("{number} {}", self.in_words()),
        }
    }

    /// Whether the change in words says the size already: "noise up to 2 of 255", "3 pixels set".
    #[must_use]
    pub fn is_said_in_words(self) -> bool {
        matches!(self, Self::Epsilon | Self::PixelsSet)
    }

    /// The unit as written after a number in files and on the command line.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Epsilon => "of 255",
            Self::PixelsSet => "pixels set",
            Self::DeltaE2000 => "ΔE2000 on average",
            Self::PixelsMoved => "pixels moved at most",
        }
    }
}

impl fmt::Display for SizeUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_a_count_and_all_else_has_about_three_digits() {
        for (unit, value, words) in [
            (SizeUnit::PixelsSet, 3.0, "3 pixels set"),
            (SizeUnit::PixelsSet, 1.0, "1 pixel set"),
            (SizeUnit::Epsilon, 2.5, "2.5 of 255"),
            (SizeUnit::DeltaE2000, 8.196, "8.20 ΔE2000 on average"),
            (SizeUnit::DeltaE2000, 0.001, "< 0.01 ΔE2000 on average"),
            (SizeUnit::PixelsMoved, 0.0893, "0.089 pixels moved at most"),
            (SizeUnit::PixelsMoved, 71.95, "72.0 pixels moved at most"),
            (SizeUnit::PixelsMoved, 338.46, "338 pixels moved at most"),
        ] {
            assert_eq!(unit.size_in_words(value), words);
        }
    }
}

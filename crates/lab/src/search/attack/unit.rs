//! The unit for the size of a change.

use flipscope_language::text;
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

//! What the size of a change is measured in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What the size of a change is measured in: a unit that can be pictured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Noise: the largest change of a channel value, in units of 1 of 255.
    Epsilon,
    /// How many pixels are set.
    PixelsSet,
    /// Colour: CIEDE2000, mean over the frame. About 1 is just noticed side by side.
    DeltaE2000,
    /// Pose: how far, in pixels of the frame, any point within the inscribed circle moves at most.
    PixelsMoved,
}

impl Unit {
    /// As it stands behind a number.
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

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

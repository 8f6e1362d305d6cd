//! The corruptions with their parameters, and the allowed ranges.

use serde::{Deserialize, Serialize};

/// One corruption with its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "corruption",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum Corruption {
    /// Normal noise on every value.
    GaussianNoise {
        /// Its standard deviation, for values from 0 to 1.
        sigma: f64,
    },
    /// Poisson noise: few photons.
    ShotNoise {
        /// Number of photons that white stands for.
        photons: f64,
    },
    /// Salt and pepper: values set to 0 or 255.
    ImpulseNoise {
        /// The share of values, 0 to 1.
        share: f64,
    },
    /// Normal noise in proportion to the value.
    SpeckleNoise {
        /// Its standard deviation, for values from 0 to 1.
        sigma: f64,
    },
    /// Gaussian blur.
    GaussianBlur {
        /// Its standard deviation, in pixels.
        sigma: f64,
    },
    /// Out of focus: a disk.
    DefocusBlur {
        /// The disk's radius, in pixels.
        radius: u32,
        /// Standard deviation of the blur of the disk's edge, in pixels.
        edge: f64,
    },
    /// A movement along a line at a random angle, −45° to 45°.
    MotionBlur {
        /// Half of the length, in pixels.
        radius: u32,
        /// How fast the weights fall off along it, in pixels.
        sigma: f64,
    },
    /// A movement towards the skin: the mean over enlargements from 1.
    ZoomBlur {
        /// Enlargements stop below this factor.
        below: f64,
        /// Step from one enlargement to the next.
        step: f64,
    },
    /// Added to the V of HSV.
    Brightness {
        /// How much, −1 to 1.
        add: f64,
    },
    /// Distances from the mean of each channel, scaled.
    Contrast {
        /// The factor.
        factor: f64,
    },
    /// The S of HSV, scaled and shifted.
    Saturation {
        /// The factor.
        factor: f64,
        /// Added after it.
        add: f64,
    },
    /// Shrunk and enlarged again with box filters.
    Pixelate {
        /// The smaller picture's side, as a fraction.
        scale: f64,
    },
    /// Through a JPEG file with chroma at half the resolution, as Pillow writes it.
    Jpeg {
        /// 1 to 100.
        quality: u8,
    },
    /// Black outside a circle with a soft edge.
    BlackCorner {
        /// The circle's radius, in half sides of the frame: at 1.41 the corners are just uncovered.
        radius: f64,
    },
    /// Dark letters and digits, at random places.
    Characters {
        /// How many.
        count: u32,
    },
    /// A ruler along a random side.
    Ruler {
        /// How far its long ticks reach into the picture, in pixels.
        depth: u32,
    },
    /// Air bubbles in the fluid, with bright rims.
    Bubbles {
        /// How many.
        count: u32,
    },
    /// Mirrored; both: rotated by 180° without resampling.
    Flip {
        /// Left and right exchanged.
        horizontal: bool,
        /// Top and bottom exchanged.
        vertical: bool,
    },
}

/// Why a corruption cannot be applied.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CorruptionError {
    /// A parameter out of its range.
    #[error("{corruption:?}: needs {range}")]
    Parameter {
        /// The corruption.
        corruption: Corruption,
        /// The allowed range.
        range: &'static str,
    },
    /// The JPEG codec failed.
    #[error("JPEG of quality {quality}: {reason}")]
    Jpeg {
        /// The quality asked for.
        quality: u8,
        /// Its message.
        reason: String,
    },
}

impl Corruption {
    /// Checks that its parameters are in range, and that none would take minutes.
    ///
    /// # Errors
    /// The allowed range, if one is not.
    pub fn validate(&self) -> Result<(), CorruptionError> {
        let (fits, range) = match *self {
            Self::GaussianNoise { sigma } | Self::SpeckleNoise { sigma } => {
                ((0.0..=10.0).contains(&sigma), "a sigma from 0 to 10")
            }
            Self::ShotNoise { photons } => (
                (0.01..=500.0).contains(&photons),
                "a number of photons from 0.01 to 500",
            ),
            Self::ImpulseNoise { share } => ((0.0..=1.0).contains(&share), "a share from 0 to 1"),
            Self::GaussianBlur { sigma } => {
                ((0.01..=75.0).contains(&sigma), "a sigma from 0.01 to 75")
            }
            Self::DefocusBlur { radius, edge } => (
                (1..=75).contains(&radius) && (0.01..=10.0).contains(&edge),
                "a radius from 1 to 75 and an edge from 0.01 to 10",
            ),
            Self::MotionBlur { radius, sigma } => (
                (1..=75).contains(&radius) && (0.01..=1000.0).contains(&sigma),
                "a radius from 1 to 75 and a sigma from 0.01 to 1000",
            ),
            Self::ZoomBlur { below, step } => (
                (1.0..=4.0).contains(&below) && (0.001..=1.0).contains(&step),
                "enlargements from 1 to 4 in steps from 0.001 to 1",
            ),
            Self::Brightness { add } => ((-1.0..=1.0).contains(&add), "a number from -1 to 1"),
            Self::Contrast { factor } => {
                ((0.0..=100.0).contains(&factor), "a factor from 0 to 100")
            }
            Self::Saturation { factor, add } => (
                (0.0..=100.0).contains(&factor) && (-1.0..=1.0).contains(&add),
                "a factor from 0 to 100 and a number from -1 to 1",
            ),
            Self::Pixelate { scale } => ((0.01..=1.0).contains(&scale), "a scale from 0.01 to 1"),
            Self::Jpeg { quality } => ((1..=100).contains(&quality), "a quality from 1 to 100"),
            Self::BlackCorner { radius } => {
                ((0.01..=2.0).contains(&radius), "a radius from 0.01 to 2")
            }
            Self::Characters { count } | Self::Bubbles { count } => {
                (count <= 1000, "a number up to 1000")
            }
            Self::Ruler { depth } => ((8..=150).contains(&depth), "a depth from 8 to 150"),
            Self::Flip { .. } => (true, ""),
        };
        if fits {
            return Ok(());
        }
        Err(CorruptionError::Parameter {
            corruption: *self,
            range,
        })
    }
}

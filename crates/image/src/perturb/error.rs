//! Why a perturbation cannot be applied.

use crate::lesion::Frame;

/// A value of a perturbation that makes no sense for a frame.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PerturbationError {
    /// Not a number, or infinite.
    #[error("{name} is {value}: give a finite number")]
    NotFinite {
        /// The parameter, e.g. "shift x".
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// Outside the range for which the perturbation is defined.
    #[error("{name} is {value}: give a number from {min} to {max}")]
    OutOfRange {
        /// The parameter, e.g. "gain of red".
        name: &'static str,
        /// Its value.
        value: f64,
        /// Least value.
        min: f64,
        /// Greatest value.
        max: f64,
    },
    /// A pixel edit lies outside the frame.
    #[error("pixel ({x}, {y}) is outside the frame: columns and rows go from 0 to {last}", last = Frame::SIDE - 1)]
    PixelOutside {
        /// Column.
        x: u32,
        /// Row.
        y: u32,
    },
    /// The noise field does not have one value per channel.
    #[error("the noise has {values} values: a frame needs {needed} (299 × 299 pixels, 3 channels)", needed = Frame::BYTES)]
    NoiseLength {
        /// Values given.
        values: usize,
    },
    /// A noise value that no difference of two u8 values can have.
    #[error("the noise holds {value}: values go from −255 to 255")]
    NoiseValue {
        /// The first such value.
        value: i16,
    },
}

/// A name that is not one of those known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} \"{name}\": use one of {known}")]
pub struct UnknownName {
    /// What the name should be, e.g. "sampling".
    pub what: &'static str,
    /// The name given.
    pub name: String,
    /// The names known, separated by commas.
    pub known: &'static str,
}

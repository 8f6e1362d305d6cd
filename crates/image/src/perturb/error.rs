//! Why a perturbation cannot be applied.

use crate::lesion::Frame;
use flipscope_language::{as_text, decimal, text};

/// A value of a perturbation that makes no sense for a frame.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PerturbationError {
    /// Not a number, or infinite.
    #[error("{}", text!("perturb-give-finite-number", name = as_text(name), value = decimal(value)))]
    NotFinite {
        /// The parameter, e.g. "shift x".
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// Outside the range for which the perturbation is defined.
    #[error("{}", text!("perturb-give-number-from", name = as_text(name), value = decimal(value), min = decimal(min), max = decimal(max)))]
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
    #[error("{}", text!("perturb-pixel-outside-frame-columns", x = as_text(x), y = as_text(y), last = as_text(&(Frame::SIDE - 1))))]
    PixelOutside {
        /// Column.
        x: u32,
        /// Row.
        y: u32,
    },
    /// The noise field does not have one value per channel.
    #[error("{}", text!("perturb-noise-has-values-frame", values = as_text(values), needed = as_text(&Frame::BYTES)))]
    NoiseLength {
        /// Values given.
        values: usize,
    },
    /// A noise value that no difference of two u8 values can have.
    #[error("{}", text!("perturb-noise-holds-values-go", value = as_text(value)))]
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

//! The types that weights can be written in.

use std::fmt;
use std::str::FromStr;

/// The types that a checkpoint can be converted to. Batch norm and the head's bias stay f32 in all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Every weight f32.
    F32,
    /// Convolutions and the head f16: half the size, P within about 1e-3.
    F16,
    /// Convolutions in codes of about 8 bits (5 to 12, depending on how much the layer matters) with blockwise scales, the head
    /// f32. A quarter of the size, P within about 0.02. The auxiliary head, which is used only in training, is left out.
    Int8,
}

/// Not the name of a format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a weight format: use f32, f16 or int8")]
pub struct FormatNameError(pub String);

impl FromStr for Format {
    type Err = FormatNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "f32" => Ok(Self::F32),
            "f16" => Ok(Self::F16),
            "int8" => Ok(Self::Int8),
            _ => Err(FormatNameError(text.to_owned())),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::F32 => "f32",
            Self::F16 => "f16",
            Self::Int8 => "int8",
        })
    }
}

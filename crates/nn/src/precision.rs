//! The type that a network computes in.

use std::fmt;
use std::str::FromStr;

/// The type that a network computes in. Written `f32`, `tf32` or `bf16`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Precision {
    /// 32-bit floats throughout, products and sums too.
    #[default]
    F32,
    /// 32-bit floats of which a card's convolutions multiply the upper 19 bits (NVIDIA's TF32), and add in 32.
    Tf32,
    /// Weights and activations of 16 bits, the upper half of a 32-bit float; sums in 32.
    Bf16,
}

impl Precision {
    /// As it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::F32 => "f32",
            Self::Tf32 => "tf32",
            Self::Bf16 => "bf16",
        }
    }
}

impl fmt::Display for Precision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Not the name of a precision.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no precision: write f32, tf32 or bf16")]
pub struct PrecisionNameError(pub String);

impl FromStr for Precision {
    type Err = PrecisionNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::F32, Self::Tf32, Self::Bf16]
            .into_iter()
            .find(|one| text.trim().eq_ignore_ascii_case(one.name()))
            .ok_or_else(|| PrecisionNameError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written() {
        for one in [Precision::F32, Precision::Tf32, Precision::Bf16] {
            assert_eq!(one.to_string().to_uppercase().parse(), Ok(one));
        }
        let error = "f16".parse::<Precision>().unwrap_err().to_string();
        assert!(error.contains("bf16"), "{error}");
    }
}

//! Which vector instruction sets the processor has, and which one a plan uses.

use super::EngineError;
#[cfg(target_arch = "aarch64")]
use super::simd::Neon;
use super::simd::Portable;
#[cfg(target_arch = "x86_64")]
use super::simd::{Avx2, Avx512};
use crate::Precision;

/// A vector instruction set that this processor has: values beyond [`Isa::PORTABLE`] come from [`Isa::all`] and [`Isa::best`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Isa(VectorIsa);

/// The instruction sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VectorIsa {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "aarch64")]
    Neon,
    Portable,
}

impl Isa {
    /// The code that every processor runs.
    pub const PORTABLE: Self = Self(VectorIsa::Portable);

    /// All instruction sets that this processor has, the fastest first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") {
                all.push(Self(VectorIsa::Avx512));
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                all.push(Self(VectorIsa::Avx2));
            }
        }
        #[cfg(target_arch = "aarch64")]
        all.push(Self(VectorIsa::Neon));
        all.push(Self::PORTABLE);
        all
    }

    /// The fastest instruction set that this processor has.
    #[must_use]
    pub fn best() -> Self {
        Self::all().first().copied().unwrap_or(Self::PORTABLE)
    }

    /// Its name, as processors' makers write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            VectorIsa::Avx512 => "AVX-512",
            #[cfg(target_arch = "x86_64")]
            VectorIsa::Avx2 => "AVX2",
            #[cfg(target_arch = "aarch64")]
            VectorIsa::Neon => "NEON",
            VectorIsa::Portable => "portable",
        }
    }

    /// Whether it multiplies pairs of bf16 (AVX512-BF16).
    #[must_use]
    pub fn has_bf16(self) -> bool {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            VectorIsa::Avx512 => is_x86_feature_detected!("avx512bf16"),
            _ => false,
        }
    }

    /// Whether it computes in a type.
    ///
    /// # Errors
    /// If it does not: the message says what is missing and what to do.
    pub fn computes_in(self, precision: Precision) -> Result<(), EngineError> {
        match precision {
            Precision::F32 => Ok(()),
            Precision::Bf16 if self.has_bf16() => Ok(()),
            Precision::Bf16 => Err(EngineError::NoBf16),
            Precision::Tf32 => Err(EngineError::NoTf32),
        }
    }

    pub(crate) fn vector_isa(self) -> VectorIsa {
        self.0
    }

    /// Most pixels of a tile of 1, 2 and 3 blocks of output channels; 0 where the instruction set has no such tile.
    pub(crate) fn pixels(self) -> [usize; 3] {
        use super::simd::Lanes as _;
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            VectorIsa::Avx512 => Avx512::PIXELS,
            #[cfg(target_arch = "x86_64")]
            VectorIsa::Avx2 => Avx2::PIXELS,
            #[cfg(target_arch = "aarch64")]
            VectorIsa::Neon => Neon::PIXELS,
            VectorIsa::Portable => Portable::PIXELS,
        }
    }

    /// Most blocks of output channels of a tile.
    pub(crate) fn most_blocks(self) -> usize {
        self.pixels().iter().take_while(|most| **most > 0).count()
    }
}

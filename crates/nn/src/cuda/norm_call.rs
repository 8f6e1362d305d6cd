//! The kernels of batch norm: statistics, the norm with its ReLU, and the gradients.

use super::call::Argument::{self, Double, Int, Pointer};
use super::call::Call;
use super::operand::{Extent, Strided};

/// Threads of a channel that make a sum of a batch norm (`PARTS` of `layers.cu`).
const PARTS: usize = 128;

/// Bytes of what a batch norm's sums need, for each channel.
pub const SUMS: usize = PARTS * 2 * 8;

/// Bytes of a batch norm's factors, for each channel (`Factors` of `layers.cu`).
pub const FACTORS: usize = 5 * 4;
const _: () = assert!(FACTORS == 20);

/// Where a batch norm's numbers are, f32 a channel.
#[derive(Clone, Copy, Debug)]
pub struct NormAddresses {
    /// The scales.
    pub weight: u64,
    /// The shifts.
    pub bias: u64,
    /// Means, then variances.
    pub statistics: u64,
    /// [`FACTORS`] bytes a channel.
    pub factors: u64,
    /// Added to the variance.
    pub eps: f64,
}

impl Call {
    /// Mean and variance of each channel of a batch, `[mean; c][variance; c]`; in two calls, by way of `sums`.
    pub fn norm_statistics((x, size): (Strided, Extent), sums: u64, statistics: u64) -> [Self; 2] {
        let channels = size.channels as usize;
        [
            Self::new(
                "norm_moments",
                channels * PARTS,
                &[Pointer(sums), Argument::Extent(size), Argument::Strided(x)],
            ),
            Self::new(
                "norm_statistics",
                channels,
                &[Pointer(statistics), Argument::Extent(size), Pointer(sums)],
            ),
        ]
    }

    /// Batch norm by given statistics, and the ReLU where there is one; in two calls, by way of `factors`.
    pub fn norm(
        (y, size): (Strided, Extent),
        x: Strided,
        norm: NormAddresses,
        relu: bool,
    ) -> [Self; 2] {
        [
            Self::new(
                "norm_factors",
                size.channels as usize,
                &[
                    Pointer(norm.factors),
                    Int(size.channels),
                    Pointer(norm.statistics),
                    Pointer(norm.weight),
                    Pointer(norm.bias),
                    Double(norm.eps),
                ],
            ),
            Self::new(
                "norm_forward",
                size.count(),
                &[
                    Argument::Strided(y),
                    Argument::Extent(size),
                    Argument::Strided(x),
                    Pointer(norm.factors),
                    Int(i32::from(relu)),
                ],
            ),
        ]
    }

    /// The gradients of [`Call::norm`], whose factors are still there, towards x, weight and bias; in three calls. `of_batch`: the
    /// statistics move with x.
    pub fn norm_backward(
        (dx, size): (Strided, Extent),
        x: Strided,
        dy: Strided,
        norm: NormAddresses,
        [d_weight, d_bias, sums]: [u64; 3],
        [relu, of_batch]: [bool; 2],
    ) -> [Self; 3] {
        let channels = size.channels as usize;
        let relu = Int(i32::from(relu));
        [
            Self::new(
                "norm_products",
                channels * PARTS,
                &[
                    Pointer(sums),
                    Argument::Extent(size),
                    Argument::Strided(x),
                    Argument::Strided(dy),
                    Pointer(norm.factors),
                    Pointer(norm.statistics),
                    relu,
                ],
            ),
            Self::new(
                "norm_gradient",
                channels,
                &[
                    Pointer(norm.factors),
                    Pointer(d_weight),
                    Pointer(d_bias),
                    Argument::Extent(size),
                    Pointer(sums),
                    Pointer(norm.statistics),
                    Pointer(norm.weight),
                    Double(norm.eps),
                    Int(i32::from(of_batch)),
                ],
            ),
            Self::new(
                "norm_backward",
                size.count(),
                &[
                    Argument::Strided(dx),
                    Argument::Extent(size),
                    Argument::Strided(x),
                    Argument::Strided(dy),
                    Pointer(norm.factors),
                    relu,
                ],
            ),
        ]
    }
}

//! The frame in nine colour balances: as it is, and with every channel 5 % lighter or darker.

use super::views::View;

/// What the channels R, G and B are multiplied with.
pub(super) const GAINS: [[f64; 3]; 9] = [
    [1.0, 1.0, 1.0],
    [0.95, 0.95, 0.95],
    [0.95, 0.95, 1.05],
    [0.95, 1.05, 0.95],
    [0.95, 1.05, 1.05],
    [1.05, 0.95, 0.95],
    [1.05, 0.95, 1.05],
    [1.05, 1.05, 0.95],
    [1.05, 1.05, 1.05],
];

/// One view for each of [`GAINS`].
pub(super) fn jittered(pixels: &[u8]) -> Vec<View> {
    GAINS
        .into_iter()
        .map(|gains| View::coloured(pixels, gains))
        .collect()
}

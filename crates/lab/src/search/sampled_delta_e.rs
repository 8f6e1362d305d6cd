//! The size of a colour change, fast enough to compute for every candidate that flips.

use flipscope_image::distance::delta_e;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Perturbation, colour_tables};

/// Every n-th pixel is sampled: 5,259 of 89,401, spread over the frame (17 does not divide its side).
const EVERY: usize = 17;

/// The sampled pixels of a frame.
pub(super) struct SampledDeltaE(Vec<[u8; 3]>);

impl SampledDeltaE {
    pub(super) fn new(frame: &Frame) -> Self {
        Self::every(frame, EVERY)
    }

    /// Every n-th pixel.
    pub(super) fn every(frame: &Frame, n: usize) -> Self {
        let (pixels, _) = frame.pixels().as_chunks::<3>();
        Self(pixels.iter().step_by(n.max(1)).copied().collect())
    }

    /// Mean CIEDE2000 of a change of colour balance over the sampled pixels, for ranking. The value in a finding is computed
    /// from all pixels.
    pub(super) fn delta_e(&self, p: &Perturbation) -> f64 {
        let [red, green, blue] = colour_tables(p);
        let look = |table: &[u8; 256], v: u8| table.get(usize::from(v)).copied().unwrap_or(v);
        let sum: f64 = (self.0.iter())
            .map(|&[r, g, b]| delta_e([r, g, b], [look(&red, r), look(&green, g), look(&blue, b)]))
            .sum();
        sum / self.0.len().max(1) as f64
    }
}

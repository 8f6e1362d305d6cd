//! Distances between an original frame and its altered form.
//!
//! - **ΔE2000**: CIEDE2000 between the two colours of a pixel (sRGB → CIE L\*a\*b\*, D65, k = 1), by the crate `palette`. About
//!   1 is just noticeable side by side.
//! - **L∞, L2**: of the differences of channel values, in units of 1 of 255; L2 over all 268,203 of them.
//! - **SSIM**: Wang et al. 2004, Gaussian window (σ 1.5, 11 × 11), computed per channel, the mean of the three; scikit-image's
//!   `structural_similarity(…, channel_axis=2, data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)`.

use palette::color_difference::Ciede2000 as _;
use palette::{IntoColor as _, Lab, Srgb};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use flipscope_language::decimal;

use super::ssim::ssim;
use crate::lesion::Frame;

/// How far an altered frame is from its original; all zero (SSIM 1) for equal frames.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Distances {
    /// Mean CIEDE2000 over all pixels.
    pub delta_e_mean: f64,
    /// Largest CIEDE2000 of a pixel.
    pub delta_e_max: f64,
    /// Largest difference of a channel value, 0..=255.
    pub l_inf: u8,
    /// Square root of the summed squares of the differences of channel values, in units of 1 of 255.
    pub l2: f64,
    /// Pixels that differ at all.
    pub pixels: usize,
    /// Structural similarity, at most 1.
    pub ssim: f64,
}

impl Distances {
    /// SSIM with three decimals. It is 1.000 only for equal frames: those of a few pixels less are rounded to it.
    #[must_use]
    pub fn ssim_in_words(&self) -> String {
        let rounded = format!("{:.3}", self.ssim);
        if rounded == "1.000" && self.pixels > 0 {
            return decimal("> 0.999");
        }
        decimal(rounded)
    }
}

/// All distances between two frames.
#[must_use]
pub fn distances(original: &Frame, altered: &Frame) -> Distances {
    let (a, _) = original.pixels().as_chunks::<3>();
    let (b, _) = altered.pixels().as_chunks::<3>();
    let colours: Vec<f64> = (a.par_iter().zip(b.par_iter()))
        .with_min_len(4096)
        .map(|(&a, &b)| delta_e(a, b))
        .collect();
    let differences =
        || (original.pixels().iter().zip(altered.pixels())).map(|(&a, &b)| a.abs_diff(b));
    let squares: u64 = differences().map(|d| u64::from(d).pow(2)).sum();
    Distances {
        // Summed in a fixed order, whatever the number of threads: the same frames give the same bits.
        delta_e_mean: colours.iter().sum::<f64>() / colours.len() as f64,
        delta_e_max: colours.iter().copied().fold(0.0, f64::max),
        l_inf: differences().max().unwrap_or(0),
        l2: (squares as f64).sqrt(),
        pixels: a.iter().zip(b).filter(|(a, b)| a != b).count(),
        ssim: ssim(original, altered),
    }
}

/// CIEDE2000 between two sRGB colours.
#[must_use]
pub fn delta_e(a: [u8; 3], b: [u8; 3]) -> f64 {
    if a == b {
        return 0.0;
    }
    let lab = |[r, g, b]: [u8; 3]| -> Lab<palette::white_point::D65, f64> {
        Srgb::new(r, g, b).into_linear::<f64>().into_color()
    };
    lab(a).difference(lab(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_similarity_of_frames_that_differ_is_never_said_to_be_one() {
        let original = Frame::from_rgb(vec![100; Frame::BYTES]).unwrap();
        let mut pixels = original.pixels().to_vec();
        pixels[..3].copy_from_slice(&[101, 100, 100]);
        let altered = Frame::from_rgb(pixels).unwrap();
        let same = distances(&original, &original);
        assert_eq!(same.ssim_in_words(), "1.000");
        let apart = distances(&original, &altered);
        assert_eq!(format!("{:.3}", apart.ssim), "1.000");
        assert_eq!(apart.ssim_in_words(), "> 0.999");
        let less = Distances {
            ssim: 0.987_65,
            ..apart
        };
        assert_eq!(less.ssim_in_words(), "0.988");
    }
}

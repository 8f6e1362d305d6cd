//! Structural similarity with a Gaussian window; for the variant see the module `measures`.
//!
//! Written here since no crate has scikit-image's variant, on which published figures are based.

use rayon::prelude::*;

use crate::lesion::Frame;

const SIDE: usize = Frame::SIDE as usize;
/// σ of the window, in pixels.
const SIGMA: f64 = 1.5;
/// The window reaches 3.5 σ, rounded, to either side.
const RADIUS: usize = 5;
/// Rows and columns where the whole window lies on the frame.
const INSIDE: usize = SIDE - 2 * RADIUS;
/// (K₁ L)² and (K₂ L)², with K₁ = 0.01, K₂ = 0.03 and L = 255.
const C1: f64 = 6.5025;
const C2: f64 = 58.5225;

/// Mean structural similarity of the three channels.
pub(super) fn ssim(a: &Frame, b: &Frame) -> f64 {
    let channels: Vec<f64> = (0..3).into_par_iter().map(|at| channel(a, b, at)).collect();
    channels.iter().sum::<f64>() / channels.len() as f64
}

fn channel(a: &Frame, b: &Frame, at: usize) -> f64 {
    let plane = |frame: &Frame| -> Vec<f64> {
        let values = frame.pixels().iter().skip(at).step_by(3);
        values.map(|&value| f64::from(value)).collect()
    };
    let (a, b) = (plane(a), plane(b));
    let product =
        |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a * b).collect() };
    let [mean_a, mean_b] = [blurred(&a), blurred(&b)];
    let [aa, bb, ab] = [
        blurred(&product(&a, &a)),
        blurred(&product(&b, &b)),
        blurred(&product(&a, &b)),
    ];
    let means = mean_a.iter().zip(&mean_b);
    let moments = aa.iter().zip(&bb).zip(&ab);
    let sum: f64 = (means.zip(moments))
        .map(|((ma, mb), ((aa, bb), ab))| {
            let (variances, covariance) = (aa - ma * ma + bb - mb * mb, ab - ma * mb);
            (2.0 * ma * mb + C1) * (2.0 * covariance + C2)
                / ((ma * ma + mb * mb + C1) * (variances + C2))
        })
        .sum();
    sum / (INSIDE * INSIDE) as f64
}

/// The Gaussian window over a plane, where the window lies wholly inside it: `INSIDE` × `INSIDE` values.
fn blurred(plane: &[f64]) -> Vec<f64> {
    let weight = |at: usize| {
        let from_centre = at as f64 - RADIUS as f64;
        (-0.5 * (from_centre / SIGMA).powi(2)).exp()
    };
    let weights: Vec<f64> = (0..=2 * RADIUS).map(weight).collect();
    let total: f64 = weights.iter().sum();
    let weights: Vec<f64> = weights.iter().map(|weight| weight / total).collect();
    let mut across = Vec::with_capacity(SIDE * INSIDE);
    for row in plane.chunks_exact(SIDE) {
        across.extend(
            row.windows(weights.len())
                .map(|window| dot(window, &weights)),
        );
    }
    let mut down = vec![0.0; INSIDE * INSIDE];
    for (at, out) in down.chunks_exact_mut(INSIDE).enumerate() {
        for (row, weight) in across.chunks_exact(INSIDE).skip(at).zip(&weights) {
            for (sum, value) in out.iter_mut().zip(row) {
                *sum += weight * value;
            }
        }
    }
    down
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

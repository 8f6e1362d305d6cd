//! Blur: by the lens, by the hand, by movement towards the skin.

use super::canvas::{Canvas, SIDE};
use crate::lesion::Frame;
use flipscope_base::random::{RandomStream as _, Seeded};

/// scikit-image's `gaussian`: truncated at four standard deviations, border pixel repeated.
pub(super) fn gaussian(frame: &Frame, sigma: f64) -> Frame {
    separable(
        &Canvas::of(frame),
        &bell(sigma, (4.0 * sigma + 0.5) as usize),
    )
    .frame(frame)
}

/// The mean over a disk whose edge is slightly blurred, with the border pixel repeated (`OpenCV` mirrors the border: only
/// pixels nearer to it than the radius differ).
pub(super) fn defocus(frame: &Frame, radius: u32, edge: f64) -> Frame {
    let taps = if radius <= 8 { 1 } else { 2 };
    let disk = disk(&Canvas::of(frame), radius as isize);
    separable(&disk, &bell(edge, taps)).frame(frame)
}

/// Copies along a line, with weights that fall off like one half of a Gaussian (the motion blur of `imagecorruptions`).
pub(super) fn motion(frame: &Frame, radius: u32, sigma: f64, random: &mut Seeded) -> Frame {
    let angle = (90.0 * random.uniform() - 45.0).to_radians();
    let length = 2 * radius as usize + 1;
    let weights: Vec<f64> = (0..length)
        .map(|at| (-((at as f64) / sigma).powi(2) / 2.0).exp())
        .collect();
    let total: f64 = weights.iter().sum();
    let (sin, cos) = angle.sin_cos();
    let steps: Vec<(isize, isize, f64)> = weights
        .iter()
        .enumerate()
        .map(|(at, weight)| {
            let along = |part: f64| (at as f64 * part - 0.5).ceil() as isize;
            (along(cos), along(sin), weight / total)
        })
        .collect();
    let canvas = Canvas::of(frame);
    Canvas::from_fn(|x, y| {
        sum(steps
            .iter()
            .map(|&(dx, dy, weight)| (canvas.nearest(x + dx, y + dy), weight)))
    })
    .frame(frame)
}

/// The mean of the picture and of its enlargements about the centre, with bilinear interpolation.
pub(super) fn zoom(frame: &Frame, below: f64, step: f64) -> Frame {
    let count = ((below - 1.0) / step).ceil().max(1.0) as usize;
    let factors: Vec<f64> = (0..count).map(|at| 1.0 + at as f64 * step).collect();
    // The picture itself counts once more than each enlargement, as in ImageNet-C.
    let weight = 1.0 / (count as f64 + 1.0);
    let canvas = Canvas::of(frame);
    let centre = (SIDE as f64 - 1.0) / 2.0;
    Canvas::from_fn(|x, y| {
        let enlarged = factors.iter().map(|factor| {
            let place = |v: isize| centre + (v as f64 - centre) / factor;
            (canvas.between(place(x), place(y)), weight)
        });
        sum(std::iter::once((canvas.nearest(x, y), weight)).chain(enlarged))
    })
    .frame(frame)
}

/// The weighted sum of pixels.
fn sum(pixels: impl Iterator<Item = ([f64; 3], f64)>) -> [f64; 3] {
    let mut total = [0.0; 3];
    for (pixel, weight) in pixels {
        for (sum, value) in total.iter_mut().zip(pixel) {
            *sum += value * weight;
        }
    }
    total
}

/// 2 `taps` + 1 weights of a normal distribution, which sum to 1.
fn bell(sigma: f64, taps: usize) -> Vec<f64> {
    let weights: Vec<f64> = (0..=2 * taps)
        .map(|at| (-((at as f64 - taps as f64) / sigma).powi(2) / 2.0).exp())
        .collect();
    let total: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / total).collect()
}

/// First along the rows, then along the columns.
fn separable(canvas: &Canvas, weights: &[f64]) -> Canvas {
    let reach = weights.len() as isize / 2;
    let along = |from: &Canvas, (right, down): (isize, isize)| {
        Canvas::from_fn(|x, y| {
            sum(weights.iter().enumerate().map(|(at, weight)| {
                let off = at as isize - reach;
                (from.nearest(x + off * right, y + off * down), *weight)
            }))
        })
    };
    along(&along(canvas, (1, 0)), (0, 1))
}

/// The mean over a disk: each of its rows is a difference of two running sums.
fn disk(canvas: &Canvas, radius: isize) -> Canvas {
    let side = SIDE as isize;
    let halves: Vec<(isize, isize)> = (-radius..=radius)
        .map(|dy| (dy, ((radius * radius - dy * dy) as f64).sqrt() as isize))
        .collect();
    let count: isize = halves.iter().map(|(_, half)| 2 * half + 1).sum();
    // For each row, the sums before every column from −radius to side + radius.
    let sums: Vec<Vec<[f64; 3]>> = (0..side)
        .map(|y| {
            let mut running = [0.0; 3];
            let mut row = vec![running];
            for x in -radius..side + radius {
                for (sum, value) in running.iter_mut().zip(canvas.nearest(x, y)) {
                    *sum += value;
                }
                row.push(running);
            }
            row
        })
        .collect();
    let before = |x: isize, y: isize| {
        let row = sums.get(y.clamp(0, side - 1) as usize);
        let at = row.and_then(|row| row.get((x + radius) as usize));
        at.copied().unwrap_or_default()
    };
    Canvas::from_fn(|x, y| {
        let mut total = [0.0; 3];
        for &(dy, half) in &halves {
            let (from, to) = (before(x - half, y + dy), before(x + half + 1, y + dy));
            for ((sum, from), to) in total.iter_mut().zip(from).zip(to) {
                *sum += to - from;
            }
        }
        total.map(|sum| sum / count as f64)
    })
}

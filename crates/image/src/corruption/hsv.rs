//! Light and colour: brightness, contrast and saturation, as in ImageNet-C.
//!
//! HSV is Smith's hexcone (1978, doi 10.1145/965139.807361), hue, saturation and value from 0 to 1, as in `skimage.color`.
//!
//! Written here since the values must be scikit-image's, also in how ties between channels fall; `palette` has its own.

use super::canvas::Canvas;
use crate::lesion::Frame;

pub(super) fn brightness(frame: &Frame, add: f64) -> Frame {
    each(frame, |[h, s, v]| [h, s, (v + add).clamp(0.0, 1.0)])
}

pub(super) fn saturation(frame: &Frame, factor: f64, add: f64) -> Frame {
    each(frame, |[h, s, v]| {
        [h, (s * factor + add).clamp(0.0, 1.0), v]
    })
}

/// Scales the distances from each channel's mean over the frame by a factor.
pub(super) fn contrast(frame: &Frame, factor: f64) -> Frame {
    let mut canvas = Canvas::of(frame);
    let count = canvas.pixels().len() as f64;
    let mut means = [0.0; 3];
    for pixel in canvas.pixels() {
        for (mean, value) in means.iter_mut().zip(pixel) {
            *mean += value;
        }
    }
    let means = means.map(|sum| sum / count);
    for pixel in canvas.pixels_mut() {
        for (value, mean) in pixel.iter_mut().zip(means) {
            *value = (*value - mean) * factor + mean;
        }
    }
    canvas.frame(frame)
}

fn each(frame: &Frame, with: impl Fn([f64; 3]) -> [f64; 3]) -> Frame {
    let mut canvas = Canvas::of(frame);
    for pixel in canvas.pixels_mut() {
        *pixel = to_rgb(with(to_hsv(*pixel)));
    }
    canvas.frame(frame)
}

fn to_hsv([r, g, b]: [f64; 3]) -> [f64; 3] {
    let value = r.max(g).max(b);
    let range = value - r.min(g).min(b);
    if range == 0.0 {
        return [0.0, 0.0, value];
    }
    // As in scikit-image: if several channels are the largest, the last counts.
    let sixth = if b == value {
        4.0 + (r - g) / range
    } else if g == value {
        2.0 + (b - r) / range
    } else {
        (g - b) / range
    };
    [(sixth / 6.0).rem_euclid(1.0), range / value, value]
}

fn to_rgb([h, s, v]: [f64; 3]) -> [f64; 3] {
    let sixth = (h * 6.0).floor();
    let f = h * 6.0 - sixth;
    let p = v * (1.0 - s);
    let q = v * (1.0 - f * s);
    let t = v * (1.0 - (1.0 - f) * s);
    match (sixth as i64).rem_euclid(6) {
        0 => [v, t, p],
        1 => [q, v, p],
        2 => [p, v, t],
        3 => [p, q, v],
        4 => [t, p, v],
        _ => [v, p, q],
    }
}

//! Passes of batch norm over one block of 16 channels. Sums are f64: a batch has hundreds of thousands of values a channel.

use super::super::isa::{Form, Isa};
use super::super::simd::LANES;

/// Two sums of each lane.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Moments {
    pub(crate) first: [f64; LANES],
    pub(crate) second: [f64; LANES],
}

vectorised! {
    /// Adds the sums of the values and of their squares.
    fn moments(x: &[f32], sums: &mut Moments) {
        let (pixels, _) = x.as_chunks::<LANES>();
        let mut local = *sums;
        for pixel in pixels {
            for ((first, second), x) in local.first.iter_mut().zip(&mut local.second).zip(pixel) {
                let x = f64::from(*x);
                *first += x;
                *second += x * x;
            }
        }
        *sums = local;
    }
}

vectorised! {
    /// y = max(x · scale + shift, floor), with `[scale; 16], [shift; 16]`.
    fn scale(factors: &[f32; 2 * LANES], floor: f32, x: &[f32], y: &mut [f32]) {
        let (factors, _) = factors.as_chunks::<LANES>();
        let [scale, shift] = factors else { return };
        let ((x, _), (y, _)) = (x.as_chunks::<LANES>(), y.as_chunks_mut::<LANES>());
        for (y, x) in y.iter_mut().zip(x) {
            for (((y, x), scale), shift) in y.iter_mut().zip(x).zip(scale).zip(shift) {
                let value = x * scale + shift;
                // In this form a NaN stays one.
                *y = if value < floor { floor } else { value };
            }
        }
    }
}

vectorised! {
    /// Adds the sums of g and of g · (x − mean), where g is the gradient behind the ReLU.
    fn products(mean: &[f32; LANES], relu: bool, x: &[f32], y: &[f32], dy: &[f32], sums: &mut Moments) {
        let ((x, _), (y, _), (dy, _)) =
            (x.as_chunks::<LANES>(), y.as_chunks::<LANES>(), dy.as_chunks::<LANES>());
        let mut local = *sums;
        for ((x, y), dy) in x.iter().zip(y).zip(dy) {
            for (((((first, second), mean), x), y), dy) in local
                .first.iter_mut().zip(&mut local.second).zip(mean).zip(x).zip(y).zip(dy)
            {
                let g = if relu && *y <= 0.0 { 0.0 } else { *dy };
                *first += f64::from(g);
                *second += f64::from(g) * f64::from(x - mean);
            }
        }
        *sums = local;
    }
}

vectorised! {
    /// dx = a · g + b · x + c, with `[a; 16], [b; 16], [c; 16]`.
    fn back(factors: &[f32; 3 * LANES], relu: bool, x: &[f32], y: &[f32], dy: &[f32], dx: &mut [f32]) {
        let (factors, _) = factors.as_chunks::<LANES>();
        let [a, b, c] = factors else { return };
        let ((x, _), (y, _), (dy, _)) =
            (x.as_chunks::<LANES>(), y.as_chunks::<LANES>(), dy.as_chunks::<LANES>());
        let (dx, _) = dx.as_chunks_mut::<LANES>();
        for (((dx, x), y), dy) in dx.iter_mut().zip(x).zip(y).zip(dy) {
            for ((((((dx, x), y), dy), a), b), c) in
                dx.iter_mut().zip(x).zip(y).zip(dy).zip(a).zip(b).zip(c)
            {
                let g = if relu && *y <= 0.0 { 0.0 } else { *dy };
                *dx = a * g + b * x + c;
            }
        }
    }
}

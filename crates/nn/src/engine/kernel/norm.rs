//! Passes of batch norm over one block of 16 channels. Long sums are f64: a batch has hundreds of thousands of
//! values a channel.

use super::super::isa::{Isa, VectorIsa};
use super::super::simd::LANES;

/// Pixels whose products are added up in f32.
const CHAIN: usize = 32;

/// Two sums of each lane.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Moments {
    pub(crate) first: [f64; LANES],
    pub(crate) second: [f64; LANES],
}

impl Moments {
    /// Adds another part's sums.
    pub(crate) fn add(&mut self, part: &Self) {
        for (sum, part) in self.first.iter_mut().zip(&part.first) {
            *sum += part;
        }
        for (sum, part) in self.second.iter_mut().zip(&part.second) {
            *sum += part;
        }
    }
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
    /// Adds the sums of g and of g · (x − mean), where g is the gradient behind the ReLU: 0 where [`scale`] with these factors
    /// gives 0.
    fn products(
        factors: &[f32; 2 * LANES],
        floor: f32,
        mean: &[f32; LANES],
        x: &[f32],
        dy: &[f32],
        sums: &mut Moments,
    ) {
        let (factors, _) = factors.as_chunks::<LANES>();
        let [scale, shift] = factors else { return };
        let ((x, _), (dy, _)) = (x.as_chunks::<LANES>(), dy.as_chunks::<LANES>());
        // Short chains in f32, long ones in f64.
        for (x, dy) in x.chunks(CHAIN).zip(dy.chunks(CHAIN)) {
            let (mut first, mut second) = ([0.0_f32; LANES], [0.0_f32; LANES]);
            for (x, dy) in x.iter().zip(dy) {
                for ((((((first, second), mean), x), dy), scale), shift) in first
                    .iter_mut().zip(&mut second).zip(mean).zip(x).zip(dy).zip(scale).zip(shift)
                {
                    let g = if x * scale + shift <= floor { 0.0 } else { *dy };
                    *first += g;
                    *second += g * (x - mean);
                }
            }
            for (sum, first) in sums.first.iter_mut().zip(first) {
                *sum += f64::from(first);
            }
            for (sum, second) in sums.second.iter_mut().zip(second) {
                *sum += f64::from(second);
            }
        }
    }
}

vectorised! {
    /// dy becomes a · g + b · x + c, with `[scale; 16], [shift; 16], [a; 16], [b; 16], [c; 16]`, and g as in [`products`].
    fn norm_backward(factors: &[f32; 5 * LANES], floor: f32, x: &[f32], dy: &mut [f32]) {
        let (factors, _) = factors.as_chunks::<LANES>();
        let [scale, shift, a, b, c] = factors else { return };
        let ((x, _), (dy, _)) = (x.as_chunks::<LANES>(), dy.as_chunks_mut::<LANES>());
        for (dy, x) in dy.iter_mut().zip(x) {
            for ((((((dy, x), scale), shift), a), b), c) in
                dy.iter_mut().zip(x).zip(scale).zip(shift).zip(a).zip(b).zip(c)
            {
                let g = if x * scale + shift <= floor { 0.0 } else { *dy };
                *dy = a * g + b * x + c;
            }
        }
    }
}

//! Where the two paths of a residual meet: passes over some values of 16 channels each.

use super::super::isa::{Isa, VectorIsa};
use super::super::simd::LANES;

vectorised! {
    /// y = max(y + x, 0). A NaN stays one.
    fn add_relu(x: &[f32], y: &mut [f32]) {
        let ((x, _), (y, _)) = (x.as_chunks::<LANES>(), y.as_chunks_mut::<LANES>());
        for (y, x) in y.iter_mut().zip(x) {
            for (y, x) in y.iter_mut().zip(x) {
                let sum = *y + x;
                *y = if sum < 0.0 { 0.0 } else { sum };
            }
        }
    }
}

vectorised! {
    /// y = y + x.
    fn add(x: &[f32], y: &mut [f32]) {
        let ((x, _), (y, _)) = (x.as_chunks::<LANES>(), y.as_chunks_mut::<LANES>());
        for (y, x) in y.iter_mut().zip(x) {
            for (y, x) in y.iter_mut().zip(x) {
                *y += x;
            }
        }
    }
}

vectorised! {
    /// dy, the gradient behind a ReLU that gave y, becomes the one before it: 0 where y is 0.
    fn relu_backward(y: &[f32], dy: &mut [f32]) {
        let ((y, _), (dy, _)) = (y.as_chunks::<LANES>(), dy.as_chunks_mut::<LANES>());
        for (dy, y) in dy.iter_mut().zip(y) {
            for (dy, y) in dy.iter_mut().zip(y) {
                *dy = if *y > 0.0 { *dy } else { 0.0 };
            }
        }
    }
}

//! Whether a map can be believed.
//!
//! - [`curves()`]: what happens to P as the pixels that the map names are covered, or uncovered, one after another
//! - [`compare`]: how alike the map is to one of the same network with its weights in a random order

mod curves;
mod random_weights;

pub use curves::{Curves, curves};
pub use random_weights::{Comparison, SURVIVES, compare};

use super::figure::of_pixels;
use super::map::{Map, Method};

/// Steps of the curves.
pub const STEPS: usize = 32;
/// The seed of random orders and random weights.
pub const SEED: u64 = 1;

/// How much each pixel counts by a map, row by row: the more, the more it speaks for the class.
///
/// By occlusion, how much covering it lowers P; otherwise the map's own values, a coarse grid stretched over the frame.
#[must_use]
pub fn importance(map: &Map) -> Vec<f32> {
    let values = of_pixels(map);
    match map.method {
        Method::Occlusion { .. } => values.into_iter().map(|value| map.base - value).collect(),
        _ => values,
    }
}

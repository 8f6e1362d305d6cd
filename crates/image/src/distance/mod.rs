//! How far an alteration is from the original, as numbers and as a picture.

pub mod difference;
mod measures;
mod ssim;

pub use measures::{Distances, delta_e, distances};

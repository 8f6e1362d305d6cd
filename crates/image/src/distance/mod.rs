//! What a person can make of an alteration: how far it is from the original, as an eye or a number sees it.

pub mod difference;
mod measures;
mod ssim;

pub use measures::{Distances, delta_e, distances};

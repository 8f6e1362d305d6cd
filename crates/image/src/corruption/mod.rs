//! What happens to photographs on their way: noise, blur, light, compression, and what a dermatoscope leaves in the picture.
//!
//! A [`Corruption`] turns a u8 frame into a u8 frame; any random numbers come from the stream that it is given. A
//! [`CorruptionKind`] at severity 1 to 5 is a corruption with published parameters:
//!
//! - noise, blur, light, compression: ImageNet-C (Hendrycks and Dietterich 2019, ICLR, arXiv 1903.12261), with the parameters
//!   of its code and of the package `imagecorruptions` 1.1.2 (Michaelis et al. 2019, arXiv 1907.07484). As there, values are
//!   truncated to u8, not rounded. The parameters were chosen for 224 × 224 pixels and are applied to 299 × 299.
//! - the list is that of SAM-C (Maron et al. 2021, Eur J Cancer 155:191–199, doi 10.1016/j.ejca.2021.06.047), the benchmark of
//!   dermoscopic pictures, without its elastic transform. Its code and its parameters were not published: black corner,
//!   characters, ruler and bubbles have severities of our own, given in [`CorruptionKind::severities`].
//!
//! Flips are here too: they keep the picture's size and need no parameter.

mod apply;
mod blur;
mod canvas;
mod compress;
mod dermoscopy;
mod glyphs;
mod hsv;
mod kind;
mod noise;
mod parameters;
#[cfg(test)]
mod tests;

pub use kind::{CorruptionKind, SEVERITIES};
pub use parameters::{Corruption, CorruptionError};

//! Applies a corruption to a frame.

use super::parameters::{Corruption, CorruptionError};
use super::{blur, canvas, compress, dermoscopy, hsv, noise};
use crate::lesion::Frame;
use flipscope_base::random::Seeded;

impl Corruption {
    /// The corrupted frame. All randomness comes from `random`.
    ///
    /// # Errors
    /// If a parameter is out of range, or the JPEG codec fails (out of memory).
    pub fn apply(&self, frame: &Frame, random: &mut Seeded) -> Result<Frame, CorruptionError> {
        self.validate()?;
        Ok(match *self {
            Self::GaussianNoise { sigma } => noise::gaussian(frame, sigma, random),
            Self::ShotNoise { photons } => noise::shot(frame, photons, random),
            Self::ImpulseNoise { share } => noise::impulse(frame, share, random),
            Self::SpeckleNoise { sigma } => noise::speckle(frame, sigma, random),
            Self::GaussianBlur { sigma } => blur::gaussian(frame, sigma),
            Self::DefocusBlur { radius, edge } => blur::defocus(frame, radius, edge),
            Self::MotionBlur { radius, sigma } => blur::motion(frame, radius, sigma, random),
            Self::ZoomBlur { below, step } => blur::zoom(frame, below, step),
            Self::Brightness { add } => hsv::brightness(frame, add),
            Self::Contrast { factor } => hsv::contrast(frame, factor),
            Self::Saturation { factor, add } => hsv::saturation(frame, factor, add),
            Self::Pixelate { scale } => compress::pixelate(frame, scale),
            Self::Jpeg { quality } => compress::jpeg(frame, quality)?,
            Self::BlackCorner { radius } => dermoscopy::black_corner(frame, radius),
            Self::Characters { count } => dermoscopy::characters(frame, count, random),
            Self::Ruler { depth } => dermoscopy::ruler(frame, depth, random),
            Self::Bubbles { count } => dermoscopy::bubbles(frame, count, random),
            Self::Flip {
                horizontal,
                vertical,
            } => canvas::flip(frame, horizontal, vertical),
        })
    }
}

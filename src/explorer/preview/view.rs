//! What is previewed, and how it is shown.

use std::sync::Arc;

use flipscope_image::lesion::{Frame, Raster};
use flipscope_image::perturb::Perturbation;

/// The picture that is previewed.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Identifies the pixels: another raster needs another key, and the same raster should keep its key, or it is uploaded
    /// again.
    pub key: u64,
    /// A frame's raster of 299 × 299 (what the network sees), or a photograph at full resolution.
    pub raster: Arc<Raster>,
    /// The part of the raster that the frame shows, in pixels of the raster: left, top, right, bottom.
    pub region: [f64; 4],
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Show {
    /// The original, through the field of view if the perturbation has one.
    Original,
    /// The altered picture.
    Altered,
    /// Original left of this fraction of the rectangle's width, altered right of it.
    Wipe(f32),
    /// `128 + gain · (altered − original)` per channel, clamped: grey where nothing changes, and the sign is visible.
    Difference {
        /// The factor, e.g. 8.
        gain: f32,
    },
}

/// One view of a picture under a perturbation, to be painted once.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The picture.
    pub picture: Picture,
    /// The frame of the picture: the fill `mean-skin` is computed from it, and it is shown while a photograph is uploaded.
    pub frame: Arc<Frame>,
    /// The perturbation. One that [`Perturbation::validate`] refuses is drawn as the identity.
    pub perturbation: Arc<Perturbation>,
    /// What is drawn.
    pub show: Show,
    /// The visible part of the frame, in 0..1: min x, min y, max x, max y. Outside 0..1 it stays transparent.
    pub view: [f32; 4],
    /// Pixels as blocks; otherwise smooth. A picture shown smaller than its size is always filtered.
    pub crisp: bool,
}

impl Preview {
    /// Whether the raster is what the network sees, so that it is perturbed pixel by pixel.
    pub(super) fn is_frame(&self) -> bool {
        let side = f64::from(Frame::SIDE);
        let Picture { raster, region, .. } = &self.picture;
        raster.width() == Frame::SIDE
            && raster.height() == Frame::SIDE
            && *region == [0.0, 0.0, side, side]
    }
}

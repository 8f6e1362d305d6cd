//! Requests to the network, and a photograph as it was read.

use std::sync::Arc;
use std::time::Instant;

use flipscope_image::lesion::{Frame, Photograph, Raster};
use flipscope_image::perturb::Perturbation;
use flipscope_model::scheduler::ModelSlot;

use crate::explorer::explore::controls::Control;
use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::metadata::Metadata;

/// Why the network is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The explored frame unaltered (with the field of view, if one is set).
    Before,
    /// An unaltered frame of the list.
    Listed,
    /// The altered frame of the explored lesion.
    Altered,
    /// The altered frame of a lesion of the list.
    Applied,
    /// A point of a slider's track.
    Band(Control),
}

/// A request to the network.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which model.
    pub slot: ModelSlot,
    /// About which lesion.
    pub lesion: LesionId,
    /// Why.
    pub purpose: Purpose,
    /// Its frame.
    pub frame: Arc<Frame>,
    /// What alters it.
    pub perturbation: Arc<Perturbation>,
    /// When the input arrived.
    pub at: Instant,
}

/// A picture that was read.
#[derive(Clone, Debug)]
pub struct ReadPicture {
    /// What the network sees.
    pub frame: Arc<Frame>,
    /// SHA-256 of its pixels.
    pub frame_sha256: String,
    /// The frame as the list shows it.
    pub thumbnail: Arc<Raster>,
    /// Full size.
    pub photograph: Arc<Photograph>,
    /// What is known about the file.
    pub metadata: Metadata,
}

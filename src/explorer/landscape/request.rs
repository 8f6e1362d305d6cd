//! Requests to the thread that judges landscapes, and its answers.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::explain::landscape::Landscape;
use flipscope_model::Verdict;

use crate::explorer::explain::request::NotMade;
use crate::explorer::landscape::state::{Field, LandscapeId};

/// Points that are to be judged.
#[derive(Clone, Debug)]
pub struct LandscapeWork {
    /// Of which landscape.
    pub id: LandscapeId,
    /// The axes, and what they are around.
    pub landscape: Arc<Landscape>,
    /// The lesion's frame.
    pub frame: Arc<Frame>,
    /// The models, each with what it has judged already.
    pub fields: Vec<Field>,
    /// Stops it.
    pub cancel: Cancel,
}

/// What the thread reports.
#[derive(Debug)]
pub enum LandscapeAnswer {
    /// The verdict of a model, by its number, at what the landscape is around.
    Here(LandscapeId, usize, Verdict),
    /// P of a model at some points.
    Judged(LandscapeId, usize, Vec<(usize, f32)>),
    /// Points that are judged, and how many there are.
    Progress(LandscapeId, [usize; 2]),
    /// It has ended.
    Ended(LandscapeId, Result<(), NotMade>),
}

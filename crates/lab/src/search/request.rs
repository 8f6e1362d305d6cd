//! What a search is asked.

use std::sync::Arc;

use super::attack::Attack;
use super::finding::Subject;
use super::question::{Budget, Direction, Mode};
use flipscope_image::lesion::Frame;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Search {
    /// The photograph, and how it became the frame.
    pub subject: Subject,
    /// The frame that is altered.
    pub frame: Arc<Frame>,
    /// The attack with its parameters.
    pub attack: Attack,
    /// How far, or how little.
    pub mode: Mode,
    /// From which verdict to which.
    pub direction: Direction,
    /// P(melanoma) at or above which the verdict is melanoma.
    pub threshold: f32,
    /// The seed: it decides every draw.
    pub seed: u64,
    /// What the search may use.
    pub budget: Budget,
}

//! The request for a search.

use std::sync::Arc;

use super::attack::Attack;
use super::finding::Subject;
use super::options::{Budget, Direction, Mode};
use flipscope_image::lesion::Frame;

/// The request for a search.
#[derive(Clone, Debug)]
pub struct Search {
    /// The photograph, and how it became the frame.
    pub subject: Subject,
    /// The frame that is altered.
    pub frame: Arc<Frame>,
    /// The attack with its parameters.
    pub attack: Attack,
    /// Within the bounds, or the smallest change.
    pub mode: Mode,
    /// From which verdict to which.
    pub direction: Direction,
    /// P(melanoma) at or above which the verdict is melanoma.
    pub threshold: f32,
    /// The seed of everything random.
    pub seed: u64,
    /// The budget.
    pub budget: Budget,
}

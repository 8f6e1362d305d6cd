//! The request for a search.

use std::sync::Arc;

use super::attack::Attack;
use super::finding::Subject;
use super::question::{Budget, Direction, Mode};
use super::strategy::Strategy;
use flipscope_image::lesion::Frame;

/// The seed where nothing else is said, on the command line and in the window: the same request gives the same finding in both.
pub const DEFAULT_SEED: u64 = 1;

/// The request for a search.
#[derive(Clone, Debug)]
pub struct Search {
    /// The photograph, and how it became the frame.
    pub subject: Subject,
    /// The frame that is altered.
    pub frame: Arc<Frame>,
    /// The attack with its parameters.
    pub attack: Attack,
    /// Any flip, the lowest probability, or the smallest change.
    pub mode: Mode,
    /// How it is looked for.
    pub strategy: Strategy,
    /// From which verdict to which.
    pub direction: Direction,
    /// P(melanoma) at or above which the verdict is melanoma.
    pub threshold: f32,
    /// The seed of everything random.
    pub seed: u64,
    /// The budget.
    pub budget: Budget,
}

impl Search {
    /// The most frames that it takes, as far as is known beforehand; a gradient counts as one.
    #[must_use]
    pub fn evaluations(&self) -> u64 {
        let most = self.attack.evaluations(self.mode, self.strategy);
        most.min(self.budget.evaluations.unwrap_or(u64::MAX))
    }
}

//! What a running search has cost so far, and its progress.

use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use super::error::BestCandidate;
use super::finding::GRADIENT_COST;
use super::question::Budget;

/// The progress of a search, reported after every batch.
#[derive(Clone, Debug, Serialize)]
pub struct Progress {
    /// Generation, or step; 0 is the start.
    pub generation: usize,
    /// Frames judged so far.
    pub evaluations: u64,
    /// The most frames that it takes, as far as is known.
    pub evaluations_at_most: u64,
    /// Frames judged a second.
    pub evaluations_per_second: f64,
    /// Seconds since it began.
    pub seconds: f64,
    /// Seconds left, if it uses everything that it may.
    pub eta_seconds: Option<f64>,
    /// The best so far.
    #[serde(skip)]
    pub best: Option<Arc<BestCandidate>>,
}

/// Frames, gradients and seconds that a search has taken.
pub(super) struct RunningCost {
    budget: Budget,
    began: Instant,
    evaluations: u64,
    gradients: u64,
    at_most: u64,
    first_flip: Option<f64>,
}

impl RunningCost {
    /// Begins now; it takes `at_most` frames, as far as is known.
    pub(super) fn begin(budget: Budget, at_most: u64) -> Self {
        Self {
            budget,
            began: Instant::now(),
            evaluations: 0,
            gradients: 0,
            at_most,
            first_flip: None,
        }
    }

    pub(super) fn evaluations(&self) -> u64 {
        self.evaluations
    }

    /// How many of the frames judged had their gradient computed.
    pub(super) fn gradients(&self) -> u64 {
        self.gradients
    }

    pub(super) fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// What it has cost so far.
    pub(super) fn forward_equivalents(&self) -> f64 {
        forward_equivalents(self.evaluations, self.gradients)
    }

    /// What it had cost up to the first frame that flips.
    pub(super) fn first_flip(&self) -> Option<f64> {
        self.first_flip
    }

    /// Whether the budget is used up.
    pub(super) fn is_used_up(&self) -> bool {
        let used = (self.budget.evaluations).is_some_and(|n| self.evaluations >= n);
        used || self.budget.seconds.is_some_and(|s| self.seconds() >= s)
    }

    /// How many frames the budget has left.
    pub(super) fn left(&self) -> u64 {
        (self.budget.evaluations).map_or(u64::MAX, |n| n.saturating_sub(self.evaluations))
    }

    /// Raises the number of frames that it takes at most, where a stage turns out to need more.
    pub(super) fn will_take(&mut self, more: u64) {
        let budget = self.budget.evaluations.unwrap_or(u64::MAX);
        let most = self.evaluations.saturating_add(more).min(budget);
        self.at_most = self.at_most.max(most);
    }

    /// Counts frames that were judged.
    pub(super) fn count(&mut self, frames: usize) {
        self.evaluations += frames as u64;
        self.at_most = self.at_most.max(self.evaluations);
    }

    /// Counts the gradient of the next frame.
    pub(super) fn count_gradient(&mut self) {
        self.gradients += 1;
    }

    /// Notes that a frame flips: this many after those that are counted, from 1.
    pub(super) fn note_flip(&mut self, after: u64) {
        let paid = forward_equivalents(self.evaluations + after, self.gradients);
        self.first_flip.get_or_insert(paid);
    }

    /// All flips so far were refuted: the cost counts up to the next one.
    pub(super) fn forget_flips(&mut self) {
        self.first_flip = None;
    }

    /// The progress in a generation, with the best so far.
    pub(super) fn progress(&self, generation: usize, best: Option<Arc<BestCandidate>>) -> Progress {
        let seconds = self.seconds();
        let rate = self.evaluations as f64 / seconds.max(1e-9);
        let open = (self.at_most - self.evaluations) as f64 / rate;
        let until = self.budget.seconds.map(|s| (s - seconds).max(0.0));
        Progress {
            generation,
            evaluations: self.evaluations,
            evaluations_at_most: self.at_most,
            evaluations_per_second: rate,
            seconds,
            eta_seconds: Some(until.map_or(open, |until| open.min(until))),
            best,
        }
    }
}

/// What a search has cost, in forward passes of one frame.
fn forward_equivalents(evaluations: u64, gradients: u64) -> f64 {
    evaluations.saturating_sub(gradients) as f64 + gradients as f64 * GRADIENT_COST
}

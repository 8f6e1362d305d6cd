//! The best candidates of a running search, in order of preference.

use std::sync::Arc;

use super::error::BestCandidate;
use super::question::{Direction, Mode};
use super::request::Search;
use super::strategy::Strategy;

/// Flips that are kept for the judge, in order of preference: on a device where a batch differs in the last bits from a single
/// frame, the first may not hold.
const KEPT: usize = 4;

/// A candidate, and what proposed it.
type Proposed = (Arc<BestCandidate>, Strategy);

/// The best candidates so far.
pub(super) struct Best {
    mode: Mode,
    direction: Direction,
    kept: Vec<Proposed>,
}

impl Best {
    pub(super) fn new(search: &Search) -> Self {
        Self {
            mode: search.mode,
            direction: search.direction,
            kept: Vec::new(),
        }
    }

    /// All that are kept, in order of preference.
    pub(super) fn all(&self) -> &[Proposed] {
        &self.kept
    }

    pub(super) fn first(&self) -> Option<&Proposed> {
        self.kept.first()
    }

    /// Takes the first one away, if there is one.
    pub(super) fn drop_first(&mut self) {
        if !self.kept.is_empty() {
            self.kept.remove(0);
        }
    }

    /// Whether sizes matter: with the unit ΔE, a size takes time to compute, and sizes are compared only among flips.
    pub(super) fn compares_size(&self, flips: bool) -> bool {
        flips && self.mode == Mode::Smallest
    }

    /// Whether a candidate would be among the best; `size` counts only where [`Best::compares_size`] says so.
    pub(super) fn takes(&self, flips: bool, size: f64, energy: f64) -> bool {
        self.place((!flips, size, energy)) < KEPT
    }

    /// How candidates are ordered: flips first, the smallest of them if sizes matter, the lowest energy.
    fn rank(&self, one: &BestCandidate) -> (bool, f64, f64) {
        let size = if self.compares_size(one.flips) {
            one.size
        } else {
            0.0
        };
        let energy = self.direction.energy(one.p_melanoma);
        (!one.flips, size, energy)
    }

    /// Where a rank belongs among the best; the first of equal candidates stays.
    fn place(&self, rank: (bool, f64, f64)) -> usize {
        self.kept
            .partition_point(|(best, _)| self.rank(best) <= rank)
    }

    pub(super) fn insert(&mut self, one: BestCandidate, by: Strategy) {
        let at = self.place(self.rank(&one));
        self.kept.insert(at, (Arc::new(one), by));
        self.kept.truncate(KEPT);
    }
}

//! Right and wrong calls on pictures of one form.

use crate::statistics::Confusion;
use flipscope_model::Label;

/// Calls counted by truth and answer; melanoma is positive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls that were made.
    pub calls: Confusion,
    /// Cases that timed out.
    pub timed_out: u64,
}

impl Tally {
    /// Counts pairs of truth and call; no call is a time-out.
    #[must_use]
    pub fn of(calls: impl Iterator<Item = (Label, Option<Label>)>) -> Self {
        let mut tally = Self::default();
        for (truth, call) in calls {
            let calls = &mut tally.calls;
            let count = match (truth, call) {
                (_, None) => &mut tally.timed_out,
                (Label::Melanoma, Some(Label::Melanoma)) => &mut calls.true_positives,
                (Label::Melanoma, Some(Label::Nevus)) => &mut calls.false_negatives,
                (Label::Nevus, Some(Label::Nevus)) => &mut calls.true_negatives,
                (Label::Nevus, Some(Label::Melanoma)) => &mut calls.false_positives,
            };
            *count += 1;
        }
        tally
    }

    /// Melanomas that were classified.
    #[must_use]
    pub fn melanomas(&self) -> u64 {
        self.calls.true_positives + self.calls.false_negatives
    }

    /// Nevi that were classified.
    #[must_use]
    pub fn nevi(&self) -> u64 {
        self.calls.true_negatives + self.calls.false_positives
    }

    /// Right calls.
    #[must_use]
    pub fn right(&self) -> u64 {
        self.calls.true_positives + self.calls.true_negatives
    }

    /// All calls.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.melanomas() + self.nevi()
    }
}

//! A network's steps, for each purpose of a program.

use std::collections::BTreeSet;

use super::program::Purpose;
use crate::lowering::{Filters, Lowered, ShapeError};
use crate::{Conv, Node};

/// Steps with gradients, and where there is a way, fewer steps without.
pub(super) struct Steps {
    all: Lowered,
    fewer: Option<Lowered>,
    filters: Vec<Filters>,
    /// Batches of so many frames take the steps as they are.
    refused: BTreeSet<usize>,
}

impl Steps {
    /// Lowers blocks that follow each other, on an input `[channels, rows, columns]`.
    ///
    /// # Errors
    /// As [`Lowered::new`].
    pub(super) fn new(blocks: &[Node<Conv>], input: [usize; 3]) -> Result<Self, ShapeError> {
        let all = Lowered::new(blocks, input)?;
        let fewer = all.in_fewer();
        let filters = fewer.filters.clone();
        // Nothing was made of the tree's convolutions: there is nothing that can be merged.
        let fewer = (filters.len() > all.filters.len()).then_some(fewer);
        Ok(Self {
            all,
            fewer,
            filters,
            refused: BTreeSet::new(),
        })
    }

    /// What convolutions multiply by, for all purposes.
    pub(super) fn filters(&self) -> &[Filters] {
        &self.filters
    }

    /// For batches of `n`.
    pub(super) fn of(&self, n: usize, purpose: Purpose) -> &Lowered {
        match &self.fewer {
            Some(fewer) if purpose == Purpose::Features && !self.refused.contains(&n) => fewer,
            _ => &self.all,
        }
    }

    /// From here on batches of `n` take the steps as they are; whether that is new.
    pub(super) fn refuse_fewer(&mut self, n: usize) -> bool {
        self.fewer.is_some() && self.refused.insert(n)
    }
}

//! The weights of a network's convolutions on a card.

use candle_core::Result;

use super::card::{Card, DeviceBuffer};
use super::convolution::NumericFormat;
use super::filters::{Placed, place};
use crate::Conv;
use crate::lowering::Filters;

/// The weights and biases of all convolutions.
pub(super) struct Weights {
    placed: Vec<Placed>,
    /// What `placed` points into.
    _memory: Vec<DeviceBuffer>,
}

impl Weights {
    /// Puts them there, in the order and the type that the card computes in.
    pub(super) fn new(
        convs: &[&Conv],
        filters: &[Filters],
        card: &Card,
        numbers: NumericFormat,
    ) -> Result<Self> {
        let mut memory = Vec::new();
        let placed = place(convs, filters, (numbers.order, numbers.dtype), |bytes| {
            let buffer = DeviceBuffer::holding(card.stream(), bytes)?;
            let at = buffer.at;
            memory.push(buffer);
            Ok::<_, candle_core::Error>(at)
        })?;
        Ok(Self {
            placed,
            _memory: memory,
        })
    }

    /// Those of one of the filters.
    ///
    /// # Errors
    /// If there are not so many.
    pub(super) fn get(&self, which: usize) -> Result<&Placed> {
        match self.placed.get(which) {
            Some(placed) => Ok(placed),
            None => candle_core::bail!("a program has more convolutions than its network"),
        }
    }
}

//! Which activations share a buffer: those that are not alive together.

use super::layout::Layout;
use crate::lowering::{Lowered, Value};

/// Buffers for the activations: one is free again after the last step that reads its activation. (A step's output is given
/// its buffer before its input's is free.)
pub(crate) fn share(layouts: &[Layout], lowered: &Lowered) -> (Vec<usize>, Vec<usize>) {
    let lifetimes = lowered.lifetimes();
    let mut slots = vec![usize::MAX; layouts.len()];
    let mut lengths: Vec<usize> = Vec::new();
    let mut free: Vec<usize> = Vec::new();
    let mut place = |value: Value, free: &mut Vec<usize>| {
        let needed = layouts.get(value).map_or(0, Layout::len);
        let length = |slot: usize, lengths: &[usize]| lengths.get(slot).copied().unwrap_or(0);
        // The smallest that is large enough, else the largest, which then grows.
        let best = free
            .iter()
            .enumerate()
            .min_by_key(|(_, slot)| {
                let length = length(**slot, &lengths);
                if length >= needed {
                    (0, length)
                } else {
                    (1, usize::MAX - length)
                }
            })
            .map(|(at, _)| at);
        let slot = if let Some(at) = best {
            free.swap_remove(at)
        } else {
            lengths.push(0);
            lengths.len() - 1
        };
        if let Some(length) = lengths.get_mut(slot) {
            *length = (*length).max(needed);
        }
        slot
    };
    let mut give = |slots: &mut Vec<usize>, value: Value, free: &mut Vec<usize>| {
        if let Some(slot) = slots.get_mut(value)
            && *slot == usize::MAX
        {
            *slot = place(value, free);
        }
    };
    give(&mut slots, 0, &mut free);
    for (at, step) in lowered.steps.iter().enumerate() {
        give(&mut slots, step.output, &mut free);
        for (value, lifetime) in lifetimes.iter().enumerate() {
            if lifetime.first <= at
                && lifetime.last == at
                && value != lowered.output
                && let Some(slot) = slots.get(value)
            {
                free.push(*slot);
            }
        }
        free.sort_unstable();
    }
    (slots, lengths)
}

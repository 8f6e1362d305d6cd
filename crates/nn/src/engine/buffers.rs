//! Which activations share a buffer: those that are not alive together.

use std::collections::HashMap;

use super::layout::Layout;
use super::step::{Step, Value};

/// Buffers for the activations: one is free again after the last step that reads its activation. (A step's output is given
/// its buffer before its input's is free.)
pub(crate) fn share(layouts: &[Layout], steps: &[Step], output: Value) -> (Vec<usize>, Vec<usize>) {
    let mut last_read: HashMap<Value, usize> = HashMap::new();
    for (at, step) in steps.iter().enumerate() {
        last_read.insert(step.from, at);
    }
    last_read.insert(output, steps.len());
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
    for (at, step) in steps.iter().enumerate() {
        give(&mut slots, step.to, &mut free);
        for (value, last) in &last_read {
            if *last == at
                && let Some(slot) = slots.get(*value)
            {
                free.push(*slot);
            }
        }
        free.sort_unstable();
    }
    (slots, lengths)
}

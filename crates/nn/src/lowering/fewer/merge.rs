//! 1 × 1 convolutions at stride 1 that read the same, as one.
//!
//! The merged convolution writes one run of channels. Those that later layers of a branch read come first; behind them those that are the
//! beginning of the block's output, which goes on behind: so one activation holds both, and nothing is copied. What reads either reads some
//! parts of it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::lowering::{Filters, Layer, Lowered, Shape, Step, Value};

/// Only convolutions of a multiple of so many channels are merged, so that each part begins where a wide load may.
const ALIGNED: usize = 8;

/// Convolutions that become one.
struct Group {
    /// Their steps: first those whose output is theirs alone, then those that write the first parts of a block's output.
    inner: Vec<usize>,
    outer: Vec<usize>,
}

impl Lowered {
    /// Merges wherever there are two at least.
    pub(super) fn merge(&mut self) {
        let mut at = 0;
        while at < self.steps.len() {
            if let Some(group) = self.group(at) {
                self.merge_group(&group);
            }
            at += 1;
        }
        self.drop_untouched();
    }

    /// The convolutions that become one with that of this step, which is the first of them.
    fn group(&self, at: usize) -> Option<Group> {
        let first = self.steps.get(at)?;
        let like_it = |step: &&Step| {
            (step.input, &step.reads, self.kind(step))
                == (first.input, &first.reads, self.kind(first))
        };
        let _ = self.kind(first)?;
        let members = self.steps.iter().enumerate().skip(at);
        let members: Vec<(usize, &Step)> = members
            .filter(|(_, step)| like_it(step) && self.aligned(step))
            .collect();
        let whole = |step: &Step| self.parts_of(step.output) == 1;
        let inner: Vec<usize> = members
            .iter()
            .filter(|(_, step)| whole(step))
            .map(|(at, _)| *at)
            .collect();
        // Those that write one block's output from its first part on, without a gap.
        let mut outer = Vec::new();
        let mut next = 0;
        let mut others = members.iter().filter(|(_, step)| !whole(step));
        let block = others.clone().next().map(|(_, step)| step.output);
        while let Some((at, step)) =
            others.find(|(_, step)| block == Some(step.output) && step.parts.start == next)
        {
            outer.push(*at);
            next = step.parts.end;
        }
        let group = Group { inner, outer };
        (group.steps().count() > 1 && group.steps().min() == Some(at)).then_some(group)
    }

    fn merge_group(&mut self, group: &Group) {
        let members: Vec<Step> = group
            .steps()
            .filter_map(|at| self.steps.get(at).cloned())
            .collect();
        let (Some(first), Some(at)) = (members.first(), group.steps().min()) else {
            return;
        };
        let Some((relu, bare)) = self.kind(first) else {
            return;
        };
        let outer = members.get(group.inner.len());
        // The activation of the block's output grows at its front; where there is none, that of the first convolution grows behind.
        let whole = outer.unwrap_or(first).output;
        let mut moved = BTreeMap::new();
        let mut parts = Vec::new();
        for (part, step) in members.iter().take(group.inner.len()).enumerate() {
            moved.insert(step.output, part);
            parts.extend(self.activations.get(step.output).map(Shape::channels));
        }
        let written = 0..members.len();
        if outer.is_some() {
            moved.insert(whole, group.inner.len());
            parts.extend(
                self.shape(whole)
                    .into_iter()
                    .flat_map(|shape| shape.parts.clone()),
            );
        }
        if let Some(shape) = self.activations.get_mut(whole) {
            shape.parts = parts;
        }
        let merged = Step {
            layer: Layer::Conv {
                index: self.filters.len(),
                padding: [0, 0],
                relu,
                // It is not merged again.
                pointwise: false,
            },
            input: first.input,
            reads: first.reads.clone(),
            output: whole,
            parts: written,
        };
        let of = members.iter().filter_map(|step| match step.layer {
            Layer::Conv { index, .. } => self.filters.get(index),
            _ => None,
        });
        let of = of.flat_map(|filters| filters.of.clone()).collect();
        self.filters.push(Filters { of, bare });

        let rename = |value: &mut Value, parts: &mut Range<usize>| {
            if let Some(by) = moved.get(value) {
                *parts = parts.start + by..parts.end + by;
                *value = whole;
            }
        };
        for step in &mut self.steps {
            rename(&mut step.input, &mut step.reads);
            rename(&mut step.output, &mut step.parts);
        }
        rename(&mut self.output, &mut self.output_parts);
        if let Some(step) = self.steps.get_mut(at) {
            *step = merged;
        }
        let mut place = 0;
        self.steps.retain(|_| {
            let stays = place == at || !group.steps().any(|member| member == place);
            place += 1;
            stays
        });
    }

    /// Whether a step may be merged with others, and with which: those whose ReLU and bias are there or not as its own.
    fn kind(&self, step: &Step) -> Option<(bool, bool)> {
        match step.layer {
            Layer::Conv {
                pointwise: true,
                index,
                relu,
                ..
            } => Some((relu, self.filters.get(index)?.bare)),
            _ => None,
        }
    }

    fn parts_of(&self, value: Value) -> usize {
        self.shape(value).map_or(0, |shape| shape.parts.len())
    }

    fn aligned(&self, step: &Step) -> bool {
        self.shape(step.output)
            .is_some_and(|shape| shape.channels_of(&step.parts).len().is_multiple_of(ALIGNED))
    }

    /// Renumbers the activations, without those that no step touches any more; the input stays.
    fn drop_untouched(&mut self) {
        let mut touched = vec![false; self.activations.len()];
        let values = self.steps.iter().flat_map(|step| [step.input, step.output]);
        for value in values.chain([0, self.output]) {
            if let Some(touched) = touched.get_mut(value) {
                *touched = true;
            }
        }
        let mut next = 0;
        let numbers: Vec<Value> = touched
            .iter()
            .map(|touched| {
                let number = next;
                next += usize::from(*touched);
                number
            })
            .collect();
        let renumber = |value: &mut Value| {
            *value = numbers.get(*value).copied().unwrap_or(*value);
        };
        for step in &mut self.steps {
            renumber(&mut step.input);
            renumber(&mut step.output);
        }
        renumber(&mut self.output);
        let mut touched = touched.into_iter();
        self.activations.retain(|_| touched.next().unwrap_or(true));
    }
}

impl Group {
    /// In the order of their channels.
    fn steps(&self) -> impl Iterator<Item = usize> {
        self.inner.iter().chain(&self.outer).copied()
    }
}

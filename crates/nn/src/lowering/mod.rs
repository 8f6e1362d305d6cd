//! Lowering: from a tree of layers to a list of steps over activations, with their shapes and lifetimes.
//!
//! This is done once for every device. [`crate::engine`] packs weights and assigns buffers for the processor from it, and
//! `crate::cuda` writes programs of kernels and cuDNN calls from it, so that both accept the same networks and execute the same
//! steps in the same order.
//!
//! The branches of a block write straight into their channels of its output; no step copies.
//!
//! [`Lowered::in_fewer`] is the same forward pass in fewer operations, for devices on which each costs something by itself.

mod builder;
#[cfg_attr(
    not(any(test, feature = "cudnn")),
    expect(dead_code, reason = "for cards alone")
)]
mod fewer;
mod shape;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub(crate) use shape::Shape;
pub use shape::ShapeError;

/// An activation, by its index in [`Lowered::activations`]; 0 is the network's input.
pub(crate) type Value = usize;

/// A network as steps.
#[derive(Clone, Debug)]
pub(crate) struct Lowered {
    pub(crate) activations: Vec<Shape>,
    /// In order of execution.
    pub(crate) steps: Vec<Step>,
    /// The output of each top-level block, and the number of steps after which it is complete.
    pub(crate) blocks: Vec<(usize, Value)>,
    /// The activation that holds the output of the last block, and which of its parts that is.
    pub(crate) output: Value,
    pub(crate) output_parts: Range<usize>,
    /// What the convolutions multiply by. At first the tree's convolutions, in the order of [`crate::Node::for_each`]; behind them what
    /// was made of them.
    pub(crate) filters: Vec<Filters>,
}

/// What a convolution multiplies by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filters {
    /// Which of the tree's convolutions: their output channels follow each other in this order.
    pub(crate) of: Vec<usize>,
    /// Without their biases.
    pub(crate) bare: bool,
}

/// One layer: reads some parts of an activation and writes some parts of another, or other parts of the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) layer: Layer,
    pub(crate) input: Value,
    /// The parts of the input that it reads: all of them, but where [`Lowered::in_fewer`] has put others beside them.
    pub(crate) reads: Range<usize>,
    pub(crate) output: Value,
    /// The parts of the output that it writes.
    pub(crate) parts: Range<usize>,
}

/// What a step computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    /// A convolution with its ReLU where it has one.
    Conv {
        /// In [`Lowered::filters`].
        index: usize,
        /// Zeros that it reads around its input, `[rows, columns]`.
        padding: [usize; 2],
        relu: bool,
        /// 1 × 1 at stride 1: each pixel of its output depends on one of its input.
        pointwise: bool,
    },
    /// Maximum over 3 × 3 at stride 2; `padding` pixels around the input are less than anything.
    MaxPool { padding: usize },
    /// Mean over 3 × 3 at stride 1 with one pixel of zeros around the input, always divided by 9.
    AvgPool,
    /// The same, then the bias of the tree's convolution of this index, which has read the input already, and its ReLU.
    AvgPoolBias { index: usize, relu: bool },
    /// Adds the input to the output, and applies the ReLU.
    AddRelu,
}

/// When an activation is needed: the first and the last step that reads or writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lifetime {
    pub(crate) first: usize,
    pub(crate) last: usize,
}

impl Lowered {
    /// The shape of an activation.
    pub(crate) fn shape(&self, value: Value) -> Option<&Shape> {
        self.activations.get(value)
    }

    /// The lifetime of each activation in a forward pass; of one that no step touches, `first` is after `last`.
    pub(crate) fn lifetimes(&self) -> Vec<Lifetime> {
        let untouched = Lifetime {
            first: usize::MAX,
            last: 0,
        };
        let mut lifetimes = vec![untouched; self.activations.len()];
        for (at, step) in self.steps.iter().enumerate() {
            for value in [step.input, step.output] {
                if let Some(lifetime) = lifetimes.get_mut(value) {
                    lifetime.first = lifetime.first.min(at);
                    lifetime.last = lifetime.last.max(at);
                }
            }
        }
        lifetimes
    }

    /// For each step, whether its backward pass adds to the gradient of its input, rather than writing it first: steps are
    /// reversed from the last one on, so the last reader of an activation writes.
    pub(crate) fn accumulates(&self) -> Vec<bool> {
        let mut written = vec![false; self.activations.len()];
        let mut accumulates = Vec::with_capacity(self.steps.len());
        for step in self.steps.iter().rev() {
            let earlier = written.get_mut(step.input);
            accumulates.push(earlier.is_some_and(|written| std::mem::replace(written, true)));
        }
        accumulates.reverse();
        accumulates
    }
}

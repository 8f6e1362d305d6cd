//! The steps that a plan is made of.

use std::sync::Arc;

use super::convolution::Convolution;
use crate::lowering::Value;

/// One step: from an activation to some blocks of another.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) from: Value,
    pub(crate) to: Value,
    /// The first block that it writes.
    pub(crate) block: usize,
    /// Blocks that it writes.
    pub(crate) blocks: usize,
    /// Whether its backward pass adds to the gradient of its input, rather than writing it first.
    pub(crate) accumulates: bool,
    pub(crate) kind: StepKind,
}

/// What a step does.
#[derive(Clone, Debug)]
pub(crate) enum StepKind {
    /// A convolution; where it stands among the tree's convolutions, for its backward.
    Conv(Arc<Convolution>, usize),
    /// Maximum over 3 × 3 at stride 2, with so many pixels around that are less than anything.
    MaxPool(usize),
    /// Mean over 3 × 3 at stride 1 with one pixel of zeros around, always divided by 9.
    AvgPool,
    /// Adds to what the blocks hold, and then the ReLU. What wrote them does not need them for its backward.
    AddRelu,
}

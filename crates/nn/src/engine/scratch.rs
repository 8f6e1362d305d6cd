//! What a plan keeps between runs: buffers, and what the backward pass is made of.

use std::sync::Mutex;

use super::convolution::Convolution;
use super::layout::Layout;
use super::step::Step;

/// The buffers of one frame's run.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) buffers: Vec<Vec<f32>>,
}

/// What is kept for backward passes.
#[derive(Debug)]
pub(crate) struct Backward {
    /// The plan's steps, each convolution in the form that rounds least.
    pub(super) steps: Vec<Step>,
    /// Where the gradient of each activation lies.
    pub(super) layouts: Vec<Layout>,
    /// What reverses each step, in the plan's order: for a convolution, one for each phase of its stride; else none.
    pub(super) flipped: Vec<Vec<Convolution>>,
    /// Where each activation lies: in a buffer of its own.
    pub(super) slots: Vec<usize>,
    /// Buffers of activations and of gradients, given back by earlier runs.
    pub(super) shelf: Mutex<Vec<(Scratch, Scratch)>>,
}

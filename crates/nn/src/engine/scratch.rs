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
    /// How each step is undone; the plan's order.
    pub(super) undos: Vec<Undo>,
    /// Where each activation lies: in a buffer of its own.
    pub(super) slots: Vec<usize>,
    /// Buffers of activations and of gradients, given back by earlier runs.
    pub(super) shelf: Mutex<Vec<(Scratch, Scratch)>>,
}

/// How one step is undone.
#[derive(Debug)]
pub(super) struct Undo {
    /// One a phase; none for what is no convolution.
    pub(super) convolutions: Vec<Convolution>,
    /// Whether it is the first to leave a gradient at its input.
    pub(super) first: bool,
}

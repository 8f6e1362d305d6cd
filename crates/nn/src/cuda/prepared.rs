//! What a convolution by cuDNN is known by, and what is kept of one that has run.

use std::cell::Cell;

use super::cudnn::{self, Convolution, Filter, Tensor};
use super::filters::Shape;
use super::graph::backend::Cudnn;
use super::graph::plan::Plan;
use super::operand::{Dtype, Extent};

/// What is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    /// y from x.
    Forward,
    /// dx from dy.
    BackwardData,
    /// dw from x and dy.
    BackwardFilter,
}

/// What a convolution for training is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Training {
    pub(super) direction: Direction,
    pub(super) shape: Shape,
    pub(super) x: Extent,
    pub(super) dtype: Dtype,
}

/// What goes through a copy without gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Copies {
    pub(super) x: bool,
    pub(super) y: bool,
}

/// A convolution that has run once.
pub(super) struct Prepared {
    pub(super) convolution: Convolution,
    pub(super) x: Tensor,
    pub(super) w: Filter,
    pub(super) y: Tensor,
    pub(super) way: ConvAlgorithm,
    pub(super) copies: Copies,
    pub(super) dtype: Dtype,
    /// A plan that does it all in one, and gives the same.
    pub(super) planned: Option<Planned>,
}

impl Prepared {
    /// Whether its input is copied each time it runs.
    pub(super) fn copies_input(&self) -> bool {
        self.copies.x && self.planned.is_none()
    }
}

/// A plan that has run once, and gave what the older calls gave.
pub(super) struct Planned {
    pub(super) plan: Plan<Cudnn>,
    /// It did not start once; it is not tried again.
    pub(super) failed: Cell<bool>,
}

/// What cuDNN does.
pub(super) enum ConvAlgorithm {
    Forward(cudnn::Forward),
    /// With bias and ReLU.
    Fused(cudnn::Forward, Tensor),
    BackwardData(cudnn::BackwardData),
    BackwardFilter(cudnn::BackwardFilter),
}

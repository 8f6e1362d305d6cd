//! What a convolution by cuDNN is known by, and what is kept of one that has run.

use std::cell::Cell;

use super::cudnn::{self, Convolution, Filter, Tensor};
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

/// A convolution's shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Shape {
    /// Output channels, input channels, rows, columns.
    pub(crate) weight: [usize; 4],
    pub(crate) stride: usize,
    pub(crate) padding: [usize; 2],
}

/// What a convolution for training is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Training {
    pub(super) direction: Direction,
    pub(super) shape: Shape,
    pub(super) x: Extent,
    pub(super) dtype: Dtype,
}

/// A convolution that has run once.
pub(super) struct Prepared {
    pub(super) convolution: Convolution,
    pub(super) x: Tensor,
    pub(super) w: Filter,
    pub(super) y: Tensor,
    pub(super) way: ConvAlgorithm,
    /// `y` goes through a copy without a gap.
    pub(super) packed: bool,
    pub(super) dtype: Dtype,
    /// A plan that does it all in one, and gives the same.
    pub(super) planned: Option<Planned>,
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

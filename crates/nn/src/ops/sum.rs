//! Sums of activations, and the ReLU that follows one. Not differentiable: see [`super::super::Node::backward`].

use candle_core::{CpuStorage, InplaceOp2, Layout, Result, Tensor};
use rayon::prelude::*;

use super::host;
use crate::engine::Isa;
use crate::engine::training::sum;

/// `to + from`, in the memory of `to` where that is possible.
///
/// # Errors
/// If the shapes differ, or the device fails.
pub fn add_to(to: Tensor, from: &Tensor) -> Result<Tensor> {
    if in_place(&to, from) {
        to.inplace_op2(&from.contiguous()?, &Pass::Add)?;
        return Ok(to);
    }
    to + from
}

/// max(`to` + `from`, 0), in the memory of `to` where that is possible.
///
/// # Errors
/// If the shapes differ, or the device fails.
pub fn add_relu(to: Tensor, from: &Tensor) -> Result<Tensor> {
    if in_place(&to, from) {
        to.inplace_op2(&from.contiguous()?, &Pass::AddRelu)?;
        return Ok(to);
    }
    (to + from)?.relu()
}

/// The gradient before a ReLU, of the gradient `dy` behind it and what it gave, `y`; in the memory of `dy` where that is possible.
/// At the ReLU's zero it is 0.
///
/// # Errors
/// If the shapes differ, or the device fails.
pub fn relu_backward(dy: Tensor, y: &Tensor) -> Result<Tensor> {
    if in_place(&dy, y) {
        dy.inplace_op2(&y.contiguous()?, &Pass::ReluBackward)?;
        return Ok(dy);
    }
    y.gt(0.0)?.where_cond(&dy, &dy.zeros_like()?)
}

fn in_place(to: &Tensor, from: &Tensor) -> bool {
    to.device().is_cpu() && to.is_contiguous() && to.shape() == from.shape()
}

/// What becomes of the first operand.
enum Pass {
    Add,
    AddRelu,
    ReluBackward,
}

impl InplaceOp2 for Pass {
    fn name(&self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::AddRelu => "add_relu",
            Self::ReluBackward => "relu_backward",
        }
    }

    fn cpu_fwd(
        &self,
        to: &mut CpuStorage,
        to_layout: &Layout,
        from: &CpuStorage,
        from_layout: &Layout,
    ) -> Result<()> {
        const CHUNK: usize = 1 << 16;
        let isa = Isa::best();
        let from = host::values(from, from_layout)?;
        host::values_mut(to, to_layout)?
            .par_chunks_mut(CHUNK)
            .zip(from.par_chunks(CHUNK))
            .for_each(|(to, from)| match self {
                Self::Add => sum::add(isa, from, to),
                Self::AddRelu => sum::add_relu(isa, from, to),
                Self::ReluBackward => sum::relu_backward(isa, from, to),
            });
        Ok(())
    }
}

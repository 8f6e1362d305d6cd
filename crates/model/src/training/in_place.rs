//! The updates of weights and of an optimiser's state, in place.
//!
//! On the processor, each update goes through every tensor once, in place and with several threads; each new value depends only
//! on the old ones at its position, so the number of threads does not matter. On a card, Candle's own operations do the same.
//!
//! Written here since Candle's make several tensors for each update, and none writes in place.

use candle_core::{CpuStorage, Error, InplaceOp2, InplaceOp3, Layout, Result, Tensor, Var};
use rayon::prelude::*;

/// `to · keep + from · add`, in place of `to`.
pub(super) fn blend(to: &Var, keep: f32, from: &Tensor, add: f32) -> Result<()> {
    let squared = false;
    Blend { keep, add, squared }.apply(to, from)
}

/// x ← x · keep + y · add, or with y² for y.
#[derive(Clone, Copy)]
pub(super) struct Blend {
    pub(super) keep: f32,
    pub(super) add: f32,
    pub(super) squared: bool,
}

impl Blend {
    pub(super) fn apply(self, to: &Var, from: &Tensor) -> Result<()> {
        if to.device().is_cpu() {
            return to.inplace_op2(&from.contiguous()?, &self);
        }
        let from = if self.squared {
            from.sqr()?
        } else {
            from.clone()
        };
        let kept = (to.as_detached_tensor() * f64::from(self.keep))?;
        to.set(&(kept + (from * f64::from(self.add))?)?)
    }
}

impl InplaceOp2 for Blend {
    fn name(&self) -> &'static str {
        "blend"
    }

    fn cpu_fwd(
        &self,
        to: &mut CpuStorage,
        to_layout: &Layout,
        from: &CpuStorage,
        from_layout: &Layout,
    ) -> Result<()> {
        let to = target("changed tensor", to, to_layout)?;
        let from = source("added tensor", from, from_layout)?;
        let Self { keep, add, squared } = *self;
        to.par_chunks_mut(CHUNK)
            .zip(from.par_chunks(CHUNK))
            .for_each(|(to, from)| {
                for (x, y) in to.iter_mut().zip(from) {
                    let y = if squared { y * y } else { *y };
                    *x = *x * keep + y * add;
                }
            });
        Ok(())
    }
}

/// SGD's momentum buffer: b ← b · momentum + (gradient + weight · decay).
#[derive(Clone, Copy)]
pub(super) struct Buffer {
    pub(super) momentum: f32,
    pub(super) decay: f32,
}

impl Buffer {
    pub(super) fn apply(self, buffer: &Var, gradient: &Tensor, weight: &Var) -> Result<()> {
        if buffer.device().is_cpu() {
            return buffer.inplace_op3(&gradient.contiguous()?, weight, &self);
        }
        let decayed = (gradient + (weight.as_detached_tensor() * f64::from(self.decay))?)?;
        let kept = (buffer.as_detached_tensor() * f64::from(self.momentum))?;
        buffer.set(&(kept + decayed)?)
    }
}

impl InplaceOp3 for Buffer {
    fn name(&self) -> &'static str {
        "momentum"
    }

    fn cpu_fwd(
        &self,
        buffer: &mut CpuStorage,
        buffer_layout: &Layout,
        gradient: &CpuStorage,
        gradient_layout: &Layout,
        weight: &CpuStorage,
        weight_layout: &Layout,
    ) -> Result<()> {
        let buffer = target("momentum", buffer, buffer_layout)?;
        let gradient = source("gradient", gradient, gradient_layout)?;
        let weight = source("weight", weight, weight_layout)?;
        let Self { momentum, decay } = *self;
        buffer
            .par_chunks_mut(CHUNK)
            .zip(gradient.par_chunks(CHUNK).zip(weight.par_chunks(CHUNK)))
            .for_each(|(buffer, (gradient, weight))| {
                for (buffer, (gradient, weight)) in
                    buffer.iter_mut().zip(gradient.iter().zip(weight))
                {
                    *buffer = *buffer * momentum + (gradient + weight * decay);
                }
            });
        Ok(())
    }
}

/// `AdamW`'s change: w ← w · keep − size · m / (√v / root + ε).
#[derive(Clone, Copy)]
pub(super) struct Adaptive {
    pub(super) keep: f32,
    pub(super) size: f32,
    pub(super) root: f32,
    pub(super) eps: f32,
}

impl Adaptive {
    pub(super) fn apply(self, weight: &Var, mean: &Var, squares: &Var) -> Result<()> {
        if weight.device().is_cpu() {
            return weight.inplace_op3(mean, squares, &self);
        }
        let root = (squares.as_detached_tensor().sqrt()? / f64::from(self.root))?;
        let change = (mean.as_detached_tensor() / (root + f64::from(self.eps))?)?;
        let kept = (weight.as_detached_tensor() * f64::from(self.keep))?;
        weight.set(&(kept - (change * f64::from(self.size))?)?)
    }
}

impl InplaceOp3 for Adaptive {
    fn name(&self) -> &'static str {
        "adaptive change"
    }

    fn cpu_fwd(
        &self,
        weight: &mut CpuStorage,
        weight_layout: &Layout,
        mean: &CpuStorage,
        mean_layout: &Layout,
        squares: &CpuStorage,
        squares_layout: &Layout,
    ) -> Result<()> {
        let weight = target("weight", weight, weight_layout)?;
        let mean = source("mean of the gradients", mean, mean_layout)?;
        let squares = source("mean of their squares", squares, squares_layout)?;
        let Self {
            keep,
            size,
            root,
            eps,
        } = *self;
        weight
            .par_chunks_mut(CHUNK)
            .zip(mean.par_chunks(CHUNK).zip(squares.par_chunks(CHUNK)))
            .for_each(|(weight, (mean, squares))| {
                for (weight, (mean, squares)) in weight.iter_mut().zip(mean.iter().zip(squares)) {
                    *weight = *weight * keep - size * mean / (squares.sqrt() / root + eps);
                }
            });
        Ok(())
    }
}

/// Values that one thread takes at a time.
const CHUNK: usize = 1 << 14;

/// The values of a tensor that is read, `what` it is in words.
fn source<'a>(what: &str, storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [f32]> {
    let CpuStorage::F32(values) = storage else {
        candle_core::bail!("the {what} is not f32")
    };
    let (from, to) = range(what, layout)?;
    let stored = values.len();
    (values.get(from..to)).ok_or_else(|| outside(what, from, to, stored))
}

/// The values of a tensor that is changed, `what` it is in words.
fn target<'a>(what: &str, storage: &'a mut CpuStorage, layout: &Layout) -> Result<&'a mut [f32]> {
    let CpuStorage::F32(values) = storage else {
        candle_core::bail!("the {what} is not f32")
    };
    let (from, to) = range(what, layout)?;
    let stored = values.len();
    (values.get_mut(from..to)).ok_or_else(|| outside(what, from, to, stored))
}

fn range(what: &str, layout: &Layout) -> Result<(usize, usize)> {
    match layout.contiguous_offsets() {
        Some(range) => Ok(range),
        None => candle_core::bail!("the {what} is not contiguous"),
    }
}

fn outside(what: &str, from: usize, to: usize, stored: usize) -> Error {
    Error::Msg(format!(
        "the {what} is said to be the values {from} to {to} of {stored}"
    ))
    .bt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Neither is an update that does nothing.
    #[test]
    fn values_that_are_not_there_are_an_error_that_names_the_tensor() {
        let mut storage = CpuStorage::F32(vec![1.0, 2.0, 3.0]);
        let inside = Layout::contiguous_with_offset(2, 1);
        assert_eq!(source("gradient", &storage, &inside).unwrap(), [2.0, 3.0]);
        assert_eq!(target("weight", &mut storage, &inside).unwrap(), [2.0, 3.0]);
        let outside = Layout::contiguous_with_offset(2, 2);
        let scattered = Layout::new(2.into(), vec![2], 0);
        for (layout, words) in [
            (outside, "said to be the values 2 to 4 of 3"),
            (scattered, "is not contiguous"),
        ] {
            let read = source("gradient", &storage, &layout).unwrap_err();
            assert!(read.to_string().contains("the gradient"), "{read}");
            let changed = target("weight", &mut storage, &layout).unwrap_err();
            let said = changed.to_string();
            assert!(
                said.contains("the weight") && said.contains(words),
                "{said}"
            );
        }
    }
}

//! A convolution by a plan of cuDNN's graph API, kept where it gives what the older calls give.

use std::cell::Cell;

use candle_core::{Error, Result};

use super::call::Call;
use super::card::{DeviceBuffer, LockedCard};
use super::convolution::{LARGEST_WORKSPACE, NumericFormat, Operands};
use super::cudnn::Math;
use super::filters::Shape;
use super::graph::agreement;
use super::graph::backend::Cudnn;
use super::graph::fusion::{Addresses, Fusion, Layer};
use super::graph::plan::Plan;
use super::graph::trial::{self, Bench};
use super::operand::Dtype;
use super::prepared::{Planned, Prepared};

fn addresses(operands: &Operands) -> Addresses {
    Addresses {
        x: operands.x.0.at,
        w: operands.weight,
        bias: operands.bias.map_or(0, |(at, _)| at),
        y: operands.y.0.at,
    }
}

impl Planned {
    /// A plan for a convolution that the older calls have computed, if there is one and it gives the same. Either way the result that
    /// is left is right.
    ///
    /// # Safety
    /// As [`Prepared::new`].
    pub(super) unsafe fn new(
        locked: &mut LockedCard<'_>,
        prepared: &Prepared,
        shape: Shape,
        numbers: NumericFormat,
        operands: &Operands,
    ) -> Result<Option<Self>> {
        let Some((bias, relu)) = operands.bias else {
            return Ok(None);
        };
        let NumericFormat { order, dtype, math } = numbers;
        let layer = Layer {
            x: operands.x,
            y: operands.y,
            weight: (shape.weight, operands.weight),
            bias,
            padding: shape.padding,
            stride: shape.stride,
            relu,
        };
        let tensor_cores = math == Math::TensorCores;
        let fusion = Fusion::new(&layer, (order, dtype), tensor_cores);
        if locked.plans().refused.contains(&fusion) {
            return Ok(None);
        }
        let known = locked.plans().choices.get(&fusion).cloned();
        let backend = locked.handle().graph();
        let made = Plan::new(&backend, &fusion, LARGEST_WORKSPACE, known.as_ref());
        let mut bench = OnCard {
            locked,
            prepared,
            operands,
            dtype,
        };
        let tolerance = agreement::tolerance(dtype, tensor_cores);
        match trial::kept(&mut bench, made, tolerance).map_err(Error::msg)? {
            Ok(plan) => {
                match &plan.choice {
                    Some(choice) => locked.plans().choices.put(&fusion, choice.clone()),
                    None => locked.plans().choices.remove(&fusion),
                }
                Ok(Some(Self {
                    plan,
                    failed: Cell::new(false),
                }))
            }
            Err(trouble) => {
                log::warn!(
                    "cuDNN's older calls compute the convolution {}: {trouble}",
                    fusion.word()
                );
                locked.plans().choices.remove(&fusion);
                locked.plans().refused.insert(fusion);
                Ok(None)
            }
        }
    }

    /// Starts it; whether it did.
    ///
    /// # Safety
    /// As [`Prepared::run`].
    pub(super) unsafe fn run(&self, locked: &mut LockedCard<'_>, operands: &Operands) -> bool {
        if self.failed.get() {
            return false;
        }
        // SAFETY: as the caller says.
        match unsafe { start(&self.plan, locked, operands) } {
            Ok(()) => true,
            Err(trouble) => {
                log::warn!("cuDNN's older calls compute a convolution from here on: {trouble}");
                self.failed.set(true);
                false
            }
        }
    }
}

/// # Safety
/// The operands' addresses must hold what the plan's tensors say.
unsafe fn start(
    plan: &Plan<Cudnn>,
    locked: &mut LockedCard<'_>,
    operands: &Operands,
) -> std::result::Result<(), String> {
    let (workspace, _) = locked
        .workspace(plan.workspace)
        .map_err(|error| error.to_string())?;
    // SAFETY: as the caller says; the workspace has room for as much.
    unsafe { plan.run(&addresses(operands), workspace) }.map_err(|error| error.to_string())
}

/// One convolution on the card, to be computed in both ways.
struct OnCard<'a, 'card> {
    locked: &'a mut LockedCard<'card>,
    prepared: &'a Prepared,
    operands: &'a Operands,
    dtype: Dtype,
}

impl OnCard<'_, '_> {
    /// Some frames of the output.
    fn output(&mut self) -> Result<Vec<f32>> {
        let mut all = Vec::new();
        let stream = self.locked.card.stream();
        for (strided, extent) in agreement::frames(self.operands.y, self.dtype) {
            let buffer = DeviceBuffer::zeros(stream, extent.count() * 4)?;
            let call = Call::interleave(self.dtype, buffer.at, (strided, extent));
            // SAFETY: the frames lie within the output, of which `Prepared::new` says that it is there; the buffer has room.
            unsafe { self.locked.start(&call) }?;
            all.extend(buffer.read(stream, buffer.at, extent.count())?);
        }
        Ok(all)
    }
}

impl Bench<Cudnn> for OnCard<'_, '_> {
    fn older(&mut self) -> std::result::Result<Vec<f32>, String> {
        // SAFETY: as `Planned::new` demands.
        unsafe {
            self.prepared
                .run_older_calls(&mut *self.locked, self.operands)
        }
        .and_then(|()| self.output())
        .map_err(|error| error.to_string())
    }

    fn planned(&mut self, plan: &Plan<Cudnn>) -> std::result::Result<Vec<f32>, String> {
        // SAFETY: likewise.
        unsafe { start(plan, self.locked, self.operands) }?;
        self.output().map_err(|error| error.to_string())
    }
}

//! Convolutions of one shape by cuDNN: which algorithm is found once, by trying, and kept.
//!
//! cuDNN's own estimate orders the algorithms, and of those that give the same bits every time the first that runs is taken:
//! measuring them would choose differently from run to run. What cuDNN does not do as asked (an input or an output with gaps, or bias
//! and ReLU in one) is done in several steps.
//!
//! That holds for cuDNN's older calls. Where there is a plan of its graph API that gives the same (`planned`), that does it all in one.

use candle_core::cuda_backend::cudarc::cudnn::result::CudnnError;
use candle_core::{Error, Result};

use super::call::Call;
use super::card::{LockedCard, cudnn_failed};
use super::cudnn::{self, Convolution, Filter, Math, Tensor};
use super::filters::Shape;
use super::operand::{Dtype, Extent, Order, Strided};
use super::prepared::{ConvAlgorithm, Copies, Direction, Planned, Prepared};
use super::program::behind_output;
use crate::Precision;

/// Algorithms that want more memory than this are not taken.
pub(super) const LARGEST_WORKSPACE: usize = 1 << 30;

/// How numbers are stored, ordered and multiplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct NumericFormat {
    pub(super) order: Order,
    pub(super) dtype: Dtype,
    pub(super) math: Math,
}

impl NumericFormat {
    /// Of a precision: tensor cores want the channels of a pixel together.
    pub(super) fn of(precision: Precision) -> Self {
        let (order, dtype, math) = match precision {
            Precision::F32 => (Order::Planes, Dtype::F32, Math::F32),
            Precision::Tf32 => (Order::Pixels, Dtype::F32, Math::TensorCores),
            Precision::Bf16 => (Order::Pixels, Dtype::Bf16, Math::TensorCores),
        };
        Self { order, dtype, math }
    }
}

/// Where the numbers are. `x` and `y` are the input and the output, or the gradients of both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operands {
    pub(super) x: (Strided, Extent),
    pub(super) y: (Strided, Extent),
    /// `y` is some channels of an activation.
    pub(super) gap: bool,
    /// In the order of the activations.
    pub(super) weight: u64,
    /// The bias, and whether a ReLU follows it.
    pub(super) bias: Option<(u64, bool)>,
    /// Room for `y` without its gaps, and for `x` behind it, where it has some.
    pub(super) scratch: u64,
    /// Whether the gradient is added to what is there.
    pub(super) accumulate: bool,
}

/// Why a convolution did not run.
enum ConvError {
    Cudnn(CudnnError),
    Other(Error),
}

impl From<CudnnError> for ConvError {
    fn from(error: CudnnError) -> Self {
        Self::Cudnn(error)
    }
}

impl From<Error> for ConvError {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl Operands {
    /// What may go through a copy, the cheapest first.
    fn copies(&self, direction: Direction) -> Vec<Copies> {
        let (strided, extent) = self.x;
        // Gradients of inputs have no gaps: `Lowered::in_fewer` is for programs without.
        let x = direction == Direction::Forward && strided.has_gaps(extent);
        let all = [(false, false), (false, true), (true, false), (true, true)];
        all.into_iter()
            .map(|(x, y)| Copies { x, y })
            .filter(|copies| (x || !copies.x) && (self.gap || !copies.y))
            .collect()
    }

    /// `x` and `y` where they are or, if they go through a copy, where that is.
    fn places(&self, copies: Copies, dtype: Dtype) -> (Strided, Strided) {
        let ((x, taken), (y, made)) = (self.x, self.y);
        let behind = behind_output(self.scratch, made, dtype);
        (
            if copies.x {
                Strided::whole(behind, taken)
            } else {
                x
            },
            if copies.y {
                Strided::whole(self.scratch, made)
            } else {
                y
            },
        )
    }
}

impl Prepared {
    /// Finds a way to compute it, and computes it.
    ///
    /// # Safety
    /// The operands' addresses must hold what `x`, `y` and `shape` say.
    pub(super) unsafe fn new(
        locked: &mut LockedCard<'_>,
        direction: Direction,
        shape: Shape,
        numbers: NumericFormat,
        operands: &Operands,
    ) -> Result<Self> {
        // SAFETY: as the caller says.
        let mut prepared =
            unsafe { Self::by_older_calls(locked, direction, shape, numbers, operands) }?;
        // Without a bias there is nothing to do in one (training), and the order of sums stays as it was.
        if direction == Direction::Forward && operands.bias.is_some() {
            // SAFETY: likewise.
            prepared.planned =
                unsafe { Planned::new(locked, &prepared, shape, numbers, operands) }?;
        }
        Ok(prepared)
    }

    unsafe fn by_older_calls(
        locked: &mut LockedCard<'_>,
        direction: Direction,
        shape: Shape,
        numbers: NumericFormat,
        operands: &Operands,
    ) -> Result<Self> {
        let mut refusal = None;
        let fused = matches!(operands.bias, Some((_, true)));
        let kinds: &[bool] = if fused { &[true, false] } else { &[false] };
        for copies in operands.copies(direction) {
            for &fused in kinds {
                let ways = match ways(locked, direction, shape, numbers, operands, copies, fused) {
                    Ok(ways) => ways,
                    Err(error) if cudnn::unsupported(error) => {
                        refusal = Some(error);
                        continue;
                    }
                    Err(error) => return Err(cudnn_failed(error)),
                };
                for prepared in ways {
                    // SAFETY: as the caller says.
                    match unsafe { prepared.try_run(locked, operands) } {
                        Ok(()) => return Ok(prepared),
                        Err(ConvError::Cudnn(error)) if cudnn::unsupported(error) => {
                            refusal = Some(error);
                        }
                        Err(ConvError::Cudnn(error)) => return Err(cudnn_failed(error)),
                        Err(ConvError::Other(error)) => return Err(error),
                    }
                }
            }
        }
        candle_core::bail!(
            "cuDNN has no deterministic algorithm for a convolution {shape:?} of {:?} in {numbers:?} ({refusal:?})",
            operands.x.1
        )
    }

    /// Computes it.
    ///
    /// # Safety
    /// As [`Prepared::new`], with the extents and strides that it was prepared for.
    pub(super) unsafe fn run(
        &self,
        locked: &mut LockedCard<'_>,
        operands: &Operands,
    ) -> Result<()> {
        if let Some(planned) = &self.planned {
            // SAFETY: as the caller says.
            if unsafe { planned.run(locked, operands) } {
                return Ok(());
            }
        }
        // SAFETY: likewise.
        unsafe { self.run_older_calls(locked, operands) }
    }

    /// Computes it without the plan.
    ///
    /// # Safety
    /// As [`Prepared::run`].
    pub(super) unsafe fn run_older_calls(
        &self,
        locked: &mut LockedCard<'_>,
        operands: &Operands,
    ) -> Result<()> {
        // SAFETY: as the caller says.
        unsafe { self.try_run(locked, operands) }.map_err(|trouble| match trouble {
            ConvError::Cudnn(error) => cudnn_failed(error),
            ConvError::Other(error) => error,
        })
    }

    unsafe fn try_run(
        &self,
        locked: &mut LockedCard<'_>,
        operands: &Operands,
    ) -> std::result::Result<(), ConvError> {
        let workspace = locked.workspace(self.workspace())?;
        let dtype = self.dtype;
        let (y, size) = operands.y;
        let (from, place) = operands.places(self.copies, dtype);
        let (x_at, w_at) = (from.at, operands.weight);
        let (x, w, to) = ((&self.x, x_at), (&self.w, w_at), (&self.y, place.at));
        // SAFETY: the descriptors were made from the operands' extents and strides; the addresses are as the caller says.
        unsafe {
            if self.copies.x {
                let (x, taken) = operands.x;
                locked.start(&Call::copy(dtype, (from, taken), x))?;
            }
            match &self.way {
                ConvAlgorithm::Forward(algorithm) => {
                    let handle = locked.handle();
                    cudnn::forward(handle, &self.convolution, *algorithm, workspace, x, w, to)?;
                    if let Some((bias, relu)) = operands.bias {
                        locked.start(&Call::bias_relu(dtype, (place, size), bias, relu))?;
                    }
                }
                ConvAlgorithm::Fused(algorithm, bias) => {
                    let (handle, relu) = (locked.handle(), locked.relu());
                    let bias_at = operands.bias.map_or(0, |(at, _)| at);
                    cudnn::forward_bias_relu(
                        handle,
                        &self.convolution,
                        relu,
                        *algorithm,
                        workspace,
                        x,
                        w,
                        (bias, bias_at),
                        to,
                    )?;
                }
                ConvAlgorithm::BackwardData(algorithm) => {
                    if self.copies.y {
                        locked.start(&Call::copy(dtype, (place, size), y))?;
                    }
                    cudnn::backward_data(
                        locked.handle(),
                        &self.convolution,
                        *algorithm,
                        workspace,
                        w,
                        to,
                        x,
                        operands.accumulate,
                    )?;
                    return Ok(());
                }
                ConvAlgorithm::BackwardFilter(algorithm) => {
                    let handle = locked.handle();
                    cudnn::backward_filter(
                        handle,
                        &self.convolution,
                        *algorithm,
                        workspace,
                        x,
                        to,
                        w,
                    )?;
                    return Ok(());
                }
            }
            if self.copies.y {
                locked.start(&Call::copy(dtype, (y, size), place))?;
            }
        }
        Ok(())
    }

    fn workspace(&self) -> usize {
        match &self.way {
            ConvAlgorithm::Forward(one) | ConvAlgorithm::Fused(one, _) => one.workspace,
            ConvAlgorithm::BackwardData(one) => one.workspace,
            ConvAlgorithm::BackwardFilter(one) => one.workspace,
        }
    }
}

/// Everything that may compute it, best first.
fn ways(
    locked: &LockedCard<'_>,
    direction: Direction,
    shape: Shape,
    numbers: NumericFormat,
    operands: &Operands,
    copies: Copies,
    fused: bool,
) -> std::result::Result<Vec<Prepared>, CudnnError> {
    let NumericFormat { order, dtype, math } = numbers;
    let ((_, taken), (_, size)) = (operands.x, operands.y);
    let (x, y) = operands.places(copies, dtype);
    // Each way owns its descriptors: they are small, and few are made.
    let parts = || {
        Ok::<_, CudnnError>((
            Convolution::new(shape.padding, shape.stride, math)?,
            Tensor::new((x, taken), dtype)?,
            Filter::new(shape.weight, order, dtype)?,
            Tensor::new((y, size), dtype)?,
        ))
    };
    let (convolution, x, w, to) = parts()?;
    let handle = locked.handle();
    let [c_out, ..] = shape.weight;
    let mut found = Vec::new();
    match direction {
        Direction::Forward => {
            for one in cudnn::forward_algorithms(handle, &convolution, &x, &w, &to, math)? {
                found.push(if fused {
                    ConvAlgorithm::Fused(one, Tensor::of_channels(c_out, order, dtype)?)
                } else {
                    ConvAlgorithm::Forward(one)
                });
            }
        }
        Direction::BackwardData => {
            let all = cudnn::backward_data_algorithms(handle, &convolution, &w, &to, &x, math)?;
            found.extend(all.into_iter().map(ConvAlgorithm::BackwardData));
        }
        Direction::BackwardFilter => {
            let all = cudnn::backward_filter_algorithms(handle, &convolution, &x, &to, &w, math)?;
            found.extend(all.into_iter().map(ConvAlgorithm::BackwardFilter));
        }
    }
    let mut all = Vec::with_capacity(found.len());
    for way in found {
        let (convolution, x, w, y) = parts()?;
        let prepared = Prepared {
            convolution,
            x,
            w,
            y,
            way,
            copies,
            dtype,
            planned: None,
        };
        if prepared.workspace() <= LARGEST_WORKSPACE {
            all.push(prepared);
        }
    }
    Ok(all)
}

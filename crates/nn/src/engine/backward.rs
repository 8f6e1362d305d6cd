//! The gradient of a function of the features towards the input.
//!
//! Each step is reversed, the last one first; a convolution by others ([`super::input_gradient`]), so that the kernels of the forward pass do
//! it all. A step's part of the gradient is added to what other readers of the same activation have left there; the first one
//! writes.
//!
//! The forward pass before it takes every convolution in the direct form: where a ReLU or a maximum is near its edge, the rounding
//! by Winograd turns more signs of the gradient than that of f32 does.

use std::sync::{Arc, PoisonError};

use rayon::prelude::*;

use super::EngineError;
use super::convolution::Convolution;
use super::input_gradient::flipped;
use super::isa::Isa;
use super::kernel::{Window, add, avg_pool, max_pool_backward, relu_backward};
use super::layout::Layout;
use super::plan::Plan;
use super::run::mean;
use super::scratch::{Backward, Scratch};
use super::simd::LANES;
use super::step::{Step, StepKind};
use crate::Conv;

impl Backward {
    fn new(plan: &Plan) -> Result<Self, EngineError> {
        let mut layouts: Vec<Layout> = plan
            .layouts
            .iter()
            .map(|layout| Layout::stacked(layout.parts.clone(), layout.rows, layout.columns))
            .collect();
        for step in &plan.steps {
            let border = match &step.kind {
                StepKind::Conv(_, at) => plan.conv(*at)?.view().gradient_border(),
                StepKind::MaxPool(_) | StepKind::AddRelu => [0, 0],
                StepKind::AvgPool => [1, 1],
            };
            if let Some(layout) = layouts.get_mut(step.to) {
                layout.pad(border);
            }
        }
        let mut steps = plan.steps.clone();
        for step in &mut steps {
            if let StepKind::Conv(convolution, at) = &mut step.kind
                && let Convolution::Winograd(_) = **convolution
            {
                let direct = Convolution::direct(plan.conv(*at)?.view(), plan.layout(step.from)?)?;
                *convolution = Arc::new(direct);
            }
        }
        let mut convolutions = Vec::with_capacity(plan.steps.len());
        for step in &plan.steps {
            let (Some(source), Some(target)) = (layouts.get(step.from), layouts.get(step.to))
            else {
                return Err(EngineError::Internal("a step has no activation"));
            };
            convolutions.push(match &step.kind {
                StepKind::Conv(_, conv) => {
                    let conv = plan.conv(*conv)?.view();
                    flipped(conv, source, target, !step.accumulates)
                }
                StepKind::MaxPool(_) | StepKind::AvgPool | StepKind::AddRelu => Vec::new(),
            });
        }
        Ok(Self {
            steps,
            slots: (0..layouts.len()).collect(),
            layouts,
            flipped: convolutions,
            shelf: std::sync::Mutex::default(),
        })
    }

    fn borrow(&self, plan: &Plan) -> (Scratch, Scratch) {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let scratch = shelf.pop();
        drop(shelf);
        let zeros = |layouts: &[Layout]| Scratch {
            buffers: layouts
                .iter()
                .map(|layout| vec![0.0; layout.len()])
                .collect(),
        };
        scratch.unwrap_or_else(|| (zeros(&plan.layouts), zeros(&self.layouts)))
    }
}

impl Plan {
    fn conv(&self, at: usize) -> Result<&Conv, EngineError> {
        self.convs
            .get(at)
            .ok_or(EngineError::Internal("there is no such convolution"))
    }

    fn backward(&self) -> Result<&Backward, EngineError> {
        if let Some(made) = self.backward.get() {
            return Ok(made);
        }
        let made = Backward::new(self)?;
        Ok(self.backward.get_or_init(|| made))
    }

    /// Features of `n` frames, and the gradient of a function of them towards each frame's pixels.
    ///
    /// `render` writes a frame's interleaved pixels; `towards` is given a frame's features and gives the derivative of its
    /// function by each of them. The answer is the features, `[n][features]` (in the form that rounds least, and so up to the last
    /// bits those of [`Plan::run`]), and the gradient, `[n][row][column][channel]`. At a ReLU's zero the derivative is 0, and a maximum's gradient goes to its first place, as
    /// in PyTorch.
    ///
    /// # Errors
    /// None but a bug in the engine.
    pub fn gradient(
        &self,
        n: usize,
        render: &(impl Fn(usize, &mut [f32]) + Sync),
        towards: &(impl Fn(usize, &[f32]) -> Vec<f32> + Sync),
    ) -> Result<(Vec<f32>, Vec<f32>), EngineError> {
        let backward = self.backward()?;
        let (features, length) = (self.features(), self.frame_len());
        let mut all_features = vec![0.0; n * features];
        let mut all_gradients = vec![0.0; n * length];
        let threads = rayon::current_num_threads();
        let side_by_side = n - n % threads;
        let (features_whole, features_rest) = all_features.split_at_mut(side_by_side * features);
        let (whole, rest) = all_gradients.split_at_mut(side_by_side * length);
        let one = |frame, features: &mut [f32], gradient: &mut [f32], threads| {
            self.gradient_of_frame(
                backward, frame, render, towards, features, gradient, threads,
            )
        };
        features_whole
            .par_chunks_mut(features.max(1))
            .zip(whole.par_chunks_mut(length))
            .enumerate()
            .try_for_each(|(frame, (features, gradient))| one(frame, features, gradient, 1))?;
        rayon::scope(|_| {
            features_rest
                .chunks_mut(features.max(1))
                .zip(rest.chunks_mut(length))
                .enumerate()
                .try_for_each(|(at, (features, gradient))| {
                    one(side_by_side + at, features, gradient, threads)
                })
        })?;
        Ok((all_features, all_gradients))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one frame's share of what `gradient` was given"
    )]
    fn gradient_of_frame(
        &self,
        backward: &Backward,
        frame: usize,
        render: &(impl Fn(usize, &mut [f32]) + Sync),
        towards: &(impl Fn(usize, &[f32]) -> Vec<f32> + Sync),
        features: &mut [f32],
        gradient: &mut [f32],
        threads: usize,
    ) -> Result<(), EngineError> {
        let (mut values, mut gradients) = backward.borrow(self);
        self.fill_into(&mut values, 0, &mut |pixels| render(frame, pixels))?;
        for step in &backward.steps {
            self.step(step, &backward.slots, &mut values, threads)?;
        }
        let output = values.buffers.get(self.output).map_or(&[][..], |b| b);
        mean(self.layout(self.output)?, output, features);

        let layout = backward.layout(self.output)?;
        if let Some(d_output) = gradients.buffers.get_mut(self.output) {
            spread(layout, &towards(frame, features), d_output);
        }
        for (step, flipped) in self.steps.iter().zip(&backward.flipped).rev() {
            self.reverse(backward, step, flipped, &values, &mut gradients, threads)?;
        }
        let d_input = gradients.buffers.first().map_or(&[][..], |b| b);
        gradient.copy_from_slice(&backward.layout(0)?.to_interleaved(d_input));
        let mut shelf = backward
            .shelf
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        shelf.push((values, gradients));
        Ok(())
    }

    /// Adds what a step makes of the gradient of its output to the gradient of its input.
    fn reverse(
        &self,
        backward: &Backward,
        step: &Step,
        flipped: &[Convolution],
        values: &Scratch,
        gradients: &mut Scratch,
        threads: usize,
    ) -> Result<(), EngineError> {
        let missing = || EngineError::Internal("a gradient has no buffer");
        let (d_source, d_target) = (backward.layout(step.from)?, backward.layout(step.to)?);
        let (source, target) = (self.layout(step.from)?, self.layout(step.to)?);
        let x = values.buffers.get(step.from).ok_or_else(missing)?;
        let blocks = step.block..step.block + step.blocks;
        let y = values
            .buffers
            .get(step.to)
            .and_then(|y| y.get(blocks.start * target.block()..blocks.end * target.block()))
            .ok_or_else(missing)?;
        // Taken out while it is written; a step never reads what it writes.
        let mut dx = gradients
            .buffers
            .get_mut(step.from)
            .map(std::mem::take)
            .ok_or_else(missing)?;
        let dy = gradients
            .buffers
            .get_mut(step.to)
            .and_then(|dy| {
                dy.get_mut(blocks.start * d_target.block()..blocks.end * d_target.block())
            })
            .ok_or_else(missing)?;
        let planes = |threads: usize, work: &(dyn Fn(usize, &mut [f32]) + Sync), dx: &mut [f32]| {
            let size = d_source.block().max(1);
            if threads > 1 {
                dx.par_chunks_exact_mut(size)
                    .enumerate()
                    .for_each(|(block, dx)| work(block, dx));
            } else {
                dx.chunks_exact_mut(size)
                    .enumerate()
                    .for_each(|(block, dx)| work(block, dx));
            }
        };
        let block_of = |values: &'_ [f32], layout: &Layout, block: usize| {
            let range = block * layout.block()..(block + 1) * layout.block();
            range.start.min(values.len())..range.end.min(values.len())
        };
        match &step.kind {
            StepKind::Conv(convolution, _) => {
                if convolution.relu() {
                    mask(self.isa, target, y, d_target, dy);
                }
                for phase in flipped {
                    phase.run(self.isa, dy, &mut dx, d_source, threads)?;
                }
            }
            StepKind::MaxPool(padding) => {
                if !step.accumulates {
                    dx.fill(0.0);
                }
                let window = Window::clipped(source, *padding, 2, target);
                let d_window = Window::clipped(d_source, *padding, 2, d_target);
                let dy = &*dy;
                let work = |block: usize, dx: &mut [f32]| {
                    let x = x.get(block_of(x, source, block)).unwrap_or_default();
                    let y = y.get(block_of(y, target, block)).unwrap_or_default();
                    let dy = dy.get(block_of(dy, d_target, block)).unwrap_or_default();
                    max_pool_backward(self.isa, &window, x, y, dy, &d_window, dx);
                };
                planes(threads, &work, &mut dx);
            }
            StepKind::AvgPool => {
                // The mean over a window is its own transpose, zeros around included.
                let window = Window::over(d_target, 1, 1, d_source);
                let dy = &*dy;
                let work = |block: usize, dx: &mut [f32]| {
                    let dy = dy.get(block_of(dy, d_target, block)).unwrap_or_default();
                    avg_pool(self.isa, &window, dy, dx, step.accumulates);
                };
                planes(threads, &work, &mut dx);
            }
            StepKind::AddRelu => {
                mask(self.isa, target, y, d_target, dy);
                let dy = &*dy;
                let work = |block: usize, dx: &mut [f32]| {
                    let dy = dy.get(block_of(dy, d_target, block)).unwrap_or_default();
                    for (dy, dx) in d_target.rows_of(dy).zip(d_source.rows_of_mut(dx)) {
                        if step.accumulates {
                            add(self.isa, dy, dx);
                        } else {
                            dx.copy_from_slice(dy);
                        }
                    }
                };
                planes(threads, &work, &mut dx);
            }
        }
        if let Some(buffer) = gradients.buffers.get_mut(step.from) {
            *buffer = dx;
        }
        Ok(())
    }
}

impl Backward {
    fn layout(&self, value: usize) -> Result<&Layout, EngineError> {
        self.layouts
            .get(value)
            .ok_or(EngineError::Internal("there is no such gradient"))
    }
}

/// The gradient of a mean: each pixel gets its share.
fn spread(layout: &Layout, towards: &[f32], gradient: &mut [f32]) {
    let area = (layout.rows * layout.columns) as f32;
    let lanes = layout.lane_channels();
    let blocks = gradient.chunks_exact_mut(layout.block().max(1));
    for (block, lanes) in blocks.zip(lanes.chunks(LANES)) {
        for row in layout.rows_of_mut(block) {
            for pixel in row.chunks_exact_mut(LANES) {
                for (value, channel) in pixel.iter_mut().zip(lanes) {
                    let towards = channel.and_then(|channel| towards.get(channel));
                    *value = towards.copied().unwrap_or(0.0) / area;
                }
            }
        }
    }
}

/// Where a ReLU gave 0, no gradient passes.
fn mask(isa: Isa, layout: &Layout, y: &[f32], d_layout: &Layout, dy: &mut [f32]) {
    for (y, dy) in layout.rows_of(y).zip(d_layout.rows_of_mut(dy)) {
        relu_backward(isa, y, dy);
    }
}

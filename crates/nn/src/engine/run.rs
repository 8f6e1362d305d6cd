//! Carries a plan out.

use std::sync::PoisonError;

use rayon::prelude::*;

use super::EngineError;
use super::kernel::{Window, add_relu, avg_pool, max_pool};
use super::layout::Layout;
use super::plan::Plan;
use super::scratch::Scratch;
use super::simd::LANES;
use super::step::{Step, StepKind};

/// An activation as it is shown: interleaved pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Activation {
    /// Channels.
    pub channels: usize,
    /// Rows of pixels.
    pub rows: usize,
    /// Columns of pixels.
    pub columns: usize,
    /// `[row][column][channel]`.
    pub values: Vec<f32>,
}

impl Plan {
    /// Features of some frames, `[n][features]`: the mean of the last activation over its pixels.
    ///
    /// `frames` holds interleaved pixels, `[n][row][column][channel]`.
    ///
    /// # Errors
    /// If `frames` is no whole number of frames.
    pub fn run(&self, frames: &[f32]) -> Result<Vec<f32>, EngineError> {
        let length = self.frame_len();
        let n = frames.len() / length;
        if n * length != frames.len() {
            return Err(EngineError::Input {
                expected: (n + 1) * length,
                given: frames.len(),
            });
        }
        self.run_with(n, &|frame, pixels: &mut [f32]| {
            if let Some(from) = frames.get(frame * length..(frame + 1) * length) {
                pixels.copy_from_slice(from);
            }
        })
    }

    /// As [`Plan::run`] for `n` frames; `render` writes the pixels of each one on the thread that will run it.
    ///
    /// # Errors
    /// None but a bug in the engine.
    pub fn run_with(
        &self,
        n: usize,
        render: &(impl Fn(usize, &mut [f32]) + Sync),
    ) -> Result<Vec<f32>, EngineError> {
        let features = self.features();
        let mut all = vec![0.0; n * features];
        let threads = rayon::current_num_threads();
        // Whole frames side by side need nobody to wait for anybody. What is left over is shared inside each step.
        let side_by_side = n - n % threads;
        let (whole, rest) = all.split_at_mut(side_by_side * features);
        whole
            .par_chunks_mut(features.max(1))
            .enumerate()
            .try_for_each(|(frame, features)| self.frame(frame, render, features, 1))?;
        // From within the pool: its threads then hand tasks to each other, and no step waits for them to be woken.
        rayon::scope(|_| {
            rest.chunks_mut(features.max(1))
                .enumerate()
                .try_for_each(|(at, features)| {
                    self.frame(side_by_side + at, render, features, threads)
                })
        })?;
        Ok(all)
    }

    /// Shows the output of each top-level piece of the tree for one frame (interleaved pixels).
    ///
    /// # Errors
    /// If `frame` is no frame.
    pub fn activations(&self, frame: &[f32]) -> Result<Vec<Activation>, EngineError> {
        if frame.len() != self.frame_len() {
            return Err(EngineError::Input {
                expected: self.frame_len(),
                given: frame.len(),
            });
        }
        let mut scratch = self.borrow();
        self.fill(&mut scratch, &mut |pixels| pixels.copy_from_slice(frame))?;
        let threads = rayon::current_num_threads();
        let mut shown = Vec::new();
        for (at, step) in self.steps.iter().enumerate() {
            self.step(step, &self.slots, &mut scratch, threads)?;
            for (_, value) in self.pieces.iter().filter(|(after, _)| *after == at + 1) {
                let layout = self.layout(*value)?;
                let slot = self.slots.get(*value).copied().unwrap_or(usize::MAX);
                let values = scratch.buffers.get(slot).map_or(&[][..], |buffer| buffer);
                shown.push(Activation {
                    channels: layout.channels(),
                    rows: layout.rows,
                    columns: layout.columns,
                    values: layout.to_interleaved(values.get(..layout.len()).unwrap_or_default()),
                });
            }
        }
        self.give_back(scratch);
        Ok(shown)
    }

    fn frame(
        &self,
        frame: usize,
        render: &(impl Fn(usize, &mut [f32]) + Sync),
        features: &mut [f32],
        threads: usize,
    ) -> Result<(), EngineError> {
        let mut scratch = self.borrow();
        self.fill(&mut scratch, &mut |pixels| render(frame, pixels))?;
        for step in &self.steps {
            self.step(step, &self.slots, &mut scratch, threads)?;
        }
        let slot = self.slots.get(self.output).copied().unwrap_or(usize::MAX);
        let values = scratch.buffers.get(slot).map_or(&[][..], |buffer| buffer);
        mean(self.layout(self.output)?, values, features);
        self.give_back(scratch);
        Ok(())
    }

    pub(crate) fn layout(&self, value: usize) -> Result<&Layout, EngineError> {
        self.layouts
            .get(value)
            .ok_or(EngineError::Internal("there is no such activation"))
    }

    /// Buffers of an earlier run, or new ones.
    fn borrow(&self) -> Scratch {
        let mut shelf = self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        let scratch = shelf.pop();
        drop(shelf);
        scratch.unwrap_or_else(|| Scratch {
            buffers: self
                .slot_lengths
                .iter()
                .map(|length| vec![0.0; *length])
                .collect(),
        })
    }

    fn give_back(&self, scratch: Scratch) {
        self.scratch
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(scratch);
    }

    /// Puts a frame's pixels into the first activation.
    fn fill(
        &self,
        scratch: &mut Scratch,
        render: &mut dyn FnMut(&mut [f32]),
    ) -> Result<(), EngineError> {
        let slot = self.slots.first().copied().unwrap_or(usize::MAX);
        self.fill_into(scratch, slot, render)
    }

    /// Puts a frame's pixels into the first activation, which lies in this buffer.
    pub(crate) fn fill_into(
        &self,
        scratch: &mut Scratch,
        slot: usize,
        render: &mut dyn FnMut(&mut [f32]),
    ) -> Result<(), EngineError> {
        let layout = self.layout(0)?;
        let buffer = scratch
            .buffers
            .get_mut(slot)
            .and_then(|buffer| buffer.get_mut(..layout.len()))
            .ok_or(EngineError::Internal("the input has no buffer"))?;
        if buffer.len() == self.frame_len() && layout.lanes == layout.channels() {
            render(buffer);
        } else {
            let mut pixels = vec![0.0; self.frame_len()];
            render(&mut pixels);
            layout.fill_from_interleaved(&pixels, buffer);
            layout.clear_border(buffer);
        }
        Ok(())
    }

    /// One step, on activations in these buffers.
    pub(crate) fn step(
        &self,
        step: &Step,
        slots: &[usize],
        scratch: &mut Scratch,
        threads: usize,
    ) -> Result<(), EngineError> {
        let missing = EngineError::Internal("an activation has no buffer");
        let (source, target) = (self.layout(step.from)?, self.layout(step.to)?);
        let (Some(&from), Some(&to)) = (slots.get(step.from), slots.get(step.to)) else {
            return Err(missing);
        };
        // The output's buffer is taken out while it is written: it is never the input's.
        let mut whole = scratch
            .buffers
            .get_mut(to)
            .map(std::mem::take)
            .unwrap_or_default();
        let x = scratch
            .buffers
            .get(from)
            .and_then(|buffer| buffer.get(..source.len()));
        let part =
            whole.get_mut(step.block * target.block()..(step.block + step.blocks) * target.block());
        let done = match (x, part) {
            (Some(x), Some(part)) => {
                target.clear_border(part);
                self.write_part(step, source, x, target, part, threads)
            }
            _ => Err(missing),
        };
        if let Some(buffer) = scratch.buffers.get_mut(to) {
            *buffer = whole;
        }
        done
    }

    fn write_part(
        &self,
        step: &Step,
        source: &Layout,
        x: &[f32],
        target: &Layout,
        part: &mut [f32],
        threads: usize,
    ) -> Result<(), EngineError> {
        if let StepKind::Conv(convolution, _) = &step.kind {
            return convolution.run(self.isa, x, part, target, threads);
        }
        let block = |(x, y): (&[f32], &mut [f32])| match &step.kind {
            // Has returned.
            StepKind::Conv(..) => {}
            StepKind::MaxPool(padding) => {
                let window = Window::clipped(source, *padding, 2, target);
                max_pool(self.isa, &window, x, y);
            }
            StepKind::AvgPool => {
                avg_pool(self.isa, &Window::over(source, 1, 1, target), x, y, false);
            }
            StepKind::AddRelu => {
                for (x, y) in source.rows_of(x).zip(target.rows_of_mut(y)) {
                    add_relu(self.isa, x, y);
                }
            }
        };
        if threads > 1 {
            let planes = x.par_chunks_exact(source.block().max(1));
            let outputs = part.par_chunks_exact_mut(target.block().max(1));
            planes.zip(outputs).for_each(block);
        } else {
            let planes = x.chunks_exact(source.block().max(1));
            let outputs = part.chunks_exact_mut(target.block().max(1));
            planes.zip(outputs).for_each(block);
        }
        Ok(())
    }
}

impl Window {
    /// Windows over the pixels of `source` and `pad` zeros around them, each giving one pixel of `target`.
    pub(crate) fn over(source: &Layout, pad: usize, stride: usize, target: &Layout) -> Self {
        Self {
            rows: target.rows,
            columns: target.columns,
            wide_start: source
                .origin()
                .saturating_sub(pad * (source.row() + source.lanes)),
            wide_row: source.row(),
            value_start: target.origin(),
            value_row: target.row(),
            stride,
            wide: [source.rows, source.columns],
            padding: 0,
        }
    }

    /// Windows over the pixels of `source` that may reach `padding` pixels over its edge, where there is nothing.
    pub(crate) fn clipped(source: &Layout, padding: usize, stride: usize, target: &Layout) -> Self {
        Self {
            padding,
            ..Self::over(source, 0, stride, target)
        }
    }
}

/// The mean of each channel over its pixels, added up row by row.
pub(crate) fn mean(layout: &Layout, values: &[f32], means: &mut [f32]) {
    let area = (layout.rows * layout.columns) as f32;
    let lanes = layout.lane_channels();
    let blocks = values.chunks_exact(layout.block().max(1));
    for (block, lanes) in blocks.zip(lanes.chunks(LANES)) {
        let mut sums = [0.0; LANES];
        for row in layout.rows_of(block) {
            for pixel in row.chunks_exact(LANES) {
                for (sum, value) in sums.iter_mut().zip(pixel) {
                    *sum += value;
                }
            }
        }
        for (sum, channel) in sums.iter().zip(lanes) {
            if let Some(mean) = channel.and_then(|channel| means.get_mut(channel)) {
                *mean = sum / area;
            }
        }
    }
}

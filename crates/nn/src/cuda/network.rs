//! A network on a card: its weights, and for each size of batch a program that has run once, with its algorithms chosen.
//!
//! A batch of one is bound by how fast kernels can be started, so small programs are captured as a CUDA graph and started by one
//! call. Sizes are rounded up to a quarter of a power of two, so that a scheduler that varies them meets few programs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use candle_core::{Device, Error, Result};

use super::call::Call;
use super::capture::{Captured, capture};
use super::card::{Card, DeviceBuffer, LockedCard, failed};
use super::convolution::{NumericFormat, Operands};
use super::graph::agreement;
use super::graph::noise::noise;
use super::operand::{Extent, Order, Strided};
use super::prepared::{Direction, Prepared};
use super::program::{AVG_POOL, Action, Program, Purpose};
use super::render::Batch;
use super::steps::Steps;
use super::weights::Weights;
use crate::engine::Activation;
use crate::{Conv, Node, Precision};

/// Programs for so many frames and fewer are captured.
const CAPTURED: usize = 8;

/// A network on a card.
pub struct CardNetwork {
    // Before the card: plans go before the handle that they were made for.
    inner: Mutex<Inner>,
    card: Arc<Card>,
}

struct Inner {
    steps: Steps,
    weights: Weights,
    numbers: NumericFormat,
    memory: Option<DeviceBuffer>,
    ready: HashMap<(usize, Purpose), Ready>,
    inputs: Inputs,
    /// Whether capturing works here.
    captures: bool,
}

/// A program that has run once.
struct Ready {
    program: Program,
    forward: Vec<Prepared>,
    backward: Vec<Prepared>,
    /// The forward actions as one, and where the workspace was then.
    graph: Option<(Captured, u64)>,
    /// Whether it has run since it was made.
    warm: bool,
}

/// What candidates are rendered from.
struct Inputs {
    /// What becomes of each byte of each channel.
    table: DeviceBuffer,
    frames: Option<DeviceBuffer>,
}

impl CardNetwork {
    /// Puts a network onto a card, and runs it once on one frame. `table`: what becomes of each byte of each channel of an input
    /// `[channels, side, side]`.
    ///
    /// # Errors
    /// If the network's pieces do not fit each other, the card has no memory for it, or cuDNN has no algorithm.
    pub fn new(
        blocks: &[Node<Conv>],
        input: [usize; 3],
        table: &[f32],
        device: &Device,
        precision: Precision,
    ) -> Result<Self> {
        let card = Card::of(device)?;
        let mut numbers = NumericFormat::of(precision);
        loop {
            let made = Self::with(&card, blocks, input, table, numbers);
            match made {
                // Not every cuDNN takes every type with the channels together.
                Err(_) if numbers.order == Order::Pixels => numbers.order = Order::Planes,
                made => return made,
            }
        }
    }

    fn with(
        card: &Arc<Card>,
        blocks: &[Node<Conv>],
        input: [usize; 3],
        table: &[f32],
        numbers: NumericFormat,
    ) -> Result<Self> {
        let mut convs = Vec::new();
        for block in blocks {
            block.for_each(&mut |conv| convs.push(conv));
        }
        let steps = Steps::new(blocks, input).map_err(Error::wrap)?;
        let weights = Weights::new(&convs, steps.filters(), card, numbers)?;
        let mut inner = Inner {
            steps,
            weights,
            numbers,
            memory: None,
            ready: HashMap::new(),
            inputs: Inputs {
                table: DeviceBuffer::holding(card.stream(), bytemuck::cast_slice(table))?,
                frames: None,
            },
            captures: true,
        };
        inner.ready(&mut card.locked()?, 1, Purpose::Features)?;
        card.stream().synchronize().map_err(failed)?;
        Ok(Self {
            card: Arc::clone(card),
            inner: Mutex::new(inner),
        })
    }

    /// The features of a batch, one frame after another.
    ///
    /// # Errors
    /// If the card fails.
    pub fn features(&self, batch: &Batch) -> Result<Vec<f32>> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let mut locked = self.card.locked()?;
        inner.features(&mut locked, batch, Purpose::Features)
    }

    /// The features of a batch, and the gradient `[frame][row][column][channel]` towards its normalised pixels of functions of
    /// which `towards` gives the derivative by each feature of a frame.
    ///
    /// # Errors
    /// If the card fails.
    pub fn gradient(
        &self,
        batch: &Batch,
        towards: &dyn Fn(usize, &[f32]) -> Vec<f32>,
    ) -> Result<(Vec<f32>, Vec<f32>)> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let mut locked = self.card.locked()?;
        let features = inner.features(&mut locked, batch, Purpose::Gradient)?;
        let gradient = inner.backward(&mut locked, batch.candidates.len(), &features, towards)?;
        Ok((features, gradient))
    }

    /// What each block gives for a batch of one.
    ///
    /// # Errors
    /// If the card fails.
    pub fn activations(&self, batch: &Batch) -> Result<Vec<Activation>> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let mut locked = self.card.locked()?;
        inner.features(&mut locked, batch, Purpose::Gradient)?;
        inner.blocks(&mut locked)
    }
}

/// A size of batch that programs are made for, `n` at least: steps of a quarter of a power of two.
fn rounded(n: usize) -> usize {
    let step = (n.max(1).next_power_of_two() / 8).max(1);
    n.max(1).next_multiple_of(step)
}

impl Inner {
    /// The program for so many frames, made and run once if there is none.
    fn ready(&mut self, locked: &mut LockedCard<'_>, n: usize, purpose: Purpose) -> Result<()> {
        if self.ready.contains_key(&(n, purpose)) {
            return Ok(());
        }
        let prepared = self.prepare(locked, n, purpose);
        // Merged convolutions are faster where cuDNN reads some channels of an activation, and slower where these are copied first.
        let copies = |ready: &Ready| ready.forward.iter().any(Prepared::copies_input);
        let worse = prepared.is_err() || self.ready.get(&(n, purpose)).is_some_and(copies);
        if purpose == Purpose::Features && worse && self.steps.refuse_fewer(n) {
            log::info!("a batch of {n} is computed without merged convolutions");
            self.ready.remove(&(n, purpose));
            return self.prepare(locked, n, purpose);
        }
        prepared
    }

    fn prepare(&mut self, locked: &mut LockedCard<'_>, n: usize, purpose: Purpose) -> Result<()> {
        let layout = (self.numbers.order, self.numbers.dtype);
        let bytes = Program::new(self.steps.of(n, purpose), n, purpose, layout, 0).bytes as usize;
        if self
            .memory
            .as_ref()
            .is_none_or(|memory| memory.slice.len() < bytes)
        {
            // Programs hold addresses. The old memory first: there may not be enough for both.
            self.ready.clear();
            self.memory = None;
            self.memory = Some(DeviceBuffer::zeros(locked.card.stream(), bytes)?);
        }
        let memory = self.memory.as_ref().map_or(0, |memory| memory.at);
        let mut ready = Ready {
            program: Program::new(self.steps.of(n, purpose), n, purpose, layout, memory),
            forward: Vec::new(),
            backward: Vec::new(),
            graph: None,
            warm: false,
        };
        let begun = Instant::now();
        self.fill_with_noise(locked, ready.program.input)?;
        let actions = &ready.program.forward;
        self.run(locked, &ready.program, actions, &mut ready.forward)?;
        let actions = &ready.program.backward;
        self.run(locked, &ready.program, actions, &mut ready.backward)?;
        locked.keep_choices();
        log::info!(
            "a batch of {n} is prepared in {:.1?}: plans compute {} of {} convolutions",
            begun.elapsed(),
            ready
                .forward
                .iter()
                .filter(|one| one.planned.is_some())
                .count(),
            ready.forward.len()
        );
        self.ready.insert((n, purpose), ready);
        Ok(())
    }

    /// Gives a program that is not prepared yet something to run on, in those frames that plans are compared on.
    fn fill_with_noise(&mut self, locked: &LockedCard<'_>, input: (Strided, Extent)) -> Result<()> {
        let (dtype, stream) = (self.numbers.dtype, locked.card.stream());
        let Some(memory) = &mut self.memory else {
            return Ok(());
        };
        for (which, (strided, extent)) in agreement::frames(input, dtype).into_iter().enumerate() {
            let bytes = noise(which as u64, extent.count(), dtype);
            memory.write(stream, strided.at, &bytes)?;
        }
        Ok(())
    }

    /// Does some actions; prepares the convolutions that are not.
    fn run(
        &self,
        locked: &mut LockedCard<'_>,
        program: &Program,
        actions: &[Action],
        prepared: &mut Vec<Prepared>,
    ) -> Result<()> {
        let mut next = 0;
        for action in actions {
            let (which, direction, x, y, gap, accumulate) = match *action {
                Action::Call(ref call) => {
                    // SAFETY: the program's addresses lie in memory that has room for all of it.
                    unsafe { locked.start(call) }?;
                    continue;
                }
                Action::AvgPoolBias { which, x, y, relu } => {
                    let bias = self.weights.get(which)?.bias;
                    let dtype = self.numbers.dtype;
                    let call = Call::avg_pool_bias(dtype, y, x, AVG_POOL, (bias, relu));
                    // SAFETY: likewise.
                    unsafe { locked.start(&call) }?;
                    continue;
                }
                Action::Convolve { which, x, y, gap } => {
                    (which, Direction::Forward, x, y, gap, false)
                }
                Action::ConvolveBack {
                    which,
                    dx,
                    dy,
                    gap,
                    accumulate,
                } => (which, Direction::BackwardData, dx, dy, gap, accumulate),
            };
            let weights = self.weights.get(which)?;
            let forward = direction == Direction::Forward;
            let operands = Operands {
                x,
                y,
                gap,
                weight: weights.weight,
                bias: forward.then_some((weights.bias, weights.relu)),
                scratch: program.scratch,
                accumulate,
            };
            if let Some(known) = prepared.get(next) {
                // SAFETY: likewise; it was prepared for this action.
                unsafe { known.run(locked, &operands) }?;
            } else {
                // SAFETY: likewise.
                prepared.push(unsafe {
                    Prepared::new(locked, direction, weights.shape, self.numbers, &operands)
                }?);
            }
            next += 1;
        }
        Ok(())
    }

    /// Renders a batch, and runs the network on it.
    fn features(
        &mut self,
        locked: &mut LockedCard<'_>,
        batch: &Batch,
        purpose: Purpose,
    ) -> Result<Vec<f32>> {
        let n = batch.candidates.len();
        let size = rounded(n);
        self.ready(locked, size, purpose)?;
        let Some(mut ready) = self.ready.remove(&(size, purpose)) else {
            candle_core::bail!("a program is gone");
        };
        let done = self
            .render(locked, batch, &ready.program)
            .and_then(|()| self.forward(locked, &mut ready, size));
        let (at, width) = (ready.program.features, ready.program.width);
        self.ready.insert((size, purpose), ready);
        done?;
        self.read(locked, at, n * width)
    }

    fn forward(
        &mut self,
        locked: &mut LockedCard<'_>,
        ready: &mut Ready,
        size: usize,
    ) -> Result<()> {
        let workspace = locked.workspace_at();
        if let Some((graph, _)) = ready.graph.as_ref().filter(|(_, at)| *at == workspace) {
            return graph.launch();
        }
        let Ready {
            program,
            forward,
            graph,
            warm,
            ..
        } = ready;
        // The first time it runs as it is, so that one batch alone pays for no capture.
        if self.captures && size <= CAPTURED && std::mem::replace(warm, true) {
            let captured = capture(locked, |locked| {
                self.run(locked, program, &program.forward, forward)
            });
            if let Ok(Some(captured)) = captured {
                let launched = captured.launch();
                *graph = Some((captured, workspace));
                return launched;
            }
            self.captures = false;
        }
        *warm = true;
        self.run(locked, program, &program.forward, forward)
    }

    /// Sends what a batch is made of, and starts its rendering into a program's input.
    fn render(
        &mut self,
        locked: &mut LockedCard<'_>,
        batch: &Batch,
        program: &Program,
    ) -> Result<()> {
        let stream = locked.card.stream();
        if let Some(frames) = &batch.frames {
            match &mut self.inputs.frames {
                Some(memory) if memory.slice.len() >= frames.len() => {
                    memory.write(stream, memory.at, frames)?;
                }
                place => {
                    *place = None;
                    *place = Some(DeviceBuffer::holding(stream, frames)?);
                }
            }
        }
        let Some(frames) = &self.inputs.frames else {
            candle_core::bail!("a batch has no frames");
        };
        let candidates = DeviceBuffer::holding(stream, bytemuck::cast_slice(&batch.candidates))?;
        let edits = DeviceBuffer::holding(stream, bytemuck::cast_slice(&batch.edits))?;
        let noise = DeviceBuffer::holding(stream, bytemuck::cast_slice(&batch.noise))?;
        let lamps = DeviceBuffer::holding(stream, batch.lamps.as_flattened().as_flattened())?;
        let call = Call::perturb(
            self.numbers.dtype,
            program.input.0,
            batch.candidates.len(),
            [
                &candidates,
                frames,
                &edits,
                &noise,
                &lamps,
                &self.inputs.table,
            ]
            .map(|memory| memory.at),
        );
        // SAFETY: the input has room for as many frames as the program, which are not fewer than the batch's; what it reads is
        // freed on the same stream, and so after it.
        unsafe { locked.start(&call) }
    }

    /// The gradient towards the pixels, after a forward pass for gradients.
    fn backward(
        &mut self,
        locked: &mut LockedCard<'_>,
        n: usize,
        features: &[f32],
        towards: &dyn Fn(usize, &[f32]) -> Vec<f32>,
    ) -> Result<Vec<f32>> {
        let key = (rounded(n), Purpose::Gradient);
        let (Some(mut ready), Some(memory)) = (self.ready.remove(&key), &mut self.memory) else {
            candle_core::bail!("there was no forward pass");
        };
        let width = ready.program.width;
        let mut by_feature = Vec::with_capacity(features.len());
        for (frame, features) in features.chunks_exact(width.max(1)).enumerate() {
            by_feature.extend(towards(frame, features));
        }
        // What no frame asks for.
        by_feature.resize(key.0 * width, 0.0);
        let sent = memory.write(
            locked.card.stream(),
            ready.program.d_features,
            bytemuck::cast_slice(&by_feature),
        );
        let done = sent.and_then(|()| {
            let Ready {
                program, backward, ..
            } = &mut ready;
            self.run(locked, program, &program.backward, backward)
        });
        let (_, extent) = ready.program.input;
        let (at, values) = (ready.program.d_input, extent.count() / key.0 * n);
        self.ready.insert(key, ready);
        done?;
        self.read(locked, at, values)
    }

    /// What each block gave, after a forward pass of one frame for gradients.
    fn blocks(&self, locked: &mut LockedCard<'_>) -> Result<Vec<Activation>> {
        let Some(ready) = self.ready.get(&(1, Purpose::Gradient)) else {
            candle_core::bail!("there was no forward pass");
        };
        let program = &ready.program;
        let mut all = Vec::with_capacity(program.blocks.len());
        for &(strided, extent) in &program.blocks {
            let call = Call::interleave(self.numbers.dtype, program.shown, (strided, extent));
            // SAFETY: there is room for the largest of the blocks.
            unsafe { locked.start(&call) }?;
            all.push(Activation {
                channels: extent.channels as usize,
                rows: extent.rows as usize,
                columns: extent.columns as usize,
                values: self.read(locked, program.shown, extent.count())?,
            });
        }
        Ok(all)
    }

    fn read(&self, locked: &LockedCard<'_>, at: u64, values: usize) -> Result<Vec<f32>> {
        match &self.memory {
            Some(memory) => memory.read(locked.card.stream(), at, values),
            None => candle_core::bail!("there is nothing to read"),
        }
    }
}

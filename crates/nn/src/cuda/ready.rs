//! A network's programs on a card: for each size of batch one that has run once, with its algorithms chosen, in memory that they share.
//!
//! Starting some hundred kernels one by one costs the host more than a small batch costs the card, and a card waits for each of a large
//! one that is short. So each program is captured as a CUDA graph (`captured_pass`), which is started by one call: when it is to run a
//! second time, so that one batch alone pays for no capture. A graph holds addresses; that of the workspace, which all networks of the
//! card share, may change, and then it is captured again.
//!
//! Sizes are rounded up to a quarter of a power of two (up to 8, to every number): 28 of them up to 256 frames, and 16 up to the 32 whose
//! gradients are computed together. [`MOST_PROGRAMS`] are kept with their graphs, so that no batch of these sizes ever loses its program;
//! beyond, the one that was used longest ago goes. Whoever makes or captures programs must have nothing under way on another stream.

use std::time::Instant;

use candle_core::Result;

use super::call::Call;
use super::capture::Captured;
use super::card::{DeviceBuffer, LockedCard};
use super::convolution::{NumericFormat, Operands};
use super::graph::agreement;
use super::graph::noise::noise;
use super::operand::{Extent, Strided};
use super::prepared::{Direction, Prepared};
use super::program::{AVG_POOL, Action, Program, Purpose};
use super::recent::Recent;
use super::steps::Steps;
use super::weights::Weights;
use crate::engine::Activation;

/// Programs that are kept.
const MOST_PROGRAMS: usize = 48;

/// A size of batch, rounded, and what for.
pub(super) type Key = (usize, Purpose);

/// A size of batch that programs are made for, `n` at least: steps of a quarter of a power of two.
pub(super) fn rounded(n: usize) -> usize {
    let step = (n.max(1).next_power_of_two() / 8).max(1);
    n.max(1).next_multiple_of(step)
}

/// A program that has run once.
pub(super) struct Ready {
    pub(super) program: Program,
    pub(super) forward: Pass,
    pub(super) backward: Pass,
}

/// The actions of one direction.
#[derive(Default)]
pub(super) struct Pass {
    pub(super) prepared: Vec<Prepared>,
    /// All of them as one, and where the workspace was then.
    pub(super) graph: Option<(Captured, u64)>,
    /// Whether it has run since it was made.
    warm: bool,
}

impl Pass {
    /// Its graph, if it is right where the workspace is now.
    fn graph(&self, workspace: u64) -> Option<&Captured> {
        let (graph, at) = self.graph.as_ref()?;
        (*at == workspace).then_some(graph)
    }

    /// Whether it is to be captured before it runs again.
    pub(super) fn is_due(&self, workspace: u64) -> bool {
        self.warm && self.graph(workspace).is_none()
    }
}

/// The programs of a network.
pub(super) struct Programs {
    steps: Steps,
    weights: Weights,
    pub(super) numbers: NumericFormat,
    memory: Option<DeviceBuffer>,
    kept: Recent<Key, Ready>,
    /// Whether capturing works here.
    pub(super) captures: bool,
}

impl Programs {
    pub(super) fn new(steps: Steps, weights: Weights, numbers: NumericFormat) -> Self {
        Self {
            steps,
            weights,
            numbers,
            memory: None,
            kept: Recent::new(MOST_PROGRAMS),
            captures: true,
        }
    }

    /// The program for batches of a size, if it is there.
    pub(super) fn get(&self, key: Key) -> Option<&Program> {
        self.kept.get(&key).map(|ready| &ready.program)
    }

    /// Whether it is there, and nothing of it is to be captured.
    pub(super) fn is_ready(&self, locked: &LockedCard<'_>, key: Key) -> bool {
        let workspace = locked.workspace_at();
        self.kept.get(&key).is_some_and(|ready| {
            !self.captures || !ready.forward.is_due(workspace) && !ready.backward.is_due(workspace)
        })
    }

    /// Makes it ready: made and run once if it is not there, captured if it has run.
    pub(super) fn make_ready(&mut self, locked: &mut LockedCard<'_>, key: Key) -> Result<()> {
        if self.kept.get(&key).is_none() {
            let ready = self.made_of_fewest(locked, key)?;
            self.kept.put(key, ready);
        }
        if self.is_ready(locked, key) {
            return Ok(());
        }
        self.with(key, |programs, ready| {
            programs.capture_forward(locked, ready)?;
            programs.capture_backward(locked, ready)
        })
    }

    /// Does something with a program that is there.
    fn with<T>(
        &mut self,
        key: Key,
        act: impl FnOnce(&mut Self, &mut Ready) -> Result<T>,
    ) -> Result<T> {
        let Some(mut ready) = self.kept.take(&key) else {
            candle_core::bail!("a program is gone");
        };
        let done = act(self, &mut ready);
        self.kept.put(key, ready);
        done
    }

    /// Makes a program, of fewer steps where these are no slower.
    fn made_of_fewest(&mut self, locked: &mut LockedCard<'_>, key: Key) -> Result<Ready> {
        let (n, purpose) = key;
        let made = self.made(locked, key);
        // Merged convolutions are faster where cuDNN reads some channels of an activation, and slower where these are copied first.
        let copies = |ready: &Ready| ready.forward.prepared.iter().any(Prepared::copies_input);
        let worse = made.as_ref().map_or(true, copies);
        if purpose == Purpose::Features && worse && self.steps.refuse_fewer(n) {
            log::info!("a batch of {n} is computed without merged convolutions");
            return self.made(locked, key);
        }
        made
    }

    fn made(&mut self, locked: &mut LockedCard<'_>, (n, purpose): Key) -> Result<Ready> {
        let layout = (self.numbers.order, self.numbers.dtype);
        let bytes = Program::new(self.steps.of(n, purpose), n, purpose, layout, 0).bytes as usize;
        if self
            .memory
            .as_ref()
            .is_none_or(|memory| memory.slice.len() < bytes)
        {
            // Programs hold addresses. The old memory first: there may not be enough for both.
            self.kept.clear();
            self.memory = None;
            self.memory = Some(DeviceBuffer::zeros(locked.card.stream(), bytes)?);
        }
        let memory = self.memory.as_ref().map_or(0, |memory| memory.at);
        let mut ready = Ready {
            program: Program::new(self.steps.of(n, purpose), n, purpose, layout, memory),
            forward: Pass::default(),
            backward: Pass::default(),
        };
        let begun = Instant::now();
        self.fill_with_noise(locked, ready.program.input, 0)?;
        let actions = &ready.program.forward;
        self.run(locked, &ready.program, actions, &mut ready.forward.prepared)?;
        let actions = &ready.program.backward;
        self.run(
            locked,
            &ready.program,
            actions,
            &mut ready.backward.prepared,
        )?;
        locked.keep_choices();
        log::info!(
            "a batch of {n} is prepared in {:.1?}: plans compute {} of {} convolutions",
            begun.elapsed(),
            (ready.forward.prepared.iter())
                .filter(|one| one.planned.is_some())
                .count(),
            ready.forward.prepared.len()
        );
        Ok(ready)
    }

    /// Gives a program something to run on, in those frames that plans, and graphs, are compared on.
    pub(super) fn fill_with_noise(
        &mut self,
        locked: &LockedCard<'_>,
        input: (Strided, Extent),
        seed: u64,
    ) -> Result<()> {
        let (dtype, stream) = (self.numbers.dtype, locked.card.stream());
        let Some(memory) = &mut self.memory else {
            return Ok(());
        };
        for (which, (strided, extent)) in agreement::frames(input, dtype).into_iter().enumerate() {
            let bytes = noise(seed + which as u64, extent.count(), dtype);
            memory.write(stream, strided.at, &bytes)?;
        }
        Ok(())
    }

    /// Does some actions; prepares the convolutions that are not.
    pub(super) fn run(
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

    /// Runs a program forward on what is in its input.
    pub(super) fn forward(&mut self, locked: &mut LockedCard<'_>, key: Key) -> Result<()> {
        self.with(key, |programs, ready| {
            programs.pass(locked, &ready.program, false, &mut ready.forward)
        })
    }

    /// Runs it backward, after forward, from this gradient of the features.
    pub(super) fn backward(
        &mut self,
        locked: &mut LockedCard<'_>,
        key: Key,
        by_feature: &[f32],
    ) -> Result<()> {
        self.with(key, |programs, ready| {
            let at = ready.program.d_features;
            programs.write(locked, at, bytemuck::cast_slice(by_feature))?;
            programs.pass(locked, &ready.program, true, &mut ready.backward)
        })
    }

    pub(super) fn pass(
        &self,
        locked: &mut LockedCard<'_>,
        program: &Program,
        backward: bool,
        pass: &mut Pass,
    ) -> Result<()> {
        if let Some(graph) = pass.graph(locked.workspace_at()) {
            return graph.launch();
        }
        pass.warm = true;
        self.run(
            locked,
            program,
            actions(program, backward),
            &mut pass.prepared,
        )
    }

    /// What each block gave, after a forward pass of one frame for gradients.
    pub(super) fn blocks(&self, locked: &mut LockedCard<'_>) -> Result<Vec<Activation>> {
        let Some(program) = self.get((1, Purpose::Gradient)) else {
            candle_core::bail!("there was no forward pass");
        };
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

    pub(super) fn write(&mut self, locked: &LockedCard<'_>, at: u64, bytes: &[u8]) -> Result<()> {
        match &mut self.memory {
            Some(memory) => memory.write(locked.card.stream(), at, bytes),
            None => candle_core::bail!("there is no memory to write to"),
        }
    }

    pub(super) fn read(&self, locked: &LockedCard<'_>, at: u64, values: usize) -> Result<Vec<f32>> {
        match &self.memory {
            Some(memory) => memory.read(locked.card.stream(), at, values),
            None => candle_core::bail!("there is nothing to read"),
        }
    }
}

pub(super) fn actions(program: &Program, backward: bool) -> &[Action] {
    if backward {
        &program.backward
    } else {
        &program.forward
    }
}

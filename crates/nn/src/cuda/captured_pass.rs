//! A pass of a program as a CUDA graph, captured and checked.
//!
//! **A graph must give the same bits as what it was captured from**, on noise, in up to eight frames spread over the batch; between the two,
//! the program runs on other noise, so that nothing is right because it was left from before. If the bits differ, or anything about capturing
//! fails, nothing is captured from then on, and kernels are started one by one.

use candle_core::Result;

use super::capture::capture;
use super::card::LockedCard;
use super::graph::agreement;
use super::graph::noise::noise;
use super::operand::Dtype;
use super::program::Program;
use super::ready::{Pass, Programs, Ready, actions};

/// The first seeds of the noise that is compared, and of that between.
const COMPARED: u64 = 0;
const BETWEEN: u64 = 1000;

impl Programs {
    /// Captures forward if it is to be captured.
    pub(super) fn capture_forward(
        &mut self,
        locked: &mut LockedCard<'_>,
        ready: &mut Ready,
    ) -> Result<()> {
        let Ready {
            program, forward, ..
        } = ready;
        if !self.captures || !forward.is_due(locked.workspace_at()) {
            return Ok(());
        }
        let read = |programs: &Self, locked: &LockedCard<'_>| {
            let frames = program.input.1.frames.max(0) as usize;
            programs.compared(locked, program.features, frames, program.width)
        };
        self.fill_with_noise(locked, program.input, COMPARED)?;
        self.run(locked, program, &program.forward, &mut forward.prepared)?;
        let wanted = read(self, locked)?;
        self.fill_with_noise(locked, program.input, BETWEEN)?;
        self.run(locked, program, &program.forward, &mut forward.prepared)?;
        self.fill_with_noise(locked, program.input, COMPARED)?;
        self.capture(locked, program, false, forward, &wanted, &read);
        Ok(())
    }

    /// Captures backward if it is to be captured.
    pub(super) fn capture_backward(
        &mut self,
        locked: &mut LockedCard<'_>,
        ready: &mut Ready,
    ) -> Result<()> {
        let Ready {
            program,
            forward,
            backward,
        } = ready;
        if !self.captures || !backward.is_due(locked.workspace_at()) {
            return Ok(());
        }
        let frames = program.input.1.frames.max(0) as usize;
        let read = |programs: &Self, locked: &LockedCard<'_>| {
            let each = program.input.1.count() / frames.max(1);
            programs.compared(locked, program.d_input, frames, each)
        };
        let by_feature = |seed| noise(seed, frames * program.width, Dtype::F32);
        self.fill_with_noise(locked, program.input, COMPARED)?;
        self.pass(locked, program, false, forward)?;
        self.write(locked, program.d_features, &by_feature(COMPARED))?;
        self.run(locked, program, &program.backward, &mut backward.prepared)?;
        let wanted = read(self, locked)?;
        // A program for gradients keeps its activations: it can be run backward again.
        self.write(locked, program.d_features, &by_feature(BETWEEN))?;
        self.run(locked, program, &program.backward, &mut backward.prepared)?;
        self.write(locked, program.d_features, &by_feature(COMPARED))?;
        self.capture(locked, program, true, backward, &wanted, &read);
        Ok(())
    }

    /// Captures a pass, and keeps the graph if it gives what is wanted.
    fn capture(
        &mut self,
        locked: &mut LockedCard<'_>,
        program: &Program,
        backward: bool,
        pass: &mut Pass,
        wanted: &[u32],
        read: &dyn Fn(&Self, &LockedCard<'_>) -> Result<Vec<u32>>,
    ) {
        let workspace = locked.workspace_at();
        pass.graph = None;
        let captured = capture(locked, |locked| {
            let prepared = &mut pass.prepared;
            self.run(locked, program, actions(program, backward), prepared)
        });
        let trouble = match captured {
            Ok(Some(graph)) => match graph.launch().and_then(|()| read(self, locked)) {
                Ok(given) if given == wanted && locked.workspace_at() == workspace => {
                    pass.graph = Some((graph, workspace));
                    return;
                }
                Ok(_) => "a graph gives something else".to_owned(),
                Err(error) => error.to_string(),
            },
            Ok(None) => "nothing was captured".to_owned(),
            Err(error) => error.to_string(),
        };
        log::warn!("no CUDA graphs from here on: {trouble}");
        self.captures = false;
    }

    /// The bits of some f32 values of each of the frames that are compared.
    fn compared(
        &self,
        locked: &LockedCard<'_>,
        at: u64,
        frames: usize,
        each: usize,
    ) -> Result<Vec<u32>> {
        let mut all = Vec::new();
        for frame in agreement::compared(frames) {
            let values = self.read(locked, at + (frame * each * 4) as u64, each)?;
            all.extend(values.into_iter().map(f32::to_bits));
        }
        Ok(all)
    }
}

//! A network's batches on two streams of a card: what [`Pipeline`] puts into order.

use std::ops::ControlFlow;
use std::sync::Arc;

use candle_core::cuda_backend::cudarc::driver::{CudaContext, CudaEvent, CudaStream, result};
use candle_core::{Error, Result};

use super::card::{LockedCard, failed};
use super::operand::Strided;
use super::pipeline::{Device, Event, Pipeline, SLOTS, Stream};
use super::program::{Program, Purpose};
use super::ready::{Programs, rounded};
use super::render::Batch;
use super::transfer::Transfer;

/// A second stream beside the card's own, and the events between them.
pub(super) struct SecondStream {
    sending: Arc<CudaStream>,
    rendered: [CudaEvent; SLOTS],
    done: [CudaEvent; SLOTS],
    pipeline: Pipeline,
}

impl SecondStream {
    pub(super) fn new(context: &Arc<CudaContext>) -> Result<Self> {
        let event = || context.new_event(None).map_err(failed);
        Ok(Self {
            sending: context.new_stream().map_err(failed)?,
            rendered: [event()?, event()?],
            done: [event()?, event()?],
            pipeline: Pipeline::default(),
        })
    }

    pub(super) fn stream(&self) -> &Arc<CudaStream> {
        &self.sending
    }

    /// Waits for what an earlier list may have left under way.
    pub(super) fn settle(
        &mut self,
        locked: &mut LockedCard<'_>,
        programs: &mut Programs,
        transfer: &mut Transfer,
    ) -> Result<()> {
        let (pipeline, mut device) = self.device(locked, programs, transfer);
        pipeline.settle(&mut device)
    }

    /// Waits for what may be left under way, and sees to it that batches of up to so many frames have their inputs.
    pub(super) fn prepare(
        &mut self,
        locked: &mut LockedCard<'_>,
        programs: &mut Programs,
        transfer: &mut Transfer,
        largest: usize,
    ) -> Result<()> {
        let (pipeline, mut device) = self.device(locked, programs, transfer);
        pipeline.settle(&mut device)?;
        let key = (rounded(largest), Purpose::Features);
        device.programs.make_ready(device.locked, key)?;
        let bytes = device.input_bytes(device.program(largest)?, largest);
        device.transfer.reserve_inputs(bytes)
    }

    /// The features of a list of batches.
    pub(super) fn features(
        &mut self,
        locked: &mut LockedCard<'_>,
        programs: &mut Programs,
        transfer: &mut Transfer,
        batches: &mut dyn Iterator<Item = Batch>,
    ) -> Result<Vec<Vec<f32>>> {
        let mut all = Vec::new();
        let (pipeline, mut device) = self.device(locked, programs, transfer);
        pipeline.run(&mut device, batches, &mut |features| {
            all.push(features);
            ControlFlow::Continue(())
        })?;
        Ok(all)
    }

    fn device<'a, 'card>(
        &'a mut self,
        locked: &'a mut LockedCard<'card>,
        programs: &'a mut Programs,
        transfer: &'a mut Transfer,
    ) -> (&'a mut Pipeline, OnCard<'a, 'card>) {
        let network = Arc::clone(locked.card.stream());
        let device = OnCard {
            locked,
            programs,
            transfer,
            sending: &self.sending,
            network,
            rendered: &self.rendered,
            done: &self.done,
        };
        (&mut self.pipeline, device)
    }
}

struct OnCard<'a, 'card> {
    locked: &'a mut LockedCard<'card>,
    programs: &'a mut Programs,
    transfer: &'a mut Transfer,
    sending: &'a Arc<CudaStream>,
    network: Arc<CudaStream>,
    rendered: &'a [CudaEvent; SLOTS],
    done: &'a [CudaEvent; SLOTS],
}

impl OnCard<'_, '_> {
    fn program(&self, frames: usize) -> Result<&Program> {
        match self.programs.get((rounded(frames), Purpose::Features)) {
            Some(program) => Ok(program),
            None => candle_core::bail!("a program is gone"),
        }
    }

    /// Bytes of the input of so many frames.
    fn input_bytes(&self, program: &Program, frames: usize) -> usize {
        let (strided, _) = program.input;
        frames * strided.frame as usize * self.programs.numbers.dtype.bytes() as usize
    }

    /// A slot's input, which must have room for a batch.
    fn input(&self, slot: usize, batch: &Batch) -> Result<(Strided, usize)> {
        let program = self.program(batch.candidates.len())?;
        let (at, room) = self.transfer.input(slot)?;
        let bytes = self.input_bytes(program, batch.candidates.len());
        if bytes > room {
            candle_core::bail!("a batch is larger than it was said to be");
        }
        let (strided, _) = program.input;
        Ok((Strided { at, ..strided }, bytes))
    }

    fn stream(&self, stream: Stream) -> &Arc<CudaStream> {
        match stream {
            Stream::Sending => self.sending,
            Stream::Network => &self.network,
        }
    }

    fn event(&self, event: Event) -> Result<&CudaEvent> {
        let found = match event {
            Event::Rendered(slot) => self.rendered.get(slot),
            Event::Done(slot) => self.done.get(slot),
        };
        match found {
            Some(event) => Ok(event),
            None => candle_core::bail!("there is no {event:?}"),
        }
    }
}

impl Device for OnCard<'_, '_> {
    type Batch = Batch;
    type Output = Vec<f32>;
    type Error = Error;

    fn is_prepared(&self, batch: &Batch) -> bool {
        let key = (rounded(batch.candidates.len()), Purpose::Features);
        self.programs.is_ready(self.locked, key)
    }

    fn prepare(&mut self, batch: &Batch) -> Result<()> {
        let key = (rounded(batch.candidates.len()), Purpose::Features);
        self.programs.make_ready(self.locked, key)
    }

    fn fill(&mut self, slot: usize, batch: &Batch) -> Result<()> {
        self.transfer.fill(slot, batch)
    }

    fn send(&mut self, slot: usize, batch: &Batch) -> Result<()> {
        // SAFETY: the pipeline fills a slot again only when its batch is done, and renders on this stream alone.
        unsafe { self.transfer.send(slot, self.sending, batch) }
    }

    fn render(&mut self, slot: usize, batch: &Batch) -> Result<()> {
        let (input, _) = self.input(slot, batch)?;
        let to = (input, self.programs.numbers.dtype);
        // SAFETY: likewise; the input has room, as was checked, and the batch that was there before is done.
        unsafe { self.transfer.render(self.locked, self.sending, batch, to) }
    }

    fn take_input(&mut self, slot: usize, batch: &Batch) -> Result<()> {
        let (from, bytes) = self.input(slot, batch)?;
        let (to, _) = self.program(batch.candidates.len())?.input;
        // SAFETY: the input is rendered when the network's stream comes here, and stays until the batch is done; the program's input has
        // room for as many frames as the program, which are not fewer than the batch's.
        unsafe { result::memcpy_dtod_async(to.at, from.at, bytes, self.network.cu_stream()) }
            .map_err(failed)
    }

    fn run(&mut self, batch: &Batch) -> Result<()> {
        let key = (rounded(batch.candidates.len()), Purpose::Features);
        self.programs.forward(self.locked, key)
    }

    fn fetch(&mut self, slot: usize, batch: &Batch) -> Result<()> {
        let program = self.program(batch.candidates.len())?;
        let (at, values) = (program.features, batch.candidates.len() * program.width);
        // SAFETY: the features are there when the stream comes here, and the next batch writes there on the same stream; results are read
        // when the batch is done.
        unsafe { self.transfer.fetch(slot, &self.network, at, values) }
    }

    fn record(&mut self, stream: Stream, event: Event) -> Result<()> {
        self.event(event)?
            .record(self.stream(stream))
            .map_err(failed)
    }

    fn wait(&mut self, stream: Stream, event: Event) -> Result<()> {
        self.stream(stream).wait(self.event(event)?).map_err(failed)
    }

    fn wait_here(&mut self, event: Event) -> Result<()> {
        self.event(event)?.synchronize().map_err(failed)
    }

    fn output(&mut self, slot: usize, batch: &Batch) -> Result<Vec<f32>> {
        let width = self.program(batch.candidates.len())?.width;
        self.transfer.results(slot, batch.candidates.len() * width)
    }

    fn drain(&mut self) -> Result<()> {
        let sent = self.sending.synchronize().map_err(failed);
        let done = self.network.synchronize().map_err(failed);
        sent.and(done)
    }
}

//! Batches one after another on two streams: the next one is sent and rendered while the network runs on the one before.
//!
//! This is the order of things alone, without CUDA: what is done is a [`Device`]'s, so that tests hold the order with one that records
//! who reads and writes what. There are [`SLOTS`] slots. A slot is some host memory to send from, a rendered input, and some host memory
//! for what comes back. A batch goes through its slot like this:
//!
//! | where | what | reads | writes |
//! |---|---|---|---|
//! | host | `fill` | | the slot's memory to send from |
//! | sending stream | `send` | that | what the kernel renders from |
//! | sending stream | `render` | that | the slot's input |
//! | network's stream, after `Event::Rendered` | `take_input` | the slot's input | the network's memory |
//! | network's stream | `run` | the network's memory | the network's memory |
//! | network's stream | `fetch` | the network's memory | the slot's memory for results |
//! | host, after `Event::Done` | `output` | that | |
//!
//! Three rules make it safe. A slot is filled again only when the host has its results: then everything that its batch began has ended,
//! on both streams. What the kernel renders from is used on the sending stream alone, where one batch follows another. And what is not
//! ready for a batch (a program, its memory) is made when nothing is under way.
//!
//! However a list ends, both streams have ended too before anything is returned. If even waiting fails, the next list begins with it.

use std::collections::VecDeque;
use std::ops::ControlFlow;

/// Batches that are under way at a time.
pub(super) const SLOTS: usize = 2;

/// The streams. Each does one thing after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stream {
    /// Copies to the card, and rendering.
    Sending,
    /// The network, and copies back.
    Network,
}

/// What can be waited for, of each slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// Its input is rendered.
    Rendered(usize),
    /// Its results are in the host's memory.
    Done(usize),
}

/// What a pipeline works with. Everything but `prepare`, `fill`, `wait_here`, `output` and `drain` is only begun, on a stream.
pub(super) trait Device {
    /// Frames to judge together.
    type Batch;
    /// What comes of a batch.
    type Output;
    /// Why something failed.
    type Error;

    /// Whether a batch can go on its way as things are.
    fn is_prepared(&self, batch: &Self::Batch) -> bool;

    /// Sees to it that a batch can go on its way. Nothing is under way meanwhile.
    fn prepare(&mut self, batch: &Self::Batch) -> Result<(), Self::Error>;

    /// Writes a batch into the slot's memory to send from.
    fn fill(&mut self, slot: usize, batch: &Self::Batch) -> Result<(), Self::Error>;

    /// Copies that to the card, on the sending stream.
    fn send(&mut self, slot: usize, batch: &Self::Batch) -> Result<(), Self::Error>;

    /// Renders the slot's input, on the sending stream.
    fn render(&mut self, slot: usize, batch: &Self::Batch) -> Result<(), Self::Error>;

    /// Copies the slot's input to where the network reads it, on the network's stream.
    fn take_input(&mut self, slot: usize, batch: &Self::Batch) -> Result<(), Self::Error>;

    /// Runs the network, on its stream.
    fn run(&mut self, batch: &Self::Batch) -> Result<(), Self::Error>;

    /// Copies the results to the slot's host memory, on the network's stream.
    fn fetch(&mut self, slot: usize, batch: &Self::Batch) -> Result<(), Self::Error>;

    /// Marks how far a stream is.
    fn record(&mut self, stream: Stream, event: Event) -> Result<(), Self::Error>;

    /// Has a stream go on only when what was recorded last has come.
    fn wait(&mut self, stream: Stream, event: Event) -> Result<(), Self::Error>;

    /// Waits here for what was recorded last.
    fn wait_here(&mut self, event: Event) -> Result<(), Self::Error>;

    /// Reads the results from the slot's host memory.
    fn output(&mut self, slot: usize, batch: &Self::Batch) -> Result<Self::Output, Self::Error>;

    /// Waits until both streams have ended. It waits for each, also if the other has failed.
    fn drain(&mut self) -> Result<(), Self::Error>;
}

/// The order of things on two streams.
#[derive(Debug, Default)]
pub(super) struct Pipeline {
    /// Something may still be under way: a list was left without having waited for both streams.
    unsettled: bool,
}

impl Pipeline {
    /// Waits for what an earlier list may have left under way.
    ///
    /// # Errors
    /// If waiting fails; then it is unknown what is under way.
    pub(super) fn settle<D: Device>(&mut self, device: &mut D) -> Result<(), D::Error> {
        if self.unsettled {
            device.drain()?;
            self.unsettled = false;
        }
        Ok(())
    }

    /// Runs a list of batches; `each` is called with what comes of each, in order, and may end it. A batch is taken from the list when the
    /// ones before are under way.
    ///
    /// # Errors
    /// If the device fails. What was passed to `each` remains valid, and the next list begins anew.
    pub(super) fn run<D: Device>(
        &mut self,
        device: &mut D,
        batches: &mut dyn Iterator<Item = D::Batch>,
        each: &mut dyn FnMut(D::Output) -> ControlFlow<()>,
    ) -> Result<(), D::Error> {
        self.settle(device)?;
        // Also if something panics on the way.
        self.unsettled = true;
        let done = UnderWay::default().all(device, batches, each);
        let drained = device.drain();
        self.unsettled = drained.is_err();
        // The first failure says more than those that follow from it.
        done.and(drained)
    }
}

/// Batches under way with their slots, the oldest first.
struct UnderWay<B>(VecDeque<(usize, B)>);

impl<B> Default for UnderWay<B> {
    fn default() -> Self {
        Self(VecDeque::with_capacity(SLOTS))
    }
}

impl<B> UnderWay<B> {
    fn all<D: Device<Batch = B>>(
        mut self,
        device: &mut D,
        batches: &mut dyn Iterator<Item = B>,
        each: &mut dyn FnMut(D::Output) -> ControlFlow<()>,
    ) -> Result<(), D::Error> {
        for (number, batch) in batches.enumerate() {
            let prepared = device.is_prepared(&batch);
            // As many as may remain, beside this one.
            let others = if prepared { SLOTS - 1 } else { 0 };
            while self.0.len() > others {
                if self.finish_oldest(device, each)?.is_break() {
                    return Ok(());
                }
            }
            if !prepared {
                device.prepare(&batch)?;
            }
            // The batch that had this slot is the one before the last, which is no longer under way.
            self.begin(device, number % SLOTS, batch)?;
        }
        while !self.0.is_empty() {
            if self.finish_oldest(device, each)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn begin<D: Device<Batch = B>>(
        &mut self,
        device: &mut D,
        slot: usize,
        batch: B,
    ) -> Result<(), D::Error> {
        device.fill(slot, &batch)?;
        device.send(slot, &batch)?;
        device.render(slot, &batch)?;
        device.record(Stream::Sending, Event::Rendered(slot))?;
        device.wait(Stream::Network, Event::Rendered(slot))?;
        device.take_input(slot, &batch)?;
        device.run(&batch)?;
        device.fetch(slot, &batch)?;
        device.record(Stream::Network, Event::Done(slot))?;
        self.0.push_back((slot, batch));
        Ok(())
    }

    fn finish_oldest<D: Device<Batch = B>>(
        &mut self,
        device: &mut D,
        each: &mut dyn FnMut(D::Output) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, D::Error> {
        let Some((slot, batch)) = self.0.pop_front() else {
            return Ok(ControlFlow::Continue(()));
        };
        device.wait_here(Event::Done(slot))?;
        Ok(each(device.output(slot, &batch)?))
    }
}

//! What crosses between the host and a card: batches on their way to it, rendered there; results on their way back.
//!
//! What a batch is rendered from is used on one stream at a time, on which batches follow each other: that of the whole list, or the
//! card's own for a batch alone, when nothing is under way on the other. It is allocated and freed on one of them (`home`), and after an
//! allocation that stream is waited for, so that the other may use it too.

use std::sync::Arc;

use candle_core::Result;
use candle_core::cuda_backend::cudarc::driver::CudaStream;

use super::batch_layout::Layout;
use super::call::Call;
use super::card::{DeviceBuffer, LockedCard, failed};
use super::host_memory::HostMemory;
use super::operand::{Dtype, Strided};
use super::pipeline::SLOTS;
use super::render::Batch;

/// What crosses.
pub(super) struct Transfer {
    /// Where memory is allocated and freed.
    home: Arc<CudaStream>,
    /// What becomes of each byte of each channel.
    table: DeviceBuffer,
    /// The frames that were sent last.
    frames: Option<DeviceBuffer>,
    /// The rest of a batch.
    numbers: Option<DeviceBuffer>,
    slots: [Slot; SLOTS],
}

/// What one batch on its way has for itself.
#[derive(Default)]
struct Slot {
    to_send: HostMemory,
    results: HostMemory,
    /// Rendered, for the network to take.
    input: Option<DeviceBuffer>,
}

impl Transfer {
    pub(super) fn new(home: &Arc<CudaStream>, table: &[f32]) -> Result<Self> {
        let table = DeviceBuffer::holding(home, bytemuck::cast_slice(table))?;
        home.synchronize().map_err(failed)?;
        Ok(Self {
            home: Arc::clone(home),
            table,
            frames: None,
            numbers: None,
            slots: Default::default(),
        })
    }

    fn slot(&mut self, slot: usize) -> Result<&mut Slot> {
        match self.slots.get_mut(slot) {
            Some(slot) => Ok(slot),
            None => candle_core::bail!("there is no slot {slot}"),
        }
    }

    /// Writes a batch into a slot's memory to send from.
    pub(super) fn fill(&mut self, slot: usize, batch: &Batch) -> Result<()> {
        let layout = Layout::of(batch);
        let context = Arc::clone(self.home.context());
        let room = self.slot(slot)?.to_send.room(&context, layout.bytes())?;
        if layout.write(batch, room) {
            Ok(())
        } else {
            candle_core::bail!("a batch does not fit into its memory")
        }
    }

    /// Begins to copy that to the card.
    ///
    /// # Safety
    /// Nothing but this stream may use what batches are rendered from, until it has come there; and the slot must not be filled until then.
    pub(super) unsafe fn send(
        &mut self,
        slot: usize,
        stream: &CudaStream,
        batch: &Batch,
    ) -> Result<()> {
        let layout = Layout::of(batch);
        let numbers = room(&mut self.numbers, &self.home, layout.numbers)?;
        let frames = room(&mut self.frames, &self.home, layout.frames)?;
        let to_send = &self.slot(slot)?.to_send;
        // SAFETY: there is room for as much, which is freed on `home`, when nothing is under way elsewhere; the rest is as the caller says.
        unsafe {
            to_send.send(stream, 0..layout.numbers, numbers)?;
            to_send.send(stream, layout.numbers..layout.bytes(), frames)
        }
    }

    /// Begins to render what was sent last.
    ///
    /// # Safety
    /// As [`Transfer::send`]; and there must be room for the batch's frames in `input`, which nobody else uses until the stream has come there.
    pub(super) unsafe fn render(
        &self,
        locked: &mut LockedCard<'_>,
        stream: &Arc<CudaStream>,
        batch: &Batch,
        (input, dtype): (Strided, Dtype),
    ) -> Result<()> {
        let Some(frames) = &self.frames else {
            candle_core::bail!("a batch has no frames");
        };
        let numbers = self.numbers.as_ref().map_or(0, |memory| memory.at);
        let addresses = Layout::of(batch).addresses(numbers, frames.at, self.table.at);
        let call = Call::perturb(dtype, input, batch.candidates.len(), addresses);
        // SAFETY: the addresses are of the batch as it was sent; the rest is as the caller says.
        unsafe { locked.start_on(stream, &call) }
    }

    /// Sees to it that each slot has an input of so many bytes. Nothing may be under way.
    pub(super) fn reserve_inputs(&mut self, bytes: usize) -> Result<()> {
        for slot in &mut self.slots {
            room(&mut slot.input, &self.home, bytes)?;
        }
        Ok(())
    }

    /// Gives the memory of the inputs back. Nothing may be under way.
    pub(super) fn release_inputs(&mut self) {
        for slot in &mut self.slots {
            slot.input = None;
        }
    }

    /// A slot's input, and its bytes.
    pub(super) fn input(&self, slot: usize) -> Result<(u64, usize)> {
        match self.slots.get(slot).and_then(|slot| slot.input.as_ref()) {
            Some(memory) => Ok((memory.at, memory.slice.len())),
            None => candle_core::bail!("slot {slot} has no input"),
        }
    }

    /// Begins to copy f32 values to a slot's memory for results.
    ///
    /// # Safety
    /// They must be at the address until the stream has come there; and the slot's results must not be read until then.
    pub(super) unsafe fn fetch(
        &mut self,
        slot: usize,
        stream: &CudaStream,
        from: u64,
        values: usize,
    ) -> Result<()> {
        let context = Arc::clone(self.home.context());
        let results = &mut self.slot(slot)?.results;
        results.room(&context, values * size_of::<f32>())?;
        // SAFETY: as the caller says.
        unsafe { results.fetch(stream, from, values * size_of::<f32>()) }
    }

    /// The values that were copied.
    pub(super) fn results(&mut self, slot: usize, values: usize) -> Result<Vec<f32>> {
        let bytes = self.slot(slot)?.results.bytes(values * size_of::<f32>())?;
        Ok(bytemuck::pod_collect_to_vec(bytes))
    }
}

/// The address of a place that has room for so many bytes.
fn room(place: &mut Option<DeviceBuffer>, home: &Arc<CudaStream>, bytes: usize) -> Result<u64> {
    match place {
        Some(memory) if memory.slice.len() >= bytes => Ok(memory.at),
        _ if bytes == 0 => Ok(0),
        _ => {
            // The old one first: there may not be memory for both.
            *place = None;
            let memory = DeviceBuffer::zeros(home, bytes)?;
            home.synchronize().map_err(failed)?;
            let at = memory.at;
            *place = Some(memory);
            Ok(at)
        }
    }
}

//! Memory of the host that a card copies from and to by itself, while both do something else: pinned, and kept from batch to batch.
//!
//! cudarc's slice records an event with every copy. It waits for the event before the memory is touched or freed, so that neither
//! happens under a copy whatever became of the batch. Where the system gives no pinned memory, memory as any other takes its place: the
//! driver then copies through its own.

use std::sync::Arc;

use candle_core::Result;
use candle_core::cuda_backend::cudarc::driver::{
    CudaContext, CudaStream, HostSlice as _, PinnedHostSlice, result,
};

use super::card::failed;

/// More than this is not pinned: the system's other programs lose pinned memory.
const MOST_PINNED: usize = 1 << 28;

/// Memory grows by multiples of this.
const STEP: usize = 1 << 16;

/// Some memory of the host.
#[derive(Default)]
pub(super) enum HostMemory {
    /// None yet.
    #[default]
    None,
    Pinned(PinnedHostSlice<u8>),
    Pageable(Vec<u8>),
}

impl HostMemory {
    fn new(context: &Arc<CudaContext>, bytes: usize) -> Self {
        let bytes = bytes.max(1).next_multiple_of(STEP);
        if bytes <= MOST_PINNED {
            // Neither write-combined, which is slow to read, nor of several contexts.
            // SAFETY: it is unset, and written before anything reads it, in the next lines.
            let pinned = unsafe { context.alloc_pinned_with_flags::<u8>(bytes, 0) };
            match pinned.and_then(|mut pinned| pinned.as_mut_ptr().map(|at| (at, pinned))) {
                Ok((at, pinned)) => {
                    // SAFETY: so many bytes were allocated there, and nobody else knows of them.
                    unsafe { at.write_bytes(0, bytes) };
                    return Self::Pinned(pinned);
                }
                Err(error) => log::warn!("{bytes} bytes of memory are not pinned: {error}"),
            }
        }
        Self::Pageable(vec![0; bytes])
    }

    fn len(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Pinned(pinned) => pinned.len(),
            Self::Pageable(bytes) => bytes.len(),
        }
    }

    /// So many bytes to write to; waits for the copies that were begun with them.
    pub(super) fn room(&mut self, context: &Arc<CudaContext>, bytes: usize) -> Result<&mut [u8]> {
        if self.len() < bytes {
            // The old one first, which waits for its copies.
            *self = Self::None;
            *self = Self::new(context, bytes);
        }
        let all = match self {
            Self::None => &mut [],
            Self::Pinned(pinned) => pinned.as_mut_slice().map_err(failed)?,
            Self::Pageable(bytes) => bytes.as_mut_slice(),
        };
        match all.get_mut(..bytes) {
            Some(bytes) => Ok(bytes),
            None => candle_core::bail!("there is no host memory of {bytes} bytes"),
        }
    }

    /// The first so many bytes; waits for the copies that were begun with them.
    pub(super) fn bytes(&self, bytes: usize) -> Result<&[u8]> {
        let all = match self {
            Self::None => &[],
            Self::Pinned(pinned) => pinned.as_slice().map_err(failed)?,
            Self::Pageable(bytes) => bytes.as_slice(),
        };
        match all.get(..bytes) {
            Some(bytes) => Ok(bytes),
            None => candle_core::bail!("{bytes} bytes are read beyond the host's memory"),
        }
    }

    /// Begins to copy some bytes to the card.
    ///
    /// # Safety
    /// There must be room for them at the address, until the stream has come there; and they must not be written until then.
    pub(super) unsafe fn send(
        &self,
        stream: &CudaStream,
        from: std::ops::Range<usize>,
        to: u64,
    ) -> Result<()> {
        if from.is_empty() {
            return Ok(());
        }
        let copy = |bytes: &[u8]| match bytes.get(from.clone()) {
            Some(bytes) => {
                // SAFETY: as the caller says; pinned memory is not freed before the event that follows.
                unsafe { result::memcpy_htod_async(to, bytes, stream.cu_stream()) }.map_err(failed)
            }
            None => candle_core::bail!("more is sent than the host's memory holds"),
        };
        match self {
            Self::None => copy(&[]),
            Self::Pinned(pinned) => {
                // SAFETY: it is used on this stream alone, until what records the event goes at the end.
                let (bytes, _event) = unsafe { pinned.stream_synced_slice(stream) };
                copy(bytes)
            }
            Self::Pageable(bytes) => copy(bytes),
        }
    }

    /// Begins to copy so many bytes from the card, for which there must be room.
    ///
    /// # Safety
    /// They must be at the address until the stream has come there; and nobody must read or write this memory until then.
    pub(super) unsafe fn fetch(
        &mut self,
        stream: &CudaStream,
        from: u64,
        bytes: usize,
    ) -> Result<()> {
        if bytes == 0 {
            return Ok(());
        }
        let copy = |to: &mut [u8]| match to.get_mut(..bytes) {
            Some(to) => {
                // SAFETY: as the caller says; pinned memory is not freed before the event that follows.
                unsafe { result::memcpy_dtoh_async(to, from, stream.cu_stream()) }.map_err(failed)
            }
            None => candle_core::bail!("more is fetched than the host's memory holds"),
        };
        match self {
            Self::None => copy(&mut []),
            Self::Pinned(pinned) => {
                // SAFETY: it is used on this stream alone, until what records the event goes at the end.
                let (to, _event) = unsafe { pinned.stream_synced_mut_slice(stream) };
                copy(to)
            }
            Self::Pageable(to) => copy(to),
        }
    }
}

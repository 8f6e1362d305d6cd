//! What is started on a stream, captured as a CUDA graph, to be started again by one call.

use std::sync::Arc;

use candle_core::Result;
use candle_core::cuda_backend::cudarc::driver::safe::CudaGraph;
use candle_core::cuda_backend::cudarc::driver::sys::{
    CUgraphInstantiate_flags, CUstreamCaptureMode,
};

use super::card::{LockedCard, failed};

/// What was captured.
pub(super) struct Captured(CudaGraph);

// SAFETY: a graph belongs to no thread; that no two use it at a time is held by the network's lock.
unsafe impl Send for Captured {}

impl Captured {
    pub(super) fn launch(&self) -> Result<()> {
        self.0.launch().map_err(failed)
    }
}

/// Captures what `run` starts, in place of doing it.
pub(super) fn capture<'a>(
    locked: &mut LockedCard<'a>,
    run: impl FnOnce(&mut LockedCard<'a>) -> Result<()>,
) -> Result<Option<Captured>> {
    let stream = Arc::clone(locked.card.stream());
    let mode = CUstreamCaptureMode::CU_STREAM_CAPTURE_MODE_THREAD_LOCAL;
    stream.begin_capture(mode).map_err(failed)?;
    let ran = run(locked);
    // Also if it failed: the stream must not stay in this state.
    let captured = stream.end_capture(CUgraphInstantiate_flags(0));
    ran?;
    Ok(captured.map_err(failed)?.map(Captured))
}

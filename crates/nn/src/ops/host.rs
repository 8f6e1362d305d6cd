//! How the operations get at tensors on the processor.

use candle_core::{CpuStorage, Layout, Result, Shape, Storage, Tensor};

use crate::engine::EngineError;

/// The engine's errors as Candle's.
pub(super) fn failed(error: EngineError) -> candle_core::Error {
    candle_core::Error::wrap(error)
}

/// The values of an operand, which must be contiguous.
pub(super) fn values<'a>(storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [f32]> {
    let Some((start, end)) = layout.contiguous_offsets() else {
        candle_core::bail!("an operand is not contiguous");
    };
    let all = storage.as_slice::<f32>()?;
    all.get(start..end)
        .ok_or_else(|| candle_core::Error::Msg("an operand lies outside its storage".to_owned()))
}

/// The values of an operand that is written, which must be contiguous.
pub(super) fn values_mut<'a>(
    storage: &'a mut CpuStorage,
    layout: &Layout,
) -> Result<&'a mut [f32]> {
    let (CpuStorage::F32(all), Some((start, end))) = (storage, layout.contiguous_offsets()) else {
        candle_core::bail!("an operand is not contiguous f32");
    };
    all.get_mut(start..end)
        .ok_or_else(|| candle_core::Error::Msg("an operand lies outside its storage".to_owned()))
}

/// What an operation gives.
pub(super) fn result(values: Vec<f32>, shape: impl Into<Shape>) -> (CpuStorage, Shape) {
    (CpuStorage::F32(values), shape.into())
}

/// Calls `with` with a contiguous tensor's values.
pub(super) fn read<T>(tensor: &Tensor, with: impl FnOnce(&[f32]) -> Result<T>) -> Result<T> {
    let (storage, layout) = tensor.storage_and_layout();
    match &*storage {
        Storage::Cpu(storage) => with(values(storage, layout)?),
        _ => candle_core::bail!("an operand is not on the processor"),
    }
}

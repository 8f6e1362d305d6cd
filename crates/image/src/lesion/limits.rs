//! How much one file may cost. Everything is checked against these before it is allocated.

use super::error::Problem;
use super::gate::{self, Permit};

/// Largest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 200_000_000;
/// Largest picture that is decoded, in pixels.
pub const MAX_PIXELS: u64 = 200_000_000;
/// Longest side of a picture that is decoded, in pixels: a picture of a mole is no thread, and what scales with one side stays small.
pub const MAX_SIDE: u32 = 100_000;
/// Most memory that one picture may take while it is decoded, in bytes: the file, the decoder's own store, the pixels and
/// their turned copy together.
pub const MAX_MEMORY_BYTES: u64 = 1_000_000_000;
/// Most bytes that a colour profile or EXIF block may have once unpacked. Real ones stay below 4 MB.
pub(crate) const MAX_METADATA_BYTES: u64 = 16_000_000;

/// Refuses a picture of zero or too many pixels.
pub(crate) fn check_size(width: u32, height: u32) -> Result<(), Problem> {
    if width == 0 || height == 0 {
        return Err(Problem::Damaged(format!(
            "it says that it has {width} × {height} pixels"
        )));
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Problem::TooManyPixels { width, height });
    }
    if width.max(height) > MAX_SIDE {
        return Err(Problem::TooLong { width, height });
    }
    Ok(())
}

/// Refuses to spend more than [`MAX_MEMORY_BYTES`] on one picture, and waits until so much may be spent; `parts` are the bytes of what
/// is held at the same time.
pub(super) fn admit(parts: &[u64]) -> Result<Permit, Problem> {
    let total = parts
        .iter()
        .fold(0u64, |sum, part| sum.saturating_add(*part));
    if total > MAX_MEMORY_BYTES {
        return Err(Problem::TooMuchMemory(total));
    }
    Ok(gate::pixels(total))
}

/// A zeroed buffer, or an error where the system has no room for it.
pub(crate) fn buffer(bytes: u64) -> Result<Vec<u8>, Problem> {
    let length = usize::try_from(bytes).map_err(|_| Problem::TooMuchMemory(bytes))?;
    let mut pixels = Vec::new();
    pixels
        .try_reserve_exact(length)
        .map_err(|_| Problem::TooMuchMemory(bytes))?;
    pixels.resize(length, 0);
    Ok(pixels)
}

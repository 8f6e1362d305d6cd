//! What is checked before memory is allocated for a picture.

use super::error::Problem;
use super::limits::{MAX_MEMORY_BYTES, MAX_PIXELS, MAX_SIDE};
use super::memory_budget::{self, Permit};
use flipscope_language::{as_text, text};

/// Refuses a picture of no pixels or too many.
pub(crate) fn check_size(width: u32, height: u32) -> Result<(), Problem> {
    if width == 0 || height == 0 {
        return Err(Problem::Damaged(text!(
            "photo-says-has-pixels",
            width = as_text(&width),
            height = as_text(&height)
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

/// Refuses to use more than [`MAX_MEMORY_BYTES`] for one picture, and waits until that much is free; `parts` are the bytes of
/// everything held at the same time.
pub(super) fn admit(parts: &[u64]) -> Result<Permit, Problem> {
    let total = parts
        .iter()
        .fold(0u64, |sum, part| sum.saturating_add(*part));
    if total > MAX_MEMORY_BYTES {
        return Err(Problem::TooMuchMemory(total));
    }
    Ok(memory_budget::pixels(total))
}

/// A zeroed buffer, or an error if the system has not enough memory.
pub(crate) fn buffer(bytes: u64) -> Result<Vec<u8>, Problem> {
    let length = usize::try_from(bytes).map_err(|_| Problem::TooMuchMemory(bytes))?;
    let mut pixels = Vec::new();
    pixels
        .try_reserve_exact(length)
        .map_err(|_| Problem::TooMuchMemory(bytes))?;
    pixels.resize(length, 0);
    Ok(pixels)
}

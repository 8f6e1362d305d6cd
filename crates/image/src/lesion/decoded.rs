//! What every decoder returns: RGB pixels as stored, and what the file says about them.

use super::colours::Space;
use super::memory_budget::Permit;
use super::sniff::Format;

/// A decoded file, before orientation and colour profile are applied.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The file's format.
    pub(super) format: Format,
    /// Width in pixels, as stored.
    pub(super) width: u32,
    /// Height in pixels, as stored.
    pub(super) height: u32,
    /// Interleaved 8-bit RGB, row by row, as stored.
    pub(super) pixels: Vec<u8>,
    /// EXIF orientation, 1 to 8.
    pub(super) exif_orientation: u8,
    /// What it declares about its colours: the first usable declaration counts.
    pub(super) colours: Vec<Space>,
    /// Whether that can be applied to `pixels`: not if they were CMYK.
    pub(super) rgb_profile: bool,
    /// What a person should know about the pixels.
    pub(super) notes: Vec<String>,
    /// The permit to hold all this.
    pub(super) permit: Permit,
}

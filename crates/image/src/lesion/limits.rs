//! How much one file may cost. Everything is checked against these limits before it is allocated.

/// Largest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 200_000_000;
/// Largest picture that is decoded, in pixels.
pub const MAX_PIXELS: u64 = 200_000_000;
/// Longest side of a picture that is decoded, in pixels: no picture of a mole is that thin, and memory that scales with one
/// side stays small.
pub const MAX_SIDE: u32 = 100_000;
/// Most memory that one picture may take while it is decoded, in bytes: the file, the decoder's own buffers, the pixels and
/// their rotated copy together.
pub const MAX_MEMORY_BYTES: u64 = 1_000_000_000;
/// Most bytes that a colour profile or EXIF block may have once unpacked. Real ones stay below 4 MB.
pub(crate) const MAX_METADATA_BYTES: u64 = 16_000_000;

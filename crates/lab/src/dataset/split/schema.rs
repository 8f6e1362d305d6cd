//! The version of the split file.

/// Version of the file format.
pub const SCHEMA: u32 = 1;

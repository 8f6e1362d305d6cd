//! The version of the split file.

/// Version of the file's layout.
pub const SCHEMA: u32 = 1;

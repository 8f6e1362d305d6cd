//! The layout of a reader study's file: its versions, and what tells it from others.

/// Version of the file's layout.
pub const SCHEMA: i64 = 2;

/// The oldest version that is read: without checksums.
pub(super) const OLDEST: i64 = 1;

/// "flrd": what tells a reader study from other SQLite files.
pub(super) const APPLICATION: i64 = 0x666c_7264;

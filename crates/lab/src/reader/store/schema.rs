//! The schema of a reader study's file: its versions, and what distinguishes it from other files.

use crate::results_file::file::Format;

/// Version of the file's schema.
pub const SCHEMA: i64 = 2;

/// The oldest version that is read: without checksums.
pub(super) const OLDEST: i64 = 1;

/// A reader study among the files of results.
pub(super) const FORMAT: Format = Format {
    // "flrd".
    application: 0x666c_7264,
    newest: SCHEMA,
    oldest: OLDEST,
    command: "flipscope reader new",
};

//! What the files of results have in common, of studies and of reader studies: one SQLite file that holds its plan and never changes
//! what it holds.
//!
//! - [`database`]: how SQLite is opened and written, and why it refuses
//! - [`checksum`]: checksums of rows, by which damage is found

pub(crate) mod checksum;
pub(crate) mod database;

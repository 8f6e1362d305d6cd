//! What the results files of studies and of reader studies have in common: one SQLite file with a plan that never
//! changes, and rows that are only added.
//!
//! - [`database`]: how SQLite is opened and written; [`failure`]: why it fails
//! - [`mod@file`]: what distinguishes such files from others, and which versions can be read
//! - [`checksum`]: checksums of rows, which reveal damage
//! - [`may_write`]: whether tables and reports of them may be written into a folder

pub(crate) mod checksum;
pub(crate) mod database;
pub(crate) mod failure;
pub(crate) mod file;
pub(crate) mod may_write;

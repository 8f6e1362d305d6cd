//! What the files of results have in common, of studies and of reader studies: one SQLite file that holds its plan and never changes
//! what it holds.
//!
//! - [`database`]: how SQLite is opened and written; [`failure`]: why it is not
//! - [`mod@file`]: what tells such files from others, and which versions are read
//! - [`checksum`]: checksums of rows, by which damage is found
//! - [`export`]: whether tables and reports of them may be written into a folder

pub(crate) mod checksum;
pub(crate) mod database;
pub(crate) mod export;
pub(crate) mod failure;
pub(crate) mod file;

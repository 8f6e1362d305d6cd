//! Sessions: everything that is open, kept in one file and opened again.
//!
//! - [`content`]: a session as data, [`stored`]: the entries of its tables, [`stored_explanations`]: its maps and landscapes,
//!   [`stored_reader_form`]: the form of a reader study; `readable`: what of them this version can read; [`file`](mod@file): its file
//! - [`capture`]: the state as a session; `restore`: a session as the state; `explanations`: both, for maps and landscapes
//! - [`autosave`], `saver`: when it is saved; [`worker`]: the thread that reads and writes; [`shelf`]: sessions that
//!   were replaced
//! - `missing`: photographs that are not there: the message, and where they are now; `moved`: how they are found
//! - [`state`], [`command`], [`request`], `apply`, `panel`: as in every feature

pub(crate) mod apply;
pub mod autosave;
pub mod capture;
pub mod command;
pub mod content;
mod explanations;
pub mod file;
mod files;
pub(crate) mod missing;
mod moved;
pub(crate) mod panel;
mod readable;
pub mod request;
pub(crate) mod restore;
mod restored_lesions;
pub(crate) mod restored_models;
pub(crate) mod saver;
pub mod shelf;
pub mod state;
pub mod stored;
pub mod stored_explanations;
pub mod stored_reader_form;
pub mod worker;

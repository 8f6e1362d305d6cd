//! Batch actions: what is done to all lesions, or to those that are selected.
//!
//! - [`state`]: what is under way; [`command`]: what a person can ask for; `apply`: what follows
//! - [`counts`]: what an alteration does to many lesions, without a window; `applying`: applying it, and counting
//! - `searching`: searches on many lesions, a few at a time; `exporting`: all findings as files; `study`: a study of the lesions
//! - [`findings`]: the table of findings over lesions; `csv`: tables as CSV
//! - [`request`], `worker`: files are written on a thread
//! - `panel`: what is drawn

pub(crate) mod apply;
pub(crate) mod applying;
pub mod command;
pub mod counts;
pub(crate) mod csv;
pub(crate) mod exporting;
pub mod findings;
pub(crate) mod panel;
pub mod request;
pub(crate) mod searching;
pub mod state;
pub(crate) mod study;
pub(crate) mod worker;

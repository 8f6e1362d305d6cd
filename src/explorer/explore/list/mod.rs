//! The list as a table of lesions: truth, verdict, what flips it; sorting, filtering, searching, selecting several.
//!
//! - [`rows`]: the rows, [`columns`]: their columns, [`arrange`]: which are shown in which order, [`counts`]: how often the model is wrong,
//!   all without a window; [`truth`]: what tables of labels say
//! - [`state`]: what a person has chosen, and what is shown; [`update`]: keeps it in step with the lesions; `needed`: the verdicts that this
//!   waits for
//! - [`places`]: when rows may change places; `pointer`: what the pointer does with them
//! - [`command`], `apply`: what a person can ask for, and what follows; `keys`: the keys of the list
//! - [`request`], `worker`: tables of labels are read on a thread

pub(crate) mod apply;
pub mod arrange;
pub mod columns;
pub mod command;
pub mod counts;
pub(crate) mod keys;
pub(crate) mod needed;
pub mod places;
pub(crate) mod pointer;
pub mod request;
pub mod rows;
pub mod state;
pub mod truth;
pub(crate) mod update;
pub(crate) mod worker;

#[cfg(test)]
mod tests;

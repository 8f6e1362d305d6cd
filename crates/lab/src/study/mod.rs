//! Studies: models' verdicts on a labelled set of photographs, unaltered, altered and attacked, and their statistics.
//!
//! - [`sweep`]: the systematic perturbations and the [corruptions](flipscope_image::corruption)
//! - [`plan`]: the contents of a study; [`store`]: the file that holds it and its results
//! - [`run()`]: carries it out, with progress and cancellation; [`tables`]: the results as CSV, [`report`]: as a readable page;
//!   [`proof_files`]: those of proofs as files that can be checked
//!
//! Nothing here that concerns one file or one row is fatal: it becomes a [`Problem`](crate::dataset::Problem), which is shown
//! and counted.

mod error;
pub mod plan;
pub mod proof_files;
pub mod report;
mod run;
pub mod store;
pub mod sweep;
pub mod tables;

pub use error::StudyError;
pub use run::{
    Estimate, Event, Load, LoadIn, ModelRunner, Progress, Proposer, RunReport, Settings, estimate,
    photographs_not_in, run,
};

//! Studies: what models say of a labelled set of photographs, unaltered, altered and attacked, and the statistics of that.
//!
//! - [`sweep`]: the systematic perturbations and the [corruptions](flipscope_image::corruption)
//! - [`plan`]: what a study asks; [`store`]: the file that holds it and its results
//! - [`run()`]: carries it out, with progress and a cancel switch; [`tables`]: the results as CSV,
//!   [`report`]: as a page to read
//!
//! Nothing here is fatal that concerns one file or one row: it becomes a [`Problem`](crate::dataset::Problem), which is shown and counted.

mod error;
pub mod plan;
pub mod report;
mod run;
pub mod store;
pub mod sweep;
pub mod tables;

pub use error::StudyError;
pub use run::{Estimate, Event, Load, ModelRunner, Progress, RunReport, Settings, estimate, run};

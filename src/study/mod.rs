//! Studies: a labelled set of photographs, how it is divided, what models say of it, unaltered, altered and attacked, and the
//! statistics of that.
//!
//! - [`dataset`]: the tables of ISIC and HAM10000, or a folder per class, become one list of examples
//! - [`split`]: training, validation and test, drawn or taken from the table, and kept in a file
//! - [`statistics`]: intervals, AUC, tests, calibration
//! - [`corruption`]: noise, blur, light, compression, dermoscopic artefacts; [`sweep`]: the systematic perturbations
//! - [`plan`]: what a study asks; [`store`]: the file that holds it and its results
//! - [`run()`]: carries it out, with progress and a cancel switch; [`tables`]: the results as CSV,
//!   [`report`]: as a page to read
//!
//! Nothing here is fatal that concerns one file or one row: it becomes a [`dataset::Problem`], which is shown and counted.

pub mod corruption;
pub mod dataset;
mod error;
pub mod plan;
pub mod report;
mod run;
pub mod split;
pub mod statistics;
pub mod store;
pub mod sweep;
pub mod tables;

pub use error::StudyError;
pub use run::{Estimate, Event, Load, Network, Progress, Report, Settings, estimate, run};

//! Experiments with a model: the smallest change that flips a verdict, whole labelled sets, readers compared with the network,
//! training.
//!
//! - [`search`]: FGSM, pixels, colour, pose: finding the smallest change that flips a verdict
//! - [`explain`]: where a verdict flips, and what the network looks at
//! - [`proof`]: every distinct frame of a box of perturbations, judged: fragile, or steady
//! - [`altered`]: an altered frame as a file, with what altered it
//! - [`dataset`]: labelled photographs, and how they are divided
//! - [`statistics`]: intervals, AUC, tests, calibration; readers
//! - [`study`]: models on a whole labelled set of photographs, unaltered, altered and attacked
//! - [`reader`]: blinded readers judge frames in both forms, compared with the network
//! - [`json`]: results as JSON, with the digits that were computed
//! - `figures`, `results_file`: charts, tables and pages, and results files, shared by studies and reader studies
//! - [`train`]: trains a checkpoint on labelled photographs
//!
//! Conventions: melanoma is the positive class; everything random is seeded; problems with single files or rows are reported
//! and counted, never fatal. Long work takes a [`Cancel`](flipscope_base::cancel::Cancel) and reports its progress. No module
//! here depends on what runs the network.
//!
//! ```
//! use flipscope_lab::statistics::Proportion;
//!
//! let rate = Proportion::new(45, 50)?;
//! let interval = rate.wilson(0.95)?;
//! assert!(interval.lower > 0.78 && interval.upper < 0.96);
//! # Ok::<(), flipscope_lab::statistics::StatisticsError>(())
//! ```

pub mod altered;
pub mod dataset;
pub mod explain;
mod figures;
pub mod json;
pub mod proof;
pub mod reader;
mod results_file;
pub mod search;
pub mod statistics;
pub mod study;
pub mod texts;
pub mod train;

pub use figures::csv_bytes;

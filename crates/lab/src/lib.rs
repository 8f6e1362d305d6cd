//! What is done with a model: the smallest change that flips a verdict, whole labelled sets, people beside the network, training.
//!
//! - [`search`]: FGSM, pixels, colour, pose: what is the smallest change that flips a verdict
//! - [`dataset`]: labelled photographs, and how they are divided
//! - [`statistics`]: intervals, AUC, tests, calibration; readers
//! - [`study`]: models over a whole labelled set of photographs, unaltered, altered and attacked
//! - [`reader`]: people, blinded, judge frames in both forms, beside the network
//! - `figures`, `results`: charts, tables and pages, and files of results, as studies and reader studies share them
//! - [`train`]: labelled photographs become a checkpoint
//!
//! Conventions: melanoma is the positive class; every draw is seeded; what concerns one file or one row is told and counted, never
//! fatal. Long work takes a [`Cancel`](flipscope_base::cancel::Cancel) and tells its progress. No module here knows what runs the network.
//!
//! ```
//! use flipscope_lab::statistics::Proportion;
//!
//! let rate = Proportion::new(45, 50)?;
//! let interval = rate.wilson(0.95)?;
//! assert!(interval.lower > 0.78 && interval.upper < 0.96);
//! # Ok::<(), flipscope_lab::statistics::StatisticsError>(())
//! ```

pub mod dataset;
mod figures;
pub mod reader;
mod results;
pub mod search;
pub mod statistics;
pub mod study;
pub mod train;

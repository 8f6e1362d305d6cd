//! flipscope: how little it takes to flip a skin-cancer classifier.
//!
//! This package is the program: the window and the command line. The work is done by the crates beneath:
//!
//! - [`flipscope_base`]: files that appear whole, bounded reads, untrusted text made safe to show
//! - [`flipscope_image`]: photographs, frames, perturbations, distances
//! - `flipscope_nn`: the layers that Candle lacks or is slow at
//! - [`flipscope_model`]: networks, checkpoints, devices; frames in, verdicts out; training
//! - [`flipscope_lab`]: searches, studies, reader studies, statistics, trainings
//!
//! and here:
//!
//! - [`explorer`]: the window (the only place that uses egui, but for `cli/bench`, which measures it)
//! - [`cli`]: one file per command (the only place that uses clap)
//!
//! The terms (photograph, frame, framing, perturbation, verdict, threshold, flip) are those of `docs/architecture.md`.
//! "The letter" is Du-Harpur et al. 2020, J Invest Dermatol, doi 10.1016/j.jid.2020.07.034.

pub mod cli;
pub mod explorer;
pub mod texts;

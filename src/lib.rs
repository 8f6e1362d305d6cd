//! flipscope: how little it takes to flip a skin-cancer classifier.
//!
//! The map, in the order in which data flows; a module imports only what stands above it in this list:
//!
//! - `base`: files that appear whole, bounded reads, strangers' text made safe to show
//! - [`lesion`]: a photograph becomes a frame of 299 × 299 pixels (decoding, colour profile, framing, synthetic lesions)
//! - [`perturb`]: plain numbers that turn a frame into another frame
//! - [`nn`]: the differentiable layers that Candle lacks or is slow at
//! - [`classifier`]: networks, checkpoints, devices; frames in, verdicts out
//! - [`explain`]: how far an altered frame is from its original
//! - [`search`]: FGSM, pixels, colour, pose: what is the smallest change that flips a verdict
//! - [`study`]: models over a whole labelled set of photographs, unaltered, altered and attacked; its division and statistics
//! - [`reader`]: people, blinded, judge frames in both forms, beside the network
//! - [`train`]: labelled photographs become a checkpoint
//! - [`explorer`]: the window (the only module that knows egui)
//! - [`cli`]: one file a command (the only module that knows clap)
//!
//! The words (photograph, frame, framing, perturbation, verdict, threshold, flip) are those of `docs/architecture.md`.
//! "The letter" is Du-Harpur et al. 2020, J Invest Dermatol, doi 10.1016/j.jid.2020.07.034.

mod base;
pub mod classifier;
pub mod cli;
pub mod explain;
pub mod explorer;
mod inbox;
pub mod lesion;
pub mod nn;
pub mod perturb;
pub mod reader;
pub mod search;
pub mod study;
pub mod train;
mod words;

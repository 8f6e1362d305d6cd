//! The flags that all attacks take.

use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::{ModelArguments, at_least_one, seconds};
use flipscope_lab::search::{DEFAULT_SEED, Direction, Mode, Preset, Strategy};
use flipscope_model::Precision;

/// What all attacks take.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Photographs, or folders of them
    #[arg(value_name = "PHOTOGRAPH", required = true)]
    pub(super) photographs: Vec<PathBuf>,

    /// Folder for the findings; created if missing
    #[arg(long, value_name = "DIR", help_heading = "Search")]
    pub(super) out: PathBuf,

    /// Parameters: letter (those of the letter's code) or default (the product's own)
    #[arg(
        long,
        value_name = "PRESET",
        default_value = "default",
        help_heading = "Search"
    )]
    pub(super) preset: Preset,

    /// Question: first (find a flip, and stop), lowest (how far it goes: the lowest probability within the bounds; also called flip)
    /// or smallest (how little flips it). Without it: first; with --preset letter: lowest
    #[arg(long, value_name = "MODE", help_heading = "Search")]
    pub(super) mode: Option<Mode>,

    /// How it is looked for: auto (the cheapest looks first, evolution last), evolution, gradient, direct (DIRECT) or random. Without
    /// it: auto; with --preset letter: evolution
    #[arg(long, value_name = "STRATEGY", help_heading = "Search")]
    pub(super) strategy: Option<Strategy>,

    /// From which verdict to which: melanoma-to-nevus or nevus-to-melanoma
    #[arg(
        long,
        value_name = "DIRECTION",
        default_value = "melanoma-to-nevus",
        help_heading = "Search"
    )]
    pub(super) direction: Direction,

    /// Seed: the same seed gives the same finding
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SEED, help_heading = "Search")]
    pub(super) seed: u64,

    /// The most frames that the network may judge for one photograph; a gradient counts as one. With --mode smallest and strategy auto,
    /// what is left of it is used to look on
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "Search")]
    pub(super) budget: Option<u64>,

    /// The most seconds that one photograph may take; with it, the same seed may not give the same finding
    #[arg(long, value_name = "S", value_parser = seconds, help_heading = "Search")]
    pub(super) seconds: Option<f64>,

    /// Judge the candidates of a search for a flip (first, lowest) in this type. Without it: bf16 on an NVIDIA card for strategy auto (not with
    /// --preset letter, nor for grids), else --precision, which turns it off (f32). The final verdicts, all gradients, and every candidate that
    /// flips or is within the margin (see Words) are computed in --precision; the finding states the margin
    #[arg(long, alias = "draft", value_name = "TYPE", help_heading = "Search")]
    pub(super) proposal_precision: Option<Precision>,

    /// Replace a file that is in the place of a finding: a finding of another photograph or request, or any other file; never
    /// an input
    #[arg(long, help_heading = "Search")]
    pub(super) force: bool,

    /// Print one JSON object per line, one for each photograph
    #[arg(long)]
    pub(super) json: bool,

    #[command(flatten)]
    pub(super) model: ModelArguments,
}

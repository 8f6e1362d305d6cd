//! The flags that every box takes.

use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::{ModelArguments, seconds};

/// What every box takes.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Photographs, or folders of them
    #[arg(value_name = "PHOTOGRAPH", required = true)]
    pub(super) photographs: Vec<PathBuf>,

    /// Folder for the records and findings; created if missing. Without it they are only printed, and an interrupted run starts
    /// from the beginning
    #[arg(long, value_name = "DIR", help_heading = "Proof")]
    pub(super) out: Option<PathBuf>,

    /// Judge so many random frames, and bound the share of the box that flips; by default 1,000, and only if the box has more
    /// than 2,000,000 distinct frames
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=2_000_000), help_heading = "Proof")]
    pub(super) draws: Option<u64>,

    /// Seed of the random frames
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Proof")]
    pub(super) seed: u64,

    /// The most seconds for one photograph; what is open then is said to be, and the exit status is 1
    #[arg(long, value_name = "S", value_parser = seconds, help_heading = "Proof")]
    pub(super) seconds: Option<f64>,

    /// Replace a file that is in the place of a record or finding; never an input
    #[arg(long, requires = "out", help_heading = "Proof")]
    pub(super) force: bool,

    /// Print one JSON object per line, one for each photograph
    #[arg(long)]
    pub(super) json: bool,

    #[command(flatten)]
    pub(super) model: ModelArguments,
}

//! `flipscope study export`: the results as tables.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use crate::study::store::Store;
use crate::study::tables::{Options, export};

use crate::cli::{Outcome, output};

/// Writes the results of a study as tables (CSV).
///
/// Every rate stands beside its counts, with its 95 % interval. The same results give the same bytes. No table holds a path.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Folder for the tables; made where it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Write tables of what is there, although results are missing
    #[arg(long)]
    partial: bool,

    /// Resamples of the bootstrap
    #[arg(long, value_name = "N", default_value_t = Options::default().resamples)]
    resamples: usize,

    /// Bins of the reliability curve
    #[arg(long, value_name = "N", default_value_t = Options::default().bins)]
    bins: usize,
}

impl Export {
    pub(super) fn run(self) -> Outcome {
        let store = Store::open(&self.file)?;
        std::fs::create_dir_all(&self.out)
            .with_context(|| format!("{}: the folder cannot be made", self.out.display()))?;
        let options = Options {
            partial: self.partial,
            resamples: self.resamples,
            bins: self.bins,
        };
        for file in export(&store, &self.out, &options)? {
            output::line(&file.display().to_string())?;
        }
        Ok(Ok(()))
    }
}

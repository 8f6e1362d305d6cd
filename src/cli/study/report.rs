//! `flipscope study report`: the results as a page to read.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use crate::study::report;
use crate::study::store::Store;
use crate::study::tables::Options;

use crate::cli::{Outcome, output};

/// Writes the results of a study as one page (HTML) that needs no network, with figures, tables and every parameter.
///
/// DIR/report.html is complete in itself, and prints well in black and white. Beside it lie the figures (SVG and PNG) and the tables (CSV)
/// that its numbers come from.
#[derive(Debug, Args)]
pub(super) struct Report {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Folder for the page; made where it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Report what is there, although results are missing; the page says so
    #[arg(long)]
    partial: bool,

    /// Resamples of the bootstrap
    #[arg(long, value_name = "N", default_value_t = Options::default().resamples)]
    resamples: usize,

    /// Bins of the reliability curve
    #[arg(long, value_name = "N", default_value_t = Options::default().bins)]
    bins: usize,
}

impl Report {
    pub(super) fn run(self) -> Outcome {
        let store = Store::open(&self.file)?;
        std::fs::create_dir_all(&self.out)
            .with_context(|| format!("{}: the folder cannot be made", self.out.display()))?;
        let options = Options {
            partial: self.partial,
            resamples: self.resamples,
            bins: self.bins,
        };
        let page = report::write(&store, &self.out, &options)?;
        output::line(&page.display().to_string())?;
        Ok(Ok(()))
    }
}

//! What `export` and `report` have in common: the study, the folder, and how tables are made.

use std::path::PathBuf;

use clap::Args;

use super::status::NO_CHECKSUMS;
use crate::cli::{out_folder, output};
use flipscope_base::overwrite::Overwrite;
use flipscope_lab::study::store::Store;
use flipscope_lab::study::tables::{Options, may_write};

/// A study whose results are written into a folder.
#[derive(Debug, Args)]
pub(super) struct ResultsArgs {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Folder for the results; created if missing
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,

    /// Replace existing files that are not from an earlier export of this study; never the study itself
    #[arg(long)]
    pub(super) force: bool,

    /// Write the results so far although some are missing; the tables count the missing ones, and the page says so
    #[arg(long)]
    partial: bool,

    /// Resamples of the bootstrap, 100 to 100,000
    #[arg(long, value_name = "N", default_value_t = Options::default().resamples, value_parser = within(Options::RESAMPLES))]
    resamples: usize,

    /// Bins of the reliability curve, 1 to 1,000
    #[arg(long, value_name = "N", default_value_t = Options::default().bins, value_parser = within(Options::BINS))]
    bins: usize,
}

/// Reads a number within bounds.
fn within(
    (least, most): (usize, usize),
) -> impl Fn(&str) -> Result<usize, String> + Clone + Send + Sync + 'static {
    move |text| {
        let number = text.parse().ok().filter(|it| (least..=most).contains(it));
        number.ok_or_else(|| format!("it must be from {least} to {most}"))
    }
}

impl ResultsArgs {
    /// Opens the study, and creates the folder, after checking that a report or tables may be written into it.
    pub(super) fn open(&self, report: bool) -> anyhow::Result<Store> {
        let store = Store::open(&self.file)?;
        if !store.has_checksums() {
            output::report(NO_CHECKSUMS);
        }
        out_folder::make(&self.out)?;
        may_write(&store, &self.file, &self.out, report, self.force)
            .map_err(|error| output::or_force(error, self.force))?;
        Ok(store)
    }

    /// What may be overwritten: never the study.
    pub(super) fn overwrite(&self) -> Overwrite {
        Overwrite::new(self.force, [self.file.as_path()])
    }

    /// How tables are made.
    pub(super) fn options(&self) -> Options {
        Options {
            partial: self.partial,
            resamples: self.resamples,
            bins: self.bins,
        }
    }
}

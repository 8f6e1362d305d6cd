//! `flipscope reader export`: answers and results as tables.

use std::path::PathBuf;

use clap::Args;

use flipscope_lab::reader::store::Store;
use flipscope_lab::reader::tables::{export, may_write};

use crate::cli::{Outcome, out_folder, output};

/// Write the answers and results as tables (CSV), also for iMRMC
///
/// Every rate comes with its counts and its 95 % interval. The same answers give the same bytes. Readers who have not finished
/// are in the tables with the answers they have given.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Folder for the tables; created if missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Replace existing files that are not from an earlier export of this study; never the study itself
    #[arg(long)]
    force: bool,
}

impl Export {
    pub(super) fn run(self) -> Outcome {
        let store = Store::open(&self.file)?;
        out_folder::make(&self.out)?;
        may_write(&store, &self.file, &self.out, false, self.force)
            .map_err(|error| output::or_force(error, self.force))?;
        for file in export(&store, &self.out)? {
            output::line(&file.display().to_string())?;
        }
        Ok(Ok(()))
    }
}

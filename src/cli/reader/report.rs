//! `flipscope reader report`: the results as a readable page.

use std::path::PathBuf;

use clap::Args;

use flipscope_lab::reader::report;
use flipscope_lab::reader::store::Store;
use flipscope_lab::reader::tables::may_write;

use crate::cli::{Outcome, out_folder, output};

/// Write the results as a readable page (HTML), with figures and a reveal of every case
///
/// DIR/report.html is self-contained. Next to it are the figures (SVG and PNG) and the tables (CSV) that its numbers come from.
/// It shows the truth: keep it from readers who have not finished.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Folder for the page; created if missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Replace existing files that are not from an earlier export of this study; never the study itself
    #[arg(long)]
    force: bool,
}

impl ReportArgs {
    pub(super) fn run(self) -> Outcome {
        let store = Store::open(&self.file)?;
        out_folder::make(&self.out)?;
        may_write(&store, &self.file, &self.out, true, self.force)
            .map_err(|error| output::or_force(error, self.force))?;
        let page = report::write(&store, &self.out)?;
        output::line(&page.display().to_string())?;
        Ok(Ok(()))
    }
}

//! `flipscope study export`: the results as tables.

use clap::Args;

use flipscope_lab::study::tables::export;

use super::results_args::ResultsArgs;
use crate::cli::{Outcome, output};

/// Writes the results of a study as tables (CSV).
///
/// Every rate comes with its counts and its 95 % interval. The same results give the same bytes. No table contains a path.
#[derive(Debug, Args)]
pub(super) struct Export {
    #[command(flatten)]
    written: ResultsArgs,
}

impl Export {
    pub(super) fn run(self) -> Outcome {
        let store = self.written.open(false)?;
        for file in export(&store, &self.written.out, &self.written.options())? {
            output::line(&file.display().to_string())?;
        }
        Ok(Ok(()))
    }
}

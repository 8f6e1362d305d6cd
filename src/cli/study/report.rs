//! `flipscope study report`: the results as a readable page.

use clap::Args;

use flipscope_lab::study::report;

use super::results_args::ResultsArgs;
use crate::cli::{Outcome, glossary, output};

/// Write the results as a readable page (HTML), with figures
///
/// DIR/report.html is self-contained, and prints well in black and white. Next to it are the figures (SVG, PNG and PDF) and the
/// tables (CSV) that its numbers come from.
#[derive(Debug, Args)]
#[command(after_long_help = glossary::STUDY)]
pub(super) struct ReportArgs {
    #[command(flatten)]
    written: ResultsArgs,
}

impl ReportArgs {
    pub(super) fn run(self) -> Outcome {
        let store = self.written.open(true)?;
        let page = report::write(&store, &self.written.out, &self.written.options())?;
        output::line(&page.display().to_string())?;
        Ok(Ok(()))
    }
}

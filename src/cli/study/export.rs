//! `flipscope study export`: the results as tables.

use std::path::PathBuf;

use clap::Args;

use flipscope_lab::study::tables::export;
use flipscope_lab::study::{Settings, proof_files};

use super::results_args::ResultsArgs;
use crate::cli::{Incomplete, Outcome, glossary, output};

/// Write the results as tables (CSV)
///
/// Every rate comes with its counts and its 95 % interval. The same results give the same bytes. No table contains a path.
#[derive(Debug, Args)]
#[command(after_long_help = glossary::STUDY)]
pub(super) struct Export {
    #[command(flatten)]
    written: ResultsArgs,

    /// Write the records of proofs too, into DIR/records, each with its frame, made from its photograph: `flipscope replay` checks them
    #[arg(long)]
    records: bool,

    /// Folder of the photographs that --records needs, if they are not found where they were when the study was made, seen from its file, nor next to it
    #[arg(long, value_name = "FOLDER", requires = "records")]
    root: Option<PathBuf>,
}

impl Export {
    pub(super) fn run(self) -> Outcome {
        let store = self.written.open(false)?;
        for file in export(&store, &self.written.out, &self.written.options())? {
            output::line(&file.display().to_string())?;
        }
        if !self.records {
            return Ok(Ok(()));
        }
        let settings = Settings {
            root: self.root.clone(),
            ..Settings::default()
        };
        let folder = self.written.out.join("records");
        let written = proof_files::write(&store, &folder, &settings, &self.written.overwrite())
            .map_err(|error| output::or_force(error, self.written.force))?;
        for file in &written.files {
            output::line(&file.display().to_string())?;
        }
        for problem in &written.problems {
            output::report(problem);
        }
        if !written.problems.is_empty() && self.root.is_none() {
            output::report("if the photographs have moved, name their folder with --root");
        }
        Ok(if written.problems.is_empty() {
            Ok(())
        } else {
            Err(Incomplete)
        })
    }
}

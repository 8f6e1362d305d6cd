//! `flipscope study merge`: merges shards into one study.

use std::path::PathBuf;

use clap::Args;

use flipscope_base::human::counted;
use flipscope_lab::study::store::merge;

use crate::cli::{Incomplete, Outcome, output};

/// Merge the results of several shards into one file
///
/// Files of different studies, contradicting results and missing results are reported as errors by name.
#[derive(Debug, Args)]
pub(super) struct Merge {
    /// The files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// The new file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// Merge although results are missing, and leave out damaged ones; `flipscope study run` on the new file does them
    #[arg(long)]
    partial: bool,
}

impl Merge {
    pub(super) fn run(self) -> Outcome {
        let merged = merge(&self.out, &self.files, self.partial)?;
        output::line(&format!(
            "{}  {}, {} of {}",
            self.out.display(),
            counted(merged.files, "file", "files"),
            merged.done,
            counted(merged.total, "unit", "units")
        ))?;
        for name in &merged.damaged {
            output::report(&format!("damaged, and left out: {name}"));
        }
        let complete = merged.damaged.is_empty();
        Ok(if complete { Ok(()) } else { Err(Incomplete) })
    }
}

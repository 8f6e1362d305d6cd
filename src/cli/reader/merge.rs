//! `flipscope reader merge`: merges copies of a study, with answers of readers or of classes, into one file.

use std::path::PathBuf;

use clap::Args;

use flipscope_base::human::counted;
use flipscope_lab::reader::store::merge;

use crate::cli::{Incomplete, Outcome, output};

/// Merge copies of a study, each with answers of readers or of classes, into one file
///
/// A pseudonym, or the name of a class, may be in several copies, if one continues from the other. Files of different studies,
/// and copies with different answers under one name, are reported as errors by name.
#[derive(Debug, Args)]
pub(super) struct Merge {
    /// The files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// The new file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// Leave out damaged answers, so that these cases will be asked again
    #[arg(long)]
    partial: bool,
}

impl Merge {
    pub(super) fn run(self) -> Outcome {
        let merged = merge(&self.out, &self.files, self.partial)?;
        output::line(&format!(
            "{}  {}, {}, {}",
            self.out.display(),
            counted(merged.files, "file", "files"),
            if merged.classroom {
                counted(merged.readers, "class", "classes")
            } else {
                counted(merged.readers, "reader", "readers")
            },
            counted(merged.answers, "answer", "answers")
        ))?;
        for name in &merged.damaged {
            output::report(&format!("damaged, and left out: {name}"));
        }
        let complete = merged.damaged.is_empty();
        Ok(if complete { Ok(()) } else { Err(Incomplete) })
    }
}

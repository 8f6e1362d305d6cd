//! `flipscope reader protocol`: the protocol of a reader study, as text.

use std::path::PathBuf;

use clap::Args;

use flipscope_lab::reader::store::Store;

use crate::cli::{Outcome, output};

/// Prints the protocol of a reader study: a methods paragraph for a paper, then every parameter and hash.
#[derive(Debug, Args)]
pub(super) struct Protocol {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Protocol {
    pub(super) fn run(self) -> Outcome {
        let text = Store::open(&self.file)?.plan().protocol()?.to_string();
        text.trim_end().lines().try_for_each(output::line)?;
        Ok(Ok(()))
    }
}

//! `flipscope reader read`: reading, full-screen.

use std::path::PathBuf;

use clap::Args;

use crate::cli::Outcome;
use crate::cli::window::outcome;
use crate::explorer;
use flipscope_lab::reader::store::Store;

/// Read: one picture at a time, full-screen
///
/// Every answer is on disk before the next picture shows. If it is closed or killed at any time, the same command with the same
/// pseudonym resumes with the next case. Keys: M melanoma, N nevus; if asked, 1 to 5 for confidence, Y or N for a biopsy;
/// Escape pauses.
#[derive(Debug, Args)]
pub(super) struct Read {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The reader's pseudonym; without it, the window asks for one
    #[arg(long, value_name = "PSEUDONYM")]
    reader: Option<String>,

    /// Slot of a new reader, from 1; for copies of a file on several machines, a different one on each; by default, the first
    /// free one
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    slot: Option<u32>,

    /// In a window instead of the full screen
    #[arg(long)]
    windowed: bool,
}

impl Read {
    pub(super) fn run(self) -> Outcome {
        // A file that is not a study is reported here, rather than on an empty screen.
        let class = Store::open(&self.file)?.plan().settings.classroom;
        let slot = self.slot.map(|slot| slot - 1);
        let shown =
            explorer::readers::reading::run(self.file, self.reader, slot, self.windowed, class);
        Ok(outcome(shown))
    }
}

//! `flipscope reader`: blinded readers judge pictures with and without a perturbation, and are compared with the network.

mod export;
mod make;
mod merge;
mod protocol;
mod read;
mod report;
mod status;

use clap::{Args, Subcommand};

use super::Outcome;

const EXAMPLES: &str = "\
Examples:
  flipscope attack colour ~/moles --out findings
  flipscope reader new department.readers findings --data labels.csv \\
      --cases 60 --adversarial-share 0.33
  flipscope reader protocol department.readers
  flipscope reader read department.readers --reader anna
  flipscope reader status department.readers
  flipscope reader report department.readers --out report

  # In a lecture hall, by show of hands
  flipscope reader new lecture.readers findings --truth melanoma \\
      --cases 10 --gap 3 --practice 1 --classroom

  # Readers on two machines, each with a copy of the file
  flipscope reader merge a.readers b.readers --out all.readers";

/// Let blinded readers judge the same pictures as the network
///
/// A reader study is one file: the protocol, the pictures (so that the file is self-contained), and every answer. `new` makes
/// it from findings of `flipscope attack`; readers are pseudonyms, and `read` shows them the pictures; `export` writes the
/// tables, also for iMRMC, and `report` a page with figures and a reveal of every case. Of a study made with --classroom, a class
/// answers each case by show of hands, and its votes are entered as counts. On several machines each uses a copy of the file,
/// and `merge` combines the copies.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ReaderCommand {
    #[command(subcommand)]
    step: Step,
}

#[derive(Debug, Subcommand)]
enum Step {
    New(Box<make::New>),
    Read(read::Read),
    /// Show the progress of the readers, or of the classes
    Status(status::Status),
    /// Print the protocol: methods, parameters, hashes
    Protocol(protocol::Protocol),
    Export(export::Export),
    Report(report::ReportArgs),
    Merge(merge::Merge),
}

impl ReaderCommand {
    pub(super) fn writes_files(&self) -> bool {
        !matches!(self.step, Step::Status(_) | Step::Protocol(_))
    }

    pub(super) fn run(self) -> Outcome {
        match self.step {
            Step::New(step) => step.run(),
            Step::Read(step) => step.run(),
            Step::Status(step) => step.run(),
            Step::Protocol(step) => step.run(),
            Step::Export(step) => step.run(),
            Step::Report(step) => step.run(),
            Step::Merge(step) => step.run(),
        }
    }
}

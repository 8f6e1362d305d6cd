//! `flipscope study`: models on a whole labelled set, unaltered, altered and attacked, in one file that survives interruptions.

mod export;
mod make;
mod merge;
mod progress;
mod report;
mod results_args;
mod run;
mod status;

use clap::{Args, Subcommand};

use super::Outcome;

const EXAMPLES: &str = "\
Examples:
  flipscope study new mine.study --data isic2017/labels.csv \\
      --attack colour,pose
  flipscope study run mine.study
  flipscope study status mine.study
  flipscope study export mine.study --out tables

  # On four machines, each with a copy of mine.study and of the photographs
  flipscope study run mine.study --shard 2/4 --root /data/isic2017
  flipscope study merge a.study b.study c.study d.study --out whole.study";

/// Evaluate, perturb and attack a whole labelled set
///
/// A study is one file: which models, which photographs (both by their hashes), which jobs, and every result. `new` makes it
/// and says how long it will take; `run` carries it out, or resumes it after Ctrl-C, a crash or a full disk, and several runs
/// may work on one file; `export` writes the tables, `report` a page with figures.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct StudyCommand {
    #[command(subcommand)]
    step: Step,
}

#[derive(Debug, Subcommand)]
enum Step {
    /// Make a study, and say how long it will take
    New(Box<make::New>),
    Run(run::Run),
    Status(status::Status),
    Export(export::Export),
    Report(report::ReportArgs),
    Merge(merge::Merge),
}

impl StudyCommand {
    pub(super) fn writes_files(&self) -> bool {
        !matches!(self.step, Step::Status(_))
    }

    pub(super) fn run(self) -> Outcome {
        match self.step {
            Step::New(step) => step.run(),
            Step::Run(step) => step.run(),
            Step::Status(step) => step.run(),
            Step::Export(step) => step.run(),
            Step::Report(step) => step.run(),
            Step::Merge(step) => step.run(),
        }
    }
}

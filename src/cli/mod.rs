//! The command line: one file per command. Nothing below knows clap.
//!
//! Exit status: 0 success, 1 something was not done (and was reported on standard error), 2 the command line is wrong: a flag or command
//! that does not exist, a value that is none or out of its range, flags that do not go together, a photograph for the window that is not there. What depends on the content of a
//! file (the class names of a model, a damaged photograph) ends with 1.

mod arguments;
mod assumed;
mod attack;
mod bench;
mod classify;
mod explain;
mod finding_files;
mod glossary;
mod interrupt;
mod judged_by;
mod labels;
mod mistyped;
mod model;
mod naming;
mod out_folder;
mod outcome;
mod output;
mod prove;
mod reader;
mod replay;
mod saving;
mod sheet;
mod study;
mod synth;
mod train;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};

use arguments::ModelArguments;
use outcome::{Incomplete, Outcome, is_misuse, misuse};

const EXAMPLES: &str = "\
Examples:
  # The window: with synthetic samples to start from, or with these
  flipscope
  flipscope mole.jpg ~/moles

  # Verdicts, unaltered or altered
  flipscope classify mole.jpg --offset 0,-10,0 --rotate 45 --json
  flipscope classify ~/moles --model my.safetensors

  # What flips them, and what does not
  flipscope attack pose mole.jpg --out findings --mode smallest
  flipscope prove offset mole.jpg --radius 5
  flipscope replay findings/*.json
  flipscope explain occlusion mole.jpg --out map.png --csv map.csv
  flipscope sheet findings --out sheet.pdf

  # Whole test sets, human readers, training
  flipscope study new mine.study --data isic2017/labels.csv --attack pose
  flipscope reader new clinic.readers findings --data isic2017/labels.csv
  flipscope train --data isic2017/labels.csv --init backbone.safetensors \\
      --out run1";

/// Shows how little it takes to flip a skin-cancer classifier: an explorer for dermoscopic photographs.
///
/// Without a command it opens the window, with the given photographs and folders. For research and teaching; not a medical
/// device: its verdicts are not diagnoses.
#[derive(Debug, Parser)]
#[command(
    name = "flipscope",
    version,
    args_conflicts_with_subcommands = true,
    after_help = EXAMPLES
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// Photographs and folders to open in the window
    #[arg(value_name = "PHOTOGRAPH|FOLDER")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    model: ModelArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    Classify(classify::Classify),
    Attack(Box<attack::AttackCommand>),
    /// Explain a verdict: what the network looks at, where it turns, the smallest change that flips it
    ///
    /// --out gets the figure (.png, .svg or .pdf), --csv the numbers: of a map of the picture one line for each row, from the top,
    /// with one number for each column and no header; of a landscape a header, and one line for each point. What
    /// each number is, the help of each method says. Nothing is written if it is cancelled (Ctrl-C). A map that is flat says so.
    Explain(Box<explain::ExplainCommand>),
    Prove(prove::ProveCommand),
    Replay(replay::ReplayCommand),
    Sheet(sheet::Sheet),
    Study(study::StudyCommand),
    Reader(reader::ReaderCommand),
    Train(Box<train::TrainCommand>),
    /// Describe a model, list the embedded ones, or convert a checkpoint
    Model(model::Model),
    Synth(synth::Synth),
    Bench(bench::Bench),
}

impl Command {
    /// Whether files may be missing if it ends in the middle of what it prints.
    fn writes_files(&self) -> bool {
        match self {
            Self::Attack(_) | Self::Prove(_) | Self::Train(_) | Self::Synth(_) => true,
            Self::Study(command) => command.writes_files(),
            Self::Reader(command) => command.writes_files(),
            // Nothing is written, or everything before the first line is printed.
            _ => false,
        }
    }
}

/// The names of all commands.
fn commands() -> Vec<String> {
    let command = Arguments::command();
    let names = command.get_subcommands().map(clap::Command::get_name);
    names.map(str::to_owned).collect()
}

/// The commands that judge and search: what a program without the window has of the command line.
#[derive(Debug, Parser)]
#[command(name = "flipscope", version)]
struct Searches {
    #[command(subcommand)]
    command: SearchCommand,
}

#[derive(Debug, Subcommand)]
enum SearchCommand {
    Classify(Box<classify::Classify>),
    Attack(Box<attack::AttackCommand>),
}

/// As [`run`], for `classify` and `attack` alone. A program that calls nothing else is linked without the window, which is most of it.
pub fn run_searches() -> ExitCode {
    begin();
    let outcome = match Searches::parse().command {
        SearchCommand::Classify(command) => command.run(),
        SearchCommand::Attack(command) => command.run(),
    };
    ended(outcome, true)
}

/// Parses the command line, runs one command, and prints its error, if there is one.
pub fn run() -> ExitCode {
    begin();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        // It quotes what was typed, or what a shell made of `*`.
        Err(error) if error.use_stderr() => {
            // A flag after a mistyped command is not the mistake.
            let first = std::env::args_os().nth(1).map(PathBuf::from);
            let first = first.filter(|_| error.kind() == ErrorKind::UnknownArgument);
            match mistyped::first_word(first, &commands()) {
                Some(said) => output::report(&said),
                None => output::misunderstood(&error.to_string()),
            }
            return ExitCode::from(2);
        }
        // Help and version are "errors" that go to standard output and succeed.
        Err(error) => {
            error.print().ok();
            return ExitCode::SUCCESS;
        }
    };
    let writes = (arguments.command.as_ref()).is_some_and(Command::writes_files);
    let outcome = match arguments.command {
        None => mistyped::check(&arguments.paths, &commands())
            .map(|()| window::run(arguments.paths, &arguments.model)),
        Some(Command::Classify(command)) => command.run(),
        Some(Command::Attack(command)) => command.run(),
        Some(Command::Explain(command)) => command.run(),
        Some(Command::Prove(command)) => command.run(),
        Some(Command::Replay(command)) => command.run(),
        Some(Command::Sheet(command)) => command.run(),
        Some(Command::Study(command)) => command.run(),
        Some(Command::Reader(command)) => command.run(),
        Some(Command::Train(command)) => command.run(),
        Some(Command::Model(command)) => command.run(),
        Some(Command::Synth(command)) => command.run(),
        Some(Command::Bench(command)) => command.run(),
    };
    ended(outcome, writes)
}

/// What comes before every command: what is logged, what a panic says, and where cuDNN's plans are kept.
fn begin() {
    // The graphics libraries try several drivers and report each missing one as an error; the errors that matter reach us
    // anyway.
    let quiet = "error,wgpu_hal=off,wgpu_core=off,egui_wgpu=off,eframe=off";
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or(quiet))
        .format(output::log)
        .init();
    std::panic::set_hook(Box::new(output::panicked));
    // What cuDNN's plans are for lies with what else can be made again.
    #[cfg(feature = "cudnn")]
    if let Some(folders) = directories::BaseDirs::new() {
        flipscope_model::keep_plans_in(folders.cache_dir().join("flipscope/cudnn-plans"));
    }
}

/// The exit status of what a command came to, and its error printed; `writes`: whether files may be missing if it ended in the middle.
fn ended(outcome: Outcome, writes: bool) -> ExitCode {
    match outcome {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(Incomplete)) => ExitCode::FAILURE,
        // The program that reads our output has closed it: it has read enough. But files may be missing.
        Err(error) if output::is_broken_pipe(&error) => ExitCode::from(u8::from(writes)),
        Err(error) => {
            output::report(&output::describe(&error));
            if is_misuse(&error) {
                ExitCode::from(2)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_fit_a_terminal_of_80_columns() {
        let mut commands = vec![Arguments::command()];
        let mut with_examples = 0;
        while let Some(command) = commands.pop() {
            commands.extend(command.get_subcommands().cloned());
            let Some(examples) = command.get_after_help() else {
                continue;
            };
            with_examples += 1;
            for line in examples.to_string().lines() {
                let columns = line.chars().count();
                assert!(columns <= 80, "{}: {line}", command.get_name());
            }
        }
        assert!(with_examples > 8, "{with_examples} commands have examples");
    }
}

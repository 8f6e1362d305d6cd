//! Parses the command line, runs one command; errors are printed in one place ([`crate::cli::run`]).

use std::process::ExitCode;

fn main() -> ExitCode {
    flipscope::cli::run()
}

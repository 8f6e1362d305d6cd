//! How a command ended.

use std::fmt;

/// Something was not done, and it has been reported on standard error.
#[derive(Debug)]
pub(super) struct Incomplete;

/// How a command ended: completely, or with parts that it has already reported as failed.
pub(super) type Outcome = anyhow::Result<Result<(), Incomplete>>;

/// The command line asks for what no file and no model could make possible: a value out of its range, or flags that do not go together.
/// It ends the program as an unknown flag does.
#[derive(Debug)]
pub(super) struct Misuse(String);

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misuse {}

/// What is wrong with a value or a flag on the command line.
pub(super) fn misuse(what: impl fmt::Display) -> anyhow::Error {
    Misuse(what.to_string()).into()
}

/// Whether an error is one of the command line alone.
pub(super) fn is_misuse(error: &anyhow::Error) -> bool {
    error.is::<Misuse>()
}

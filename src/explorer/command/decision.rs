//! A person's decision about what a command would lose.

use std::path::PathBuf;

/// The decision.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Ask for a folder for the findings.
    Save,
    /// Save the findings there, then carry out the command.
    SaveInto(PathBuf),
    /// Carry out the command.
    Discard,
    /// Do nothing.
    Cancel,
}

//! What is to become of what a command would lose.

use std::path::PathBuf;

/// What a person decides.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Ask for a folder for the findings.
    Save,
    /// Save the findings there, then do what was asked for.
    SaveInto(PathBuf),
    /// Do what was asked for.
    Discard,
    /// Do nothing.
    Cancel,
}

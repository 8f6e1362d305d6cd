//! A command that waits, since it would lose something.

use std::path::PathBuf;

use crate::explorer::command::Command;

/// A command that waits for a person to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaving {
    /// What was asked for.
    pub then: Box<Command>,
    /// Where findings are being saved before it is carried out, once that is chosen.
    pub saving: Option<PathBuf>,
}

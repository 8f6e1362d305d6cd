//! A command that waits for a decision, since it would lose something.

use std::path::PathBuf;

use crate::explorer::command::Command;

/// A command that waits for a person to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct PendingCommand {
    /// The command.
    pub then: Box<Command>,
    /// The folder to which findings are being saved first, if that was chosen.
    pub saving: Option<PathBuf>,
}

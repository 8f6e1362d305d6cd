//! The choice that a person makes in a dialog of the system.

use std::pin::Pin;

use crate::explorer::command::Command;

/// The choice as a command, once it has been made; nothing if the dialog was cancelled.
pub(crate) type Asked = Pin<Box<dyn Future<Output = Option<Command>> + Send>>;

//! Messages to the user.

use std::time::{Duration, Instant};

use crate::explorer::page::Page;

/// How serious a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something went well; goes away by itself.
    Note,
    /// Something was assumed or left out.
    Warning,
    /// Something was not done.
    Error,
}

/// A message that was issued, for whoever takes it back or rewords it later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issued(pub(super) u64);

/// A message to the user, shown until dismissed (a note: for some seconds).
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Its identifier in commands.
    pub id: u64,
    /// How serious it is.
    pub severity: Severity,
    /// What happened, to which file, and what to do.
    pub text: String,
    /// When it was issued, or was last looked at.
    pub at: Instant,
    /// How often the same message was issued.
    pub count: usize,
    /// The page that it belongs to, and disappears with; none if it concerns the whole window.
    pub page: Option<Page>,
}

impl Message {
    /// How often a note's time is extended while somebody is looking at it.
    pub(super) const READ: Duration = Duration::from_secs(1);

    /// Whether it reports that something was not done.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

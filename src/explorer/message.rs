//! Messages to the person.

use std::time::{Duration, Instant};

use crate::explorer::page::Page;

/// How grave a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something went well; goes away by itself.
    Note,
    /// Something was assumed or left out.
    Warning,
    /// Something was not done.
    Error,
}

/// A message to the person, shown until dismissed (a note: for some seconds).
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Its name in commands.
    pub id: u64,
    /// How grave it is.
    pub severity: Severity,
    /// What happened, to which file, and what to do.
    pub text: String,
    /// When it came, or was looked at last.
    pub at: Instant,
    /// How often the same was said.
    pub count: usize,
    /// The page that it belongs to, and leaves with; none where it is of the whole window.
    pub page: Option<Page>,
}

impl Message {
    /// How often a note that somebody looks at is kept anew.
    pub(super) const READ: Duration = Duration::from_secs(1);

    /// Whether something was not done.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

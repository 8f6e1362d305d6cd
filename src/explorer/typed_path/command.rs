//! Commands about a path that is typed.

/// What a person can ask for about a path in place of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedPathCommand {
    /// What is typed changes.
    Set(String),
    /// Take what is typed.
    Done,
    /// Do not.
    Cancel,
}

//! The dialog that the system has not shown, and what is typed in its place, as plain data.

use crate::explorer::apply::Dialog;

/// What is typed in place of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedPath {
    /// The dialog.
    pub dialog: Box<Dialog>,
    /// What is typed.
    pub text: String,
    /// Why it could not be taken.
    pub refused: Option<String>,
    /// Whether it is being typed.
    pub open: bool,
}

impl TypedPath {
    /// For a dialog that was not shown.
    pub(crate) fn instead_of(dialog: Box<Dialog>) -> Self {
        Self {
            dialog,
            text: String::new(),
            refused: None,
            open: false,
        }
    }
}

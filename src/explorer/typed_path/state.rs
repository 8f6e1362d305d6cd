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
}

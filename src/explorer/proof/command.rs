//! Commands about proofs.

use std::path::PathBuf;

use flipscope_lab::proof::ProofBox;

/// What a person can ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum ProofCommand {
    /// Show the form, or fold it up.
    Show(bool),
    /// Another box.
    Set(ProofBox),
    /// Prove the explored lesion in the box, from where an earlier run ended.
    Start,
    /// Cancel the proof under way; what it has judged is kept.
    Cancel,
    /// Move the sliders to the nearest flip, by the outcome's place among those that are kept.
    Apply(usize),
    /// Ask where to write a record.
    AskSave(usize),
    /// Write a record into a folder.
    Save(usize, PathBuf),
    /// Forget an outcome.
    Dismiss(usize),
}

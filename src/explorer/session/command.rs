//! Commands about sessions.

use std::path::PathBuf;

/// What a person can ask for about sessions.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionCommand {
    /// Open what was open at the end of the last run.
    Continue,
    /// Do not; it stays in the menu.
    StartFresh,
    /// Ask where to save the session.
    AskSaveAs,
    /// Save it there.
    SaveAs(PathBuf),
    /// Ask for a session to open.
    AskOpen,
    /// Open one.
    Open(PathBuf),
    /// Open one together with folders and files: its missing photographs are looked for there, and whatever holds none of them is opened too.
    OpenWith(PathBuf, Vec<PathBuf>),
    /// Open the one that was replaced last.
    OpenPrevious,
    /// Ask for the folder that missing photographs are in now.
    AskPhotographs,
    /// Look for them there.
    LookIn(PathBuf),
}

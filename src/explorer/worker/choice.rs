//! The choice that a person makes in a dialog of the system. A dialog is created as it is asked for, on the thread of the window,
//! because macOS requires it; another thread waits for the choice.

use std::path::PathBuf;
use std::pin::Pin;

use rfd::AsyncFileDialog;

use crate::explorer::command::Command;

/// The choice as a command, once it has been made; nothing if the dialog was cancelled.
pub(crate) type Choice = Pin<Box<dyn Future<Output = Option<Command>> + Send>>;

/// Asks for a file to open.
pub(crate) fn file(
    files: AsyncFileDialog,
    made: impl FnOnce(PathBuf) -> Command + Send + 'static,
) -> Choice {
    one(files.pick_file(), made)
}

/// Asks for files to open.
pub(crate) fn several(
    files: AsyncFileDialog,
    made: impl FnOnce(Vec<PathBuf>) -> Command + Send + 'static,
) -> Choice {
    let asked = files.pick_files();
    Box::pin(async move {
        let files = asked.await?;
        Some(made(
            files.iter().map(|file| file.path().to_owned()).collect(),
        ))
    })
}

/// Asks for a folder.
pub(crate) fn folder(
    files: AsyncFileDialog,
    made: impl FnOnce(PathBuf) -> Command + Send + 'static,
) -> Choice {
    one(files.pick_folder(), made)
}

/// Asks where to write a file, with a name to begin with.
pub(crate) fn new_file(
    files: AsyncFileDialog,
    name: &str,
    made: impl FnOnce(PathBuf) -> Command + Send + 'static,
) -> Choice {
    one(files.set_file_name(name).save_file(), made)
}

fn one(
    asked: impl Future<Output = Option<rfd::FileHandle>> + Send + 'static,
    made: impl FnOnce(PathBuf) -> Command + Send + 'static,
) -> Choice {
    Box::pin(async move { Some(made(asked.await?.path().to_owned())) })
}

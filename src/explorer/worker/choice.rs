//! The choice that a person makes in a dialog of the system, and the command that it means. A dialog is created as it is asked for, on the
//! thread of the window, because macOS requires it; another thread waits for the choice. Where the system shows none, a path that is typed
//! means the same.

use std::path::PathBuf;
use std::pin::Pin;

use rfd::AsyncFileDialog;

use crate::explorer::command::Command;

/// What was chosen, once it has been; nothing if the dialog was cancelled.
type Chosen = Pin<Box<dyn Future<Output = Option<Vec<PathBuf>>> + Send>>;

/// A dialog that can be shown, and what a choice in it means.
pub(crate) struct Choice {
    /// Shows it.
    pub(crate) ask: Box<dyn FnOnce() -> Chosen>,
    /// The command for the paths that were chosen; none if there are none.
    pub(crate) made: Box<dyn FnOnce(Vec<PathBuf>) -> Option<Command> + Send>,
    /// The proposed name of a file to be written: the dialog asks whether one of the chosen name may be replaced.
    pub(crate) new: Option<PathBuf>,
}

/// Asks for a file to open.
pub(crate) fn file(
    files: AsyncFileDialog,
    made: impl FnOnce(PathBuf) -> Command + Send + 'static,
) -> Choice {
    one(move || files.pick_file(), made)
}

/// Asks for files to open.
pub(crate) fn several(
    files: AsyncFileDialog,
    made: impl FnOnce(Vec<PathBuf>) -> Command + Send + 'static,
) -> Choice {
    Choice {
        ask: Box::new(move || {
            let asked = files.pick_files();
            Box::pin(async move {
                let files = asked.await?;
                Some(files.iter().map(|file| file.path().to_owned()).collect())
            })
        }),
        made: Box::new(move |paths| (!paths.is_empty()).then(|| made(paths))),
        new: None,
    }
}

/// Asks for a folder.
pub(crate) fn folder(
    files: AsyncFileDialog,
    made: impl FnOnce(PathBuf) -> Command + Send + 'static,
) -> Choice {
    one(move || files.pick_folder(), made)
}

/// Asks where to write a file, with a name to begin with.
pub(crate) fn new_file(
    files: AsyncFileDialog,
    name: &str,
    made: impl FnOnce(PathBuf) -> Command + Send + 'static,
) -> Choice {
    let files = files.set_file_name(name);
    Choice {
        new: Some(PathBuf::from(name)),
        ..one(move || files.save_file(), made)
    }
}

fn one<F>(
    show: impl FnOnce() -> F + 'static,
    made: impl FnOnce(PathBuf) -> Command + Send + 'static,
) -> Choice
where
    F: Future<Output = Option<rfd::FileHandle>> + Send + 'static,
{
    Choice {
        ask: Box::new(move || {
            let asked = show();
            Box::pin(async move { Some(vec![asked.await?.path().to_owned()]) })
        }),
        made: Box::new(move |paths| paths.into_iter().next().map(made)),
        new: None,
    }
}

//! The files of a report: the page, and the folders next to it.

use std::path::{Path, PathBuf};

use super::error::OutputError;
use super::figure::{self, Figure};
use super::folders::{FIGURES, TABLES};
use flipscope_base::atomic::{self, Existing};
use flipscope_base::system::in_words;

/// Creates the folder of the tables, if it does not exist.
pub(crate) fn tables_folder(folder: &Path) -> Result<PathBuf, OutputError> {
    inside(folder, TABLES)
}

/// Writes all figures into their folder, which is made if there are any.
pub(crate) fn save_figures<'a>(
    folder: &Path,
    figures: impl IntoIterator<Item = &'a Figure>,
) -> Result<(), OutputError> {
    let mut figures = figures.into_iter().peekable();
    if figures.peek().is_none() {
        return Ok(());
    }
    let pictures = inside(folder, FIGURES)?;
    for figure in figures {
        figure::save(figure, &pictures)?;
    }
    Ok(())
}

/// Writes the page, and returns its path.
pub(crate) fn save_page(folder: &Path, page: &str) -> Result<PathBuf, OutputError> {
    let path = folder.join("report.html");
    match atomic::write(&path, page.as_bytes(), Existing::Replace) {
        Ok(()) => Ok(path),
        Err(source) => Err(OutputError::Io { path, source }),
    }
}

fn inside(folder: &Path, name: &str) -> Result<PathBuf, OutputError> {
    let path = folder.join(name);
    match std::fs::create_dir_all(&path).map_err(in_words) {
        Ok(()) => Ok(path),
        Err(source) => Err(OutputError::Io { path, source }),
    }
}

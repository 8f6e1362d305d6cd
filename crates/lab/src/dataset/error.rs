//! Why a data set cannot be read at all.

use flipscope_language::{as_text, text};
use std::path::{Path, PathBuf};

use super::known_formats::KNOWN;
use flipscope_base::system::about;
use flipscope_image::lesion::why_unread;

/// Why a data set cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatasetError {
    /// A file or folder cannot be read.
    #[error("{}: {}", path.display(), why_unread(source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The folder that the pictures are said to be in is none.
    #[error("{}", text!("dataset-no-folder-of-pictures", path = as_text(&path.display())))]
    NoFolder {
        /// What was named.
        path: PathBuf,
    },
    /// A file is not text, and so not a table that can be read.
    #[error("{}", text!("dataset-this", path = as_text(&path.display()), what = as_text(what)))]
    NoTable {
        /// The file.
        path: PathBuf,
        /// What it is, and the remedy.
        what: &'static str,
    },
    /// A table's columns match no known format.
    #[error("{}", text!("dataset-first-line-not-header", path = as_text(&path.display()), columns = as_text(columns), known = as_text(&KNOWN)))]
    UnknownTable {
        /// The table.
        path: PathBuf,
        /// Its first line, shortened.
        columns: String,
    },
    /// A folder has several tables of labels.
    #[error("{}", text!("dataset-folder-holds-several-tables", path = as_text(&path.display()), tables = as_text(&tables.join(", "))))]
    SeveralTables {
        /// The folder.
        path: PathBuf,
        /// The names of the tables.
        tables: Vec<String>,
    },
    /// A folder has no table of labels, and no folders named melanoma or nevus.
    #[error("{}", text!("dataset-folder-holds-no-table", path = as_text(&path.display()), known = as_text(&KNOWN), folders = as_text(&found(folders))))]
    NoLabels {
        /// The folder.
        path: PathBuf,
        /// The folders in it.
        folders: Vec<String>,
    },
    /// Nothing in it is a melanoma or a nevus with a picture.
    #[error("{}", text!("dataset-nothing-melanoma-nevus-with", path = as_text(&path.display()), problems = as_text(problems)))]
    NothingLabelled {
        /// The table or folder.
        path: PathBuf,
        /// What there is instead, with counts.
        problems: String,
    },
    /// It was cancelled.
    #[error("{}", text!("dataset-cancelled"))]
    Cancelled,
}

impl DatasetError {
    /// A file or folder that cannot be read.
    pub(super) fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            source: about(path, source),
        }
    }
}

/// Lists the folders that were found.
fn found(folders: &[String]) -> String {
    match folders {
        [] => text!("dataset-none").to_owned(),
        [one] => text!("dataset-is", one = as_text(&one)),
        _ => text!("dataset-are", folders = as_text(&folders.join(", "))),
    }
}

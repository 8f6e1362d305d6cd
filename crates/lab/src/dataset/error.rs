//! Why a data set cannot be read at all.

use std::path::PathBuf;

use super::known_formats::KNOWN;
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
    /// A file is not text, and so not a table that can be read.
    #[error("{}: this {what}", path.display())]
    NoTable {
        /// The file.
        path: PathBuf,
        /// What it is, and the remedy.
        what: &'static str,
    },
    /// A table's columns match no known format.
    #[error("{}: its first line ({columns}) is not the header of a known table of labels; known are {known}", path.display(), known = KNOWN)]
    UnknownTable {
        /// The table.
        path: PathBuf,
        /// Its first line, shortened.
        columns: String,
    },
    /// A folder has several tables of labels.
    #[error("{}: the folder holds several tables of labels ({}): name one of them", path.display(), tables.join(", "))]
    SeveralTables {
        /// The folder.
        path: PathBuf,
        /// The names of the tables.
        tables: Vec<String>,
    },
    /// A folder has no table of labels, and no folders named melanoma or nevus.
    #[error("{}: the folder holds no table of labels ({known}) and no folders named melanoma or nevus (there {})", path.display(), found(folders), known = KNOWN)]
    NoLabels {
        /// The folder.
        path: PathBuf,
        /// The folders in it.
        folders: Vec<String>,
    },
    /// Nothing in it is a melanoma or a nevus with a picture.
    #[error("{}: nothing in it is a melanoma or a nevus with a picture; left out: {problems}", path.display())]
    NothingLabelled {
        /// The table or folder.
        path: PathBuf,
        /// What there is instead, with counts.
        problems: String,
    },
    /// It was cancelled.
    #[error("cancelled")]
    Cancelled,
}

/// Lists the folders that were found.
fn found(folders: &[String]) -> String {
    match folders {
        [] => "are none".to_owned(),
        [one] => format!("is {one}"),
        _ => format!("are {}", folders.join(", ")),
    }
}

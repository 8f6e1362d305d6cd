//! Why a results file cannot be opened, read or written. The errors of studies and of reader studies rephrase it.

use flipscope_language::{as_text, text};
use std::io;
use std::path::Path;

use flipscope_base::untrusted;
use flipscope_image::lesion::why_unread;
use rusqlite::ErrorCode;

/// Why a results file cannot be opened, read or written, as far as a person can do something about it.
pub(crate) enum FileFailure {
    /// The system refuses, or it is not a regular file.
    Io(io::Error),
    /// It is not a file of this kind, and why not.
    NotOfThisKind(&'static str),
    /// It has an unsupported version.
    Schema(i64),
    /// The disk is full.
    Full,
    /// Another program has kept the file locked for too long.
    Locked,
    /// The file may not be written, or the folder in which SQLite keeps a second one while it writes.
    ReadOnly {
        /// Whether it is the folder.
        of_folder: bool,
    },
    /// Any other error of SQLite.
    Database(rusqlite::Error),
}

impl FileFailure {
    /// A file that cannot be opened; `make` is the command that makes one of its kind.
    pub(crate) fn of_opening(error: io::Error, make: &str) -> Self {
        let said = match error.kind() {
            io::ErrorKind::NotFound => {
                text!("readers-there-no-such-file", make = as_text(&make))
            }
            // A folder, pipe or device.
            io::ErrorKind::InvalidInput => {
                text!(
                    "results-file-is-no-file",
                    what = as_text(&error),
                    make = as_text(&make)
                )
            }
            io::ErrorKind::PermissionDenied => why_unread(&error),
            _ => return Self::Io(error),
        };
        Self::Io(io::Error::new(error.kind(), said))
    }
}

/// A file, or the folder that it is in, may not be written, and the remedy.
pub(crate) fn not_writable(path: &Path, of_folder: bool) -> String {
    let file = untrusted::path(path);
    if !of_folder {
        return text!("results-file-not-writable", file = file);
    }
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = untrusted::path(folder.unwrap_or(Path::new(".")));
    text!(
        "results-file-folder-not-writable",
        file = file,
        folder = folder
    )
}

impl From<rusqlite::Error> for FileFailure {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::ReadOnly) => Self::ReadOnly {
                of_folder: error.sqlite_extended_error_code()
                    == Some(rusqlite::ffi::SQLITE_READONLY_DIRECTORY),
            },
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::NotADatabase) => Self::NotOfThisKind(text!("readers-not-sqlite-file")),
            _ => Self::Database(error),
        }
    }
}

//! Why a results file cannot be opened, read or written. The errors of studies and of reader studies rephrase it.

use flipscope_language::{as_text, text};
use std::io;

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
    /// Any other error of SQLite.
    Database(rusqlite::Error),
}

impl FileFailure {
    /// A file that cannot be opened; `make` is the command that makes one of its kind.
    pub(crate) fn of_opening(error: io::Error, make: &str) -> Self {
        if error.kind() != io::ErrorKind::NotFound {
            return Self::Io(error);
        }
        let said = text!("readers-there-no-such-file", make = as_text(&make));
        Self::Io(io::Error::new(io::ErrorKind::NotFound, said))
    }
}

impl From<rusqlite::Error> for FileFailure {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::NotADatabase) => Self::NotOfThisKind(text!("readers-not-sqlite-file")),
            _ => Self::Database(error),
        }
    }
}

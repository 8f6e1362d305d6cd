//! Why a file of results cannot be opened, read or written. The errors of studies and of reader studies say it in their own words.

use std::io;

use rusqlite::ErrorCode;

/// Why a file of results cannot be opened, read or written, as far as a person can do something about it.
pub(crate) enum FileFailure {
    /// The system refuses, or it is no regular file.
    Io(io::Error),
    /// It is no file of this kind, and why not.
    NotOfThisKind(&'static str),
    /// It is of a version that is not read.
    Schema(i64),
    /// The disk is full.
    Full,
    /// Another program has kept the file to itself for longer than one waits.
    Locked,
    /// Something else that SQLite says.
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for FileFailure {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::NotADatabase) => Self::NotOfThisKind("it is no SQLite file"),
            _ => Self::Database(error),
        }
    }
}

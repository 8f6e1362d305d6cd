//! SQLite as every file of results uses it: one file in rollback mode, every commit synced, one writer at a time.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

/// How long one waits for another program that writes.
const PATIENCE: Duration = Duration::from_mins(1);

/// Opens a file that is there.
pub(crate) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cache_size", -16_000)?;
    Ok(connection)
}

/// Why SQLite refuses, as far as a person can do something about it.
pub(crate) enum Refusal {
    /// The disk is full.
    Full,
    /// Another program has kept the file to itself for longer than one waits.
    Locked,
    /// The file is none of SQLite's.
    NoDatabase,
    /// Something else.
    Other,
}

impl Refusal {
    /// What an error comes from.
    pub(crate) fn of(error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::NotADatabase) => Self::NoDatabase,
            _ => Self::Other,
        }
    }
}

/// The number that a pragma says.
pub(crate) fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}

/// One transaction that writes from its start, so that two writers wait for each other and do not fail half-way.
pub(crate) fn write<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let result = work(&transaction)?;
    transaction.commit()?;
    Ok(result)
}

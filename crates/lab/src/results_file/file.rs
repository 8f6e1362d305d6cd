//! Making and opening a results file: what distinguishes it from other SQLite files, and which versions can be read.

use flipscope_language::text;
use std::io::{self, ErrorKind};
use std::path::Path;

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::checksum::COLUMN;
use super::database;
use super::failure::FileFailure;
use flipscope_base::atomic::{AtomicPath, Existing};
use flipscope_base::read;

/// What identifies one kind of file, and its versions.
pub(crate) struct Format {
    /// SQLite's `application_id`.
    pub(crate) application: i64,
    /// The version that is written.
    pub(crate) newest: i64,
    /// The oldest version that is read; it has no checksums.
    pub(crate) oldest: i64,
    /// The command that makes one.
    pub(crate) command: &'static str,
}

impl Format {
    /// Opens a file of this kind; also returns its version.
    pub(crate) fn open(&self, path: &Path) -> Result<(Connection, i64), FileFailure> {
        read::open_regular(path).map_err(|error| FileFailure::of_opening(error, self.command))?;
        let connection = database::connect(path)?;
        if database::pragma(&connection, "application_id")? != self.application {
            return Err(FileFailure::NotOfThisKind(text!(
                "results-file-of-another-program"
            )));
        }
        let found = database::pragma(&connection, "user_version")?;
        if !(self.oldest..=self.newest).contains(&found) {
            return Err(FileFailure::Schema(found));
        }
        Ok((connection, found))
    }

    /// Marks an empty file as one of this kind and creates its tables, without checksums in the oldest version.
    pub(crate) fn begin(
        &self,
        transaction: &Transaction<'_>,
        schema: i64,
        tables: &str,
    ) -> rusqlite::Result<()> {
        transaction.pragma_update(None, "application_id", self.application)?;
        transaction.pragma_update(None, "user_version", schema)?;
        if schema == self.oldest {
            transaction.execute_batch(&tables.replace(COLUMN, ""))
        } else {
            transaction.execute_batch(tables)
        }
    }
}

/// Stores a fact.
pub(crate) fn insert_fact(
    transaction: &Transaction<'_>,
    key: &str,
    value: &str,
) -> rusqlite::Result<()> {
    let row = params![key, value];
    (transaction.execute("INSERT INTO fact VALUES (?1, ?2)", row)).map(|_| ())
}

/// The fact stored under a key, if any.
pub(crate) fn fact(connection: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    let query = "SELECT value FROM fact WHERE key = ?1";
    (connection.query_row(query, params![key], |row| row.get(0))).optional()
}

/// Gives a finished file its name; false if another file has it by now.
pub(crate) fn commit_new(temporary: AtomicPath) -> io::Result<bool> {
    match temporary.commit(Existing::Refuse) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        other => other.map(|()| true),
    }
}

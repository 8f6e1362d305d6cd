//! The readers.

use flipscope_language::text;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::Store;
use super::events::now;
use super::phase::Phase;
use crate::reader::error::ReaderError;
use crate::results_file::checksum;

/// Longest pseudonym, in characters.
const LONGEST: usize = 40;

/// A reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Their number in this file, from 1.
    pub number: u32,
    /// Their pseudonym.
    pub pseudonym: String,
    /// Their slot, which determines the order of the cases, from 0.
    pub slot: u32,
    /// Seconds since 1970 when they joined.
    pub joined: i64,
}

/// A reader's progress. It does not reveal any answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderStatus {
    /// The reader.
    pub reader: Reader,
    /// Answered pictures of the practice round.
    pub practised: u32,
    /// Answered cases.
    pub answered: u32,
}

impl Store {
    /// The readers, in the order in which they joined.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn readers(&self) -> Result<Vec<Reader>, ReaderError> {
        let read = || -> rusqlite::Result<Vec<Reader>> {
            let query = "SELECT number, pseudonym, slot, joined FROM reader ORDER BY number";
            let mut statement = self.connection.prepare_cached(query)?;
            statement.query_map([], reader)?.collect()
        };
        read().map_err(ReaderError::of(&self.path))
    }

    /// Each reader's progress, in the order in which they joined.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn status(&self) -> Result<Vec<ReaderStatus>, ReaderError> {
        let readers = self.readers()?.into_iter();
        let status = readers.map(|reader| {
            Ok(ReaderStatus {
                practised: self.answered(Phase::Practice, reader.number)?,
                answered: self.answered(Phase::Reading, reader.number)?,
                reader,
            })
        });
        status.collect()
    }

    /// The reader with a pseudonym, in whatever case and with however many spaces between its words it is typed; a new one gets the lowest free slot, or the
    /// requested one (from 0).
    ///
    /// # Errors
    /// If the pseudonym is invalid, has another slot than the requested one, or the file cannot be written.
    pub fn join(&mut self, pseudonym: &str, wanted: Option<u32>) -> Result<Reader, ReaderError> {
        let pseudonym = checked(pseudonym)?;
        let joined = now();
        let seal = self.seal().map(str::to_owned);
        let found = self.write(|transaction| {
            let known = transaction
                .query_row(
                    "SELECT number, pseudonym, slot, joined FROM reader WHERE pseudonym = ?1",
                    params![pseudonym],
                    reader,
                )
                .optional()?;
            if let Some(known) = known {
                return Ok(known);
            }
            // Typed another way, it is the same reader: a second one would begin the study anew.
            let query = "SELECT number, pseudonym, slot, joined FROM reader ORDER BY number";
            let mut others = transaction.prepare_cached(query)?;
            let others: Vec<Reader> = others.query_map([], reader)?.collect::<Result<_, _>>()?;
            let same = |other: &Reader| folded(&other.pseudonym) == folded(pseudonym);
            if let Some(known) = others.into_iter().find(same) {
                return Ok(known);
            }
            let free: u32 = transaction.query_row(
                "WITH candidate(slot) AS (SELECT 0 UNION SELECT slot + 1 FROM reader)
                 SELECT min(slot) FROM candidate WHERE slot NOT IN (SELECT slot FROM reader)",
                [],
                |row| row.get(0),
            )?;
            let slot = wanted.unwrap_or(free);
            let number: u32 = transaction.query_row(
                "SELECT coalesce(max(number), 0) + 1 FROM reader",
                [],
                |row| row.get(0),
            )?;
            let fresh = Reader {
                number,
                pseudonym: pseudonym.to_owned(),
                slot,
                joined,
            };
            enter(transaction, seal.as_deref(), &fresh)?;
            Ok(fresh)
        })?;
        match wanted.filter(|wanted| *wanted != found.slot) {
            Some(wanted) => Err(ReaderError::Slot {
                pseudonym: found.pseudonym,
                has: found.slot + 1,
                wanted: wanted + 1,
            }),
            None => Ok(found),
        }
    }
}

fn reader(row: &rusqlite::Row<'_>) -> rusqlite::Result<Reader> {
    Ok(Reader {
        number: row.get(0)?,
        pseudonym: row.get(1)?,
        slot: row.get(2)?,
        joined: row.get(3)?,
    })
}

/// Adds a reader.
pub(super) fn enter(
    transaction: &Transaction<'_>,
    seal: Option<&str>,
    reader: &Reader,
) -> rusqlite::Result<()> {
    let row = vec![
        Value::Integer(reader.number.into()),
        Value::Text(reader.pseudonym.clone()),
        Value::Integer(reader.slot.into()),
        Value::Text(env!("CARGO_PKG_VERSION").to_owned()),
        Value::Integer(reader.joined),
    ];
    checksum::insert(transaction, seal, "reader", row).map(|_| ())
}

/// A pseudonym without what is easily typed another way: upper and lower case, more spaces than one.
fn folded(pseudonym: &str) -> String {
    let words: Vec<&str> = pseudonym.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// A pseudonym without surrounding spaces, if it is valid.
fn checked(name: &str) -> Result<&str, ReaderError> {
    let trimmed = name.trim();
    let reason = if trimmed.is_empty() {
        text!("pseudonym-empty")
    } else if trimmed.chars().count() > LONGEST {
        text!("pseudonym-too-long")
    } else if trimmed.chars().any(char::is_control) {
        text!("pseudonym-control-characters")
    } else {
        return Ok(trimmed);
    };
    Err(ReaderError::Pseudonym {
        name: name.to_owned(),
        reason,
    })
}

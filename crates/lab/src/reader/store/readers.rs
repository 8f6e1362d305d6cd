//! Who reads, and what happened besides answers.

use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{Phase, Store};
use crate::reader::error::ReaderError;
use crate::study::store::checksum;

/// Longest pseudonym, in characters.
const LONGEST: usize = 40;

/// A reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Their number in this file, from 1.
    pub number: u32,
    /// What they are called.
    pub pseudonym: String,
    /// Which order they read in, from 0.
    pub slot: u32,
    /// Seconds since 1970 when they joined.
    pub joined: i64,
}

/// How far a reader is. Nothing of it tells what they answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub reader: Reader,
    /// Pictures of the practice round that are answered.
    pub practised: u32,
    /// Cases that are answered.
    pub answered: u32,
}

/// What happens besides answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The study was opened under the pseudonym.
    Opened,
    /// The reading was interrupted by the reader.
    Paused,
    /// It went on.
    Resumed,
    /// The time for a case ran out.
    TimedOut,
    /// The last case was answered.
    Finished,
}

/// An event with its time and place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// The reader's number.
    pub reader: u32,
    /// In which phase.
    pub phase: Phase,
    /// At which place of the reader's order, from 0.
    pub position: u32,
    /// What.
    pub what: Event,
    /// Seconds since 1970.
    pub at: i64,
}

impl Event {
    const ALL: [Self; 5] = [
        Self::Opened,
        Self::Paused,
        Self::Resumed,
        Self::TimedOut,
        Self::Finished,
    ];

    /// Its name in the file and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::TimedOut => "timed-out",
            Self::Finished => "finished",
        }
    }
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

    /// How far each reader is, in the order in which they joined.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn standing(&self) -> Result<Vec<Standing>, ReaderError> {
        let readers = self.readers()?.into_iter();
        let standing = readers.map(|reader| {
            Ok(Standing {
                practised: self.answered(Phase::Practice, reader.number)?,
                answered: self.answered(Phase::Reading, reader.number)?,
                reader,
            })
        });
        standing.collect()
    }

    /// The reader of a pseudonym; a new one gets the lowest slot that nobody has, or the one that is wanted (from 0).
    ///
    /// # Errors
    /// If the pseudonym cannot be one, is known in another slot than the wanted one, or the file cannot be written.
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

    /// Writes down what happened.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn note(
        &mut self,
        reader: u32,
        phase: Phase,
        position: u32,
        what: Event,
    ) -> Result<(), ReaderError> {
        let seal = self.seal().map(str::to_owned);
        self.write(|transaction| note(transaction, seal.as_deref(), reader, phase, position, what))
    }

    /// What happened, in order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn events(&self) -> Result<Vec<Happened>, ReaderError> {
        let read = || -> rusqlite::Result<Vec<Happened>> {
            let query = "SELECT reader, phase, position, what, at FROM event ORDER BY number";
            let mut statement = self.connection.prepare_cached(query)?;
            let rows = statement.query_map([], |row| {
                let (phase, what): (String, String) = (row.get(1)?, row.get(3)?);
                let phase = Phase::ALL.into_iter().find(|known| known.name() == phase);
                let what = Event::ALL.into_iter().find(|known| known.name() == what);
                let unknown = |at, text: &str| {
                    let text = format!("unknown {text}").into();
                    rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, text)
                };
                Ok(Happened {
                    reader: row.get(0)?,
                    phase: phase.ok_or_else(|| unknown(1, "phase"))?,
                    position: row.get(2)?,
                    what: what.ok_or_else(|| unknown(3, "event"))?,
                    at: row.get(4)?,
                })
            })?;
            rows.collect()
        };
        read().map_err(ReaderError::of(&self.path))
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

pub(super) fn note(
    transaction: &Transaction<'_>,
    seal: Option<&str>,
    reader: u32,
    phase: Phase,
    position: u32,
    what: Event,
) -> rusqlite::Result<()> {
    let happened = Happened {
        reader,
        phase,
        position,
        what,
        at: now(),
    };
    happened_at(transaction, seal, &happened)
}

/// Adds an event, after all others.
pub(super) fn happened_at(
    transaction: &Transaction<'_>,
    seal: Option<&str>,
    happened: &Happened,
) -> rusqlite::Result<()> {
    let number: i64 = transaction.query_row(
        "SELECT coalesce(max(number), 0) + 1 FROM event",
        [],
        |row| row.get(0),
    )?;
    let row = vec![
        Value::Integer(number),
        Value::Integer(happened.reader.into()),
        Value::Text(happened.phase.name().to_owned()),
        Value::Integer(happened.position.into()),
        Value::Text(happened.what.name().to_owned()),
        Value::Integer(happened.at),
    ];
    checksum::insert(transaction, seal, "event", row).map(|_| ())
}

/// A pseudonym without spaces around it, if it is one.
fn checked(name: &str) -> Result<&str, ReaderError> {
    let trimmed = name.trim();
    let reason = if trimmed.is_empty() {
        "it is empty"
    } else if trimmed.chars().count() > LONGEST {
        "it has more than 40 characters"
    } else if trimmed.chars().any(char::is_control) {
        "it holds control characters"
    } else {
        return Ok(trimmed);
    };
    Err(ReaderError::Pseudonym {
        name: name.to_owned(),
        reason,
    })
}

/// Seconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs() as i64)
}

//! Events other than answers.

use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::Transaction;
use rusqlite::types::Value;

use super::Store;
use super::phase::Phase;
use crate::reader::error::ReaderError;
use crate::results_file::checksum;

/// Events other than answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The study was opened under the pseudonym.
    Opened,
    /// The session was paused by the reader.
    Paused,
    /// It was resumed.
    Resumed,
    /// The time for a case ran out.
    TimedOut,
    /// The last case was answered.
    Finished,
}

/// An event with its time and position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRecord {
    /// The reader's number.
    pub reader: u32,
    /// The phase.
    pub phase: Phase,
    /// The position in the reader's order, from 0.
    pub position: u32,
    /// The event.
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
    /// Records an event.
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

    /// The events, in order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn events(&self) -> Result<Vec<EventRecord>, ReaderError> {
        let read = || -> rusqlite::Result<Vec<EventRecord>> {
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
                Ok(EventRecord {
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

pub(super) fn note(
    transaction: &Transaction<'_>,
    seal: Option<&str>,
    reader: u32,
    phase: Phase,
    position: u32,
    what: Event,
) -> rusqlite::Result<()> {
    let happened = EventRecord {
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
    happened: &EventRecord,
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

/// Seconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs() as i64)
}

//! The answers: each is on disk before the next picture is shown, and none is changed afterwards.

use rusqlite::params;
use rusqlite::types::Value;

use super::Store;
use super::events::{Event, note, now};
use super::phase::Phase;
use crate::reader::error::ReaderError;
use crate::results_file::checksum;
use flipscope_model::Label;

/// The votes of a class by show of hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hands {
    /// Hands for melanoma.
    pub melanoma: u32,
    /// Hands for nevus.
    pub nevus: u32,
    /// Hands for a biopsy, if that is asked.
    pub biopsy: Option<u32>,
}

/// The reply to one case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// Melanoma or nevus; none if time ran out or a class voted.
    pub call: Option<Label>,
    /// From 1 (a guess) to 5 (certain), if asked for.
    pub confidence: Option<u8>,
    /// Whether they would biopsy, if asked for.
    pub biopsy: Option<bool>,
    /// The votes of a class.
    pub hands: Option<Hands>,
    /// Whether time ran out; then there is nothing else.
    pub timed_out: bool,
    /// Milliseconds from the picture's appearance to the answer, without pauses.
    pub response_ms: u32,
}

/// An answer with its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerRecord {
    /// The reader's number.
    pub reader: u32,
    /// Position in the reader's order, from 0.
    pub position: u32,
    /// Number of the case in the plan (for the practice round, in its list).
    pub case: u32,
    /// The reply.
    pub reply: Reply,
    /// Seconds since 1970.
    pub at: i64,
}

impl Store {
    /// Stores an answer, with the events that belong to it; it is on disk when this returns. False if there is one already.
    ///
    /// # Errors
    /// If the file cannot be written, for instance because the disk is full.
    pub fn keep(
        &mut self,
        phase: Phase,
        given: &AnswerRecord,
        events: &[Event],
    ) -> Result<bool, ReaderError> {
        let seal = self.seal().map(str::to_owned);
        let seal = seal.as_deref();
        self.write(|transaction| {
            if !insert(transaction, seal, phase, given)? {
                return Ok(false);
            }
            for event in events {
                note(
                    transaction,
                    seal,
                    given.reader,
                    phase,
                    given.position,
                    *event,
                )?;
            }
            Ok(true)
        })
    }

    /// How many cases a reader has answered in a phase, including those that timed out.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn answered(&self, phase: Phase, reader: u32) -> Result<u32, ReaderError> {
        let query = format!("SELECT count(*) FROM {} WHERE reader = ?1", phase.table());
        (self.connection)
            .query_row(&query, params![reader], |row| row.get(0))
            .map_err(ReaderError::of(&self.path))
    }

    /// The first position in a reader's order that has no answer yet, from 0: where they resume.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn next_position(&self, phase: Phase, reader: u32) -> Result<u32, ReaderError> {
        let table = phase.table();
        let query = format!(
            "WITH place(at) AS (SELECT 0 UNION SELECT position + 1 FROM {table} WHERE reader = ?1)
             SELECT min(at) FROM place WHERE at NOT IN (SELECT position FROM {table} WHERE reader = ?1)"
        );
        (self.connection)
            .query_row(&query, params![reader], |row| row.get(0))
            .map_err(ReaderError::of(&self.path))
    }

    /// All answers of a phase, by reader and position.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn answers(&self, phase: Phase) -> Result<Vec<AnswerRecord>, ReaderError> {
        let read = || -> rusqlite::Result<Vec<AnswerRecord>> {
            let query = format!(
                "SELECT reader, position, case_number, call, confidence, biopsy, hands_melanoma, hands_nevus, hands_biopsy, timed_out,
                        response_ms, at FROM {} ORDER BY reader, position",
                phase.table()
            );
            let mut statement = self.connection.prepare_cached(&query)?;
            statement.query_map([], given)?.collect()
        };
        read().map_err(ReaderError::of(&self.path))
    }
}

/// Adds an answer; false if there is one by this reader at this position, or for this case.
pub(super) fn insert(
    transaction: &rusqlite::Transaction<'_>,
    seal: Option<&str>,
    phase: Phase,
    given: &AnswerRecord,
) -> rusqlite::Result<bool> {
    let reply = &given.reply;
    let at = if given.at == 0 { now() } else { given.at };
    let whole = |number: Option<u32>| number.map_or(Value::Null, |it| Value::Integer(it.into()));
    let row = vec![
        Value::Integer(given.reader.into()),
        Value::Integer(given.position.into()),
        Value::Integer(given.case.into()),
        (reply.call).map_or(Value::Null, |call| Value::Text(call.name().to_owned())),
        whole(reply.confidence.map(u32::from)),
        whole(reply.biopsy.map(u32::from)),
        whole(reply.hands.map(|hands| hands.melanoma)),
        whole(reply.hands.map(|hands| hands.nevus)),
        whole(reply.hands.and_then(|hands| hands.biopsy)),
        Value::Integer(reply.timed_out.into()),
        Value::Integer(reply.response_ms.into()),
        Value::Integer(at),
    ];
    checksum::insert(transaction, seal, phase.table(), row)
}

fn given(row: &rusqlite::Row<'_>) -> rusqlite::Result<AnswerRecord> {
    let call: Option<String> = row.get(3)?;
    let hands = match (row.get(6)?, row.get(7)?) {
        (Some(melanoma), Some(nevus)) => Some(Hands {
            melanoma,
            nevus,
            biopsy: row.get(8)?,
        }),
        _ => None,
    };
    Ok(AnswerRecord {
        reader: row.get(0)?,
        position: row.get(1)?,
        case: row.get(2)?,
        reply: Reply {
            // The table allows no other value.
            call: call.map(|call| match call.as_str() {
                "melanoma" => Label::Melanoma,
                _ => Label::Nevus,
            }),
            confidence: row.get(4)?,
            biopsy: row.get(5)?,
            hands,
            timed_out: row.get(9)?,
            response_ms: row.get(10)?,
        },
        at: row.get(11)?,
    })
}

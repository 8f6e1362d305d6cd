//! Answers that were changed after they were written: found by their checksums, by their possible values, and by the order that
//! the plan gives each reader; and reported by name.

use flipscope_language::{as_text, text};
use std::collections::{HashMap, HashSet};

use rusqlite::types::Value;

use super::{Phase, Reader, Store};
use crate::reader::error::ReaderError;
use crate::reader::plan::Form;
use crate::results_file::checksum::{structure, verified};

/// The tables that readers write, with their columns except the checksum.
const READERS: (&str, usize) = ("reader", 5);
const EVENTS: (&str, usize) = ("event", 6);
const ANSWER_COLUMNS: usize = 12;

/// What is damaged in a reader study.
#[derive(Clone, Debug, Default)]
pub struct Damage {
    /// A description of each answer, reader or event, and what is wrong with it.
    pub names: Vec<String>,
    /// Readers by number, answers by phase, reader and position, and whether events are among them.
    readers: HashSet<i64>,
    answers: HashSet<(Phase, i64, i64)>,
    events: bool,
}

impl Damage {
    /// Whether there is no damage.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    pub(super) fn has_reader(&self, number: u32) -> bool {
        self.readers.contains(&i64::from(number))
    }

    pub(super) fn has_events(&self) -> bool {
        self.events
    }

    pub(super) fn has_answer(&self, phase: Phase, reader: u32, position: u32) -> bool {
        let place = (phase, i64::from(reader), i64::from(position));
        self.answers.contains(&place)
    }
}

impl Store {
    /// Refuses damaged answers, by name. Called whenever answers are used.
    ///
    /// # Errors
    /// If an answer, a reader, an event or the file's structure is damaged.
    pub fn check(&self) -> Result<(), ReaderError> {
        let damage = self.damage()?;
        if damage.is_empty() {
            return Ok(());
        }
        Err(ReaderError::Damaged {
            path: self.path.clone(),
            names: damage.names,
            has_checksums: self.has_checksums(),
        })
    }

    /// Refuses pictures that do not match the plan, by name.
    ///
    /// # Errors
    /// The first that does not.
    pub fn check_pictures(&self) -> Result<(), ReaderError> {
        for (lesion, at) in self.plan.lesions.iter().zip(0_u32..) {
            for form in Form::ALL {
                if lesion.sha256(form).is_some() {
                    self.picture(at, form)?;
                }
            }
        }
        Ok(())
    }

    /// Looks for damage in what readers wrote.
    ///
    /// # Errors
    /// If the file's structure is damaged, or it cannot be read.
    pub fn damage(&self) -> Result<Damage, ReaderError> {
        let damage = self.scan();
        let reason = match (structure(&self.connection), damage) {
            (Ok(None), damage) => return damage.map_err(ReaderError::of(&self.path)),
            (Ok(Some(reason)), _) => reason,
            (Err(error), _) => error.to_string(),
        };
        Err(ReaderError::Broken {
            path: self.path.clone(),
            reason,
        })
    }

    fn scan(&self) -> rusqlite::Result<Damage> {
        let mut damage = Damage::default();
        let mut readers: HashMap<i64, Reader> = HashMap::new();
        for (row, fits) in self.table(READERS.0, READERS.1)? {
            let number = integer(&row, 0);
            if let Some(reader) = known(&row).filter(|_| fits) {
                readers.insert(number, reader);
            } else {
                damage
                    .names
                    .push(text!("readers-reader-number", number = as_text(&number)));
                damage.readers.insert(number);
            }
        }
        let mut orders: HashMap<u32, Vec<u32>> = HashMap::new();
        for phase in Phase::ALL {
            for (row, fits) in self.table(phase.table(), ANSWER_COLUMNS)? {
                let (number, position) = (integer(&row, 0), integer(&row, 1));
                let reader = readers.get(&number);
                let case = match (phase, reader) {
                    (Phase::Practice, _) => Some(position),
                    (Phase::Reading, Some(reader)) => {
                        let order = orders
                            .entry(reader.slot)
                            .or_insert_with(|| self.plan.order(reader.slot));
                        let at = usize::try_from(position).ok();
                        at.and_then(|at| order.get(at)).copied().map(i64::from)
                    }
                    (Phase::Reading, None) => None,
                };
                let is_asked = case == Some(integer(&row, 2)) && reader.is_some();
                if !fits || !is_asked || !is_possible(&row) {
                    let who = reader.map_or_else(
                        || text!("readers-reader-number", number = as_text(&number)),
                        |reader| reader.pseudonym.clone(),
                    );
                    let at = as_text(&position.saturating_add(1));
                    damage.names.push(match phase {
                        Phase::Practice => {
                            text!("readers-practice-case", position = at, who = who)
                        }
                        Phase::Reading => {
                            text!("readers-reading-case", position = at, who = who)
                        }
                    });
                    damage.answers.insert((phase, number, position));
                }
            }
        }
        for (row, fits) in self.table(EVENTS.0, EVENTS.1)? {
            if !fits {
                let number = integer(&row, 0);
                damage
                    .names
                    .push(text!("readers-event-number", number = as_text(&number)));
                damage.events = true;
            }
        }
        Ok(damage)
    }

    /// Every row of a table, and whether its checksum matches.
    fn table(&self, name: &str, columns: usize) -> rusqlite::Result<Vec<(Vec<Value>, bool)>> {
        let seal = self.seal();
        let columns = columns + usize::from(seal.is_some());
        let mut statement = self.connection.prepare(&format!("SELECT * FROM {name}"))?;
        let rows = statement.query_map([], |row| verified(row, columns, seal, name))?;
        rows.map(|row| {
            Ok(match row? {
                Ok(values) => (values, true),
                Err(values) => (values, false),
            })
        })
        .collect()
    }
}

fn integer(row: &[Value], at: usize) -> i64 {
    match row.get(at) {
        Some(Value::Integer(number)) => *number,
        _ => -1,
    }
}

/// The reader in a row, if the row is plausible.
fn known(row: &[Value]) -> Option<Reader> {
    let Some(Value::Text(pseudonym)) = row.get(1) else {
        return None;
    };
    Some(Reader {
        number: u32::try_from(integer(row, 0)).ok()?,
        pseudonym: pseudonym.clone(),
        slot: u32::try_from(integer(row, 2)).ok()?,
        joined: integer(row, 4),
    })
}

/// Whether a row is a plausible answer.
fn is_possible(row: &[Value]) -> bool {
    let is_null = |at: usize| row.get(at) == Some(&Value::Null);
    let within = |at: usize, least: i64, most: i64| (least..=most).contains(&integer(row, at));
    let call = match row.get(3) {
        Some(Value::Text(call)) => call == "melanoma" || call == "nevus",
        _ => is_null(3),
    };
    let most = i64::from(u32::MAX);
    call && (is_null(4) || within(4, 1, 5))
        && (is_null(5) || within(5, 0, 1))
        && (6..=8).all(|at| is_null(at) || within(at, 0, most))
        && within(9, 0, 1)
        && within(10, 0, most)
}

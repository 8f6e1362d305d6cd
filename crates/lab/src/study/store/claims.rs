//! Which runner works on which unit, and which units are complete.
//!
//! Before a runner works on a unit it claims it, so that another runner takes the next one. A claim is a hint, not a lock: when
//! nothing unclaimed is left, a runner waits for the others ([`Store::left`]), and takes from them what they have claimed if none of it
//! gets on for a while. The first result counts, and a result that is there already is not written again. So neither a clock
//! that machines share nor a list of live runners is needed, a killed runner blocks nobody, and two runners duplicate at most what one of
//! them is at when the other takes it for dead.

use std::collections::{HashSet, VecDeque};
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::params;

use super::Store;
use crate::results_file::database;
use crate::study::error::StudyError;
use crate::study::plan::{Plan, Shard, WorkUnit};

/// Whether a unit is complete.
pub(super) const DONE: &str =
    "SELECT EXISTS (SELECT 1 FROM done WHERE job = ?1 AND model = ?2 AND image = ?3)";

/// Units in the order in which a runner takes them.
pub struct Queue {
    /// Each with the runner from whom it may be taken; else only if nobody has claimed it.
    units: VecDeque<(WorkUnit, Option<i64>)>,
}

impl Queue {
    /// Takes units that nobody has claimed, in their order.
    #[must_use]
    pub fn new(units: Vec<WorkUnit>) -> Self {
        Self::of(units.into_iter().map(|unit| (unit, None)))
    }

    /// Takes units that nobody has claimed, or that the named runner still has.
    #[must_use]
    pub fn of(units: impl IntoIterator<Item = (WorkUnit, Option<i64>)>) -> Self {
        Self {
            units: units.into_iter().collect(),
        }
    }
}

impl Store {
    /// Records that work begins, and returns the runner's number.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn enter(&mut self, device: &str, shard: Shard) -> Result<i64, StudyError> {
        self.write(|transaction| {
            transaction.execute(
                "INSERT INTO runner (software, device, shard, began) VALUES (?1, ?2, ?3, ?4)",
                params![env!("CARGO_PKG_VERSION"), device, shard.to_string(), now()],
            )?;
            Ok(transaction.last_insert_rowid())
        })
    }

    /// Claims up to `most` units for a runner, none that is complete by now. If it returns none, none are left in the queue.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn claim(
        &mut self,
        runner: i64,
        queue: &mut Queue,
        most: usize,
    ) -> Result<Vec<WorkUnit>, StudyError> {
        self.write(|transaction| {
            let mut done = transaction.prepare_cached(DONE)?;
            let mut free = transaction
                .prepare_cached("INSERT OR IGNORE INTO claim VALUES (?1, ?2, ?3, ?4)")?;
            let mut theirs = transaction.prepare_cached(
                "UPDATE claim SET runner = ?4 WHERE job = ?1 AND model = ?2 AND image = ?3 AND runner = ?5",
            )?;
            let mut claimed = Vec::new();
            while claimed.len() < most {
                let Some((unit, from)) = queue.units.pop_front() else {
                    break;
                };
                let WorkUnit { job, model, image } = unit;
                if done.query_row(params![job, model, image], |row| row.get(0))? {
                    continue;
                }
                let mut rows = free.execute(params![job, model, image, runner])?;
                if let (0, Some(from)) = (rows, from) {
                    rows = theirs.execute(params![job, model, image, runner, from])?;
                }
                if rows == 1 {
                    claimed.push(unit);
                }
            }
            Ok(claimed)
        })
    }

    /// Of some units those that are not complete, each with the runner that has claimed it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn left(&self, units: &[WorkUnit]) -> Result<Vec<(WorkUnit, Option<i64>)>, StudyError> {
        let read = || -> rusqlite::Result<Vec<(WorkUnit, Option<i64>)>> {
            let mut done = self.connection.prepare_cached(DONE)?;
            let mut claimed = self.connection.prepare_cached(
                "SELECT max(runner) FROM claim WHERE job = ?1 AND model = ?2 AND image = ?3",
            )?;
            let mut left = Vec::new();
            for unit in units {
                let key = params![unit.job, unit.model, unit.image];
                if !done.query_row(key, |row| row.get::<_, bool>(0))? {
                    left.push((*unit, claimed.query_row(key, |row| row.get(0))?));
                }
            }
            Ok(left)
        };
        read().map_err(StudyError::of(&self.path))
    }

    /// A number that changes whenever someone else has written into the file.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn version(&self) -> Result<i64, StudyError> {
        database::pragma(&self.connection, "data_version").map_err(StudyError::of(&self.path))
    }

    /// The variants of a unit that have no score yet, in order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn missing(&self, unit: WorkUnit, variants: u32) -> Result<Vec<u32>, StudyError> {
        let read = || -> rusqlite::Result<Vec<u32>> {
            let mut statement = self.connection.prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM score WHERE job = ?1 AND model = ?2 AND variant = ?3 AND image = ?4)",
            )?;
            let mut missing = Vec::new();
            for variant in 0..variants {
                let key = params![unit.job, unit.model, variant, unit.image];
                if !statement.query_row(key, |row| row.get::<_, bool>(0))? {
                    missing.push(variant);
                }
            }
            Ok(missing)
        };
        read().map_err(StudyError::of(&self.path))
    }

    /// Releases a runner's unfinished claims.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn release(&mut self, runner: i64) -> Result<(), StudyError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM claim WHERE runner = ?1", params![runner])?;
            Ok(())
        })
    }

    /// The completed units.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn done(&self) -> Result<HashSet<WorkUnit>, StudyError> {
        let read = || -> rusqlite::Result<HashSet<WorkUnit>> {
            let mut statement = (self.connection).prepare("SELECT job, model, image FROM done")?;
            let rows = statement.query_map([], |row| {
                Ok(WorkUnit {
                    job: row.get(0)?,
                    model: row.get(1)?,
                    image: row.get(2)?,
                })
            })?;
            rows.collect()
        };
        read().map_err(StudyError::of(&self.path))
    }

    /// The units of a plan that are not completed.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn gaps(&self, plan: &Plan) -> Result<Vec<WorkUnit>, StudyError> {
        let done = self.done()?;
        let all = plan.all_units(Shard::WHOLE);
        Ok(all.filter(|unit| !done.contains(unit)).collect())
    }
}

/// Seconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs() as i64)
}

//! Which runner works on which unit, and which units are complete.
//!
//! Before a runner works on a unit it claims it, so that another runner takes the next one. A claim is a hint, not a lock: when
//! nothing unclaimed is left, a runner takes units that others have claimed and not finished, whether those are slow or dead.
//! The first result counts, and a result that is there already is not written again. So neither a clock nor a list of live
//! runners is needed, a killed runner blocks nobody, and two runners duplicate at most a batch of work at the very end.

use std::collections::HashSet;
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::params;

use super::Store;
use crate::study::error::StudyError;
use crate::study::plan::{Plan, Shard, WorkUnit};

/// Units in the order in which a runner takes them.
pub struct Queue {
    units: Vec<WorkUnit>,
    at: usize,
    taken: HashSet<WorkUnit>,
    /// Whether it has reached the units that others have claimed.
    again: bool,
}

impl Queue {
    /// Takes units in their order.
    #[must_use]
    pub fn new(units: Vec<WorkUnit>) -> Self {
        Self {
            units,
            at: 0,
            taken: HashSet::new(),
            again: false,
        }
    }

    /// The next unit, and whether to respect others' claims.
    fn next(&mut self) -> Option<(WorkUnit, bool)> {
        loop {
            match self.units.get(self.at) {
                Some(unit) => {
                    self.at += 1;
                    if !self.taken.contains(unit) {
                        return Some((*unit, !self.again));
                    }
                }
                None if self.again => return None,
                None => (self.again, self.at) = (true, 0),
            }
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

    /// Claims up to `most` units for a runner. If it returns none, none are left.
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
            let mut done = transaction.prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM done WHERE job = ?1 AND model = ?2 AND image = ?3)",
            )?;
            let mut ours = transaction
                .prepare_cached("INSERT OR IGNORE INTO claim VALUES (?1, ?2, ?3, ?4)")?;
            let mut theirs = transaction
                .prepare_cached("INSERT OR REPLACE INTO claim VALUES (?1, ?2, ?3, ?4)")?;
            let mut claimed = Vec::new();
            while claimed.len() < most {
                let Some((unit, politely)) = queue.next() else {
                    break;
                };
                let WorkUnit { job, model, image } = unit;
                if done.query_row(params![job, model, image], |row| row.get(0))? {
                    continue;
                }
                let claim = if politely { &mut ours } else { &mut theirs };
                if claim.execute(params![job, model, image, runner])? == 1 {
                    queue.taken.insert(unit);
                    claimed.push(unit);
                }
            }
            Ok(claimed)
        })
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

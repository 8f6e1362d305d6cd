//! Which runner works on which unit, and what has been done.
//!
//! Before a runner works on a unit it claims it, so that another runner takes the next one. A claim is a hint, not a lock: when
//! nothing unclaimed is left, a runner takes units that others have claimed and not finished, whether those are slow or dead.
//! The first result counts, and a result that is there already is not written again. So neither a clock nor a list of live
//! runners is needed, a killed runner blocks nobody, and two runners duplicate at most a batch of work at the very end.

use std::collections::HashSet;
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::types::Value;
use rusqlite::{Transaction, params};

use super::damage::{DONE, OUTCOME, SCORE};
use super::{Outcome, Store};
use crate::results_file::{checksum, database};
use crate::study::error::StudyError;
use crate::study::plan::{Plan, Shard, WorkUnit};

/// P(melanoma) of one variant of one picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Job, model and picture.
    pub unit: WorkUnit,
    /// Index of the variant in its job.
    pub variant: u32,
    /// The network's score.
    pub p_melanoma: f32,
}

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

    /// Stores scores, and the units (with their numbers of frames) that they complete; all or nothing.
    ///
    /// # Errors
    /// If the file cannot be written, for instance because the disk is full.
    pub fn keep_scores(
        &mut self,
        runner: i64,
        scores: &[Score],
        finished: &[(WorkUnit, u64)],
    ) -> Result<(), StudyError> {
        probabilities(scores.iter().map(|score| f64::from(score.p_melanoma)))?;
        let seal = self.seal().map(str::to_owned);
        self.write(|transaction| {
            for score in scores {
                let WorkUnit { job, model, image } = score.unit;
                let mut row: Vec<Value> = [job, model, score.variant, image]
                    .map(|number| Value::Integer(i64::from(number)))
                    .into();
                row.push(Value::Real(f64::from(score.p_melanoma)));
                checksum::insert(transaction, seal.as_deref(), SCORE.name, row)?;
            }
            for (unit, frames) in finished {
                finish(transaction, seal.as_deref(), runner, *unit, *frames)?;
            }
            Ok(())
        })
    }

    /// Stores the outcome of an attack.
    ///
    /// # Errors
    /// As [`Store::keep_scores`].
    pub fn keep_outcome(
        &mut self,
        runner: i64,
        unit: WorkUnit,
        outcome: &Outcome,
    ) -> Result<(), StudyError> {
        probabilities([outcome.p_before].into_iter().chain(outcome.p_after))?;
        let seal = self.seal().map(str::to_owned);
        self.write(|transaction| {
            let real = |value: Option<f64>| value.map_or(Value::Null, Value::Real);
            let WorkUnit { job, model, image } = unit;
            let mut row: Vec<Value> = [job, model, image]
                .map(|number| Value::Integer(i64::from(number)))
                .into();
            row.extend([
                Value::Integer(i64::from(outcome.attacked)),
                Value::Integer(i64::from(outcome.flipped)),
                Value::Real(outcome.p_before),
                real(outcome.p_after),
                real(outcome.size),
                outcome.unit.clone().map_or(Value::Null, Value::Text),
                Value::Integer(outcome.evaluations as i64),
                Value::Text(outcome.json.clone()),
            ]);
            checksum::insert(transaction, seal.as_deref(), OUTCOME.name, row)?;
            finish(
                transaction,
                seal.as_deref(),
                runner,
                unit,
                outcome.evaluations,
            )
        })
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

    /// One transaction that takes the write lock at its start.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StudyError> {
        database::write(&mut self.connection, work).map_err(StudyError::of(&self.path))
    }
}

/// Records that a unit is complete, and removes its claim, whoever made it.
pub(super) fn finish(
    transaction: &Transaction<'_>,
    seal: Option<&str>,
    runner: i64,
    unit: WorkUnit,
    frames: u64,
) -> rusqlite::Result<()> {
    let WorkUnit { job, model, image } = unit;
    let row = [
        i64::from(job),
        i64::from(model),
        i64::from(image),
        runner,
        frames as i64,
        now(),
    ];
    checksum::insert(transaction, seal, DONE.name, row.map(Value::Integer).into())?;
    transaction
        .prepare_cached("DELETE FROM claim WHERE job = ?1 AND model = ?2 AND image = ?3")?
        .execute(params![job, model, image])?;
    Ok(())
}

/// Refuses values that are not probabilities: they would be taken for damage.
pub(super) fn probabilities(mut all: impl Iterator<Item = f64>) -> Result<(), StudyError> {
    match all.find(|p| !(0.0..=1.0).contains(p)) {
        Some(p) => Err(StudyError::Score(p)),
        None => Ok(()),
    }
}

/// Seconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs() as i64)
}

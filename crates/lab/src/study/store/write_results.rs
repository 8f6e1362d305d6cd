//! Results are written: scores and outcomes, with the units that they complete, in one transaction for each batch.

use rusqlite::types::Value;
use rusqlite::{Transaction, params};

use super::claims::now;
use super::result_tables::{DONE, OUTCOME, SCORE};
use super::{Outcome, Store};
use crate::results_file::{checksum, database};
use crate::study::error::StudyError;
use crate::study::plan::WorkUnit;

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

/// What was new of results that were kept: another run may have been first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Units that are complete since then.
    pub units: u64,
    /// Frames that nobody had judged.
    pub frames: u64,
}

impl Store {
    /// Stores scores, and the units (with their numbers of frames) that they complete; all or nothing.
    ///
    /// # Errors
    /// If the file cannot be written, for instance because the disk is full.
    pub fn keep_scores(
        &mut self,
        runner: i64,
        scores: &[Score],
        finished: &[(WorkUnit, u64)],
    ) -> Result<Kept, StudyError> {
        probabilities(scores.iter().map(|score| f64::from(score.p_melanoma)))?;
        let seal = self.seal().map(str::to_owned);
        self.write(|transaction| {
            let mut kept = Kept::default();
            for score in scores {
                let WorkUnit { job, model, image } = score.unit;
                let mut row: Vec<Value> = [job, model, score.variant, image]
                    .map(|number| Value::Integer(i64::from(number)))
                    .into();
                row.push(Value::Real(f64::from(score.p_melanoma)));
                let new = checksum::insert(transaction, seal.as_deref(), SCORE.name, row)?;
                kept.frames += u64::from(new);
            }
            for (unit, frames) in finished {
                let new = finish(transaction, seal.as_deref(), runner, *unit, *frames)?;
                kept.units += u64::from(new);
            }
            Ok(kept)
        })
    }

    /// Stores the outcome of an attack; false if there was one already.
    ///
    /// # Errors
    /// As [`Store::keep_scores`].
    pub fn keep_outcome(
        &mut self,
        runner: i64,
        unit: WorkUnit,
        outcome: &Outcome,
    ) -> Result<bool, StudyError> {
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

    /// One transaction that takes the write lock at its start.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StudyError> {
        database::write(&mut self.connection, work).map_err(StudyError::of(&self.path))
    }
}

/// Records that a unit is complete, and removes its claim, whoever made it; false if it was complete already.
pub(super) fn finish(
    transaction: &Transaction<'_>,
    seal: Option<&str>,
    runner: i64,
    unit: WorkUnit,
    frames: u64,
) -> rusqlite::Result<bool> {
    let WorkUnit { job, model, image } = unit;
    let row = [
        i64::from(job),
        i64::from(model),
        i64::from(image),
        runner,
        frames as i64,
        now(),
    ];
    let new = checksum::insert(transaction, seal, DONE.name, row.map(Value::Integer).into())?;
    transaction
        .prepare_cached("DELETE FROM claim WHERE job = ?1 AND model = ?2 AND image = ?3")?
        .execute(params![job, model, image])?;
    Ok(new)
}

/// Refuses values that are not probabilities: they would be taken for damage.
pub(super) fn probabilities(mut all: impl Iterator<Item = f64>) -> Result<(), StudyError> {
    match all.find(|p| !(0.0..=1.0).contains(p)) {
        Some(p) => Err(StudyError::Score(p)),
        None => Ok(()),
    }
}

//! The results, in the form that the tables use.

use std::collections::BTreeMap;

use rusqlite::params;

use super::Store;
use crate::study::error::StudyError;

/// P(melanoma) of pictures, by their indices in the plan.
pub type Scores = BTreeMap<u32, f32>;

/// The outcome of an attack on one picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Whether it was attacked: pictures that are misclassified unaltered are not.
    pub attacked: bool,
    /// Whether the altered frame, read from its PNG and judged in a batch of one, has the other verdict.
    pub flipped: bool,
    /// P(melanoma) of the unaltered frame.
    pub p_before: f64,
    /// P(melanoma) of the best altered frame; none if it was not attacked.
    pub p_after: Option<f64>,
    /// The size of that change.
    pub size: Option<f64>,
    /// The unit of the size.
    pub unit: Option<String>,
    /// Frames that the network judged.
    pub evaluations: u64,
    /// The finding as JSON without noise, time and file names; empty if there is none. `flipscope attack` with the same seed
    /// reproduces it.
    pub json: String,
}

impl Store {
    /// The scores for one variant of a job, of all pictures that have one.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn scores(&self, job: u32, model: u32, variant: u32) -> Result<Scores, StudyError> {
        let read = || -> rusqlite::Result<Scores> {
            let mut statement = self.connection.prepare_cached(
                "SELECT image, p_melanoma FROM score WHERE job = ?1 AND model = ?2 AND variant = ?3",
            )?;
            let rows = statement.query_map(params![job, model, variant], |row| {
                // It was an f32 when it was written.
                Ok((row.get(0)?, row.get::<_, f64>(1)? as f32))
            })?;
            rows.collect()
        };
        read().map_err(StudyError::of(&self.path))
    }

    /// The outcomes of an attack, by picture.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn outcomes(&self, job: u32, model: u32) -> Result<BTreeMap<u32, Outcome>, StudyError> {
        let read = || -> rusqlite::Result<BTreeMap<u32, Outcome>> {
            let mut statement = self.connection.prepare_cached(
                "SELECT image, attacked, flipped, p_before, p_after, size, unit, evaluations, json FROM outcome
                 WHERE job = ?1 AND model = ?2",
            )?;
            let rows = statement.query_map(params![job, model], |row| {
                let outcome = Outcome {
                    attacked: row.get(1)?,
                    flipped: row.get(2)?,
                    p_before: row.get(3)?,
                    p_after: row.get(4)?,
                    size: row.get(5)?,
                    unit: row.get(6)?,
                    evaluations: row.get::<_, i64>(7)? as u64,
                    json: row.get(8)?,
                };
                Ok((row.get(0)?, outcome))
            })?;
            rows.collect()
        };
        read().map_err(StudyError::of(&self.path))
    }

    /// Whether a unit has no results.
    #[cfg(test)]
    pub(super) fn is_untouched(&self, unit: crate::study::plan::WorkUnit) -> bool {
        let query = "SELECT count(*) FROM score WHERE job = ?1 AND model = ?2 AND image = ?3";
        let key = params![unit.job, unit.model, unit.image];
        let count: i64 = (self.connection)
            .query_row(query, key, |row| row.get(0))
            .unwrap_or_default();
        count == 0
    }
}

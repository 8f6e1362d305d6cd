//! Proofs in the file: what is judged of one under way, and the records of those that are done.

use std::collections::BTreeMap;

use rusqlite::params;
use rusqlite::types::Value;

use super::Store;
use super::claims::DONE;
use super::proof_rows::{from_bytes, to_bytes};
use super::result_tables::{PART, PROOF};
use super::write_results::{finish, probabilities};
use crate::proof::{ProofOutcome, ProofRecord};
use crate::results_file::checksum;
use crate::study::error::StudyError;
use crate::study::plan::WorkUnit;

/// The outcome of a proof on one picture.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredProof {
    /// What is known; none if the picture is misclassified unaltered, and so nothing is proved.
    pub outcome: Option<ProofOutcome>,
    /// The box, as JSON.
    pub region: String,
    /// Distinct frames of the box; 0 if nothing is proved.
    pub frames: u64,
    /// Frames that were judged.
    pub judged: u64,
    /// P(melanoma) of the unaltered frame.
    pub p_before: f64,
    /// P(melanoma) of the nearest flip, or of the frame that comes closest to one.
    pub p_closest: Option<f64>,
    /// The perturbation that makes that frame, as JSON.
    pub closest: Option<String>,
    /// SHA-256 over the parameters and P(melanoma) of every judged frame.
    pub hash: Option<String>,
    /// The record as JSON, without time and PNG; empty if nothing is proved.
    pub record: String,
}

impl StoredProof {
    /// What is stored of a record.
    ///
    /// # Errors
    /// If it cannot be encoded, which cannot happen.
    pub fn of(record: &ProofRecord) -> Result<Self, StudyError> {
        let json = |error: serde_json::Error| StudyError::Plan(error.to_string());
        // The same results on every run: the time is not one.
        let timeless = ProofRecord {
            seconds: 0.0,
            ..record.clone()
        };
        Ok(Self {
            outcome: Some(record.outcome),
            region: serde_json::to_string(&record.region).map_err(json)?,
            frames: record.frames,
            judged: record.judged,
            p_before: f64::from(record.p_before),
            p_closest: Some(f64::from(record.closest.p_melanoma)),
            closest: Some(serde_json::to_string(&record.closest.perturbation).map_err(json)?),
            hash: Some(record.hash.clone()),
            record: (timeless.to_json()).map_err(|error| StudyError::Plan(error.to_string()))?,
        })
    }

    /// Its record; none if nothing is proved, or it is damaged.
    #[must_use]
    pub fn record(&self) -> Option<ProofRecord> {
        ProofRecord::from_json(&self.record).ok()
    }
}

impl Store {
    /// The frames of an unfinished proof that are judged, by their numbers, with P(melanoma).
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn judged_frames(&self, unit: WorkUnit) -> Result<Vec<(u32, f32)>, StudyError> {
        let read = || -> rusqlite::Result<Vec<Vec<u8>>> {
            let mut statement = self.connection.prepare_cached(
                "SELECT verdicts FROM proof_part WHERE job = ?1 AND model = ?2 AND image = ?3 ORDER BY part",
            )?;
            let rows =
                statement.query_map(params![unit.job, unit.model, unit.image], |row| row.get(0))?;
            rows.collect()
        };
        let parts = read().map_err(StudyError::of(&self.path))?;
        Ok(parts.iter().flat_map(|part| from_bytes(part)).collect())
    }

    /// How often frames of these unfinished proofs were kept. A study without proofs has no table of them.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn parts(&self, units: &[WorkUnit]) -> Result<i64, StudyError> {
        let read = || -> rusqlite::Result<i64> {
            let mut all = 0_i64;
            for unit in units {
                let mut statement = self.connection.prepare_cached(
                    "SELECT count(*) FROM proof_part WHERE job = ?1 AND model = ?2 AND image = ?3",
                )?;
                let key = params![unit.job, unit.model, unit.image];
                all += statement.query_row(key, |row| row.get::<_, i64>(0))?;
            }
            Ok(all)
        };
        read().map_err(StudyError::of(&self.path))
    }

    /// Adds judged frames to an unfinished proof. False if another run has finished it.
    ///
    /// # Errors
    /// If the file cannot be written, for instance because the disk is full.
    pub fn keep_frames(
        &mut self,
        unit: WorkUnit,
        judged: &[(u32, f32)],
    ) -> Result<bool, StudyError> {
        probabilities(judged.iter().map(|(_, p)| f64::from(*p)))?;
        let seal = self.seal().map(str::to_owned);
        let WorkUnit { job, model, image } = unit;
        self.write(|transaction| {
            if transaction.query_row(DONE, params![job, model, image], |row| row.get(0))? {
                return Ok(false);
            }
            let part: i64 = transaction.query_row(
                "SELECT coalesce(max(part), -1) + 1 FROM proof_part WHERE job = ?1 AND model = ?2 AND image = ?3",
                params![job, model, image],
                |row| row.get(0),
            )?;
            let mut row: Vec<Value> = [job, model, image]
                .map(|number| Value::Integer(i64::from(number)))
                .into();
            row.extend([Value::Integer(part), Value::Blob(to_bytes(judged))]);
            checksum::insert(transaction, seal.as_deref(), PART.name, row)?;
            Ok(true)
        })
    }

    /// Stores the outcome of a proof, and forgets the frames that it was made of: the record has them. False if there was one already.
    ///
    /// # Errors
    /// As [`Store::keep_frames`].
    pub fn keep_proof(
        &mut self,
        runner: i64,
        unit: WorkUnit,
        proof: &StoredProof,
    ) -> Result<bool, StudyError> {
        probabilities([proof.p_before].into_iter().chain(proof.p_closest))?;
        let seal = self.seal().map(str::to_owned);
        let text =
            |text: Option<&str>| text.map_or(Value::Null, |text| Value::Text(text.to_owned()));
        let WorkUnit { job, model, image } = unit;
        self.write(|transaction| {
            let mut row: Vec<Value> = [job, model, image]
                .map(|number| Value::Integer(i64::from(number)))
                .into();
            row.extend([
                Value::Integer(i64::from(proof.outcome.is_some())),
                text(proof.outcome.map(ProofOutcome::name)),
                Value::Text(proof.region.clone()),
                Value::Integer(proof.frames as i64),
                Value::Integer(proof.judged as i64),
                Value::Real(proof.p_before),
                proof.p_closest.map_or(Value::Null, Value::Real),
                text(proof.closest.as_deref()),
                text(proof.hash.as_deref()),
                Value::Text(proof.record.clone()),
            ]);
            checksum::insert(transaction, seal.as_deref(), PROOF.name, row)?;
            transaction
                .prepare_cached(
                    "DELETE FROM proof_part WHERE job = ?1 AND model = ?2 AND image = ?3",
                )?
                .execute(params![job, model, image])?;
            finish(transaction, seal.as_deref(), runner, unit, proof.judged)
        })
    }

    /// The outcomes of a proof, by picture.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn proofs(&self, job: u32, model: u32) -> Result<BTreeMap<u32, StoredProof>, StudyError> {
        if !self.has_proofs() {
            return Ok(BTreeMap::new());
        }
        let read = || -> rusqlite::Result<BTreeMap<u32, StoredProof>> {
            let mut statement = self.connection.prepare_cached(
                "SELECT image, outcome, box, frames, judged, p_before, p_closest, closest, hash, record FROM proof
                 WHERE job = ?1 AND model = ?2",
            )?;
            let rows = statement.query_map(params![job, model], |row| {
                let outcome: Option<String> = row.get(1)?;
                let proof = StoredProof {
                    outcome: outcome.as_deref().and_then(ProofOutcome::named),
                    region: row.get(2)?,
                    frames: row.get::<_, i64>(3)? as u64,
                    judged: row.get::<_, i64>(4)? as u64,
                    p_before: row.get(5)?,
                    p_closest: row.get(6)?,
                    closest: row.get(7)?,
                    hash: row.get(8)?,
                    record: row.get(9)?,
                };
                Ok((row.get(0)?, proof))
            })?;
            rows.collect()
        };
        read().map_err(StudyError::of(&self.path))
    }
}

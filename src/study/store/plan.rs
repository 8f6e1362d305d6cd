//! The plan, written once and read again.

use std::path::PathBuf;

use rusqlite::params;
use serde::de::DeserializeOwned;

use super::{APPLICATION, SCHEMA, Store};
use crate::study::error::StudyError;
use crate::study::plan::Plan;

impl Store {
    /// Writes schema and plan into an empty file.
    pub(super) fn begin_file(&mut self, plan: &Plan) -> Result<(), StudyError> {
        let json = |error: serde_json::Error| StudyError::Plan(error.to_string());
        let text = |path: &std::path::Path| {
            path.to_str().map(str::to_owned).ok_or_else(|| {
                StudyError::Plan(format!(
                    "{} is no text that a study can hold: rename it",
                    path.display()
                ))
            })
        };
        let reading = serde_json::to_string(&plan.reading).map_err(json)?;
        let sensitivities = serde_json::to_string(&plan.sensitivities).map_err(json)?;
        let facts = [
            ("software", env!("CARGO_PKG_VERSION").to_owned()),
            ("plan_sha256", plan.sha256()?),
            ("seed", plan.seed.to_string()),
            ("dataset", plan.dataset.clone()),
            ("reading", reading),
            ("sensitivities", sensitivities),
            ("root", text(&plan.root)?),
        ];
        let models: Vec<String> = (plan.models.iter())
            .map(|model| serde_json::to_string(model).map_err(json))
            .collect::<Result<_, _>>()?;
        let images: Vec<String> = (plan.images.iter())
            .map(|image| serde_json::to_string(image).map_err(json))
            .collect::<Result<_, _>>()?;
        let jobs: Vec<String> = (plan.jobs.iter())
            .map(|job| serde_json::to_string(job).map_err(json))
            .collect::<Result<_, _>>()?;
        let mut write = || -> rusqlite::Result<()> {
            let transaction = self.connection.transaction()?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", SCHEMA)?;
            transaction.execute_batch(include_str!("schema.sql"))?;
            for (key, value) in &facts {
                transaction.execute("INSERT INTO fact VALUES (?1, ?2)", params![key, value])?;
            }
            for ((number, model), json) in (0_u32..).zip(&plan.models).zip(&models) {
                let row = params![number, model.sha256, json];
                transaction.execute("INSERT INTO model VALUES (?1, ?2, ?3)", row)?;
            }
            for ((number, image), json) in (0_u32..).zip(&plan.images).zip(&images) {
                let row = params![number, image.id, image.sha256, json];
                transaction.execute("INSERT INTO image VALUES (?1, ?2, ?3, ?4)", row)?;
            }
            for ((number, job), json) in (0_u32..).zip(&plan.jobs).zip(&jobs) {
                let row = params![number, job.name(), json];
                transaction.execute("INSERT INTO job VALUES (?1, ?2, ?3)", row)?;
            }
            transaction.commit()
        };
        write().map_err(StudyError::of(&self.path))
    }

    /// The plan.
    ///
    /// # Errors
    /// If it cannot be read, or is damaged.
    pub fn plan(&self) -> Result<Plan, StudyError> {
        let seed = self.fact("seed")?;
        Ok(Plan {
            seed: (seed.parse()).map_err(|_| self.damaged(&format!("{seed} is no seed")))?,
            dataset: self.fact("dataset")?,
            reading: self.parsed(&self.fact("reading")?)?,
            sensitivities: self.parsed(&self.fact("sensitivities")?)?,
            root: PathBuf::from(self.fact("root")?),
            models: self.list("SELECT json FROM model ORDER BY number")?,
            images: self.list("SELECT json FROM image ORDER BY number")?,
            jobs: self.list("SELECT json FROM job ORDER BY number")?,
        })
    }

    /// What is written down under a key.
    pub(super) fn fact(&self, key: &str) -> Result<String, StudyError> {
        let found = self.connection.query_row(
            "SELECT value FROM fact WHERE key = ?1",
            params![key],
            |row| row.get(0),
        );
        match found {
            Err(rusqlite::Error::QueryReturnedNoRows) => {
                Err(self.damaged(&format!("it does not say its {key}")))
            }
            other => other.map_err(StudyError::of(&self.path)),
        }
    }

    fn list<T: DeserializeOwned>(&self, query: &str) -> Result<Vec<T>, StudyError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare(query)?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect()
        };
        let texts = read().map_err(StudyError::of(&self.path))?;
        texts.iter().map(|text| self.parsed(text)).collect()
    }

    fn parsed<T: DeserializeOwned>(&self, text: &str) -> Result<T, StudyError> {
        serde_json::from_str(text).map_err(|error| self.damaged(&error.to_string()))
    }

    fn damaged(&self, reason: &str) -> StudyError {
        StudyError::NoStudy {
            path: self.path.clone(),
            reason: reason.to_owned(),
        }
    }
}

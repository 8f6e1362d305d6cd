//! The plan, written once and read again.

use flipscope_language::{as_text, text};
use std::path::{Path, PathBuf};

use rusqlite::params;
use serde::de::DeserializeOwned;

use super::Store;
use super::places::{folder_of, from_above, relative, resolved};
use super::schema::{FORMAT, OLDEST, tables, triggers};
use crate::results_file::file::{fact, insert_fact};
use crate::study::error::StudyError;
use crate::study::plan::{Model, Plan};
use flipscope_base::untrusted;

/// The fact that says where the photographs are, if they are no longer where they were.
const MOVED: &str = "moved_to";

/// A path as it is stored: relative to the folder of the file.
fn stored(path: &Path, folder: &Path) -> Result<String, StudyError> {
    let whole = std::path::absolute(path).map_err(|source| StudyError::Io {
        path: path.to_owned(),
        source,
    })?;
    let way = relative(&whole, folder);
    way.to_str().map(str::to_owned).ok_or_else(|| {
        StudyError::Plan(text!(
            "studies-not-name-study-can",
            path = as_text(&untrusted::path(path))
        ))
    })
}

impl Store {
    /// Writes schema and plan into an empty file. Paths are stored relative to the folder of the file.
    pub(super) fn begin_file(&mut self, plan: &Plan, schema: i64) -> Result<(), StudyError> {
        let json = |error: serde_json::Error| StudyError::Plan(error.to_string());
        let folder = self.folder()?;
        let place = |path: &Path| stored(path, &folder);
        self.schema = schema;
        self.plan_sha256 = plan.sha256()?;
        let color_handling = serde_json::to_string(&plan.color_handling).map_err(json)?;
        let sensitivities = serde_json::to_string(&plan.sensitivities).map_err(json)?;
        let facts = [
            ("software", env!("CARGO_PKG_VERSION").to_owned()),
            ("plan_sha256", self.plan_sha256.clone()),
            ("seed", plan.seed.to_string()),
            ("dataset", plan.dataset.clone()),
            ("reading", color_handling),
            ("sensitivities", sensitivities),
            ("root", place(&plan.root)?),
        ];
        let models: Vec<String> = (plan.models.iter())
            .map(|model| {
                let file = model.file.as_deref().map(place).transpose()?;
                let placed = Model {
                    file: file.map(PathBuf::from),
                    ..model.clone()
                };
                serde_json::to_string(&placed).map_err(json)
            })
            .collect::<Result<_, _>>()?;
        let images: Vec<String> = (plan.images.iter())
            .map(|image| serde_json::to_string(image).map_err(json))
            .collect::<Result<_, _>>()?;
        let jobs: Vec<String> = (plan.jobs.iter())
            .map(|job| serde_json::to_string(job).map_err(json))
            .collect::<Result<_, _>>()?;
        let mut write = || -> rusqlite::Result<()> {
            let transaction = self.connection.transaction()?;
            FORMAT.begin(&transaction, schema, &tables(schema))?;
            for (_, statement) in triggers(schema) {
                transaction.execute_batch(statement)?;
            }
            for (key, value) in &facts {
                insert_fact(&transaction, key, value)?;
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
        let folder = self.folder()?;
        let mut models: Vec<Model> = self.list("SELECT json FROM model ORDER BY number")?;
        for model in &mut models {
            if let Some(file) = &model.file {
                model.file = Some(self.checkpoint(file, &folder));
            }
        }
        Ok(Plan {
            seed: (seed.parse())
                .map_err(|_| self.damaged(&text!("studies-not-seed", seed = as_text(&seed))))?,
            dataset: self.fact("dataset")?,
            color_handling: self.parsed(&self.fact("reading")?)?,
            sensitivities: self.parsed(&self.fact("sensitivities")?)?,
            root: resolved(Path::new(&self.fact("root")?), &folder),
            models,
            images: self.list("SELECT json FROM image ORDER BY number")?,
            jobs: self.list("SELECT json FROM job ORDER BY number")?,
        })
    }

    /// Where the photographs were found to be since the study was made, if they were moved.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(in crate::study) fn moved(&self) -> Result<Option<PathBuf>, StudyError> {
        let folder = self.folder()?;
        let moved = fact(&self.connection, MOVED).map_err(StudyError::of(&self.path))?;
        Ok(moved.map(|place| resolved(Path::new(&place), &folder)))
    }

    /// Keeps where the photographs are now, for all that needs them later.
    ///
    /// # Errors
    /// If the file cannot be written, or cannot hold the folder's name.
    pub(in crate::study) fn move_photographs(&mut self, root: &Path) -> Result<(), StudyError> {
        let place = stored(root, &self.folder()?)?;
        let row = params![MOVED, place];
        (self.connection)
            .execute("INSERT OR REPLACE INTO fact VALUES (?1, ?2)", row)
            .map(|_| ())
            .map_err(StudyError::of(&self.path))
    }

    /// The folder that stored paths are relative to.
    fn folder(&self) -> Result<PathBuf, StudyError> {
        folder_of(&self.path).map_err(|source| StudyError::Io {
            path: self.path.clone(),
            source,
        })
    }

    /// Where a checkpoint is: at the recorded path, or else next to the study, or where that path leads from a folder above. Its hash decides whether it is the right one.
    fn checkpoint(&self, file: &Path, folder: &Path) -> PathBuf {
        // The oldest files store the path as it was given on the command line.
        let recorded = if self.schema == OLDEST {
            file.to_owned()
        } else {
            resolved(file, folder)
        };
        if recorded.exists() {
            return recorded;
        }
        let beside = recorded.file_name().map(|name| folder.join(name));
        let above = from_above(&recorded, folder);
        let mut others = beside.into_iter().chain(above);
        others.find(|place| place.exists()).unwrap_or(recorded)
    }

    /// The fact stored under a key.
    pub(super) fn fact(&self, key: &str) -> Result<String, StudyError> {
        let found = fact(&self.connection, key).map_err(StudyError::of(&self.path))?;
        found.ok_or_else(|| self.damaged(&text!("studies-missing", key = as_text(&key))))
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

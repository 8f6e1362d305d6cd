//! A reader study as one SQLite file: the plan, the pictures, the readers, and the answers.
//!
//! As with studies, there is one file with a rollback journal, and every commit is synced: a kill, a power cut or a full disk
//! costs the answer in flight and nothing else. The pictures are in the file, so that it is self-contained, and nothing on disk
//! distinguishes the forms by name. Every answer has a checksum, like the results of studies. Anyone who has the file and
//! SQLite can look up the truth: only the screen is blinded, not the file.

mod answers;
mod damage;
mod events;
mod merge;
mod phase;
mod readers;
pub(super) mod schema;
#[cfg(test)]
pub(super) mod tests;

use flipscope_language::{as_text, text};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

pub use answers::{AnswerRecord, Hands, Reply};
pub use damage::Damage;
pub use events::{Event, EventRecord};
pub use merge::{Merged, merge};
pub use phase::Phase;
pub use readers::{Reader, ReaderStatus};
pub use schema::SCHEMA;

use super::error::ReaderError;
use super::plan::{Form, Made, Plan, hash};
use crate::results_file::database;
use crate::results_file::file::{self, commit_new, insert_fact};
use flipscope_base::atomic::AtomicPath;
use flipscope_image::lesion::Frame;
use schema::{FORMAT, OLDEST};

/// An open reader study.
pub struct Store {
    path: PathBuf,
    connection: Connection,
    plan: Plan,
    schema: i64,
    plan_sha256: String,
}

impl Store {
    /// Makes a reader study. The file appears whole or not at all.
    ///
    /// # Errors
    /// If the file exists already, it cannot be written, or the plan cannot be carried out.
    pub fn create(path: &Path, made: &Made) -> Result<(), ReaderError> {
        made.plan.validate()?;
        let exists = || ReaderError::Exists {
            path: path.to_owned(),
        };
        if path.exists() {
            return Err(exists());
        }
        let temporary = AtomicPath::create(path).map_err(ReaderError::io(path))?;
        begin_file(temporary.path(), path, &made.plan, SCHEMA, |transaction| {
            for (pictures, lesion) in made.pictures.iter().zip(0_u32..) {
                let forms = [Some(&pictures.unmodified), pictures.adversarial.as_ref()];
                for (png, form) in forms.into_iter().zip(0_u32..) {
                    let Some(png) = png else { continue };
                    let row = params![lesion, form, png];
                    transaction.execute("INSERT INTO picture VALUES (?1, ?2, ?3)", row)?;
                }
            }
            Ok(())
        })?;
        if commit_new(temporary).map_err(ReaderError::io(path))? {
            return Ok(());
        }
        Err(exists())
    }

    /// Opens a reader study.
    ///
    /// # Errors
    /// If it cannot be read, is not a reader study, has another schema version, or its plan was changed.
    pub fn open(path: &Path) -> Result<Self, ReaderError> {
        let no_study = |reason: &str| ReaderError::NoStudy {
            path: path.to_owned(),
            reason: reason.to_owned(),
        };
        let (connection, schema) = FORMAT.open(path).map_err(ReaderError::of_file(path))?;
        let fact = |key: &str| -> Result<String, ReaderError> {
            let found = file::fact(&connection, key).map_err(ReaderError::of(path))?;
            found.ok_or_else(|| no_study(&text!("readers-missing", key = as_text(&key))))
        };
        let plan = fact("plan")?;
        let plan_sha256 = fact("plan_sha256")?;
        if hash(&plan) != plan_sha256 {
            return Err(ReaderError::Changed {
                path: path.to_owned(),
                what: "plan".to_owned(),
            });
        }
        let plan = serde_json::from_str(&plan).map_err(|error| no_study(&error.to_string()))?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            plan,
            schema,
            plan_sha256,
        })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether every answer has a checksum; files of older versions have none.
    #[must_use]
    pub fn has_checksums(&self) -> bool {
        self.seal().is_some()
    }

    /// What checksums are bound to; none if the file has none.
    fn seal(&self) -> Option<&str> {
        (self.schema > OLDEST).then_some(self.plan_sha256.as_str())
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The PNG of a lesion in a form, and its frame, checked against the plan's hash.
    ///
    /// # Errors
    /// If the file cannot be read, or the picture does not match the plan.
    pub fn picture(&self, lesion: u32, form: Form) -> Result<(Vec<u8>, Frame), ReaderError> {
        let changed = || ReaderError::Changed {
            path: self.path.clone(),
            what: text!(
                "readers-picture-lesion",
                lesion = as_text(&(lesion + 1)),
                form = as_text(&form.name())
            ),
        };
        let query = "SELECT png FROM picture WHERE lesion = ?1 AND form = ?2";
        let key = params![lesion, u32::from(form == Form::Adversarial)];
        let png: Vec<u8> = match self.connection.query_row(query, key, |row| row.get(0)) {
            Err(rusqlite::Error::QueryReturnedNoRows) => return Err(changed()),
            other => other.map_err(ReaderError::of(&self.path))?,
        };
        let frame = Frame::from_png(&png, "the picture of a case").map_err(|_| changed())?;
        let planned = self.plan.lesions.get(lesion as usize);
        let planned = planned.and_then(|lesion| lesion.sha256(form));
        if planned != Some(frame.sha256().as_str()) {
            return Err(changed());
        }
        Ok((png, frame))
    }

    /// One transaction that takes the write lock at its start.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, ReaderError> {
        database::write(&mut self.connection, work).map_err(ReaderError::of(&self.path))
    }
}

/// Writes schema, plan and the other initial contents into an empty file; `path` is its name in errors.
fn begin_file(
    temporary: &Path,
    path: &Path,
    plan: &Plan,
    schema: i64,
    more: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<()>,
) -> Result<(), ReaderError> {
    let json = plan.to_json()?;
    let sha256 = hash(&json);
    let write = || -> rusqlite::Result<()> {
        let mut connection = database::connect(temporary)?;
        database::write(&mut connection, |transaction| {
            FORMAT.begin(transaction, schema, include_str!("schema.sql"))?;
            for (key, value) in [("plan", &json), ("plan_sha256", &sha256)] {
                insert_fact(transaction, key, value)?;
            }
            more(transaction)
        })
    };
    write().map_err(ReaderError::of(path))
}

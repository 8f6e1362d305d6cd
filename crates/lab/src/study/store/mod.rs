//! A study as one SQLite file: the plan, who works on it, and the results.
//!
//! The file is in SQLite's rollback mode with every commit synced: there is one file and no second one that must travel with it, it
//! works on network disks, and a kill, a power cut or a full disk costs the transaction in flight and nothing else. Transactions are
//! rare (one a batch of frames), so that the cost does not show.
//!
//! Every result has a checksum that binds it to its plan and its place ([`checksum`](crate::results::checksum)), which is looked at whenever something is made of
//! the results; what is damaged is named, and done again by the next run ([`Store::mend`]).

mod damage;
#[cfg(test)]
mod damage_tests;
mod merge;
pub(crate) mod places;
mod plan;
mod results;
pub(super) mod schema;
mod status;
#[cfg(test)]
pub(super) mod tests;
mod work;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

pub use damage::Damage;
pub use merge::{Merged, merge};
pub use results::{Outcome, Scores};
pub use schema::SCHEMA;
pub use status::{JobStanding, Standing};
pub use work::{Queue, Score};

use super::error::StudyError;
use super::plan::Plan;
use crate::results::database;
use flipscope_base::atomic::{AtomicPath, Existing};
use flipscope_base::read;
use schema::{APPLICATION, OLDEST};

/// An open study.
pub struct Store {
    path: PathBuf,
    connection: Connection,
    schema: i64,
    plan_sha256: String,
}

impl Store {
    /// Makes a study. The file appears whole or not at all.
    ///
    /// # Errors
    /// If there is a file already, it cannot be written, or the plan cannot be carried out.
    pub fn create(path: &Path, plan: &Plan) -> Result<(), StudyError> {
        plan.validate()?;
        let failed = |source| StudyError::Io {
            path: path.to_owned(),
            source,
        };
        if path.exists() {
            return Err(StudyError::Exists {
                path: path.to_owned(),
            });
        }
        let temporary = AtomicPath::create(path).map_err(failed)?;
        let mut store = Self::connect(temporary.path())?;
        // What fails is said of the file that was asked for.
        path.clone_into(&mut store.path);
        store.begin_file(plan, SCHEMA)?;
        drop(store);
        match temporary.commit(Existing::Refuse) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                Err(StudyError::Exists {
                    path: path.to_owned(),
                })
            }
            other => other.map_err(failed),
        }
    }

    /// Opens a study.
    ///
    /// # Errors
    /// If it cannot be read, is no study, is of another schema, or its plan was changed.
    pub fn open(path: &Path) -> Result<Self, StudyError> {
        read::open_regular(path).map_err(|source| StudyError::Io {
            path: path.to_owned(),
            source,
        })?;
        let mut store = Self::connect(path)?;
        let no_study = |reason: &str| StudyError::NoStudy {
            path: path.to_owned(),
            reason: reason.to_owned(),
        };
        if store.pragma("application_id")? != APPLICATION {
            return Err(no_study("it is of another program"));
        }
        let found = store.pragma("user_version")?;
        if !(OLDEST..=SCHEMA).contains(&found) {
            return Err(StudyError::Schema {
                path: path.to_owned(),
                found,
            });
        }
        store.schema = found;
        store.plan_sha256 = store.fact("plan_sha256")?;
        if store.plan()?.sha256()? != store.plan_sha256 {
            return Err(StudyError::Changed {
                path: path.to_owned(),
            });
        }
        Ok(store)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn connect(path: impl AsRef<Path>) -> Result<Self, StudyError> {
        let path = path.as_ref();
        Ok(Self {
            connection: database::connect(path).map_err(StudyError::of(path))?,
            path: path.to_owned(),
            schema: SCHEMA,
            plan_sha256: String::new(),
        })
    }

    /// Whether every result has a checksum; those of files of older versions have none.
    #[must_use]
    pub fn has_checksums(&self) -> bool {
        self.seal().is_some()
    }

    /// What checksums are bound to; none where the file has none.
    fn seal(&self) -> Option<&str> {
        (self.schema > OLDEST).then_some(self.plan_sha256.as_str())
    }

    fn pragma(&self, name: &str) -> Result<i64, StudyError> {
        database::pragma(&self.connection, name).map_err(StudyError::of(&self.path))
    }
}

//! A study as one SQLite file: the plan, its runners, and the results.
//!
//! The file uses SQLite's rollback journal with every commit synced: there is no second file that must travel with it, it works
//! on network disks, and a kill, a power cut or a full disk costs the transaction in flight and nothing else. There is only one
//! transaction per batch of frames, so that the cost is not noticeable.
//!
//! Every result has a checksum that binds it to its plan and its place ([`checksum`](crate::results_file::checksum)), which is
//! verified whenever results are used; damage is named, and computed again by the next run ([`Store::mend`]).

mod claims;
mod damage;
#[cfg(test)]
mod damage_tests;
mod merge;
pub(crate) mod places;
mod plan;
mod proof_rows;
mod proofs;
#[cfg(test)]
mod proofs_tests;
mod read_results;
mod result_tables;
pub(super) mod schema;
mod status;
#[cfg(test)]
pub(super) mod tests;
mod write_results;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

pub use claims::Queue;
pub use damage::Damage;
pub use merge::{Merged, merge};
pub use proofs::StoredProof;
pub use read_results::{Outcome, Scores};
pub use schema::SCHEMA;
pub use status::{JobStatus, Status};
pub use write_results::{Kept, Score};

use super::error::StudyError;
use super::plan::{Job, Plan};
use crate::results_file::database;
use crate::results_file::file::commit_new;
use flipscope_base::atomic::AtomicPath;
use schema::{FORMAT, OLDEST, WITH_PROOFS, WITHOUT_PROOFS};

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
    /// If the file exists already, it cannot be written, or the plan cannot be carried out.
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
        // Errors name the file that was asked for.
        path.clone_into(&mut store.path);
        let proves = plan.jobs.iter().any(|job| matches!(job, Job::Proof(_)));
        store.begin_file(plan, if proves { WITH_PROOFS } else { WITHOUT_PROOFS })?;
        drop(store);
        if commit_new(temporary).map_err(failed)? {
            return Ok(());
        }
        Err(StudyError::Exists {
            path: path.to_owned(),
        })
    }

    /// Opens a study.
    ///
    /// # Errors
    /// If it cannot be read, is not a study, has another schema version, or its plan was changed.
    pub fn open(path: &Path) -> Result<Self, StudyError> {
        let (connection, schema) = FORMAT.open(path).map_err(StudyError::of_file(path))?;
        let mut store = Self {
            path: path.to_owned(),
            connection,
            schema,
            plan_sha256: String::new(),
        };
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

    /// Whether every result has a checksum; files of older versions have none.
    #[must_use]
    pub fn has_checksums(&self) -> bool {
        self.seal().is_some()
    }

    /// Whether the file has the tables of proofs.
    fn has_proofs(&self) -> bool {
        self.schema >= WITH_PROOFS
    }

    /// What checksums are bound to; none if the file has none.
    fn seal(&self) -> Option<&str> {
        (self.schema > OLDEST).then_some(self.plan_sha256.as_str())
    }
}

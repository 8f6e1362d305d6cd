//! Why a reader study cannot be made, read, merged or exported: every message says what, which file, and what to do.

use std::io;
use std::path::{Path, PathBuf};

use super::store::schema::SCHEMA;
use crate::dataset::DatasetError;
use crate::figures::error::OutputError;
use crate::results_file::failure::FileFailure;
use crate::search::{FindingError, ReplayError};
use crate::statistics::StatisticsError;
use flipscope_base::human::counted;
use flipscope_base::text::{self, printable};
use flipscope_image::lesion::LesionError;
use flipscope_image::perturb::PerturbationError;
use flipscope_model::ClassifierError;

/// Why a reader study cannot be made, read, merged or exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReaderError {
    /// The request cannot be planned.
    #[error("{0}")]
    Plan(String),
    /// A finding cannot be shown to readers.
    #[error("{file}: {reason}", file = text::path(path))]
    Finding {
        /// The file.
        path: PathBuf,
        /// Why not, and what to do.
        reason: String,
    },
    /// There is a file already.
    #[error("{file} exists already: name another file", file = text::path(path))]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A file cannot be read or written.
    #[error("{file}: {source}", file = text::path(path))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is not a reader study.
    #[error("{file} is not a reader study made by flipscope: {reason}", file = text::path(path))]
    NoStudy {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The file has another schema version.
    #[error("{file} is a reader study of schema {found}, but this flipscope reads {SCHEMA}: use the flipscope that made it", file = text::path(path))]
    Schema {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
    },
    /// The plan or a picture in the file has been changed.
    #[error("{file}: its {what} does not match its hash: the file was changed, and its answers cannot be trusted", file = text::path(path))]
    Changed {
        /// The file.
        path: PathBuf,
        /// The plan, or which picture.
        what: String,
    },
    /// Answers have been changed since they were written.
    #[error("{file}: {count} damaged: {names}. {remedy}", count = counted(names.len(), "answer is", "answers are"), names = printable(&names.join(", ")), remedy = remedy(*has_checksums), file = text::path(path))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Which answers, readers or events.
        names: Vec<String>,
        /// Whether checksums show which answers are sound.
        has_checksums: bool,
    },
    /// The file's structure is damaged.
    #[error("{file}: the file is damaged: {reason}. Restore a copy of it", reason = printable(reason), file = text::path(path))]
    Broken {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
    },
    /// The disk is full.
    #[error("{file}: the disk is full. Every earlier answer is saved; free some space, and continue", file = text::path(path))]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// Another program has kept the file locked for a minute.
    #[error("{file}: another program has kept it locked for a minute: end that program, or try again later", file = text::path(path))]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// SQLite refuses.
    #[error("{file}: {source}", file = text::path(path))]
    Database {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// An invalid pseudonym.
    #[error("{name:?} is not a valid pseudonym: {reason}")]
    Pseudonym {
        /// What was given.
        name: String,
        /// Why not.
        reason: &'static str,
    },
    /// A pseudonym has one slot, and another one is requested.
    #[error(
        "{pseudonym} has slot {has}, not slot {wanted}: leave the slot out to continue, or choose another pseudonym"
    )]
    Slot {
        /// The reader.
        pseudonym: String,
        /// The slot that they have, from 1.
        has: u32,
        /// The slot that is requested, from 1.
        wanted: u32,
    },
    /// An answer that does not fit the question. Nothing was stored.
    #[error("{0}")]
    Answer(&'static str),
    /// The case was answered under the same pseudonym elsewhere; the session has moved on to the file's current state.
    #[error(
        "this case was answered under the same pseudonym in another window: continuing with the next one"
    )]
    AnsweredElsewhere,
    /// Files of different studies.
    #[error("{file} belongs to another reader study than {first}: only copies of one file can be merged", file = text::path(path), first = text::path(first))]
    OtherStudy {
        /// The file.
        path: PathBuf,
        /// The first one.
        first: PathBuf,
    },
    /// Two files contradict each other about one reader.
    #[error("{file} contradicts what was merged before it: {names}. One pseudonym was used by two people, or on two copies: find out which answers count, and merge without the others", names = printable(&names.join(", ")), file = text::path(path))]
    Conflict {
        /// The later file.
        path: PathBuf,
        /// Which readers, and where.
        names: Vec<String>,
    },
    /// A finding's file does not contain one.
    #[error("{file}: {source}", file = text::path(path))]
    NoFinding {
        /// The file.
        path: PathBuf,
        /// Why.
        source: FindingError,
    },
    /// The pictures of a finding.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// A photograph.
    #[error(transparent)]
    Lesion(#[from] LesionError),
    /// An invalid perturbation.
    #[error(transparent)]
    Perturbation(#[from] PerturbationError),
    /// The network, its checkpoint or its device.
    #[error(transparent)]
    Classifier(#[from] ClassifierError),
    /// The labelled set.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// A number that cannot be computed.
    #[error(transparent)]
    Statistics(#[from] StatisticsError),
    /// A figure of the report cannot be drawn.
    #[error("the figure {name} cannot be drawn: {reason}")]
    Figure {
        /// Its name.
        name: String,
        /// Why not.
        reason: String,
    },
}

impl From<OutputError> for ReaderError {
    fn from(error: OutputError) -> Self {
        match error {
            OutputError::Io { path, source } => Self::Io { path, source },
            OutputError::Figure { name, reason } => Self::Figure { name, reason },
        }
    }
}

impl ReaderError {
    /// Wraps an error about a file.
    pub(super) fn of_file(path: &Path) -> impl Fn(FileFailure) -> Self + '_ {
        move |failure| {
            let path = path.to_owned();
            match failure {
                FileFailure::Io(source) => Self::Io { path, source },
                FileFailure::NotOfThisKind(reason) => Self::NoStudy {
                    path,
                    reason: reason.to_owned(),
                },
                FileFailure::Schema(found) => Self::Schema { path, found },
                FileFailure::Full => Self::Full { path },
                FileFailure::Locked => Self::Locked { path },
                FileFailure::Database(source) => Self::Database { path, source },
            }
        }
    }

    /// Wraps an error of SQLite about a file.
    pub(super) fn of(path: &Path) -> impl Fn(rusqlite::Error) -> Self + '_ {
        move |source| Self::of_file(path)(source.into())
    }

    /// Wraps an error of the system about a file.
    pub(super) fn io(path: &Path) -> impl Fn(io::Error) -> Self + '_ {
        move |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}

/// What to do about damaged answers.
fn remedy(has_checksums: bool) -> &'static str {
    if has_checksums {
        "Restore a copy of the file, or put the undamaged answers into a new one with `flipscope reader merge FILE --partial \
        --out NEW`: the reader is then asked the damaged cases again"
    } else {
        "Restore a copy of the file, or put the undamaged answers into a new one with `flipscope reader merge FILE --partial \
         --out NEW`: it has no checksums, so damage that looks plausible goes unnoticed"
    }
}

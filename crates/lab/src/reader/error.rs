//! Why a reader study cannot be made, read, merged or exported: every message says what, which file, and what to do.

use flipscope_language::{Text, as_text, text};
use std::io;
use std::path::{Path, PathBuf};

use super::store::schema::SCHEMA;
use crate::dataset::DatasetError;
use crate::figures::error::OutputError;
use crate::results_file::failure::{FileFailure, not_writable};
use crate::search::{FindingError, ReplayError};
use crate::statistics::StatisticsError;
use flipscope_base::untrusted::{self, printable};
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
    #[error("{file}: {reason}", file = untrusted::path(path))]
    Finding {
        /// The file.
        path: PathBuf,
        /// Why not, and what to do.
        reason: String,
    },
    /// There is a file already.
    #[error("{}", text!("readers-exists-already-name-another", file = as_text(&untrusted::path(path))))]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A file cannot be read or written.
    #[error("{file}: {source}", file = untrusted::path(path))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is not a reader study.
    #[error("{}", text!("readers-not-reader-study-made", file = as_text(&untrusted::path(path)), reason = as_text(reason)))]
    NoStudy {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The file has another schema version.
    #[error("{}", text!("readers-reader-study-schema-but", file = as_text(&untrusted::path(path)), found = as_text(found), schema = as_text(&SCHEMA)))]
    Schema {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
    },
    /// The plan or a picture in the file has been changed.
    #[error("{}", text!("readers-does-not-match-hash", file = as_text(&untrusted::path(path)), what = as_text(what)))]
    Changed {
        /// The file.
        path: PathBuf,
        /// The plan, or which picture.
        what: String,
    },
    /// Answers have been changed since they were written.
    #[error("{}", text!("readers-damaged", count = names.len(), names = as_text(&printable(&names.join(", "))), remedy = remedy(*has_checksums), file = as_text(&untrusted::path(path))))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Which answers, readers or events.
        names: Vec<String>,
        /// Whether checksums show which answers are sound.
        has_checksums: bool,
    },
    /// The file's structure is damaged.
    #[error("{}", text!("readers-file-damaged-restore-copy", file = as_text(&untrusted::path(path)), reason = as_text(&printable(reason))))]
    Broken {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
    },
    /// The disk is full.
    #[error("{}", text!("readers-disk-full-every-earlier", file = as_text(&untrusted::path(path))))]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// Another program has kept the file locked for a minute.
    #[error("{}", text!("readers-another-program-has-kept", file = as_text(&untrusted::path(path))))]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The file, or its folder, may not be written.
    #[error("{}", not_writable(path, *of_folder))]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// Whether it is the folder.
        of_folder: bool,
    },
    /// SQLite refuses.
    #[error("{file}: {source}", file = untrusted::path(path))]
    Database {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// An invalid pseudonym.
    #[error("{}", text!("readers-not-valid-pseudonym", name = format!("{name:?}"), reason = as_text(reason)))]
    Pseudonym {
        /// What was given.
        name: String,
        /// Why not.
        reason: &'static str,
    },
    /// A pseudonym has one slot, and another one is requested.
    #[error(
        "{}", text!("readers-has-slot-not-slot", pseudonym = as_text(pseudonym), has = as_text(has), wanted = as_text(wanted)))]
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
    Answer(Text),
    /// The case was answered under the same pseudonym elsewhere; the session has moved on to the file's current state.
    #[error(
        "{}", text!("readers-this-case-answered-under"))]
    AnsweredElsewhere,
    /// Files of different studies.
    #[error("{}", text!("readers-belongs-another-reader-study", file = as_text(&untrusted::path(path)), first = as_text(&untrusted::path(first))))]
    OtherStudy {
        /// The file.
        path: PathBuf,
        /// The first one.
        first: PathBuf,
    },
    /// Two files contradict each other about one reader.
    #[error("{}", text!("readers-contradicts-what-merged-before", file = as_text(&untrusted::path(path)), names = as_text(&printable(&names.join(", ")))))]
    Conflict {
        /// The later file.
        path: PathBuf,
        /// Which readers, and where.
        names: Vec<String>,
    },
    /// A finding's file does not contain one.
    #[error("{file}: {source}", file = untrusted::path(path))]
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
    #[error("{}", text!("readers-figure-cannot-be-drawn", name = as_text(name), reason = as_text(reason)))]
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
                FileFailure::ReadOnly { of_folder } => Self::ReadOnly { path, of_folder },
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
        text!("readers-restore-copy-file-put")
    } else {
        text!("readers-restore-copy-file-put-undamaged")
    }
}

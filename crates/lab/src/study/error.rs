//! Why a study cannot be made, carried out, merged or exported: every message says what, which file, and what to do.

use flipscope_language::{as_text, text};
use std::io;
use std::path::{Path, PathBuf};

use super::store::schema::SCHEMA;
use crate::dataset::DatasetError;
use crate::dataset::split::SplitError;
use crate::figures::error::OutputError;
use crate::proof::ProofError;
use crate::results_file::failure::{FileFailure, not_writable};
use crate::search::SearchError;
use crate::statistics::StatisticsError;
use flipscope_base::untrusted::{self, printable};
use flipscope_model::{ClassifierError, Label};

/// The most names that are shown.
const SHOWN: usize = 10;

/// Why a study cannot be made, carried out, merged or exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// The request is invalid.
    #[error("{0}")]
    Plan(String),
    /// There is a file already.
    #[error("{}", text!("studies-exists-already-name-another", file = as_text(&untrusted::path(path))))]
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
    /// The file is not a study.
    #[error("{}", text!("studies-not-study-made-by", file = as_text(&untrusted::path(path)), reason = as_text(reason)))]
    NoStudy {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The file has another schema version.
    #[error("{}", text!("studies-study-schema-but-this", file = as_text(&untrusted::path(path)), found = as_text(found), schema = as_text(&SCHEMA)))]
    Schema {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
    },
    /// The plan in the file has been changed.
    #[error("{}", text!("studies-plan-does-not-match", file = as_text(&untrusted::path(path))))]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A figure of the report cannot be drawn.
    #[error("{}", text!("studies-figure-cannot-be-drawn", name = as_text(name), reason = as_text(reason)))]
    Figure {
        /// Its name.
        name: String,
        /// Why not.
        reason: String,
    },
    /// The disk is full.
    #[error("{}", text!("studies-disk-full-everything-before", file = as_text(&untrusted::path(path))))]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// Another program has kept the file locked for a minute.
    #[error("{}", text!("studies-another-program-has-kept", file = as_text(&untrusted::path(path))))]
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
    /// A checkpoint is not the one that the study was made with.
    #[error(
        "{}", text!("studies-not-model-study-made", name = as_text(name), found = as_text(found), wanted = as_text(wanted)))]
    OtherModel {
        /// The model's name in the study.
        name: String,
        /// The hash in the study.
        wanted: String,
        /// The hash that was found.
        found: String,
    },
    /// Files of different studies.
    #[error("{}", text!("studies-belongs-another-study-than", file = as_text(&untrusted::path(path)), first = as_text(&untrusted::path(first))))]
    OtherStudy {
        /// The file.
        path: PathBuf,
        /// The first one.
        first: PathBuf,
    },
    /// Two files have different results for the same job.
    #[error("{}", text!("studies-contradicts-what-merged-before", file = as_text(&untrusted::path(path)), count = as_text(&names.len()), names = as_text(&printable(&some(names)))))]
    Conflict {
        /// The later file.
        path: PathBuf,
        /// Which results.
        names: Vec<String>,
    },
    /// Results have been changed since they were written.
    #[error("{}", text!("studies-they-not-used-next", file = as_text(&untrusted::path(path)), count = as_text(&damaged(names.len())), names = as_text(&printable(&some(names)))))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Which results, and what is wrong.
        names: Vec<String>,
    },
    /// The file's structure is damaged.
    #[error("{}", text!("studies-file-damaged", file = as_text(&untrusted::path(path)), reason = as_text(&printable(reason)), names = as_text(&listed(names)), remedy = as_text(&remedy(*has_checksums))))]
    Broken {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
        /// Results that are damaged, as far as they could be read.
        names: Vec<String>,
        /// Whether checksums show which results are sound.
        has_checksums: bool,
    },
    /// A network returned something that is not a probability.
    #[error(
        "{}", text!("studies-network-gave-score-which", what = as_text(.0)))]
    Score(f64),
    /// There are no pictures to choose a threshold on.
    #[error(
        "{}", text!("studies-threshold-for-sensitivity-chosen", label = label.in_words(), count = as_text(count)))]
    NoTuning {
        /// The missing label.
        label: Label,
        /// Tuning pictures.
        count: usize,
    },
    /// Results are missing.
    #[error("{}", text!("studies-results-missing-run-what", count = *count, total = *total, names = as_text(&printable(&some_of(names, *count)))))]
    Gaps {
        /// How many.
        count: usize,
        /// Of how many.
        total: usize,
        /// Some of them.
        names: Vec<String>,
    },
    /// No picture can be read.
    #[error("{}", text!("studies-none-pictures-can-be", what = as_text(.0)))]
    NoPicture(String),
    /// A thread cannot be started.
    #[error("{}", text!("studies-system-cannot-start-another", what = as_text(.0)))]
    Thread(#[source] io::Error),
    /// The network, its checkpoint or its device.
    #[error(transparent)]
    Classifier(#[from] ClassifierError),
    /// A network cannot judge the candidates of attacks in the type that was asked: why.
    #[error("{0}")]
    Proposals(String),
    /// An attack.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// A proof.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// A number that cannot be computed.
    #[error(transparent)]
    Statistics(#[from] StatisticsError),
    /// The data set.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// The split.
    #[error(transparent)]
    Split(#[from] SplitError),
}

impl From<OutputError> for StudyError {
    fn from(error: OutputError) -> Self {
        match error {
            OutputError::Io { path, source } => Self::Io { path, source },
            OutputError::Figure { name, reason } => Self::Figure { name, reason },
        }
    }
}

impl StudyError {
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
}

/// The first few of many names.
fn some(names: &[String]) -> String {
    some_of(names, names.len())
}

/// The first few of so many, of which not all need be named.
fn some_of(names: &[String], count: usize) -> String {
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    match count.saturating_sub(shown.len()) {
        0 => shown.join(", "),
        more => text!(
            "studies-more",
            join = as_text(&shown.join(", ")),
            more = more
        ),
    }
}

/// How many results are damaged.
fn damaged(count: usize) -> String {
    text!("studies-damaged", count = count)
}

/// Names after a reason.
fn listed(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    format!("; {}: {}", damaged(names.len()), printable(&some(names)))
}

/// What to do about a file that SQLite finds damaged.
fn remedy(has_checksums: bool) -> &'static str {
    if has_checksums {
        text!("studies-merge-alone-into-new")
    } else {
        text!("studies-has-no-checksums-show")
    }
}

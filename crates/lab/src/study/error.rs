//! Why a study cannot be made, carried out, merged or exported: every message says what, which file, and what to do.

use std::io;
use std::path::{Path, PathBuf};

use super::store::schema::SCHEMA;
use crate::dataset::DatasetError;
use crate::dataset::split::SplitError;
use crate::figures::error::OutputError;
use crate::proof::ProofError;
use crate::results_file::failure::FileFailure;
use crate::search::SearchError;
use crate::statistics::StatisticsError;
use flipscope_base::text::{self, printable};
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
    #[error("{file} exists already: name another file, or resume it with `flipscope study run`", file = text::path(path))]
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
    /// The file is not a study.
    #[error("{file} is not a study made by flipscope: {reason}", file = text::path(path))]
    NoStudy {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The file has another schema version.
    #[error("{file} is a study of schema {found}, but this flipscope reads {SCHEMA}: use the flipscope that made it", file = text::path(path))]
    Schema {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
    },
    /// The plan in the file has been changed.
    #[error("{file}: its plan does not match its own hash: the file was changed since it was made, and its results cannot be \
    trusted", file = text::path(path))]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A figure of the report cannot be drawn.
    #[error("the figure {name} cannot be drawn: {reason}")]
    Figure {
        /// Its name.
        name: String,
        /// Why not.
        reason: String,
    },
    /// The disk is full.
    #[error("{file}: the disk is full. Everything before the last batch is saved; free some space, and run the same command \
    again", file = text::path(path))]
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
    /// A checkpoint is not the one that the study was made with.
    #[error(
        "{name} is not the model that the study was made with (SHA-256 {found} instead of {wanted}): name its file with --model"
    )]
    OtherModel {
        /// The model's name in the study.
        name: String,
        /// The hash in the study.
        wanted: String,
        /// The hash that was found.
        found: String,
    },
    /// Files of different studies.
    #[error("{file} belongs to another study than {first}: only files with the same models, pictures and jobs can be merged", file = text::path(path), first = text::path(first))]
    OtherStudy {
        /// The file.
        path: PathBuf,
        /// The first one.
        first: PathBuf,
    },
    /// Two files have different results for the same job.
    #[error("{file} contradicts what was merged before it in {count} results: {names}. Two runs that should be equal are not: find out why (another device or version?) before you trust either", count = names.len(), names = printable(&some(names)), file = text::path(path))]
    Conflict {
        /// The later file.
        path: PathBuf,
        /// Which results.
        names: Vec<String>,
    },
    /// Results have been changed since they were written.
    #[error("{file}: {count}: {names}. They are not used, and the next run of the study does them again (`flipscope study run`)", count = damaged(names.len()), names = printable(&some(names)), file = text::path(path))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Which results, and what is wrong.
        names: Vec<String>,
    },
    /// The file's structure is damaged.
    #[error("{file}: the file is damaged: {reason}{names}. {remedy}", names = listed(names), remedy = remedy(*has_checksums), reason = printable(reason), file = text::path(path))]
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
        "the network gave a score of {0}, which is not a probability: nothing from this batch was saved. Look at its checkpoint \
        by `flipscope model info`"
    )]
    Score(f64),
    /// There are no pictures to choose a threshold on.
    #[error(
        "a threshold for a sensitivity is chosen on tuning pictures, and there is no {label} among the {count} of this study: divide the \
         photographs (by a split, or a column of the table that says train, validation and test), choose another part to tune on, or leave \
         the sensitivities out", label = label.name()
    )]
    NoTuning {
        /// The missing label.
        label: Label,
        /// Tuning pictures.
        count: usize,
    },
    /// Results are missing.
    #[error("{count} of {total} results are missing: {names}. Run what is missing, or use the results so far with --partial", names = printable(&some(names)))]
    Gaps {
        /// How many.
        count: usize,
        /// Of how many.
        total: usize,
        /// Some of them.
        names: Vec<String>,
    },
    /// No picture can be read.
    #[error("none of the pictures can be read: {0}")]
    NoPicture(String),
    /// A thread cannot be started.
    #[error("the system cannot start another thread: {0}")]
    Thread(#[source] io::Error),
    /// The network, its checkpoint or its device.
    #[error(transparent)]
    Classifier(#[from] ClassifierError),
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
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    match names.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{}, and {more} more", shown.join(", ")),
    }
}

/// How many results are damaged.
fn damaged(count: usize) -> String {
    match count {
        1 => "1 result is damaged".to_owned(),
        count => format!("{count} results are damaged"),
    }
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
        "Merge it alone into a new file, which keeps the undamaged results (`flipscope study merge FILE --partial --out NEW`), \
        and continue with that one"
    } else {
        "It has no checksums to show which results are undamaged: restore a copy of it"
    }
}

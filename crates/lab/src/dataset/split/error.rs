//! Why there is no split.

use flipscope_language::{as_text, text};
use std::path::PathBuf;

use super::schema::SCHEMA;
use crate::dataset::{DatasetError, Part};
use flipscope_image::lesion::why_unread;
use flipscope_model::Label;

/// The most names that are shown.
const SHOWN: usize = 10;

/// Why a data set cannot be divided, or a split cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SplitError {
    /// Invalid shares.
    #[error(
        "{}", text!("split-shares-training-validation-test", what = as_text(.0)))]
    Fractions(String),
    /// The table assigns no example to a part.
    #[error("{}", text!("split-has-no-split-own", dataset = as_text(dataset)))]
    NoParts {
        /// The data set.
        dataset: String,
    },
    /// Pictures with the same pixels.
    #[error("{}", text!("split-sets-pictures-have-same", len = as_text(&.0.len()), some = as_text(&some(.0))))]
    Duplicates(Vec<String>),
    /// Pictures of one lesion or patient in several parts.
    #[error("{}", text!("split-pairs-pictures-show-one", len = as_text(&.0.len()), some = as_text(&some(.0))))]
    Crossing(Vec<String>),
    /// A drawn part without melanomas or without nevi.
    #[error("{}", text!("split-part-has-no-take", part = part.in_words(), label = label.in_words()))]
    OneSided {
        /// The part.
        part: Part,
        /// What it lacks.
        label: Label,
    },
    /// A part of the table's own without melanomas or without nevi.
    #[error("{}", text!("split-own-part-has-no", part = part.in_words(), label = label.in_words()))]
    OneSidedTable {
        /// The part.
        part: Part,
        /// What it lacks.
        label: Label,
    },
    /// The file cannot be read.
    #[error("{}: {}", path.display(), why_unread(source))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file cannot be written.
    #[error("{}", text!("split-cannot-be-written", path = as_text(&path.display()), source = as_text(source)))]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not a split.
    #[error("{}", text!("split-not-split-written-by", path = as_text(&path.display()), reason = as_text(reason)))]
    NoSplit {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The file has another schema version.
    #[error("{}", text!("split-split-schema-but-this", path = as_text(&path.display()), schema = as_text(schema), schema_2 = as_text(&SCHEMA)))]
    Schema {
        /// The file.
        path: PathBuf,
        /// Its schema.
        schema: u32,
    },
    /// The file was changed since it was written.
    #[error("{}", text!("split-members-do-not-match", path = as_text(&path.display())))]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Members that the data set does not have, or has with other properties than in the split.
    #[error("{}", text!("split-split-does-not-match", dataset = as_text(dataset), reasons = as_text(&reasons.len()), reasons_2 = as_text(&some(reasons))))]
    Misfit {
        /// The data set.
        dataset: String,
        /// Which members, and how they differ.
        reasons: Vec<String>,
    },
    /// Hashing was cancelled.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
}

/// The first few of many texts.
fn some(texts: &[String]) -> String {
    let shown: Vec<&str> = texts.iter().take(SHOWN).map(String::as_str).collect();
    let more = texts.len() - shown.len();
    match more {
        0 => shown.join("; "),
        _ => text!("split-more", join = as_text(&shown.join("; ")), more = more),
    }
}

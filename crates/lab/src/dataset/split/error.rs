//! Why there is no split.

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
        "the shares {0} of training, validation and test must be numbers from 0 to 1 that add up to 1, e.g. 0.7, 0.15, 0.15"
    )]
    Fractions(String),
    /// The table assigns no example to a part.
    #[error("{dataset} has no split of its own: draw one with a seed")]
    NoParts {
        /// The data set.
        dataset: String,
    },
    /// Pictures with the same pixels.
    #[error("{} sets of pictures have the same pixels: {}; leave the later ones out, or correct the table", .0.len(), some(.0))]
    Duplicates(Vec<String>),
    /// Pictures of one lesion or patient in several parts.
    #[error("{} pairs of pictures show one lesion or patient, but are in different parts: {}; correct the table, or draw a split \
    with a seed", .0.len(), some(.0))]
    Crossing(Vec<String>),
    /// A part without melanomas or without nevi.
    #[error("the {part} part has no {label}: take another share, or a larger set", part = part.name(), label = label.name())]
    OneSided {
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
    #[error("{} cannot be written: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not a split.
    #[error("{}: is not a split written by flipscope: {reason}", path.display())]
    NoSplit {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The file has another schema version.
    #[error("{}: is a split of schema {schema}, but this flipscope reads {SCHEMA}: use the flipscope that wrote it, or make the \
    split again", path.display())]
    Schema {
        /// The file.
        path: PathBuf,
        /// Its schema.
        schema: u32,
    },
    /// The file was changed since it was written.
    #[error("{}: its members do not match its own data hash: it was changed since it was written; make the split again", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Members that the data set does not have, or has with other properties than in the split.
    #[error("the split does not match the data set {dataset}: {} of its members differ: {}; name the data set that it was made \
    from", reasons.len(), some(reasons))]
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
        _ => format!("{}; and {more} more", shown.join("; ")),
    }
}

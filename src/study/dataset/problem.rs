//! What of a data set cannot be used: shown and counted, never fatal.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// A row, a picture or a folder that cannot be used, or only with care.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A row of the table says nothing that can be understood.
    Row {
        /// Its line, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// A row names a picture that an earlier row has named; the earlier one counts.
    Repeated {
        /// Its line, from 1.
        line: u64,
        /// The picture's id.
        id: String,
    },
    /// A row whose picture was not found.
    NoImage {
        /// The picture's id.
        id: String,
    },
    /// A picture that no row names.
    NoRow {
        /// The picture.
        path: PathBuf,
    },
    /// Several pictures have the name that a row gives; the first by path is taken.
    SeveralImages {
        /// The picture's id.
        id: String,
        /// The picture that is taken.
        taken: PathBuf,
        /// How many others there are.
        others: usize,
    },
    /// Neither melanoma nor nevus.
    OtherDiagnosis {
        /// The picture's id.
        id: String,
        /// The table's word; empty where it gives none.
        text: String,
    },
    /// A picture that cannot be decoded.
    Unreadable {
        /// The picture's id.
        id: String,
        /// Which file, why, and what to do.
        reason: String,
    },
    /// A folder that could not be listed, or not to its end.
    Folder(String),
}

impl Problem {
    /// What it is counted under, in the plural.
    fn kind(&self) -> String {
        match self {
            Self::Row { .. } => "rows that cannot be understood".to_owned(),
            Self::Repeated { .. } => "repeated rows".to_owned(),
            Self::NoImage { .. } => "rows without a picture".to_owned(),
            Self::NoRow { .. } => "pictures without a row".to_owned(),
            Self::SeveralImages { .. } => "names that several pictures have".to_owned(),
            Self::OtherDiagnosis { text, .. } if text.is_empty() => {
                "without a diagnosis".to_owned()
            }
            Self::OtherDiagnosis { text, .. } => text.clone(),
            Self::Unreadable { .. } => "pictures that cannot be read".to_owned(),
            Self::Folder(_) => "folders that cannot be listed".to_owned(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row { line, reason } => write!(f, "line {line}: {reason}"),
            Self::Repeated { line, id } => write!(
                f,
                "line {line}: {id} was named by an earlier row, which counts"
            ),
            Self::NoImage { id } => write!(f, "{id}: no picture of this name was found"),
            Self::NoRow { path } => write!(f, "{}: no row names it", path.display()),
            Self::SeveralImages { id, taken, others } => write!(
                f,
                "{id}: {} is taken, and {others} more of this name are not",
                taken.display()
            ),
            Self::OtherDiagnosis { id, text } if text.is_empty() => {
                write!(f, "{id}: has no diagnosis")
            }
            Self::OtherDiagnosis { id, text } => {
                write!(f, "{id}: {text} is neither melanoma nor nevus")
            }
            Self::Unreadable { id, reason } => write!(f, "{id}: {reason}"),
            Self::Folder(reason) => f.write_str(reason),
        }
    }
}

/// One sentence, counted by kind, the most frequent first.
pub(super) fn summary(problems: &[Problem]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for problem in problems {
        *counts.entry(problem.kind()).or_default() += 1;
    }
    if counts.is_empty() {
        return "no problems".to_owned();
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let texts: Vec<String> = counts
        .into_iter()
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    texts.join(", ")
}

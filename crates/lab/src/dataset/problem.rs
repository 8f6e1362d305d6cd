//! What cannot be used in a data set: shown and counted, never fatal.

use flipscope_base::human::counted;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// A row, a picture or a folder that cannot be used, or only with care.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A row of the table that cannot be understood.
    Row {
        /// Its line, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// A row names a picture that an earlier row has named, without contradicting it in anything that matters.
    Repeated {
        /// Its line, from 1.
        line: u64,
        /// The picture's id.
        id: String,
        /// The line of the earlier row.
        first: u64,
    },
    /// Rows that contradict each other about one picture: it is left out.
    Contradiction {
        /// Their lines, from 1.
        lines: Vec<u64>,
        /// The picture's id.
        id: String,
        /// What they say, e.g. "melanoma and nevus".
        said: String,
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
    /// A row for whose name there is only a mask.
    OnlyMask {
        /// The picture's id.
        id: String,
        /// The mask.
        path: PathBuf,
    },
    /// A picture that is named like a mask, among those of a class.
    Mask {
        /// The picture.
        path: PathBuf,
    },
    /// Several pictures have the name that a row gives; one is used.
    SeveralImages {
        /// The picture's id.
        id: String,
        /// The picture that is used.
        taken: PathBuf,
        /// The others.
        others: Vec<PathBuf>,
    },
    /// A diagnosis that names melanoma or nevus and negates it, doubts it, or names both.
    Doubtful {
        /// The picture's id.
        id: String,
        /// The table's words.
        text: String,
    },
    /// Files that are pictures of an unsupported kind: which, how many, and what to do.
    OtherKinds(String),
    /// Neither melanoma nor nevus.
    OtherDiagnosis {
        /// The picture's id.
        id: String,
        /// The table's term; empty if it gives none.
        text: String,
    },
    /// A picture that cannot be decoded.
    Unreadable {
        /// The picture's id.
        id: String,
        /// Which file, why, and what to do.
        reason: String,
    },
    /// A folder that could not be listed, or not completely.
    Folder(String),
}

impl Problem {
    /// The problems of a listing of pictures: folders, and files of unsupported kinds.
    pub(super) fn of_listing(problems: Vec<String>, left_out: Vec<String>) -> Vec<Self> {
        let folders = problems.into_iter().map(Self::Folder);
        let kinds = left_out.into_iter().map(Self::OtherKinds);
        folders.chain(kinds).collect()
    }

    /// Whether it concerns rows of the table.
    pub(super) fn is_of_rows(&self) -> bool {
        matches!(
            self,
            Self::Row { .. } | Self::Contradiction { .. } | Self::Doubtful { .. }
        )
    }

    /// The kind that it is counted under: one of it, and several.
    fn kind(&self) -> [&str; 2] {
        match self {
            Self::Row { .. } => [
                "row that cannot be understood",
                "rows that cannot be understood",
            ],
            Self::Repeated { .. } => ["repeated row", "repeated rows"],
            Self::Contradiction { .. } => [
                "picture with contradicting rows",
                "pictures with contradicting rows",
            ],
            Self::OnlyMask { .. } => [
                "row with no picture but a mask",
                "rows with no picture but a mask",
            ],
            Self::Mask { .. } => ["mask", "masks"],
            Self::NoImage { .. } => ["row without a picture", "rows without a picture"],
            Self::NoRow { .. } => ["picture without a row", "pictures without a row"],
            Self::SeveralImages { .. } => [
                "picture of the same name as one that is used",
                "pictures of the same name as one that is used",
            ],
            Self::Doubtful { .. } => ["diagnosis in doubt", "diagnoses in doubt"],
            Self::OtherKinds(_) => [
                "kind of pictures that is not supported",
                "kinds of pictures that are not supported",
            ],
            Self::OtherDiagnosis { text, .. } if text.is_empty() => ["without a diagnosis"; 2],
            Self::OtherDiagnosis { text, .. } => [text; 2],
            Self::Unreadable { .. } => [
                "picture that cannot be read",
                "pictures that cannot be read",
            ],
            Self::Folder(_) => [
                "folder that cannot be listed",
                "folders that cannot be listed",
            ],
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row { line, reason } => write!(f, "line {line}: {reason}"),
            Self::Repeated { line, id, first } => {
                write!(
                    f,
                    "line {line}: {id} was given in line {first} already, which counts"
                )
            }
            Self::Contradiction { lines, id, said } => {
                let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
                match lines.len() {
                    0 => {}
                    1 => write!(f, "line {}: ", lines.concat())?,
                    _ => write!(f, "lines {}: ", lines.join(" and "))?,
                }
                write!(
                    f,
                    "{id} is {said} at once, and is left out: correct the table"
                )
            }
            Self::OnlyMask { id, path } => write!(
                f,
                "{id}: the only picture of this name is {}, which is named like a mask, and is left out",
                path.display()
            ),
            Self::Mask { path } => write!(
                f,
                "{}: is named like a mask, and is left out",
                path.display()
            ),
            Self::NoImage { id } => write!(f, "{id}: no picture of this name was found"),
            Self::NoRow { path } => write!(f, "{}: no row names it", path.display()),
            Self::SeveralImages { id, taken, others } => write!(
                f,
                "{id}: {} is used; of the same name, {} not used",
                taken.display(),
                not_taken(others)
            ),
            Self::Doubtful { id, text } => write!(
                f,
                "{id}: “{text}” leaves open whether it is melanoma or nevus, and is left out: write one of them to use it"
            ),
            Self::OtherKinds(said) => f.write_str(said),
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

/// The first of some paths, and the number of others, with the verb.
fn not_taken(others: &[PathBuf]) -> String {
    let first = others.first().map(|path| path.display().to_string());
    let first = first.unwrap_or_default();
    match others.len() {
        0 | 1 => format!("{first} is"),
        count => format!("{first} and {} more are", count - 1),
    }
}

/// One sentence, counted by kind, the most frequent first.
pub(super) fn summary(problems: &[Problem]) -> String {
    let mut counts: BTreeMap<[&str; 2], usize> = BTreeMap::new();
    for problem in problems {
        *counts.entry(problem.kind()).or_default() += 1;
    }
    if counts.is_empty() {
        return "no problems".to_owned();
    }
    let mut counts: Vec<([&str; 2], usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let texts: Vec<String> = counts
        .into_iter()
        .map(|([one, several], count)| counted(count, one, several))
        .collect();
    texts.join(", ")
}

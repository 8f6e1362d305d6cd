//! What cannot be used in a data set: shown and counted, never fatal.

use super::both::all;
use flipscope_base::human::counted;
use flipscope_language::{as_text, text};
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// The most ids that one sentence names.
const NAMED: usize = 3;

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
            Self::Row { line, reason } => f.write_str(&text!(
                "dataset-line-reason",
                line = as_text(&line),
                reason = as_text(&reason)
            )),
            Self::Repeated { line, id, first } => f.write_str(&text!(
                "dataset-line-given-line-already",
                line = as_text(&line),
                id = as_text(&id),
                first = as_text(&first)
            )),
            Self::Contradiction { lines, id, said } => {
                let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
                match lines.len() {
                    0 => {}
                    1 => f.write_str(&text!("dataset-line", concat = as_text(&lines.concat())))?,
                    _ => f.write_str(&text!("dataset-lines", lines = all(lines)))?,
                }
                f.write_str(&text!(
                    "dataset-at-once-left-out",
                    id = as_text(&id),
                    said = as_text(&said)
                ))
            }
            Self::OnlyMask { id, path } => f.write_str(&text!(
                "dataset-only-picture-this-name",
                id = as_text(&id),
                path = as_text(&path.display())
            )),
            Self::Mask { path } => f.write_str(&text!(
                "dataset-named-like-mask-left",
                path = as_text(&path.display())
            )),
            Self::NoImage { id } => {
                f.write_str(&text!("dataset-no-picture-this-name", id = as_text(&id)))
            }
            Self::NoRow { path } => f.write_str(&text!(
                "dataset-no-row-names",
                path = as_text(&path.display())
            )),
            Self::SeveralImages { id, taken, others } => f.write_str(&text!(
                "dataset-used-same-name-not",
                id = as_text(&id),
                taken = as_text(&taken.display()),
                others = as_text(&not_taken(others))
            )),
            Self::Doubtful { id, text } => f.write_str(&text!(
                "dataset-leaves-open-whether-melanoma",
                id = as_text(&id),
                text = as_text(&text)
            )),
            Self::OtherKinds(said) => f.write_str(said),
            Self::OtherDiagnosis { id, text } if text.is_empty() => {
                f.write_str(&text!("dataset-has-no-diagnosis", id = as_text(&id)))
            }
            Self::OtherDiagnosis { id, text } => f.write_str(&text!(
                "dataset-neither-melanoma-nor-nevus",
                id = as_text(&id),
                text = as_text(&text)
            )),
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
        0 | 1 => text!("dataset-one-is", first = as_text(&first)),
        count => text!("dataset-more", first = as_text(&first), count = count - 1),
    }
}

/// What is said of the first folder that was not listed: which it is, and what to do.
fn first_folder(problems: &[Problem]) -> &str {
    let said = problems.iter().find_map(|problem| match problem {
        Problem::Folder(said) => Some(said.trim_end_matches('.')),
        _ => None,
    });
    said.unwrap_or_default()
}

/// The first of the ids of rows without a picture, and the number of others; the ids show what is wrong with their names.
fn without_picture(problems: &[Problem]) -> String {
    let ids: Vec<&str> = (problems.iter())
        .filter_map(|problem| match problem {
            Problem::NoImage { id } => Some(id.as_str()),
            _ => None,
        })
        .collect();
    let (first, rest) = ids.split_at(ids.len().min(NAMED));
    let names = first.join(", ");
    if rest.is_empty() {
        return names;
    }
    text!("dataset-and-more", names = names, more = rest.len())
}

/// How many problems of a kind there are, in this thread's language; terms of the table stay as they are.
fn in_words([one, several]: [&str; 2], count: usize, problems: &[Problem]) -> String {
    match one {
        "row that cannot be understood" => text!("dataset-rows-unclear", count = count),
        "repeated row" => text!("dataset-rows-repeated", count = count),
        "picture with contradicting rows" => text!("dataset-rows-contradict", count = count),
        "row with no picture but a mask" => text!("dataset-rows-of-masks", count = count),
        "mask" => text!("dataset-masks", count = count),
        "row without a picture" => text!(
            "dataset-rows-without-picture",
            count = count,
            names = without_picture(problems)
        ),
        "picture without a row" => text!("dataset-pictures-without-row", count = count),
        "picture of the same name as one that is used" => text!("dataset-same-name", count = count),
        "diagnosis in doubt" => text!("dataset-doubtful", count = count),
        "kind of pictures that is not supported" => text!("dataset-other-kinds", count = count),
        "without a diagnosis" => text!("dataset-undiagnosed", count = count),
        "picture that cannot be read" => text!("dataset-unreadable", count = count),
        "folder that cannot be listed" => {
            let unlisted = text!("dataset-folders-unlisted", count = count);
            format!("{unlisted} ({})", first_folder(problems))
        }
        _ => counted(count, one, several),
    }
}

/// One sentence, counted by kind, the most frequent first; rows without a picture are named.
pub(super) fn summary(problems: &[Problem]) -> String {
    let mut counts: BTreeMap<[&str; 2], usize> = BTreeMap::new();
    for problem in problems {
        *counts.entry(problem.kind()).or_default() += 1;
    }
    if counts.is_empty() {
        return text!("dataset-no-problems").to_owned();
    }
    let mut counts: Vec<([&str; 2], usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let texts: Vec<String> = counts
        .into_iter()
        .map(|(kind, count)| in_words(kind, count, problems))
        .collect();
    texts.join(", ")
}

//! A labelled set of photographs: what training and studies are carried out on.
//!
//! [`Dataset::read`] takes a table or a folder and tells the format by its header, never by its name:
//!
//! | format | columns |
//! |---|---|
//! | a folder per class | none: `NAME/*.jpg`, also within `train/`, `val/`, `test/` |
//! | ISIC archive | `isic_id`, and `diagnosis`, `benign_malignant` or `diagnosis_1` to `diagnosis_5` |
//! | ISIC-2016 | no header: `ISIC_0000000,benign` |
//! | ISIC-2017 | `image_id,melanoma,seborrheic_keratosis` |
//! | ISIC-2018, ISIC-2019 | `image,MEL,NV,BCC,...` |
//! | ISIC-2020 | `image_name`, and `diagnosis` or `target` |
//! | HAM10000 | `lesion_id,image_id,dx` |
//! | BCN20000 | `bcn_filename,diagnosis` |
//! | Derm7pt | `case_num,diagnosis,derm` (the dermoscopic pictures) |
//! | PAD-UFES-20 | `img_id,diagnostic` |
//! | plain labels | `image_id,diagnosis`, and if known `split`, `duplicate_of`, `lesion_id`, `patient_id` |
//!
//! `lesion_id` and `patient_id` are read from any of them, and from a second table in the same folder that has them (ISIC-2018
//! has its lesions in `..._LesionGroupings.csv`, ISIC-2019 in `..._Metadata.csv`).
//!
//! Tables are UTF-8 or UTF-16, delimited by comma, semicolon, tab or what a first line `sep=` says. "NA", "nan", "null" and their like in
//! the columns of lesion, patient, split and duplicate mean that nothing is known. Rows that contradict each other on one picture leave it
//! out, and a mask is never taken for the photograph of its name.
//!
//! An [`Example`] is a row whose picture was found. Everything else is a [`Problem`]. Nothing is decoded before
//! [`Dataset::fingerprint`].

mod diagnosis;
mod error;
mod fingerprint;
mod folders;
mod groups;
mod layout;
mod pictures;
mod problem;
pub mod split;
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_unsound;
mod text;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use diagnosis::Diagnosis;
pub use error::DatasetError;
pub use fingerprint::{Fingerprint, Fingerprints};
pub use problem::Problem;

pub(crate) use fingerprint::hash_files;

use flipscope_model::Label;

/// What a part of a data set is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Weights are fitted to it.
    Train,
    /// Choices are made on it: epochs, thresholds, parameters.
    Validation,
    /// Touched once, for the final figures.
    Test,
}

impl Part {
    /// All of them, in the order in which they are used.
    pub const ALL: [Self; 3] = [Self::Train, Self::Validation, Self::Test];

    /// The part's name in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Validation => "validation",
            Self::Test => "test",
        }
    }

    /// The part that a table or a folder means by a word.
    fn of_word(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "train" | "training" => Some(Self::Train),
            "val" | "valid" | "validation" => Some(Self::Validation),
            "test" | "testing" => Some(Self::Test),
            _ => None,
        }
    }
}

/// A picture and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its name in the table; in a folder per class its path below the folder, with `/`. No two examples share one.
    pub id: String,
    /// The picture.
    pub path: PathBuf,
    /// What the lesion is.
    pub diagnosis: Diagnosis,
    /// The lesion, where the table names it: several pictures may show one.
    pub lesion: Option<String>,
    /// The patient, where the table names them.
    pub patient: Option<String>,
    /// The part that the table puts it in, if it does.
    pub part: Option<Part>,
    /// The example that the table says it repeats.
    pub duplicate_of: Option<String>,
}

impl Example {
    /// Melanoma or nevus; none for every other diagnosis.
    #[must_use]
    pub fn label(&self) -> Option<Label> {
        self.diagnosis.label
    }
}

/// A labelled set of photographs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// The name of the table or of the folder.
    pub name: String,
    /// The format, as in the table of this module, e.g. "ISIC-2017".
    pub format: &'static str,
    /// Every row with a picture, of whatever diagnosis, in the order of their ids.
    pub examples: Vec<Example>,
    /// What of the set cannot be used, or only with care.
    pub problems: Vec<Problem>,
    /// What was taken for granted and should be shown, e.g. that "benign" was read as nevus; usually empty.
    pub assumptions: Vec<String>,
}

impl Dataset {
    /// Reads the labels of a table (CSV) or of a folder, and finds the pictures.
    ///
    /// A folder is read through the one table of labels in it, or else as a folder per class. Pictures are looked for in
    /// `images` and beneath, by default beside the table and beneath; a folder per class has its own.
    ///
    /// # Errors
    /// If the file or folder cannot be read, its columns are of no known format, a folder holds several tables of labels, or
    /// nothing in it is a melanoma or a nevus with a picture. Single rows and pictures are no reason: they become
    /// [`Dataset::problems`].
    pub fn read(labels: &Path, images: Option<&Path>) -> Result<Self, DatasetError> {
        let about = std::fs::metadata(labels).map_err(|source| DatasetError::Io {
            path: labels.to_owned(),
            source,
        })?;
        let mut dataset = if !about.is_dir() {
            table::read(labels, images)?
        } else if let Some(table) = table::find(labels)? {
            table::read(&table, images)?
        } else {
            folders::read(labels)?
        };
        dataset.examples.sort_by(|a, b| a.id.cmp(&b.id));
        if dataset.labelled().next().is_none() {
            // The first row that cannot be used says what is wrong with the others.
            let why = dataset.problems.iter().find(|problem| problem.is_of_rows());
            let why = why.map_or_else(String::new, |why| format!("; the first: {why}"));
            return Err(DatasetError::NothingLabelled {
                path: labels.to_owned(),
                problems: format!("{}{why}", dataset.summary()),
            });
        }
        Ok(dataset)
    }

    /// The examples that are melanomas or nevi, with their label.
    pub fn labelled(&self) -> impl Iterator<Item = (&Example, Label)> {
        self.examples
            .iter()
            .filter_map(|example| Some((example, example.label()?)))
    }

    /// How many examples have a label.
    #[must_use]
    pub fn count(&self, label: Label) -> usize {
        self.labelled().filter(|(_, its)| *its == label).count()
    }

    /// The example of an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Example> {
        let at = self
            .examples
            .binary_search_by(|example| example.id.as_str().cmp(id))
            .ok()?;
        self.examples.get(at)
    }

    /// One sentence on the problems, counted by kind, e.g. "42 seborrheic keratosis, 3 rows without a picture".
    #[must_use]
    pub fn summary(&self) -> String {
        problem::summary(&self.problems)
    }
}

/// The name of a set that is read from here: of the table, or of its folder where the table is called `labels` or
/// `metadata`, as many are.
fn name_of(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let text =
        |part: Option<&std::ffi::OsStr>| part.map(|name| name.to_string_lossy().into_owned());
    if whole.is_dir() {
        return text(whole.file_name()).unwrap_or_default();
    }
    let stem = text(whole.file_stem()).unwrap_or_default();
    match stem.to_lowercase().as_str() {
        "labels" | "metadata" => text(whole.parent().and_then(Path::file_name)).unwrap_or(stem),
        _ => stem,
    }
}

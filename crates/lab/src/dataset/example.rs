//! A labelled set of photographs, and one example of it.

use std::path::PathBuf;

use super::diagnosis::Diagnosis;
use super::part::Part;
use super::problem::{self, Problem};
use flipscope_model::Label;

/// A picture and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its name in the table; with a folder per class, its path below the folder, with `/`. Unique among the examples.
    pub id: String,
    /// The picture.
    pub path: PathBuf,
    /// The diagnosis of the lesion.
    pub diagnosis: Diagnosis,
    /// The lesion, if the table identifies it: several pictures may show one lesion.
    pub lesion: Option<String>,
    /// The patient, if the table identifies them.
    pub patient: Option<String>,
    /// The part that the table assigns it to, if it does.
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
    /// The table; none of a folder per class.
    pub table: Option<PathBuf>,
    /// Where the table was found, in words, if it is not in the folder that was named; it is to be said.
    pub found: Option<String>,
    /// The format, as in the table of this module, e.g. "ISIC-2017".
    pub format: &'static str,
    /// Every row with a picture, whatever the diagnosis, in the order of their ids.
    pub examples: Vec<Example>,
    /// What cannot be used, or only with care.
    pub problems: Vec<Problem>,
    /// Assumptions that should be shown, e.g. that "benign" was read as nevus; usually empty.
    pub assumptions: Vec<String>,
}

impl Dataset {
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

    /// The example with an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Example> {
        let at = self
            .examples
            .binary_search_by(|example| example.id.as_str().cmp(id))
            .ok()?;
        self.examples.get(at)
    }

    /// One sentence about the problems, counted by kind, e.g. "42 seborrheic keratosis, 3 rows without a picture".
    #[must_use]
    pub fn summary(&self) -> String {
        problem::summary(&self.problems)
    }
}

//! A labelled set of photographs, and one example of it.

use std::path::PathBuf;

use super::diagnosis::Diagnosis;
use super::part::Part;
use super::problem::{self, Problem};
use flipscope_model::Label;

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

//! One row of a table of labels: what it says, and whether two of its columns contradict each other.

use super::both::both;
use super::diagnosis::Diagnosis;
use super::layout::Layout;
use super::naming::number;
use super::part::Part;
use super::pictures::key;
use super::unknown::{known, known_group};
use flipscope_language::{as_text, text};
use flipscope_model::Label;

/// The contents of a row.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) diagnosis: Diagnosis,
    /// A contradiction between two columns of the row about the lesion.
    pub(super) contradiction: Option<String>,
    pub(super) lesion: Option<String>,
    pub(super) patient: Option<String>,
    pub(super) part: Option<Part>,
    pub(super) duplicate_of: Option<String>,
}

impl Layout {
    /// The picture that a row names, whatever else is wrong with it.
    pub(super) fn id<'a>(&self, fields: &'a [String]) -> Option<&'a str> {
        let id = fields.get(self.id)?;
        (!id.is_empty()).then_some(id)
    }

    /// Reads a row.
    pub(super) fn row(&self, fields: &[String]) -> Result<Row, String> {
        if fields.len() < self.width {
            return Err(text!(
                "dataset-has-fields",
                fields = as_text(&fields.len()),
                width = as_text(&self.width)
            ));
        }
        if fields
            .iter()
            .skip(self.width)
            .any(|field| !field.is_empty())
        {
            let id = fields.get(self.id).map_or("", String::as_str);
            return Err(text!(
                "dataset-has-fields-header-so",
                id = as_text(&id),
                fields = as_text(&fields.len()),
                width = as_text(&self.width)
            ));
        }
        let field = |at: usize| fields.get(at).map_or("", String::as_str);
        let text = |at: Option<usize>| at.map(field).and_then(known).map(str::to_owned);
        let group = |at: Option<usize>| at.map(field).and_then(known_group).map(str::to_owned);
        let id = field(self.id).to_owned();
        if id.is_empty() {
            return Err(text!("dataset-names-no-picture").to_owned());
        }
        let part = match text(self.part) {
            None => None,
            Some(word) => Some(Part::of_word(&word).ok_or_else(|| {
                text!(
                    "dataset-split-not-train-val",
                    id = as_text(&id),
                    word = as_text(&word)
                )
            })?),
        };
        let diagnosis =
            (self.naming.diagnosis(&field)).map_err(|reason| format!("{id}: {reason}"))?;
        Ok(Row {
            contradiction: self.contradiction(&diagnosis, &field),
            diagnosis,
            lesion: group(self.lesion),
            patient: group(self.patient),
            part,
            // A row that names itself as its duplicate is the original.
            duplicate_of: group(self.duplicate_of).filter(|of| key(of) != key(&id)),
            id,
        })
    }

    /// What a row says in two columns that cannot both be true, with the columns.
    fn contradiction<'a>(
        &self,
        diagnosis: &Diagnosis,
        field: &impl Fn(usize) -> &'a str,
    ) -> Option<String> {
        let twin = |(name, first, other): &(String, usize, usize)| {
            let (one, two) = (field(*first), field(*other));
            let differ =
                known(one).is_some() && known(two).is_some() && !one.eq_ignore_ascii_case(two);
            differ.then(|| {
                text!(
                    "dataset-two-columns-called",
                    one = as_text(&one),
                    two = as_text(&two),
                    name = as_text(&name)
                )
            })
        };
        if let Some(said) = self.twins.iter().find_map(twin) {
            return Some(said);
        }
        let labels = (self.words.iter())
            .filter_map(|(name, at)| Some((Diagnosis::of(field(*at)).label?, name, field(*at))));
        let mut said: Vec<(bool, String)> =
            (diagnosis.label.iter())
                .map(|label| (*label == Label::Melanoma, diagnosis.text.clone()))
                .chain(labels.map(|(label, name, text)| {
                    (label == Label::Melanoma, format!("{text} ({name})"))
                }))
                .collect();
        let malignant = self.malignancies.iter().filter_map(|(name, at)| {
            Some((super::diagnosis::malignancy(field(*at))?, name, field(*at)))
        });
        said.extend(malignant.map(|(is, name, text)| (is, format!("{text} ({name})"))));
        let targets = (self.targets.iter())
            .filter_map(|(name, at)| Some((number(field(*at))?, name, field(*at))));
        // For a growth that is not a nevus, 0 says only that it is not a melanoma.
        let targets = targets.filter(|(is, ..)| *is || diagnosis.label.is_some());
        said.extend(targets.map(|(is, name, text)| (is, format!("{name} {text}"))));
        let (first, rest) = said.split_first()?;
        let (_, other) = rest.iter().find(|(is, _)| *is != first.0)?;
        Some(both(&first.1, other))
    }
}

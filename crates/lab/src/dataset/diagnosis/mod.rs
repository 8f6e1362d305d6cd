//! The diagnosis of a lesion: the terms used in tables, and which of them mean melanoma and nevus.

mod doubt;
#[cfg(test)]
mod tests;
mod vocabulary;

use flipscope_model::Label;

use self::doubt::is_doubted;
use self::vocabulary::{is_melanoma, is_melanoma_with_nevus, is_nevus, named, words};
use super::unknown::known;

/// A diagnosis as a table gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// Melanoma or nevus; none if it is something else, or unknown.
    pub label: Option<Label>,
    /// The table's own term; the most specific one if it has several.
    pub text: String,
}

impl Diagnosis {
    /// Reads a term of ISIC (old and new), HAM10000, or a folder's name. Melanoma in situ and metastases are melanomas, as in
    /// ISIC's own tree; every melanocytic nevus is a nevus; indeterminate lesions are neither.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self {
            label: label(text),
            text: stated(text).to_owned(),
        }
    }

    /// Reads diagnoses from coarse to fine (ISIC's `diagnosis_1` to `diagnosis_5`): the first that has a label gives the label,
    /// the last that is not empty gives the text. If one is doubtful, there is no label.
    pub(super) fn of_levels<'a>(levels: impl DoubleEndedIterator<Item = &'a str> + Clone) -> Self {
        Self {
            label: (levels.clone().find_map(label)).filter(|_| !levels.clone().any(in_doubt)),
            text: levels
                .map(stated)
                .rfind(|level| !level.is_empty())
                .unwrap_or_default()
                .to_owned(),
        }
    }

    /// A label that does not follow from the text.
    pub(super) fn labelled(label: Label, text: &str) -> Self {
        Self {
            label: Some(label),
            text: text.to_owned(),
        }
    }
}

/// The term, if it says anything: in ISIC's tables, "unknown" is a diagnosis.
fn stated(text: &str) -> &str {
    let text = text.trim();
    let is_unknown = (["unknown", "unk"].iter()).any(|word| text.eq_ignore_ascii_case(word));
    if is_unknown || known(text).is_some() {
        text
    } else {
        ""
    }
}

/// Whether a text names melanoma or nevus, but also names the other, doubts it or negates it.
pub(in crate::dataset) fn in_doubt(text: &str) -> bool {
    let text = text.to_lowercase();
    named(&words(&text)).is_some() && label(&text).is_none()
}

/// Whether a term of ISIC's coarsest level means malignant (or benign); none if it means neither.
pub(in crate::dataset) fn malignancy(text: &str) -> Option<bool> {
    let text = text.to_lowercase();
    match *words(&text).first()? {
        "malignant" => Some(true),
        "benign" => Some(false),
        _ => None,
    }
}

fn label(text: &str) -> Option<Label> {
    let text = text.to_lowercase();
    let all = words(&text);
    if is_melanoma_with_nevus(&all) {
        return (!is_doubted(&text, &all, Label::Melanoma)).then_some(Label::Melanoma);
    }
    let label = named(&all)?;
    let other = all.iter().any(|word| match label {
        Label::Melanoma => is_nevus(word),
        Label::Nevus => is_melanoma(word),
    });
    let maligna = (all.windows(2)).any(|pair| matches!(pair, ["lentigo", "maligna"]));
    let other = other || label == Label::Nevus && maligna;
    (!other && !is_doubted(&text, &all, label)).then_some(label)
}

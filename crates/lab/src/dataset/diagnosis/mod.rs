//! What a lesion is: the words of the tables, and which of them mean melanoma and nevus.

mod doubt;
#[cfg(test)]
mod tests;
mod vocabulary;

use flipscope_model::Label;

use self::doubt::is_doubted;
use self::vocabulary::{is_melanoma, is_melanoma_with_nevus, is_nevus, named, words};
use super::text::known;

/// A diagnosis as a table gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// Melanoma or nevus; none where it is something else, or not known.
    pub label: Option<Label>,
    /// The table's own word; the finest one where it has several.
    pub text: String,
}

impl Diagnosis {
    /// Reads a word of ISIC's (old and new), HAM10000's or a folder's name. Melanoma in situ and metastases are melanomas, as
    /// in ISIC's own tree; every nevus of melanocytes is a nevus; what is indeterminate is neither.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self {
            label: label(text),
            text: stated(text).to_owned(),
        }
    }

    /// Reads diagnoses from coarse to fine (ISIC's `diagnosis_1` to `diagnosis_5`): the first that has a label gives it, the
    /// last that is not empty gives the text. One that is in doubt leaves all without a label.
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

/// The word, if it says anything: that a diagnosis is unknown is one, in ISIC's tables.
fn stated(text: &str) -> &str {
    let text = text.trim();
    let is_unknown = (["unknown", "unk"].iter()).any(|word| text.eq_ignore_ascii_case(word));
    if is_unknown || known(text).is_some() {
        text
    } else {
        ""
    }
}

/// Whether a text names melanoma or nevus, but names the other beside it, doubts it or takes it back.
pub(in crate::dataset) fn in_doubt(text: &str) -> bool {
    let text = text.to_lowercase();
    named(&words(&text)).is_some() && label(&text).is_none()
}

/// Whether a word of ISIC's coarsest level says malignant (or benign); none where it says neither.
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

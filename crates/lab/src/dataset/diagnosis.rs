//! What a lesion is: the words of the tables, and which of them mean melanoma and nevus.

use super::text::known;
use flipscope_model::Label;

/// A diagnosis as a table gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// Melanoma or nevus; none where it is something else, or not known.
    pub label: Option<Label>,
    /// The table's own word; the finest one where it has several.
    pub text: String,
}

/// Benign growths called nevus that are not of melanocytes.
const NOT_MELANOCYTIC: [&str; 10] = [
    "anemicus",
    "comedonicus",
    "connective",
    "depigmentosus",
    "epidermal",
    "flammeus",
    "organoid",
    "sebaceous",
    "sebaceus",
    "verrucous",
];

/// Kinds of melanoma whose first word is another.
const MELANOMAS: [&str; 10] = [
    "acral lentiginous melanoma",
    "amelanotic melanoma",
    "invasive melanoma",
    "lentigo maligna",
    "lentigo maligna melanoma",
    "malignant melanocytic proliferations melanoma",
    "malignant melanoma",
    "metastatic melanoma",
    "nodular melanoma",
    "superficial spreading melanoma",
];

impl Diagnosis {
    /// Reads a word of ISIC's (old and new), HAM10000's or a folder's name. Melanoma in situ and metastases are melanomas, as
    /// in ISIC's own tree; every nevus of melanocytes is a nevus; what is indeterminate is neither.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self {
            label: label(text),
            text: said(text).to_owned(),
        }
    }

    /// Reads diagnoses from coarse to fine (ISIC's `diagnosis_1` to `diagnosis_5`): the first that has a label gives it, the
    /// last that is not empty gives the text.
    pub(super) fn of_levels<'a>(levels: impl DoubleEndedIterator<Item = &'a str> + Clone) -> Self {
        Self {
            label: levels.clone().find_map(label),
            text: levels
                .map(said)
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
fn said(text: &str) -> &str {
    let text = text.trim();
    let is_unknown = (["unknown", "unk"].iter()).any(|word| text.eq_ignore_ascii_case(word));
    if is_unknown || known(text).is_some() {
        text
    } else {
        ""
    }
}

fn label(text: &str) -> Option<Label> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let first = words.first()?;
    if matches!(*first, "mel" | "melanoma" | "melanomas")
        || MELANOMAS.contains(&words.join(" ").as_str())
    {
        return Some(Label::Melanoma);
    }
    let nevus = |word: &&str| matches!(*word, "nv" | "nev" | "nevus" | "nevi" | "naevus" | "naevi");
    let named = nevus(first) || words.last().is_some_and(nevus);
    let melanocytic = !words.iter().any(|word| NOT_MELANOCYTIC.contains(word));
    (named && melanocytic).then_some(Label::Nevus)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_tables_are_understood() {
        for (text, label) in [
            ("mel", Some(Label::Melanoma)),
            (" Melanoma ", Some(Label::Melanoma)),
            ("Melanoma in situ", Some(Label::Melanoma)),
            ("Melanoma, NOS", Some(Label::Melanoma)),
            ("melanoma metastasis", Some(Label::Melanoma)),
            (
                "Malignant melanocytic proliferations (Melanoma)",
                Some(Label::Melanoma),
            ),
            ("lentigo_maligna", Some(Label::Melanoma)),
            ("melanoma (less than 0.76 mm)", Some(Label::Melanoma)),
            ("clark nevus", Some(Label::Nevus)),
            ("reed or spitz nevus", Some(Label::Nevus)),
            ("NEV", Some(Label::Nevus)),
            ("NA", None),
            ("nv", Some(Label::Nevus)),
            ("Nevus, Spitz", Some(Label::Nevus)),
            ("melanocytic_nevi", Some(Label::Nevus)),
            ("blue nevus", Some(Label::Nevus)),
            ("Naevus", Some(Label::Nevus)),
            ("epidermal nevus", None),
            ("nevus sebaceous", None),
            ("non-melanoma", None),
            ("Indeterminate melanocytic proliferations", None),
            ("Benign melanocytic proliferations", None),
            ("atypical melanocytic proliferation", None),
            ("seborrheic_keratosis", None),
            ("lentigo simplex", None),
            ("benign", None),
            ("malignant", None),
            ("unknown", None),
            ("", None),
        ] {
            assert_eq!(Diagnosis::of(text).label, label, "{text}");
        }
    }

    #[test]
    fn levels_give_the_label_and_the_finest_word() {
        let of = |levels: [&'static str; 5]| Diagnosis::of_levels(levels.into_iter());
        let spitz = of([
            "Benign",
            "Benign melanocytic proliferations",
            "Nevus",
            "Nevus, Spitz",
            "",
        ]);
        assert_eq!(spitz, Diagnosis::labelled(Label::Nevus, "Nevus, Spitz"));
        let melanoma = of([
            "Malignant",
            "Malignant melanocytic proliferations (Melanoma)",
            "Melanoma Invasive",
            "",
            "",
        ]);
        assert_eq!(melanoma.label, Some(Label::Melanoma));
        assert_eq!(melanoma.text, "Melanoma Invasive");
        assert_eq!(of(["Benign", "", "", "", ""]), Diagnosis::of("Benign"));
    }
}

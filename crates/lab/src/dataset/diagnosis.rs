//! The diagnosis of a lesion: the terms used in tables, and which of them mean melanoma and nevus.

use super::text::known;
use flipscope_model::Label;

/// A diagnosis as a table gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// Melanoma or nevus; none if it is something else, or unknown.
    pub label: Option<Label>,
    /// The table's own term; the most specific one if it has several.
    pub text: String,
}

/// Benign growths called nevus that are not melanocytic.
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

/// Kinds of melanoma whose first word is not "melanoma".
const MELANOMAS: [&str; 14] = [
    "acral lentiginous melanoma",
    "amelanotic melanoma",
    "desmoplastic melanoma",
    "in situ melanoma",
    "invasive melanoma",
    "lentigo maligna",
    "lentigo maligna melanoma",
    "malignant melanocytic proliferations melanoma",
    "malignant melanoma",
    "metastatic melanoma",
    "nevoid melanoma",
    "nodular melanoma",
    "spitzoid melanoma",
    "superficial spreading melanoma",
];

/// Words for features that a growth has or lacks, which are not a diagnosis.
const FEATURES: [&str; 16] = [
    "atypia",
    "dysplasia",
    "halo",
    "infiltration",
    "invasion",
    "metastases",
    "metastasis",
    "mitoses",
    "mitosis",
    "necrosis",
    "pigment",
    "pigmentation",
    "regression",
    "symptoms",
    "ulceration",
    "vessels",
];

/// Words for kinds of nevus, used as alternatives in one name: "reed or spitz nevus".
const KINDS_OF_NEVUS: [&str; 28] = [
    "acquired",
    "atypical",
    "blue",
    "cellular",
    "clark",
    "combined",
    "common",
    "compound",
    "congenital",
    "dermal",
    "dysplastic",
    "halo",
    "intradermal",
    "junction",
    "junctional",
    "lentiginous",
    "melanocytic",
    "miescher",
    "papillomatous",
    "penetrating",
    "persistent",
    "recurrent",
    "reed",
    "speckled",
    "spilus",
    "spitz",
    "sutton",
    "unna",
];

/// Words for kinds and stages of melanoma, used as alternatives in one name.
const KINDS_OF_MELANOMA: [&str; 10] = [
    "acral",
    "invasive",
    "maligna",
    "metastases",
    "metastasis",
    "metastatic",
    "nodular",
    "recurrent",
    "situ",
    "spreading",
];

impl Diagnosis {
    /// Reads a term of ISIC (old and new), HAM10000, or a folder's name. Melanoma in situ and metastases are melanomas, as in
    /// ISIC's own tree; every melanocytic nevus is a nevus; indeterminate lesions are neither.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self {
            label: label(text),
            text: said(text).to_owned(),
        }
    }

    /// Reads diagnoses from coarse to fine (ISIC's `diagnosis_1` to `diagnosis_5`): the first that has a label gives the label,
    /// the last that is not empty gives the text. If one is doubtful, there is no label.
    pub(super) fn of_levels<'a>(levels: impl DoubleEndedIterator<Item = &'a str> + Clone) -> Self {
        Self {
            label: (levels.clone().find_map(label)).filter(|_| !levels.clone().any(in_doubt)),
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

/// The term, if it says anything: in ISIC's tables, "unknown" is a diagnosis.
fn said(text: &str) -> &str {
    let text = text.trim();
    let is_unknown = (["unknown", "unk"].iter()).any(|word| text.eq_ignore_ascii_case(word));
    if is_unknown || known(text).is_some() {
        text
    } else {
        ""
    }
}

/// Whether a text names melanoma or nevus, but also names the other, doubts it or negates it.
pub(super) fn in_doubt(text: &str) -> bool {
    let text = text.to_lowercase();
    named(&words(&text)).is_some() && label(&text).is_none()
}

/// Whether a term of ISIC's coarsest level means malignant (or benign); none if it means neither.
pub(super) fn malignancy(text: &str) -> Option<bool> {
    let text = text.to_lowercase();
    match *words(&text).first()? {
        "malignant" => Some(true),
        "benign" => Some(false),
        _ => None,
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
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

fn is_melanoma(word: &str) -> bool {
    matches!(
        word,
        "mel" | "melanom" | "melanome" | "melanomas" | "melanomata"
    ) || word == "melanoma"
}

fn is_nevus(word: &str) -> bool {
    matches!(
        word,
        "nv" | "nev" | "nevus" | "nevi" | "naevus" | "naevi" | "nevo" | "nävus" | "nävi" | "naevo"
    )
}

/// Customary names of a melanoma that arose in a nevus: "nevus-associated melanoma", "melanoma in situ, associated with a
/// nevus", "melanoma arising in a dysplastic nevus".
fn is_melanoma_with_nevus(words: &[&str]) -> bool {
    let Some(melanoma) = words.iter().position(|word| is_melanoma(word)) else {
        return false;
    };
    let Some(nevus) = words.iter().position(|word| is_nevus(word)) else {
        return false;
    };
    if nevus < melanoma {
        return words.get(nevus + 1) == Some(&"associated") && nevus + 2 == melanoma;
    }
    let between = words.get(melanoma + 1..nevus).unwrap_or_default();
    between.iter().any(|word| {
        matches!(
            *word,
            "arising" | "arisen" | "developing" | "developed" | "originating" | "associated" | "ex"
        )
    })
}

/// Whether a text leaves open or denies the diagnosis that it names.
fn is_doubted(text: &str, words: &[&str], label: Label) -> bool {
    let text = text.replace("not otherwise specified", "nos");
    if text.contains('?') {
        return true;
    }
    let doubts = words.iter().any(|word| {
        matches!(
            *word,
            "cannot"
                | "excluded"
                | "exclude"
                | "excluding"
                | "rule"
                | "ruled"
                | "suspected"
                | "suspect"
                | "suspicious"
                | "suspicion"
                | "susp"
                | "possible"
                | "possibly"
                | "probable"
                | "probably"
                | "prob"
                | "presumed"
                | "presumptive"
                | "likely"
                | "unlikely"
                | "vs"
                | "versus"
                | "dd"
                | "ddx"
                | "differential"
                | "query"
                | "questionable"
                | "uncertain"
                | "unclear"
                | "equivocal"
                | "doubtful"
                | "maybe"
                | "favor"
                | "favour"
                | "favored"
                | "favoured"
                | "consider"
                | "verdacht"
                | "negative"
                | "neg"
                | "nicht"
                | "kein"
                | "keine"
                | "ohne"
        )
    });
    // A feature that a growth lacks ("nevus without atypia") does not contradict its name.
    let denies = words.iter().enumerate().any(|(at, word)| {
        let denied = words.get(at + 1..).unwrap_or_default();
        let specified = denied.starts_with(&["otherwise", "specified"]);
        let lacking = denied.iter().take(4).any(|word| FEATURES.contains(word));
        matches!(*word, "no" | "not" | "non" | "without") && !specified && !lacking
    });
    doubts || denies || has_alternatives(&text, label)
}

/// Whether a text names alternatives ("or", "/") of which one has another label: in "reed or spitz nevus" both are nevi.
fn has_alternatives(text: &str, label: Label) -> bool {
    let kinds: &[&str] = match label {
        Label::Melanoma => &KINDS_OF_MELANOMA,
        Label::Nevus => &KINDS_OF_NEVUS,
    };
    let of_label = |part: &str| {
        let mut words = words(part).into_iter().peekable();
        let only_numbers = |part: &str| {
            part.chars().all(|c| {
                c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x' | '.' | ',' | ' ' | '(' | ')')
            })
        };
        words.peek().is_none()
            || only_numbers(part)
            || words.any(|word| {
                kinds.contains(&word)
                    || match label {
                        Label::Melanoma => is_melanoma(word),
                        Label::Nevus => is_nevus(word),
                    }
            })
    };
    let spaced = text.replace(|c: char| !c.is_alphanumeric() && c != '/' && c != '.', " ");
    let parts = spaced.split('/').flat_map(|part| part.split(" or "));
    let parts: Vec<&str> = parts.collect();
    parts.len() > 1 && !parts.into_iter().all(of_label)
}

/// The label given by the first and last words, whatever is between them.
fn named(words: &[&str]) -> Option<Label> {
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
    fn what_is_doubted_denied_or_named_with_the_other_class_has_no_label() {
        for text in [
            "melanoma?",
            "melanoma/nevus",
            "melanoma or nevus",
            "nevus with melanoma",
            "nevus, not melanoma",
            "nevus, no melanoma",
            "melanoma in situ cannot be excluded",
            "melanoma, suspected",
            "melanoma (possible)",
            "possible nevus",
            "nevus vs melanoma",
            "melanoma vs. seborrheic keratosis",
            "melanoma/BCC",
            "nevus, rule out melanoma",
            "dysplastic nevus r/o melanoma",
            "nevus DD melanoma",
            "melanoma negative",
            "melanoma: no",
            "melanoma not confirmed",
            "nevus or lentigo",
            "nevus / lentigo maligna",
        ] {
            assert_eq!(Diagnosis::of(text).label, None, "{text}");
            // Neither its first nor its last word names it: it is left out as another diagnosis.
            assert!(in_doubt(text) || text.starts_with("dysplastic"), "{text}");
        }
        for text in [
            "nevus-associated melanoma",
            "Naevus associated melanoma",
            "melanoma arising in nevus",
            "melanoma arising in a nevus",
            "melanoma in situ arising in a dysplastic nevus",
            "Melanoma Invasive, Associated with a nevus",
            "Melanoma Invasive, On chronically sun-exposed skin or lentigo maligna melanoma",
            "melanoma, not otherwise specified",
            "melanoma, no ulceration",
            "nevoid melanoma",
            "melanoma (Clark II/III)",
        ] {
            assert_eq!(Diagnosis::of(text).label, Some(Label::Melanoma), "{text}");
        }
        for text in [
            "Nevus, Recurrent or persistent",
            "Spitz/Reed nevus",
            "nevus without atypia",
            "melanocytic nevus with halo",
            "melanocytic nevus with severe atypia",
            "Nevus, NOS, Compound",
        ] {
            let label = Diagnosis::of(text).label;
            if text.starts_with("melanocytic") {
                assert_eq!(label, None, "{text}");
            } else {
                assert_eq!(label, Some(Label::Nevus), "{text}");
            }
        }
        for text in [
            "non-melanoma",
            "suspected melanoma",
            "seborrheic keratosis",
            "",
        ] {
            assert!(!in_doubt(text), "{text}");
        }
        let levels = |levels: [&'static str; 2]| Diagnosis::of_levels(levels.into_iter()).label;
        assert_eq!(
            levels([
                "Malignant melanocytic proliferations (Melanoma)",
                "Melanoma?"
            ]),
            None
        );
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

//! Texts that name a diagnosis and leave it open, deny it, or name another beside it.

use flipscope_model::Label;

use super::vocabulary::{is_melanoma, is_nevus, words};

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

/// Whether a text leaves open or denies the diagnosis that it names.
pub(super) fn is_doubted(text: &str, words: &[&str], label: Label) -> bool {
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

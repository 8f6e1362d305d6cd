//! The words of the tables: which name melanoma, and which name nevus.

use flipscope_model::Label;

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

pub(super) fn words(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

pub(super) fn is_melanoma(word: &str) -> bool {
    matches!(
        word,
        "mel" | "melanom" | "melanome" | "melanomas" | "melanomata"
    ) || word == "melanoma"
}

pub(super) fn is_nevus(word: &str) -> bool {
    matches!(
        word,
        "nv" | "nev" | "nevus" | "nevi" | "naevus" | "naevi" | "nevo" | "nävus" | "nävi" | "naevo"
    )
}

/// Customary names of a melanoma that arose in a nevus: "nevus-associated melanoma", "melanoma in situ, associated with a
/// nevus", "melanoma arising in a dysplastic nevus".
pub(super) fn is_melanoma_with_nevus(words: &[&str]) -> bool {
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

/// The label given by the first and last words, whatever is between them.
pub(super) fn named(words: &[&str]) -> Option<Label> {
    let first = words.first()?;
    // In German, as one word: what else a phrase says is not read.
    match *words {
        ["melanom"] => return Some(Label::Melanoma),
        ["nävus"] => return Some(Label::Nevus),
        _ => {}
    }
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

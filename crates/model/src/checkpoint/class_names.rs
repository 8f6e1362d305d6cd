//! What class names mean, in any case and spelling that people use.

/// The words of a name, in lower case: "Malignant-melanoma (MEL)" has malignant, melanoma, mel.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut lower = false;
    for letter in name.chars() {
        // `malignantMelanoma` is two words.
        if !letter.is_alphanumeric() || (lower && letter.is_uppercase()) {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
        lower = letter.is_lowercase();
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a name negates what follows: "non-melanoma", "not melanoma", `nonmelanoma`, "other than melanoma".
fn negated(words: &[String], at: usize) -> bool {
    words.iter().take(at).any(|word| {
        matches!(
            word.as_str(),
            "no" | "non" | "not" | "without" | "kein" | "nicht" | "than" | "except"
        )
    })
}

/// Whether a name means melanoma itself: "mel", "MEL", "Malignant melanoma", "melanoma (in situ)", "lentigo maligna".
pub(crate) fn means_melanoma(name: &str) -> bool {
    let words = words(name);
    let is = |word: &str| {
        matches!(word, "mel" | "mm" | "melanom" | "melanome" | "melanomas")
            || word == "melanoma"
            || word == "malignantmelanoma"
            || word == "melanomametastasis"
    };
    let lentigo = words.iter().any(|word| word == "lentigo")
        && words
            .iter()
            .any(|word| matches!(word.as_str(), "maligna" | "malignant"));
    lentigo
        || words
            .iter()
            .position(|word| is(word))
            .is_some_and(|at| !negated(&words, at))
}

/// Whether a name means malignant, as a melanoma classifier with two classes may call melanomas: "malignant", "cancer",
/// "positive".
pub(crate) fn means_malignant(name: &str) -> bool {
    let words = words(name);
    let is = |word: &str| {
        matches!(
            word,
            "malignant"
                | "malign"
                | "maligno"
                | "maligne"
                | "malignancy"
                | "cancer"
                | "cancerous"
                | "positive"
                | "pos"
                | "target"
        )
    };
    words
        .iter()
        .position(|word| is(word))
        .is_some_and(|at| !negated(&words, at))
}

/// Which of the classes mean melanoma, and whether a name says melanoma itself; none if no name does.
pub(crate) fn melanomas(classes: &[String]) -> Option<(Vec<usize>, bool)> {
    let all = |means: fn(&str) -> bool| -> Vec<usize> {
        (classes.iter().enumerate())
            .filter(|(_, name)| means(name))
            .map(|(at, _)| at)
            .collect()
    };
    let some = |found: &Vec<usize>| !found.is_empty() && found.len() < classes.len();
    let named = Some(all(means_melanoma)).filter(some);
    let malignant = || Some(all(means_malignant)).filter(|found| found.len() == 1 && some(found));
    match named {
        Some(found) => Some((found, true)),
        None => malignant().map(|found| (found, false)),
    }
}

/// Whether a name is a placeholder: `LABEL_0`, "class 1", "0".
pub(crate) fn is_placeholder(name: &str) -> bool {
    let words = words(name);
    let digits = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    let rest = |word: &str| {
        ["label", "class", "cls", "c"]
            .iter()
            .any(|stem| word.strip_prefix(stem).is_some_and(digits))
    };
    match words.as_slice() {
        [one] => digits(one) || rest(one),
        [stem, number] => matches!(stem.as_str(), "label" | "class" | "cls") && digits(number),
        _ => false,
    }
}

/// The other class of two: for "melanoma" it is "nevus", for "benign" it is "malignant".
pub(crate) fn complement(name: &str) -> String {
    let words = words(name);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    if means_melanoma(name) {
        "nevus".to_owned()
    } else if means_malignant(name) {
        if has(&["positive", "pos"]) {
            "negative".to_owned()
        } else {
            "benign".to_owned()
        }
    } else if has(&["nevus", "naevus", "nv", "nevi", "naevi"]) {
        "melanoma".to_owned()
    } else if has(&["negative", "neg"]) {
        "positive".to_owned()
    } else if has(&["benign"]) {
        "malignant".to_owned()
    } else if words
        .iter()
        .any(|word| word == "melanoma" || word == "nonmelanoma" || word == "mel")
    {
        "melanoma".to_owned()
    } else {
        format!("not {name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn melanoma_is_known_in_any_spelling() {
        for name in [
            "melanoma",
            "Melanoma",
            "MEL",
            "mel",
            "malignant melanoma",
            "Malignant_Melanoma",
            "malignantMelanoma",
            "melanoma (in situ)",
            "lentigo maligna",
            "bcc/mel",
        ] {
            assert!(means_melanoma(name), "{name}");
        }
        for name in [
            "nevus",
            "melanocytic nevi",
            "NV",
            "non-melanoma",
            "not melanoma",
            "nonmelanoma",
            "Melanosis",
            "malignant",
            "benign",
            "",
        ] {
            assert!(!means_melanoma(name), "{name}");
        }
        assert!(means_malignant("Malignant") && means_malignant("POSITIVE"));
        assert!(!means_malignant("non-malignant") && !means_malignant("benign"));
    }

    #[test]
    fn the_classes_that_mean_melanoma_are_found() {
        let found = |names: &[&str]| {
            melanomas(
                &names
                    .iter()
                    .map(|&name| name.to_owned())
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(found(&["nv", "MEL"]), Some((vec![1], true)));
        assert_eq!(found(&["benign", "malignant"]), Some((vec![1], false)));
        assert_eq!(found(&["malignant", "melanoma"]), Some((vec![1], true)));
        assert_eq!(found(&["not melanoma", "melanoma"]), Some((vec![1], true)));
        assert_eq!(found(&["a", "b"]), None);
        assert_eq!(found(&["mel", "melanoma"]), None);
        let seven = ["nv", "mel", "bkl", "bcc", "akiec", "vasc", "df"];
        assert_eq!(found(&seven), Some((vec![1], true)));
        assert!(is_placeholder("LABEL_0") && is_placeholder("7") && !is_placeholder("mel"));
        assert_eq!(
            ["MEL", "benign", "Nevus"].map(complement),
            ["nevus", "malignant", "melanoma"]
        );
    }
}

//! What the words of the tables mean.

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
        ("Melanom", Some(Label::Melanoma)),
        ("Nävus", Some(Label::Nevus)),
        ("NÄVUS", Some(Label::Nevus)),
        ("Melanom ausgeschlossen", None),
        ("kein Melanom", None),
        ("epidermaler Nävus", None),
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

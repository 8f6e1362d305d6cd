//! Tests of a figure's words and numbers.

use super::*;
use flipscope_language::{Language, within};

#[test]
fn a_verdict_near_the_threshold_is_seen_on_its_side() {
    let said = |p| verdict(p, Label::at(p, 0.5), 0.5);
    assert_eq!(said(0.499_54), "P(melanoma) 0.4995: nevus");
    assert_eq!(said(0.5), "P(melanoma) 0.500: melanoma");
}

#[test]
fn a_label_is_in_the_language_of_the_figure() {
    let caption = |truth: &str| Caption {
        image: "mole.jpg".to_owned(),
        altered: None,
        p_original: None,
        truth: Some(truth.to_owned()),
        model: "demo".to_owned(),
        threshold: 0.5,
        checks: Vec::new(),
    };
    let both = |stated: &str| {
        let caption = caption(stated);
        let german = within(Language::German, || truth(&caption));
        [truth(&caption), german].map(Option::unwrap_or_default)
    };
    let [english, german] = both("melanoma");
    assert_eq!(english, "Label: melanoma.");
    assert!(german.contains("Melanom."), "{german}");
    // A term of the table's own stays as it is.
    for said in both("basal cell carcinoma") {
        assert!(said.contains("basal cell carcinoma"), "{said}");
    }
}

#[test]
fn numbers_are_short_and_lines_fit() {
    for (value, text) in [
        (0.0, "0"),
        (0.5, "0.500"),
        (-2.5, "−2.50"),
        (1234.5, "1234"),
        (3e-7, "3.0e−7"),
    ] {
        assert_eq!(number(value), text);
    }
    let long = "word ".repeat(60);
    let lines = wrapped(long.trim());
    assert!(lines.len() == 2 && lines.iter().all(|line| line.chars().count() <= LINE));
    assert_eq!(lines.join(" "), long.trim());
}

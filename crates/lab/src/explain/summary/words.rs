//! The statement of stability: in words, and no more than was looked at.

use super::families::{Family, KELVIN, PER_CENT};
use super::found::{Flip, Smallest, Summary};
use flipscope_base::human::{at_most_one_decimal, unbroken};
use flipscope_language::{Language, current, text};
use flipscope_model::Label;

/// "Called melanoma. No flip was found by turns up to 180° (359 settings). It flips with any one of: 4 % less green; …"
pub(in crate::explain) fn statement(label: Label, families: &[Smallest]) -> String {
    let mut sentences = vec![text!("steady-called", label = label.in_words())];
    let steady: Vec<String> = families
        .iter()
        .filter(|one| one.flip.is_none())
        .map(|one| {
            let way = way(one.family);
            if one.exhaustive {
                let size = sized(one.up_to, one.unit);
                text!("steady-grid", way = way, size = size, count = one.judged)
            } else {
                text!("steady-search", way = way, count = one.judged)
            }
        })
        .collect();
    if !steady.is_empty() {
        sentences.push(text!("steady-no-flip", ways = listed(&steady)));
    }
    // In the order of the rows.
    let mut flips: Vec<(&Smallest, &Flip)> = (families.iter())
        .filter_map(|one| Some((one, one.flip.as_ref()?)))
        .collect();
    flips.sort_by(|(_, a), (_, b)| a.delta_e.total_cmp(&b.delta_e));
    let flips: Vec<String> = (flips.into_iter())
        .map(|(one, flip)| flipped(one, flip))
        .collect();
    if flips.is_empty() {
        sentences.push(text!("steady-between").to_owned());
    } else {
        sentences.push(text!(
            "steady-flips",
            count = flips.len(),
            flips = flips.join("; ")
        ));
    }
    sentences.join(" ")
}

impl Summary {
    /// The statement of stability in the thread's language, to be shown; the kept one is English.
    #[must_use]
    pub fn statement_in_words(&self) -> String {
        unbroken(&statement(self.label, &self.families))
    }
}

impl Smallest {
    /// The smallest change that flips, in the thread's language, with its size where its words do not say it.
    #[must_use]
    pub fn flip_in_words(&self) -> Option<String> {
        Some(unbroken(&flipped(self, self.flip.as_ref()?)))
    }

    /// How far apart the settings of its grid are, and the smallest of them: "1 px"; none for what is searched.
    #[must_use]
    pub fn step_in_words(&self) -> Option<String> {
        let step = match self.family {
            Family::Brightness | Family::Red | Family::Green | Family::Blue => {
                sized(PER_CENT, self.unit)
            }
            Family::Lamp => sized(KELVIN, self.unit),
            Family::Shift => sized(1.0, "px"),
            Family::Rotation => sized(1.0, self.unit),
            Family::Noise | Family::Colour => return None,
        };
        Some(unbroken(&step))
    }
}

/// A flip with its size, where its words do not say it.
pub(in crate::explain) fn flipped(one: &Smallest, flip: &Flip) -> String {
    let words = changed(flip);
    match one.family {
        // Pixels and steps are in the words already, the share of the frame is not.
        Family::Shift | Family::Colour => format!("{words} ({})", sized(flip.size, one.unit)),
        _ => words,
    }
}

/// What is changed, in the thread's language: the flip keeps it in English, and of noise only the size.
fn changed(flip: &Flip) -> String {
    match (current(), &flip.perturbation) {
        (Language::English, _) => flip.words.clone(),
        (_, Some(perturbation)) => perturbation.in_words(),
        (_, None) => text!("smallest-noise", size = at_most_one_decimal(flip.size)),
    }
}

impl Family {
    /// Its name in the thread's language.
    pub(in crate::explain) fn in_words(self) -> &'static str {
        match self {
            Self::Noise => text!("family-noise"),
            Self::Brightness => text!("family-brightness"),
            Self::Red => text!("family-red"),
            Self::Green => text!("family-green"),
            Self::Blue => text!("family-blue"),
            Self::Lamp => text!("family-lamp"),
            Self::Shift => text!("family-shift"),
            Self::Rotation => text!("family-rotation"),
            Self::Colour => text!("family-colour"),
        }
    }
}

fn way(family: Family) -> &'static str {
    match family {
        Family::Noise => text!("way-noise"),
        Family::Brightness => text!("way-brightness"),
        Family::Red => text!("way-red"),
        Family::Green => text!("way-green"),
        Family::Blue => text!("way-blue"),
        Family::Lamp => text!("way-lamp"),
        Family::Shift => text!("way-shift"),
        Family::Rotation => text!("way-rotation"),
        Family::Colour => text!("way-colour"),
    }
}

/// A unit in the thread's language: most are the same in all.
pub(in crate::explain) fn unit_in_words(unit: &str) -> &str {
    match unit {
        "of 255" => text!("unit-epsilon"),
        "% of the frame" => text!("unit-of-the-frame"),
        _ => unit,
    }
}

/// A size with its unit: "180°", "4 %".
pub(in crate::explain) fn sized(value: f64, unit: &str) -> String {
    let (number, unit) = (at_most_one_decimal(value), unit_in_words(unit));
    if unit == "°" {
        format!("{number}{unit}")
    } else {
        format!("{number} {unit}")
    }
}

/// "a, b and c".
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => text!("steady-and", first = first.join(", "), last = &**last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the rows below it; and no line ends between a number and its unit.
    #[test]
    fn flips_are_named_in_the_order_of_the_rows() {
        let one = |family: Family, delta_e: f64, words: &str| Smallest {
            family,
            up_to: family.limit(),
            unit: family.unit(),
            judged: 4,
            flip: Some(Flip {
                size: 2.0,
                words: words.to_owned(),
                p_melanoma: 0.4,
                delta_e,
                altered_sha256: String::new(),
                perturbation: None,
            }),
            exhaustive: true,
        };
        let families = vec![
            one(Family::Red, 0.9, "2.5 % more red"),
            one(Family::Green, 1.2, "2 % more green"),
            one(Family::Blue, 0.4, "3 % less blue"),
        ];
        let steps = families.iter().map(Smallest::step_in_words);
        assert!(steps.flatten().all(|step| step == "0.5\u{a0}%"));
        let summary = Summary {
            label: Label::Nevus,
            p_melanoma: 0.2,
            threshold: 0.5,
            families,
            statement: String::new(),
        };
        let rows = summary.in_order();
        let rows = (rows.iter()).filter_map(|(_, one)| one.as_ref()?.flip_in_words());
        let said = summary.statement_in_words();
        let flips = rows.collect::<Vec<_>>().join("; ");
        assert_eq!(
            flips,
            "3\u{a0}% less blue; 2.5\u{a0}% more red; 2\u{a0}% more green"
        );
        assert!(said.ends_with(&format!("any one of: {flips}.")), "{said}");
    }

    #[test]
    fn the_statement_says_what_flips_and_what_was_looked_at() {
        let one = |family: Family, flip: Option<(f64, &str)>, judged, exhaustive| Smallest {
            family,
            up_to: family.limit(),
            unit: family.unit(),
            judged,
            flip: flip.map(|(size, words)| Flip {
                size,
                words: words.to_owned(),
                p_melanoma: 0.4,
                delta_e: 1.0,
                altered_sha256: String::new(),
                perturbation: None,
            }),
            exhaustive,
        };
        let said = statement(
            Label::Melanoma,
            &[
                one(Family::Green, Some((4.0, "4 % less green")), 16, true),
                one(Family::Shift, Some((1.003_34, "moved 3 px left")), 20, true),
                one(Family::Rotation, None, 359, true),
                one(Family::Colour, None, 200, false),
            ],
        );
        assert_eq!(
            said,
            "Called melanoma. No flip was found by turns up to 180° (359 settings) and colour balance (a search of 200 frames). \
             It flips with any one of: 4 % less green; moved 3 px left (1 % of the frame)."
        );
        let alone = [one(Family::Green, Some((4.0, "4 % less green")), 16, true)];
        let said = statement(Label::Melanoma, &alone);
        assert_eq!(said, "Called melanoma. It flips with 4 % less green.");
        let once = statement(Label::Nevus, &[one(Family::Colour, None, 1, false)]);
        assert!(once.contains("(a search of 1 frame)"), "{once}");
        let said = statement(Label::Nevus, &[one(Family::Red, None, 40, true)]);
        assert!(said.ends_with("(40 settings). What lies between the settings is not known."));
        let german = flipscope_language::within(Language::German, || {
            let flip = Some((4.0, "noise up to 4 of 255"));
            let noise = one(Family::Noise, flip, 4, false);
            let shift = one(Family::Shift, None, 20, true);
            statement(Label::Melanoma, &[noise, shift])
        });
        assert_eq!(
            german,
            "Urteil: Melanom. Kein Kippen wurde gefunden durch: Verschiebungen in acht Richtungen bis 10 % des Bildes \
             (20 Einstellungen). Es kippt durch: Rauschen bis 4 von 255."
        );
    }
}

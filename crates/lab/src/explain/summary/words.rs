//! The statement of stability: in words, and no more than was looked at.

use super::families::Family;
use super::found::{Flip, Smallest};
use flipscope_base::human::counted;
use flipscope_model::Label;

/// "Called melanoma. No flip was found by turns up to 180° (359 settings). It flips with any one of: 4 % less green; …"
pub(super) fn statement(label: Label, families: &[Smallest]) -> String {
    let mut sentences = vec![format!("Called {}.", label.name())];
    let steady: Vec<String> = families
        .iter()
        .filter(|one| one.flip.is_none())
        .map(|one| {
            let way = way(one.family);
            let (up_to, unit) = (rounded(one.up_to), spaced(one.unit));
            if one.exhaustive {
                format!(
                    "{way} up to {up_to}{unit} ({})",
                    counted(one.judged, "setting", "settings")
                )
            } else {
                format!(
                    "{way} (a search of {})",
                    counted(one.judged, "frame", "frames")
                )
            }
        })
        .collect();
    if !steady.is_empty() {
        sentences.push(format!("No flip was found by {}.", listed(&steady)));
    }
    let flips: Vec<String> = families
        .iter()
        .filter_map(|one| Some(flipped(one, one.flip.as_ref()?)))
        .collect();
    if flips.is_empty() {
        sentences.push("What lies between the settings is not known.".to_owned());
    } else {
        sentences.push(format!("It flips with any one of: {}.", flips.join("; ")));
    }
    sentences.join(" ")
}

/// A flip with its size, where its words do not say it.
pub(in crate::explain) fn flipped(one: &Smallest, flip: &Flip) -> String {
    let size = format!("{}{}", rounded(flip.size), spaced(one.unit));
    match one.family {
        // Pixels and steps are in the words already, the share of the frame is not.
        Family::Shift | Family::Colour => format!("{} ({size})", flip.words),
        _ => flip.words.clone(),
    }
}

fn way(family: Family) -> &'static str {
    match family {
        Family::Noise => "noise",
        Family::Brightness => "brightness",
        Family::Red => "red",
        Family::Green => "green",
        Family::Blue => "blue",
        Family::Lamp => "other lamps",
        Family::Shift => "shifts in eight directions",
        Family::Rotation => "turns",
        Family::Colour => "colour balance",
    }
}

/// The unit as written after a number.
pub(in crate::explain) fn spaced(unit: &str) -> String {
    if unit == "°" {
        unit.to_owned()
    } else {
        format!(" {unit}")
    }
}

/// At most one decimal.
pub(in crate::explain) fn rounded(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// "a, b and c".
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let once = statement(Label::Nevus, &[one(Family::Colour, None, 1, false)]);
        assert!(once.contains("(a search of 1 frame)"), "{once}");
        let said = statement(Label::Nevus, &[one(Family::Red, None, 40, true)]);
        assert!(said.ends_with("(40 settings). What lies between the settings is not known."));
    }
}

//! What a rate depends on, in the thread's language: plans and tables have it in English, made from the attack's JSON form, with the names
//! of questions and directions that are typed. Names of other values, such as `best1bin`, stay as they are.

use std::str::FromStr as _;

use flipscope_language::{Language, Text, current, decimal, id, text};

use crate::search::AttackKind;

/// Parameters, by the names that they have in English: longer ones come before those that they begin with.
const NAMES: &[(&str, Text)] = &[
    ("early stop after start", id!("details-stop-after-start")),
    ("early stop confidence", id!("details-stop-confidence")),
    ("evolution population per gene", id!("details-population")),
    ("evolution generations", id!("details-generations")),
    ("evolution mutation", id!("details-mutation")),
    ("evolution recombination", id!("details-recombination")),
    ("evolution strategy", id!("details-variant")),
    ("evolution start", id!("details-start")),
    ("evolution atol", id!("details-absolute-tolerance")),
    ("evolution tol", id!("details-tolerance")),
    ("field of view", id!("details-field-of-view")),
    ("balance", id!("details-balance")),
    ("gain", id!("details-gain")),
    ("offset", id!("details-offset")),
    ("kelvin", id!("details-lamp")),
    ("epsilon", id!("details-epsilon")),
    ("steps", id!("details-steps")),
    ("step", id!("details-step")),
    ("count", id!("details-pixels")),
    ("rotations", id!("details-rotations")),
    ("rotate", id!("details-rotation")),
    ("shifts", id!("details-shifts")),
    ("shift x", id!("details-shift-x")),
    ("shift y", id!("details-shift-y")),
    ("sampling", id!("details-sampling")),
    ("fill", id!("details-fill")),
    ("preset", id!("details-preset")),
    ("strategy", id!("details-strategy")),
    ("seed", id!("details-seed")),
];

/// Values that are words, with the names of their parameters: as the window's own controls call them.
const VALUES: &[(&str, &str, Text)] = &[
    ("preset", "default", id!("details-preset-default")),
    ("preset", "letter", id!("details-preset-letter")),
    ("preset", "custom", id!("details-preset-custom")),
    ("strategy", "auto", id!("details-strategy-auto")),
    ("strategy", "evolution", id!("details-strategy-evolution")),
    ("strategy", "gradient", id!("details-strategy-gradient")),
    ("strategy", "direct", id!("details-strategy-direct")),
    ("strategy", "random", id!("details-strategy-random")),
    ("strategy", "exhaustive", id!("details-strategy-exhaustive")),
    ("balance", "gain", id!("details-gain")),
    ("balance", "offset", id!("details-balance-offset")),
    ("balance", "both", id!("details-balance-both")),
    ("balance", "lamp", id!("details-balance-lamp")),
    ("sampling", "nearest", id!("details-sampling-nearest")),
    ("sampling", "bilinear", id!("details-sampling-bilinear")),
    ("fill", "black", id!("details-fill-black")),
    ("fill", "edge", id!("details-fill-edge")),
    ("fill", "reflect", id!("details-fill-reflect")),
    ("fill", "mean-skin", id!("details-fill-skin")),
];

/// The same in the thread's language, item by item; what is not known stays as it is. The names of jobs as well.
#[must_use]
pub fn details_in_words(details: &str) -> String {
    let in_words = |one: &str| match current() {
        Language::English => question(one).unwrap_or_else(|| one.to_owned()),
        Language::German => item(one),
    };
    let items: Vec<String> = details.split("; ").map(in_words).collect();
    items.join("; ")
}

/// Within which bounds and with which budget it was asked, without how evolution works and when it stops early, and without what the
/// job's name says already.
#[must_use]
pub fn essential_details(job: &str, details: &str) -> String {
    let left_out = |item: &&str| {
        item.starts_with("evolution ") || item.starts_with("early stop ") || job.contains(*item)
    };
    let items: Vec<&str> = details.split("; ").filter(|item| !left_out(item)).collect();
    items.join("; ")
}

fn item(item: &str) -> String {
    let known = budget(item).or_else(|| question(item));
    if let Some(known) = known.or_else(|| frames(item)) {
        return known;
    }
    // A grid has a pose of its own.
    let bare = item.strip_prefix("pose ").unwrap_or(item);
    let named = NAMES.iter().find_map(|(name, text)| {
        let value = bare.strip_prefix(name)?.strip_prefix(' ')?;
        Some(format!("{text} {}", self::value(name, value)))
    });
    named.unwrap_or_else(|| item.to_owned())
}

fn value(name: &str, value: &str) -> String {
    let mut known = VALUES.iter();
    if let Some((_, _, text)) = known.find(|(of, known, _)| (*of, *known) == (name, value)) {
        return text.get().to_owned();
    }
    match value {
        "yes" => text!("details-yes").to_owned(),
        "no" => text!("details-no").to_owned(),
        _ => match value.split_once(" to ") {
            Some((from, to)) => text!("details-range", from = number(from), to = number(to)),
            None => number(value),
        },
    }
}

/// A number with the marks of the language; anything else as it is.
fn number(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(_) => decimal(text.replace('-', "\u{2212}")),
        Err(_) => text.to_owned(),
    }
}

/// "budget 25 frames", with a time or without; "no budget", with the most that a search takes or without.
fn budget(item: &str) -> Option<String> {
    match item {
        "no budget" => return Some(text!("details-no-budget").to_owned()),
        "question and budget not kept" => return Some(text!("details-not-kept").to_owned()),
        _ => {}
    }
    let (frames, seconds) = match item.split_once(", ") {
        Some((frames, seconds)) => (frames, Some(seconds.strip_suffix(" seconds")?)),
        None => (item, None),
    };
    let said = if let Some(frames) = between(frames, "budget ", " frames") {
        text!("details-budget", frames = frames)
    } else if let Some(most) = between(frames, "no budget (at most ", " frames)") {
        text!("details-at-most", frames = most)
    } else {
        return None;
    };
    Some(match seconds {
        Some(seconds) => text!("details-seconds", budget = said, seconds = number(seconds)),
        None => said,
    })
}

/// "evaluation", "colour (first, melanoma-to-nevus)", "first, melanoma-to-nevus", "colour", "first", "melanoma-to-nevus".
fn question(item: &str) -> Option<String> {
    if let Ok(attack) = AttackKind::from_str(item) {
        return Some(attack.in_words().to_owned());
    }
    if let Some(of_proof) = between(item, "proof (", ")") {
        let (region, towards) = of_proof.rsplit_once(", ")?;
        let towards = question(towards)?;
        return Some(text!("details-proof", region = region, direction = towards));
    }
    if let Some((attack, rest)) = item.split_once(" (") {
        let attack = AttackKind::from_str(attack).ok()?;
        let asked = question(rest.strip_suffix(')')?)?;
        return Some(format!("{} ({asked})", attack.in_words()));
    }
    match item {
        "evaluation" => return Some(text!("details-evaluation").to_owned()),
        "perturbations" => return Some(text!("details-perturbations").to_owned()),
        _ => {}
    }
    let direction = |name: &str| match name {
        "melanoma-to-nevus" => Some(text!("report-to-nevus")),
        "nevus-to-melanoma" => Some(text!("report-to-melanoma")),
        _ => None,
    };
    let mode = |name: &str| match name {
        "first" => Some(text!("details-first")),
        "lowest" => Some(text!("details-lowest")),
        "smallest" => Some(text!("details-smallest")),
        _ => None,
    };
    match item.split_once(", ") {
        Some((asked, towards)) => Some(format!("{}, {}", mode(asked)?, direction(towards)?)),
        None => direction(item).or_else(|| mode(item)).map(str::to_owned),
    }
}

/// The frames of a proof.
fn frames(item: &str) -> Option<String> {
    if let Some(most) = between(item, "at most ", " distinct frames a picture") {
        return Some(text!("details-distinct", frames = most));
    }
    let (drawn, rest) = item.split_once(" random frames with seed ")?;
    let (seed, most) = rest.split_once(", since the box has more than ")?;
    Some(text!(
        "details-random",
        frames = drawn,
        seed = seed,
        most = most
    ))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.strip_prefix(before)?.strip_suffix(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Attack, Direction, Mode, Preset, Strategy};
    use crate::study::plan::AttackJob;
    use flipscope_language::within;

    #[test]
    fn what_is_essential_is_the_question_its_bounds_and_its_budget() {
        let all = "first, melanoma-to-nevus; strategy auto; budget 8 frames; gain 0.9 to 1.1; early stop confidence 0.9; evolution tol 0.00001";
        let essential = "strategy auto; budget 8 frames; gain 0.9 to 1.1";
        let name = "colour (first, melanoma-to-nevus)";
        assert_eq!(essential_details(name, all), essential);
        let older = format!("first, melanoma-to-nevus; {essential}");
        assert_eq!(essential_details("colour", all), older);
    }

    fn german(details: &str) -> String {
        within(Language::German, || details_in_words(details))
    }

    /// In German no English item is left, whatever the attack; in English no name that is typed of the question.
    #[test]
    fn every_parameter_of_every_attack_has_words() {
        for kind in AttackKind::ALL {
            for (mode, budget) in [(Mode::First, None), (Mode::Smallest, Some(25))] {
                let job = AttackJob {
                    attack: Attack::preset(kind, Preset::Letter),
                    mode,
                    strategy: Strategy::Evolution,
                    direction: Direction::MelanomaToNevus,
                    seed: 7,
                    budget,
                };
                let details = job.details();
                let english = details_in_words(&details);
                let (asked, rest) = english.split_once("; ").unwrap();
                assert!(details.ends_with(rest), "{english}");
                assert!(asked.ends_with(", melanoma to nevus"), "{english}");
                let said = german(&details);
                for (before, after) in details.split("; ").zip(said.split("; ")) {
                    assert_ne!(before, after, "{kind:?}");
                }
                assert!(!said.contains(" to ") && !said.contains("budget"), "{said}");
                for word in ["letter", "evolution", "nearest", "black"] {
                    assert!(!said.contains(word), "{word}: {said}");
                }
            }
        }
    }

    #[test]
    fn the_name_of_every_job_has_words() {
        let mut names = vec!["evaluation".to_owned(), "perturbations".to_owned()];
        for direction in [Direction::MelanomaToNevus, Direction::NevusToMelanoma] {
            names.push(format!("proof (gain 0.9 to 1.1, {direction})"));
            for kind in AttackKind::ALL {
                for mode in [Mode::First, Mode::Lowest, Mode::Smallest] {
                    names.push(format!("{} ({mode}, {direction})", kind.name()));
                }
            }
        }
        for name in names {
            let [english, german] = [details_in_words(&name), german(&name)];
            assert_ne!(german, name);
            assert!(!english.contains("-to-"), "{english}");
            for word in ["first", "lowest", "smallest", "-to-", "evaluation", "proof"] {
                assert!(!german.contains(word), "{german}");
            }
        }
        assert_eq!(german("a job to come"), "a job to come");
    }

    #[test]
    fn searches_of_a_protocol_and_proofs_have_words() {
        for (english, words) in [
            (
                "colour (first, melanoma-to-nevus)",
                "Farbe (erstes Kippen, Melanom zu Nävus)",
            ),
            (
                "budget 25 frames, 60 seconds",
                "Budget 25 Bilder, 60 Sekunden",
            ),
            ("gain 0.9 to 1.1", "Verstärkung 0,9 bis 1,1"),
            ("preset default", "Vorgabe Standard"),
            ("strategy auto", "Strategie automatisch"),
            ("balance both", "Farbabgleich Verstärkung und Offset"),
            ("pose fill mean-skin", "Füllung mittlere Haut"),
            (
                "evolution start latin-hypercube",
                "Anfangspopulation latin-hypercube",
            ),
            ("pose rotate 0.0 to 360.0", "Drehung 0,0 bis 360,0"),
            (
                "1000 random frames with seed 7, since the box has more than 99",
                "1000 zufällige Bilder mit Startwert 7, da der Bereich mehr als 99 hat",
            ),
            ("what is to come 3", "what is to come 3"),
        ] {
            assert_eq!(german(english), words);
        }
    }
}

//! Jobs of a study in words: the plan, the tables and the command line name them in English.

use std::str::FromStr as _;

use flipscope_lab::search::attack::AttackKind;
use flipscope_language::text;

/// A job's name in words: "evaluation", "perturbations", "colour (first, melanoma-to-nevus)"; any other stays as it is.
pub(super) fn job_in_words(name: &str) -> String {
    match name {
        "evaluation" => return text!("study-job-evaluation").to_owned(),
        "perturbations" => return text!("study-job-perturbations").to_owned(),
        _ => {}
    }
    let parts = name
        .strip_suffix(')')
        .and_then(|rest| rest.split_once(" ("))
        .and_then(|(attack, rest)| Some((attack, rest.split_once(", ")?)));
    let Some((attack, (mode, direction))) = parts else {
        return name.to_owned();
    };
    let Ok(attack) = AttackKind::from_str(attack) else {
        return name.to_owned();
    };
    let mode = match mode {
        "first" => text!("study-mode-first"),
        "lowest" => text!("study-mode-lowest"),
        "smallest" => text!("study-mode-smallest"),
        other => other,
    };
    let direction = match direction {
        "melanoma-to-nevus" => text!("study-to-nevus"),
        "nevus-to-melanoma" => text!("study-to-melanoma"),
        other => other,
    };
    text!(
        "study-job-attack",
        attack = attack.in_words(),
        mode = mode,
        direction = direction,
    )
}

#[cfg(test)]
mod tests {
    use flipscope_lab::search::{Direction, Mode};
    use flipscope_language::{Language, within};

    use super::*;

    /// In English as the command line has them; in German no word of that is left.
    #[test]
    fn every_job_has_words() {
        let mut names = vec!["evaluation".to_owned(), "perturbations".to_owned()];
        for kind in AttackKind::ALL {
            for mode in [Mode::First, Mode::Lowest, Mode::Smallest] {
                for direction in [Direction::MelanomaToNevus, Direction::NevusToMelanoma] {
                    names.push(format!("{} ({mode}, {direction})", kind.name()));
                }
            }
        }
        for name in names {
            let german = within(Language::German, || job_in_words(&name));
            assert_ne!(german, name);
            for word in ["first", "lowest", "smallest", "-to-", "evaluation"] {
                assert!(!german.contains(word), "{german}");
            }
        }
        assert_eq!(job_in_words("a job to come"), "a job to come");
    }
}

//! Which commands are listed for what is typed, and in which order.

use crate::explorer::actions::Offer;

/// How well one word fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The name begins with it.
    Beginning,
    /// A word of the name begins with it.
    Word,
    /// It is in the name.
    Within,
    /// It is in the name of the group, or one of the other words that the command is found by.
    Group,
    /// Its letters are in the name in this order, each at the beginning of a word or after the letter before it.
    Letters,
}

/// The positions of the offers that fit, best first. If nothing is typed: all of them, the recent ones first.
pub(super) fn ranked(offers: &[Offer], query: &str, recent: &[String]) -> Vec<usize> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let plain: Vec<String> = words.iter().map(|word| folded(word, false)).collect();
    let age = |offer: &Offer| {
        let at = recent.iter().position(|id| *id == offer.id);
        at.unwrap_or(recent.len())
    };
    let mut fitting: Vec<_> = offers
        .iter()
        .enumerate()
        .filter_map(|(at, offer)| {
            let fit = fit(offer, &words, &plain)?;
            // Of commands that fit equally well, those that can be run come first.
            let unavailable = !words.is_empty() && offer.obstacle.is_some();
            Some(((fit, unavailable, age(offer)), at))
        })
        .collect();
    // Stable: otherwise the order of the table.
    fitting.sort_by_key(|(key, _)| *key);
    fitting.into_iter().map(|(_, at)| at).collect()
}

/// How well the words fit, all in all: as well as the one that fits worst. `plain` are the same words without accents: who types "prasent"
/// or "praesent" means "präsent" as well.
fn fit(offer: &Offer, words: &[String], plain: &[String]) -> Option<Fit> {
    let name = offer.name.to_lowercase();
    let group = offer.group.name().to_lowercase();
    let also = offer.also_called.to_lowercase();
    let also = [folded(&also, false), folded(&also, true)];
    let (short, long) = (folded(&name, false), folded(&name, true));
    let (short_group, long_group) = (folded(&group, false), folded(&group, true));
    let mut worst = Fit::Beginning;
    for (word, plain) in words.iter().zip(plain) {
        let ways = [
            of_word(&name, &group, word),
            of_word(&short, &short_group, plain),
            of_word(&long, &long_group, plain),
            // Other words of a command fit as its group does.
            (also.iter().flat_map(|also| parts(also)))
                .any(|part| part.starts_with(plain.as_str()))
                .then_some(Fit::Group),
        ];
        worst = worst.max(ways.into_iter().flatten().min()?);
    }
    Some(worst)
}

/// Small letters without accents; a German umlaut as one letter, or as two.
fn folded(text: &str, long: bool) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'ß' => plain.extend(['s', 's']),
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => plain.push('a'),
            'è' | 'é' | 'ê' | 'ë' => plain.push('e'),
            'ì' | 'í' | 'î' | 'ï' => plain.push('i'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => plain.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => plain.push('u'),
            'ç' => plain.push('c'),
            'ñ' => plain.push('n'),
            other => plain.push(other),
        }
        if long && matches!(letter, 'ä' | 'ö' | 'ü') {
            plain.push('e');
        }
    }
    plain
}

fn of_word(name: &str, group: &str, word: &str) -> Option<Fit> {
    let begins = |part: &str| part.starts_with(word);
    if begins(name) {
        Some(Fit::Beginning)
    } else if parts(name).any(begins) {
        Some(Fit::Word)
    } else if name.contains(word) {
        Some(Fit::Within)
    } else if group.starts_with(word) {
        Some(Fit::Group)
    } else {
        letters(name, word).then_some(Fit::Letters)
    }
}

/// The words of a name.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
}

/// Whether a word is made of beginnings of words of the name, in this order: "swm" is "swap the two models".
fn letters(name: &str, word: &str) -> bool {
    let parts: Vec<&str> = parts(name).collect();
    made_of(&parts, word)
}

fn made_of(parts: &[&str], word: &str) -> bool {
    if word.is_empty() {
        return true;
    }
    let Some((first, others)) = parts.split_first() else {
        return false;
    };
    let common: usize = (first.chars().zip(word.chars()))
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    // As much of the word as possible, or less of it, or nothing.
    let taken = (0..=common).rev();
    taken
        .filter_map(|taken| word.get(taken..))
        .any(|rest| made_of(others, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::actions::offers;
    use crate::explorer::state::State;

    fn names(query: &str, recent: &[&str]) -> Vec<String> {
        let offers = offers(&State::default());
        let of = |name: &&str| offers.iter().find(|offer| offer.name == **name);
        let recent = recent.iter().filter_map(of);
        let recent: Vec<String> = recent.map(|offer| offer.id.to_string()).collect();
        let ranked = ranked(&offers, query, &recent);
        ranked
            .into_iter()
            .map(|at| offers[at].name.to_string())
            .collect()
    }

    #[test]
    fn nothing_typed_lists_everything_with_the_recent_ones_first() {
        let all = names("", &[]);
        assert_eq!(all.len(), offers(&State::default()).len());
        assert_eq!(all[0], "Open photographs…");
        assert_eq!(names("  ", &[]), all);
        let recent = names("", &["Quit", "Undo"]);
        assert_eq!(recent[..3], ["Quit", "Undo", "Open photographs…"]);
        assert_eq!(recent.len(), all.len());
    }

    #[test]
    fn the_best_fit_comes_first() {
        assert_eq!(names("undo", &[])[0], "Undo");
        assert_eq!(names("UNDO", &[]), ["Undo"]);
        assert_eq!(names("wipe", &[]), ["Wipe"]);
        assert_eq!(
            names("framing squ", &[]),
            ["Framing: squash (whole picture)"]
        );
        // A beginning of the name, then of a word, then anywhere.
        let open = names("open", &[]);
        assert!(open[0].starts_with("Open"), "{open:?}");
        let re = names("re", &[]);
        let at = |name: &str| re.iter().position(|one| one == name).unwrap();
        assert!(at("Redo") < at("Full resolution"));
        assert!(at("Full resolution") < at("Compare with another model…"));
    }

    #[test]
    fn umlauts_are_found_without_them() {
        let fits = |name: &str, query: &str| {
            let offers = offers(&State::default());
            let offer = Offer {
                name: name.to_owned().into(),
                ..offers[0].clone()
            };
            !ranked(&[offer], query, &[]).is_empty()
        };
        let name = "Präsentation: Bilder größer, über alles";
        for query in [
            "präsent",
            "prasent",
            "PRAESENT",
            "Präs",
            "grosser",
            "groesser",
            "größer",
            "uber",
            "ueber alles",
        ] {
            assert!(fits(name, query), "{query}");
        }
        assert!(!fits(name, "pärsent"));
        assert!(fits("Modèle", "modele"));
    }

    #[test]
    fn words_are_found_in_the_group_and_by_first_letters() {
        let in_edit = names("edit", &[]);
        assert_eq!(
            in_edit,
            ["Undo", "Redo", "Reset every slider", "Find in the list"]
        );
        assert_eq!(names("edit undo", &[]), ["Undo"]);
        assert_eq!(names("sttm", &[]), ["Swap the two models"]);
        assert_eq!(names("swmod", &[]), ["Swap the two models"]);
        assert_eq!(names("xyzzy", &[]), Vec::<String>::new());
        // And by words that a lecturer has for it.
        let hands = names("hand", &[]);
        assert!(
            hands.contains(&"Let somebody read…".to_owned()),
            "{hands:?}"
        );
    }

    #[test]
    fn of_equal_fits_the_available_and_the_recent_ones_come_first() {
        // "Show all messages" is not available while there are none, nor are the sliders without a lesion.
        let show = names("show", &[]);
        let recent = names("show", &["Show the searches"]);
        assert_eq!(recent[0], "Show the searches");
        assert_eq!(show.len(), recent.len());
        let go = names("go to", &["Go to Readers"]);
        assert_eq!(
            go,
            [
                "Go to Readers",
                "Go to Explore",
                "Go to Study",
                "Go to Explain",
                "Go to Landscape"
            ]
        );
        let close = names("d", &[]);
        let at = |name: &str| close.iter().position(|one| one == name).unwrap();
        assert!(at("Difference") < at("Dismiss all messages"));
    }
}

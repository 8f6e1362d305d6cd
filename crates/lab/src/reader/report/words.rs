//! What cells of the tables say in words, in this thread's language: the tables themselves are the same in every language.

use crate::figures::csv_reader::Row;
use flipscope_language::text;
use flipscope_model::model_in_words;

/// What the tables call the network begins with this.
pub(super) const NETWORK: &str = "network: ";

/// A column whose cells are names of the tables.
pub(super) fn worded(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| in_words(row.text(column))
}

/// A column of who answered: the network, all readers, or a pseudonym, which stays as it is.
pub(super) fn who(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| named(row.text(column))
}

fn named(who: &str) -> String {
    if let Some(network) = who.strip_prefix(NETWORK) {
        return text!("html-the-network", network = model_in_words(network));
    }
    match who {
        "all readers" => text!("html-all-readers").to_owned(),
        _ => who.to_owned(),
    }
}

fn in_words(cell: &str) -> String {
    let known = match cell {
        "" => "–",
        "unmodified" => text!("html-unmodified"),
        "adversarial" => text!("html-adversarial"),
        "adversarial less unmodified" => text!("html-adversarial-less-unmodified"),
        "McNemar, exact" => text!("html-mcnemar-exact"),
        "McNemar, chi-square" => text!("html-mcnemar-chi-square"),
        "t" => text!("html-t"),
        "t on the log odds" => text!("html-t-log-odds"),
        "none, and no test: the variance is 0" => text!("html-no-variance"),
        "none: the standard error is 0" => text!("html-no-standard-error"),
        "κ ± z × standard error" => text!("html-kappa-normal"),
        measure => measure_in_words(measure),
    };
    known.to_owned()
}

/// A measure within a sentence.
pub(super) fn measure_in_words(measure: &str) -> &str {
    match measure {
        "sensitivity" => text!("html-sensitivity"),
        "specificity" => text!("html-specificity"),
        "accuracy" => text!("html-accuracy"),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_language::{Language, within};

    #[test]
    fn a_german_report_has_german_cells_and_everyones_pseudonyms() {
        let german = |cell: &str| within(Language::German, || in_words(cell));
        let called = |who: &str| within(Language::German, || named(who));
        assert_eq!(called("network: demo model"), "Netz: Demomodell");
        assert_ne!(called("all readers"), "all readers");
        assert_eq!(called("accuracy"), "accuracy", "a pseudonym");
        assert_eq!(german("unmodified"), "unverändert");
        assert_eq!(german("McNemar, exact"), "McNemar, exakt");
        assert_eq!(german("sensitivity"), "Sensitivität");
        assert_eq!(named("network: net"), "network: net");
    }
}

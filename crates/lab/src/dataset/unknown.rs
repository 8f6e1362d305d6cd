//! Fields that say that something is not known, in every customary way.

/// The text of a field if it says something; `None` for every customary way of saying "unknown".
pub(super) fn known(text: &str) -> Option<&str> {
    let text = text.trim();
    let word = text.to_lowercase();
    let word = word.trim_matches(['"', '\'', '(', ')', '<', '>', '[', ']', '#']);
    let nothing = matches!(
        word.trim(),
        "" | "na"
            | "n/a"
            | "n.a."
            | "n.a"
            | "nan"
            | "nat"
            | "null"
            | "nil"
            | "none"
            | "unknown"
            | "unk"
            | "not known"
            | "not available"
            | "not applicable"
            | "missing"
            | "undefined"
            | "-"
            | "--"
            | "\u{2013}"
            | "\u{2014}"
            | "?"
            | "??"
            | "."
            | "*"
            | "nd"
            | "n.d."
            | "n.d"
            | "n/d"
            | "k.a."
            | "k. a."
            | "k.a"
            | "keine angabe"
            | "unbekannt"
            | "inconnu"
            | "desconocido"
            | "sin dato"
            | "sin datos"
            | "tbd"
            | "no data"
            | "not recorded"
            | "not reported"
            | "not stated"
            | "not specified"
            | "not determined"
            | "unspecified"
            | "none given"
    );
    (!nothing && !is_spreadsheet_error(text)).then_some(text)
}

/// Whether a spreadsheet wrote the field in place of a value that it could not compute, in any language: `#VALUE!`, `#NAME?`,
/// `#DIV/0!`.
fn is_spreadsheet_error(text: &str) -> bool {
    let inside = text.strip_prefix('#').map(str::to_uppercase);
    inside.is_some_and(|rest| {
        matches!(
            rest.as_str(),
            "N/A" | "N/D" | "NV" | "####" | "GETTING_DATA"
        ) || rest.ends_with(['!', '?'])
    })
}

/// As [`known`], for lesions and patients: -1 is how pandas numbers missing values.
pub(super) fn known_group(text: &str) -> Option<&str> {
    known(text).filter(|text| !matches!(*text, "-1" | "-1.0" | "-1,0" | "\u{2212}1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_told_from_what_is() {
        for text in [
            "",
            " ",
            "NA",
            "n/a",
            "N/A",
            " NaN ",
            "nan",
            "NULL",
            "None",
            "none",
            "-",
            "?",
            "Unknown",
            "#N/A",
            "<NA>",
            "\u{a0}NA\u{a0}",
            "#VALUE!",
            "#REF!",
            "#NAME?",
            "#DIV/0!",
            "#WERT!",
            "k.A.",
            "n.d.",
            "not recorded",
        ] {
            assert_eq!(known(text), None, "{text:?}");
        }
        for text in [
            "0",
            "0.0",
            "1.0",
            "NA1",
            "Nana",
            "HAM_NA",
            "-1",
            "nullipara",
            "no",
        ] {
            assert_eq!(known(text), Some(text));
        }
    }
}

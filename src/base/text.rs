//! Strangers' text (names of files, diagnoses, class names, headers) made safe to show: a control character in it must not
//! reach a terminal, nor a formula a spreadsheet.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

/// Text of one line, with control characters and those that reverse the direction of writing as Rust escapes (`\u{1b}`).
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    escaped(text, unsafe_to_show)
}

/// As [`printable`], for text of several lines: line feeds and tabs stay.
pub(crate) fn printable_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| unsafe_to_show(c) && c != '\n' && c != '\t')
}

/// The name of a file as one line of text; bytes that are no UTF-8 as U+FFFD.
pub(crate) fn path(path: &Path) -> String {
    printable(&path.to_string_lossy()).into_owned()
}

/// Text for a cell of a CSV file: printable, and with an apostrophe before what a spreadsheet would take for a formula. Not for
/// numbers that we format ourselves.
pub(crate) fn csv_text(text: &str) -> Cow<'_, str> {
    let shown = printable(text);
    if shown.starts_with(['=', '+', '-', '@']) {
        Cow::Owned(format!("'{shown}"))
    } else {
        shown
    }
}

fn escaped(text: &str, unsafe_here: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&unsafe_here) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if unsafe_here(c) {
            // Writing to a string does not fail.
            write!(shown, "{}", c.escape_default()).ok();
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Control characters (C0, DEL, C1), line and paragraph separators, and marks of writing direction.
fn unsafe_to_show(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped_and_nothing_else() {
        assert!(matches!(
            printable("mélanome, 黒色腫 \\ 'x'"),
            Cow::Borrowed(_)
        ));
        assert_eq!(
            printable("a\u{1b}[2Jb\r\n\u{9b}1m\u{202e}gpj\u{7f}"),
            "a\\u{1b}[2Jb\\r\\n\\u{9b}1m\\u{202e}gpj\\u{7f}"
        );
        assert_eq!(printable_lines("a\n\tb\u{7}"), "a\n\tb\\u{7}");
    }

    #[test]
    fn a_cell_is_no_formula() {
        for formula in ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)"] {
            assert_eq!(csv_text(formula), format!("'{formula}"));
        }
        assert_eq!(csv_text("\t=1"), "\\t=1");
        assert_eq!(csv_text("naevus"), "naevus");
    }
}

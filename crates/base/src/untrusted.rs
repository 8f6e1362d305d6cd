//! Untrusted text (file names, diagnoses, class names, headers) made safe to show: a control character in it must not reach a
//! terminal, nor a formula a spreadsheet.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;

/// Text of one line, with control characters and marks that reverse the writing direction as Rust escapes (`\u{1b}`).
pub fn printable(text: &str) -> Cow<'_, str> {
    escaped(text, unsafe_to_show)
}

/// As [`printable`], for text of several lines: line feeds and tabs stay.
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| unsafe_to_show(c) && c != '\n' && c != '\t')
}

/// The name of a file as one line of text; bytes that are not UTF-8 as U+FFFD.
pub fn path(path: &Path) -> String {
    printable(&path.to_string_lossy()).into_owned()
}

/// Text for a cell of a CSV file: printable, and with an apostrophe before anything that a spreadsheet would take for a
/// formula. Not for numbers that we format ourselves.
pub fn csv_text(text: &str) -> Cow<'_, str> {
    let shown = printable(text);
    if shown.starts_with(['=', '+', '-', '@']) {
        Cow::Owned(format!("'{shown}"))
    } else {
        shown
    }
}

/// One-line JSON with those characters as `\uXXXX`, so that it means the same and is safe in a terminal: `serde_json` escapes
/// only C0.
pub fn json(text: &str) -> Cow<'_, str> {
    if !text.chars().any(unsafe_to_show) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut units = [0; 2];
    for c in text.chars() {
        if unsafe_to_show(c) {
            for unit in c.encode_utf16(&mut units) {
                write!(shown, "\\u{unit:04x}").ok();
            }
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// The bytes of a file's name in hexadecimal, if they are not UTF-8 and so cannot be given as text.
pub fn bytes_of_name(path: &Path) -> Option<String> {
    if path.to_str().is_some() {
        return None;
    }
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    Some(bytes.fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    }))
}

/// A name as text that identifies it uniquely: bytes that are not UTF-8 as `%E9`.
pub fn exact_name(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            write!(text, "%{byte:02X}").ok();
        }
    }
    text
}

fn escaped(text: &str, unsafe_here: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&unsafe_here) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if unsafe_here(c) {
            // Writing to a string cannot fail.
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

    #[test]
    fn json_means_the_same_and_is_safe_to_show() {
        for text in [
            "a\u{1b}[2J\u{7f}\u{9b}1m\u{202e}gpj\u{feff}\u{2028}é\\u{7f}",
            "plain",
        ] {
            let written = serde_json::to_string(text).unwrap();
            let shown = json(&written);
            assert!(!shown.chars().any(unsafe_to_show), "{shown}");
            assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_unicode_is_told_exactly() {
        use std::os::unix::ffi::OsStrExt as _;
        let name = OsStr::from_bytes(b"caf\xe9.png");
        assert_eq!(bytes_of_name(Path::new(name)).unwrap(), "636166e92e706e67");
        assert_eq!(exact_name(name), "caf%E9.png");
        assert_eq!(bytes_of_name(Path::new("café.png")), None);
        assert_eq!(exact_name(OsStr::new("café.png")), "café.png");
    }
}

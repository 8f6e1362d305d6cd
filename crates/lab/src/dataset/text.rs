//! The text of a table, in whatever form a spreadsheet saved it, and its rows.

use flipscope_language::{as_text, text};
use std::io::Cursor;
use std::path::Path;

use super::error::DatasetError;
use flipscope_base::read;

/// Largest table that is read, in bytes: half a million rows of the ISIC archive take a quarter of it.
const MAX_BYTES: u64 = 500_000_000;
/// Bytes at the start that are examined to recognise UTF-16 without its mark.
const LOOKED_AT: usize = 400;
/// The beginning of Excel's first line, before the delimiter.
const SEP: &str = "sep=";

/// The rows of a table as fields, trimmed.
pub(super) struct Lines {
    reader: csv::Reader<Cursor<Vec<u8>>>,
    record: csv::ByteRecord,
    delimiter: u8,
    /// The line of a quote that opens a field and is never closed.
    unclosed: Option<u64>,
    /// Lines before the first one that is read.
    before: u64,
    /// Bytes of the text.
    length: u64,
}

impl Lines {
    /// Opens a table and reads its first line: UTF-8 or UTF-16, with or without a mark; delimited by what a line `sep=` says,
    /// or else by comma, semicolon or tab, whichever is most frequent in the first line.
    pub(super) fn open(path: &Path) -> Result<(Self, Vec<String>), DatasetError> {
        let failed = |source| DatasetError::Io {
            path: path.to_owned(),
            source,
        };
        let bytes = read::bytes(path, MAX_BYTES).map_err(failed)?;
        if let Some(what) = no_table(&bytes) {
            return Err(DatasetError::NoTable {
                path: path.to_owned(),
                what,
            });
        }
        let mut text = utf8(bytes);
        let (declared, length) = declared_delimiter(&text);
        text.drain(..length);
        let text = with_newlines(text);
        let delimiter = declared.unwrap_or_else(|| delimiter(&text));
        let before = u64::from(declared.is_some());
        let mut reader = csv::ReaderBuilder::new();
        reader
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .delimiter(delimiter);
        let length = text.len() as u64;
        let unclosed = unclosed(&text, delimiter).map(|line| line + before);
        let mut lines = Self {
            reader: reader.from_reader(Cursor::new(text)),
            record: csv::ByteRecord::new(),
            delimiter,
            unclosed,
            before,
            length,
        };
        let header = lines.next().map_err(failed)?;
        Ok((lines, header.map(|(_, fields)| fields).unwrap_or_default()))
    }

    /// The next row with its line, from 1; bytes that are not UTF-8 are replaced.
    pub(super) fn next(&mut self) -> Result<Option<(u64, Vec<String>)>, std::io::Error> {
        // Fields may be any bytes and rows of any length, so only reading itself can fail.
        if !self.reader.read_byte_record(&mut self.record)? {
            return Ok(None);
        }
        let line = self.record.position().map_or(0, csv::Position::line);
        let fields = self
            .record
            .iter()
            .map(|field| String::from_utf8_lossy(field).trim().to_owned())
            .collect();
        Ok(Some((line + self.before, fields)))
    }

    /// The error if a quote in the last row read, which begins in this line, took further rows for the text of one field; a row
    /// has `columns` columns.
    pub(super) fn swallowed(&self, line: u64, columns: usize) -> Option<String> {
        // A quote that is never closed is in the last row.
        let at_end = self.reader.position().byte() >= self.length;
        let unclosed = self.unclosed.filter(|at| at_end && *at >= line);
        if let Some(at) = unclosed {
            return Some(text!("dataset-quote-opens-line-never", at = as_text(&at)));
        }
        let delimiters = |text: &[u8]| text.split(|byte| *byte == self.delimiter).count() - 1;
        let mut at = line;
        for (column, field) in self.record.iter().enumerate() {
            let parts: Vec<usize> = field.split(|byte| *byte == b'\n').map(delimiters).collect();
            // The rest of its own row, whole rows, and the beginning of the row in which a quote closes it.
            if let [rest, rows @ .., begin] = parts.as_slice()
                && columns > 1
                && *rest + column + 1 >= columns
                && *begin >= column
                && rows.iter().all(|count| count + 1 >= columns)
                && (column > 0 || !rows.is_empty())
            {
                return Some(text!("dataset-quote-opens-line-closed", at = as_text(&at)));
            }
            at += parts.len().saturating_sub(1) as u64;
        }
        None
    }
}

/// What a file that is not text is, by its first bytes, and what to do.
fn no_table(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let text = String::from_utf8_lossy(start).to_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let begins = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start));
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(text!("dataset-zip-file-as-workbooks"));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Some(text!("dataset-workbook"));
    }
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Some(text!("dataset-text-utf-32-save"));
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Some(text!("dataset-compressed-with-gzip-decompress"));
    }
    if bytes.starts_with(b"PAR1") {
        return Some(text!("dataset-parquet-file-save-as"));
    }
    if begins(&["%pdf-"]) {
        return Some(text!("dataset-pdf-save-table-as"));
    }
    if begins(&["{\\rtf"]) {
        return Some(text!("dataset-text-document-rtf-save"));
    }
    if begins(&["version https://git-lfs"]) {
        return Some(text!("dataset-git-lfs-pointer-not"));
    }
    if begins(&["<!doctype", "<html", "<?xml", "<head", "<table"]) {
        return Some(text!("dataset-web-page-xml-not"));
    }
    None
}

/// The line, from 1, in which a quote is opened and never closed, by the rules of the row reader.
fn unclosed(text: &[u8], delimiter: u8) -> Option<u64> {
    let (mut line, mut opened, mut quoted, mut at_start) = (1, 1, false, true);
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        line += u64::from(byte == b'\n');
        if quoted {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                quoted = false;
            }
        } else if byte == b'"' && at_start {
            (quoted, opened) = (true, line);
        }
        at_start = !quoted && (byte == delimiter || byte == b'\n');
    }
    quoted.then_some(opened)
}

/// The text with every line ending as one newline: lines are counted by these.
fn with_newlines(text: Vec<u8>) -> Vec<u8> {
    if !text.contains(&b'\r') {
        return text;
    }
    let mut lines = Vec::with_capacity(text.len());
    let mut after_return = false;
    for byte in text {
        match byte {
            b'\r' => lines.push(b'\n'),
            b'\n' if after_return => {}
            _ => lines.push(byte),
        }
        after_return = byte == b'\r';
    }
    lines
}

/// The text as UTF-8, without a byte order mark.
fn utf8(bytes: Vec<u8>) -> Vec<u8> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return rest.to_vec();
    }
    let Some(from) = utf16(&bytes) else {
        return bytes;
    };
    let pair = |pair: &[u8]| match pair {
        &[a, b] => from([a, b]),
        _ => 0xfffd,
    };
    let units: Vec<u16> = bytes.chunks(2).map(pair).collect();
    let text = String::from_utf16_lossy(&units);
    text.trim_start_matches('\u{feff}').as_bytes().to_vec()
}

/// How pairs of bytes form UTF-16, if they do: by the mark, or because nearly every other byte of Western text is zero.
fn utf16(bytes: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    if bytes.starts_with(&[0xff, 0xfe]) {
        return Some(u16::from_le_bytes);
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return Some(u16::from_be_bytes);
    }
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let zeros = |odd: usize| {
        let every_other = head.iter().skip(odd).step_by(2);
        every_other.filter(|byte| **byte == 0).count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if half == 0 {
        None
    } else if odd * 10 > half * 8 && even * 10 < half {
        Some(u16::from_le_bytes)
    } else if even * 10 > half * 8 && odd * 10 < half {
        Some(u16::from_be_bytes)
    } else {
        None
    }
}

/// The delimiter in a first line `sep=;` (with or without quotes), and the length of that line.
fn declared_delimiter(text: &[u8]) -> (Option<u8>, usize) {
    let end = text.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    let line = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    let rest = text.get(line.len()..).unwrap_or_default();
    let ending = match rest {
        [b'\r', b'\n', ..] => 2,
        [] => 0,
        _ => 1,
    };
    // Other programs pad the line with delimiters, and the delimiter may itself be a space.
    let unquoted = String::from_utf8_lossy(line).replace('"', "");
    let unquoted = unquoted.trim_start_matches(' ');
    let after = unquoted
        .get(..SEP.len())
        .filter(|start| start.eq_ignore_ascii_case(SEP))
        .and_then(|_| unquoted.as_bytes().get(SEP.len()..));
    match after {
        Some([delimiter, padding @ ..])
            if delimiter.is_ascii_punctuation() || matches!(delimiter, b'\t' | b' ') =>
        {
            let padded = padding
                .iter()
                .all(|b| b == delimiter || *b == b' ' || *b == b',');
            if padded {
                (Some(*delimiter), line.len() + ending)
            } else {
                (None, 0)
            }
        }
        _ => (None, 0),
    }
}

/// Comma, semicolon or tab: whichever is most frequent in the first line.
fn delimiter(text: &[u8]) -> u8 {
    let first = text.split(|byte| matches!(byte, b'\n' | b'\r')).next();
    let first = first.unwrap_or_default();
    let count = |delimiter: &u8| first.split(|byte| byte == delimiter).count();
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(b',')
}

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

    #[test]
    fn text_is_read_in_every_encoding_of_a_spreadsheet() {
        let right = "image_id\tdiagnosis\r\nä\tnevus\r\n";
        let le: Vec<u8> = right.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = right.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            right.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", right.as_bytes()].concat(),
            le.clone(),
            be.clone(),
            [&[0xff, 0xfe], le.as_slice()].concat(),
            [&[0xfe, 0xff], be.as_slice()].concat(),
        ] {
            assert_eq!(String::from_utf8(utf8(bytes)).unwrap(), right);
        }
        assert_eq!(utf8(Vec::new()), Vec::<u8>::new());
    }

    #[test]
    fn a_first_line_tells_the_delimiter() {
        for (text, declared) in [
            ("sep=;\nx;y", (Some(b';'), 6)),
            ("SEP=,\r\nx", (Some(b','), 7)),
            ("\"sep=\t\"\nx", (Some(b'\t'), 8)),
            ("sep=|", (Some(b'|'), 5)),
            ("sep=;;;\nx", (Some(b';'), 8)),
            ("sep=a\nx", (None, 0)),
            ("separate;x\n", (None, 0)),
            ("image_id,dx", (None, 0)),
        ] {
            assert_eq!(declared_delimiter(text.as_bytes()), declared, "{text:?}");
        }
    }
}

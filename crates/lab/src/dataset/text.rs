//! The rows of a table, and what a file is that is none.

use flipscope_language::{as_text, text};
use std::io::Cursor;
use std::path::Path;

use super::encoding::{LOOKED_AT, declared_delimiter, delimiter, utf8, with_newlines};
use super::error::DatasetError;
use flipscope_base::read;
use flipscope_image::lesion;

/// Largest table that is read, in bytes: half a million rows of the ISIC archive take a quarter of it.
const MAX_BYTES: u64 = 500_000_000;

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
        let none = |what| DatasetError::NoTable {
            path: path.to_owned(),
            what,
        };
        if let Some(what) = no_table(&bytes) {
            return Err(none(what));
        }
        let mut text = utf8(bytes);
        if text.iter().take(LOOKED_AT).any(|byte| *byte == 0) {
            return Err(none(text!("dataset-not-text")));
        }
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
    let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if unmarked.iter().all(u8::is_ascii_whitespace) {
        return Some(text!("dataset-empty"));
    }
    if bytes.starts_with(b"SQLite format 3\0") {
        return Some(text!("dataset-database"));
    }
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
    // After all that pictures and documents have in common, e.g. with zip files.
    if lesion::is_picture(bytes) {
        return Some(text!("dataset-picture"));
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

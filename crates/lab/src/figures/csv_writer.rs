//! One CSV file, and how numbers are formatted in it.

use std::path::{Path, PathBuf};

use super::error::OutputError;
use crate::statistics::{Interval, LEVEL, Proportion};
use flipscope_base::atomic::{AtomicFile, Existing};
use flipscope_base::untrusted::csv_text;

/// A file that appears when it is finished.
pub(crate) struct Sheet {
    path: PathBuf,
    writer: csv::Writer<AtomicFile>,
    columns: usize,
}

impl Sheet {
    pub(crate) fn new(folder: &Path, name: &str, header: &[&str]) -> Result<Self, OutputError> {
        let path = folder.join(name);
        let file = AtomicFile::create(&path).map_err(|source| OutputError::Io {
            path: path.clone(),
            source,
        })?;
        let mut sheet = Self {
            path,
            writer: csv::WriterBuilder::new().from_writer(file),
            columns: header.len(),
        };
        sheet.row(header.iter().map(|name| (*name).to_owned()))?;
        Ok(sheet)
    }

    /// Adds a row. Cells are our own numbers and words, or [`text`].
    pub(crate) fn row(
        &mut self,
        cells: impl IntoIterator<Item = String>,
    ) -> Result<(), OutputError> {
        let cells: Vec<String> = cells.into_iter().collect();
        debug_assert_eq!(cells.len(), self.columns, "{}", self.path.display());
        (self.writer.write_record(&cells)).map_err(|error| self.failed(error.into()))
    }

    pub(crate) fn finish(self) -> Result<PathBuf, OutputError> {
        let Self { path, writer, .. } = self;
        let failed = |source| OutputError::Io {
            path: path.clone(),
            source,
        };
        let file = writer
            .into_inner()
            .map_err(|error| failed(error.into_error()))?;
        file.commit(Existing::Replace).map_err(failed)?;
        Ok(path)
    }

    fn failed(&self, source: std::io::Error) -> OutputError {
        OutputError::Io {
            path: self.path.clone(),
            source,
        }
    }
}

/// A table as the contents of a CSV file. The cells are made safe for spreadsheets here: they may be untrusted text; a number that
/// is negative stays a number.
///
/// # Errors
/// If a row has another number of cells than the header.
pub fn csv_bytes(header: &[&str], rows: &[Vec<String>]) -> std::io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        let cells = row.iter().map(|cell| {
            if cell.parse::<f64>().is_ok() {
                cell.clone()
            } else {
                text(cell)
            }
        });
        writer.write_record(cells)?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// Untrusted text (names, diagnoses, pseudonyms) as a cell that no spreadsheet takes for a formula.
pub(crate) fn text(words: &str) -> String {
    csv_text(words).into_owned()
}

/// A rate, a size, an area: six decimals; empty if there is none.
pub(crate) fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| format!("{value:.6}"))
}

/// A p-value: six decimals, or six significant digits for small ones.
pub(crate) fn p_value(value: f64) -> String {
    if value != 0.0 && value < 1e-3 {
        format!("{value:.5e}")
    } else {
        format!("{value:.6}")
    }
}

/// As many digits as are needed to read the same number back.
pub(crate) fn exact(value: f32) -> String {
    value.to_string()
}

/// A rate and its interval: three cells, empty if the denominator is 0.
pub(crate) fn rate(count: u64, total: u64) -> [String; 3] {
    let proportion = Proportion::new(count, total).ok();
    let interval = proportion.and_then(|proportion| proportion.wilson(LEVEL).ok());
    with_interval(proportion.map(Proportion::value), interval)
}

/// A number and its interval: three cells.
pub(crate) fn with_interval(value: Option<f64>, interval: Option<Interval>) -> [String; 3] {
    [
        number(value),
        number(interval.map(|interval| interval.lower)),
        number(interval.map(|interval| interval.upper)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_no_formulas_and_numbers_stay_numbers() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [row(["=1+1", "-0.5", "a, b"]), row(["x\ny", "", "1e-7"])];
        let bytes = csv_bytes(&["name", "shift", "words"], &rows).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "name,shift,words\n'=1+1,-0.5,\"a, b\"\nx\\ny,,1e-7\n");
        assert!(csv_bytes(&["one"], &rows).is_err());
    }
}

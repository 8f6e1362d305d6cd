//! A table read back from its CSV, so that the report says what the file says.

use std::path::Path;

use super::error::OutputError;
use flipscope_base::read;

/// A CSV file in memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// A row of a table, read by column names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    header: &'a [String],
    cells: &'a [String],
}

impl Table {
    /// The table in a file; an empty one if there is no such file, since tables of jobs that a study does not have are not
    /// written.
    pub(crate) fn read(folder: &Path, name: &str) -> Result<Self, OutputError> {
        let path = folder.join(name);
        let failed = |source: std::io::Error| OutputError::Io {
            path: path.clone(),
            source,
        };
        if !path.exists() {
            return Ok(Self::default());
        }
        let mut reader = csv::Reader::from_reader(read::open_regular(&path).map_err(failed)?);
        let words = |record: &csv::StringRecord| record.iter().map(plain).collect();
        let header = reader.headers().map(words);
        let header = header.map_err(|error| failed(error.into()))?;
        let rows: Result<Vec<_>, _> = reader
            .records()
            .map(|record| record.map(|record| words(&record)))
            .collect();
        Ok(Self {
            header,
            rows: rows.map_err(|error| failed(error.into()))?,
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row {
            header: &self.header,
            cells,
        })
    }

    /// Rows with these cells in these columns.
    pub(crate) fn of<'a>(
        &'a self,
        wanted: &'a [(&'a str, &'a str)],
    ) -> impl Iterator<Item = Row<'a>> {
        self.rows().filter(move |row| {
            wanted
                .iter()
                .all(|(column, cell)| row.text(column) == *cell)
        })
    }

    /// The distinct cells of a column, in order of first occurrence.
    pub(crate) fn distinct(&self, column: &str) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for row in self.rows() {
            let cell = row.text(column);
            if !all.contains(&cell) {
                all.push(cell);
            }
        }
        all
    }
}

/// A cell without the apostrophe that protects it from being taken for a formula.
fn plain(cell: &str) -> String {
    let bare = cell.strip_prefix('\'').unwrap_or(cell);
    let is_guarded = bare.starts_with(['=', '+', '-', '@']);
    if is_guarded { bare } else { cell }.to_owned()
}

impl<'a> Row<'a> {
    /// A cell; empty if there is no such column.
    pub(crate) fn text(self, column: &str) -> &'a str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at))
            .map_or("", String::as_str)
    }

    /// A cell's number; none if the cell is empty.
    pub(crate) fn number(self, column: &str) -> Option<f64> {
        self.text(column).parse().ok()
    }
}

//! The tables in a folder, and the one of labels among them.

use std::path::{Path, PathBuf};

use super::columns::Columns;
use super::error::DatasetError;
use super::layout::Layout;
use super::text::Lines;
use flipscope_base::natural;

/// Extensions of files that may be tables.
const ENDINGS: [&str; 3] = ["csv", "tsv", "txt"];
/// Columns of diagnoses that no other table has: without one of photographs, a person has misnamed that.
const OF_LABELS: [&str; 4] = ["diagnosis", "dx", "diagnostic", "benign_malignant"];

/// The table that is looked for first.
const USUAL: &str = "labels.csv";

/// The file called `labels.csv` in a folder, however its letters are cased.
pub(super) fn usual_table(folder: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?;
    let mut found = entries.filter_map(Result::ok).map(|entry| entry.path());
    found.find(|path| {
        let name = path.file_name().unwrap_or_default();
        name.eq_ignore_ascii_case(USUAL) && path.is_file()
    })
}

/// The one table of labels in a folder; none if there is none.
pub(super) fn table_of_labels(folder: &Path) -> Result<Option<PathBuf>, DatasetError> {
    let mut found = Vec::new();
    for table in tables(folder)? {
        // A file that cannot be read as a table is skipped; it is reported if it is named explicitly.
        if Lines::open(&table).is_ok_and(|(_, header)| Layout::of_header(&header).is_some()) {
            found.push(table);
        }
    }
    if found.len() > 1 {
        let name = |table: PathBuf| Some(table.file_name()?.to_string_lossy().into_owned());
        return Err(DatasetError::SeveralTables {
            path: folder.to_owned(),
            tables: found.into_iter().filter_map(name).collect(),
        });
    }
    Ok(found.pop())
}

/// A table in a folder that has diagnoses, but not the columns of a known table of labels; none if there is none.
pub(super) fn misnamed_table(folder: &Path) -> Result<Option<PathBuf>, DatasetError> {
    let is_meant = |table: &PathBuf| {
        Lines::open(table).is_ok_and(|(_, header)| {
            let columns = Columns(&header);
            OF_LABELS.iter().any(|name| columns.find(name).is_some())
        })
    };
    Ok(tables(folder)?.into_iter().find(is_meant))
}

/// The files of a folder that may be tables, in natural order.
pub(super) fn tables(folder: &Path) -> Result<Vec<PathBuf>, DatasetError> {
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|source| DatasetError::io(folder, source))? {
        let path = entry
            .map_err(|source| DatasetError::io(folder, source))?
            .path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        let fits = ending.is_some_and(|ending| {
            let is = |known: &&str| ending.eq_ignore_ascii_case(known);
            ENDINGS.iter().any(is)
        });
        if fits && path.is_file() {
            tables.push(path);
        }
    }
    tables.sort_by(|a, b| natural::order_of_paths(a, b));
    Ok(tables)
}

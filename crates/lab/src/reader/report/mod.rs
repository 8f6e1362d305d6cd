//! The report of a reader study: one HTML page that needs no network and no scripts; beside it its figures and the tables.
//!
//! Every rate on the page is read from the tables that lie beside it. The last part reveals the cases one by one, as `cases.csv` and
//! `answers.csv` have them: the pictures, what was changed, what the network and the readers said. The same answers give the same bytes.

mod figures;
mod page;
mod reveal;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use super::error::ReaderError;
use super::store::Store;
use super::tables;
use crate::study::report::figure::save;
use crate::study::report::table::Table;
use crate::study::report::{FIGURES, TABLES};
use flipscope_base::atomic::{self, Existing};

/// The tables that the page is made of; those that a study has not are empty.
struct Tables {
    study: Table,
    readers: Table,
    pooled: Table,
    paired: Table,
    across: Table,
    agreement: Table,
    times: Table,
    hands: Table,
}

/// Writes the report into a folder that is there, and gives the page's file.
///
/// # Errors
/// As [`tables::export`], and if a figure cannot be drawn, a picture not be read, or a file not be written.
pub fn write(store: &Store, folder: &Path) -> Result<PathBuf, ReaderError> {
    let inside = |name: &str| -> Result<PathBuf, ReaderError> {
        let path = folder.join(name);
        std::fs::create_dir_all(&path).map_err(ReaderError::io(&path))?;
        Ok(path)
    };
    let csv = inside(TABLES)?;
    let written = tables::export(store, &csv)?;
    let tables = read(&csv, &written)?;
    let drawn = figures::rates(&tables);
    let pictures = inside(FIGURES)?;
    for figure in &drawn {
        save(figure, &pictures)?;
    }
    let path = folder.join("report.html");
    let page = page::html(store, &tables, &drawn)?;
    atomic::write(&path, page.as_bytes(), Existing::Replace).map_err(ReaderError::io(&path))?;
    Ok(path)
}

/// Reads back the tables that were written now: an older export in the folder may hold others.
fn read(folder: &Path, written: &[PathBuf]) -> Result<Tables, ReaderError> {
    let table = |name: &str| -> Result<Table, ReaderError> {
        if written.iter().any(|path| path.ends_with(name)) {
            return Ok(Table::read(folder, name)?);
        }
        Ok(Table::default())
    };
    Ok(Tables {
        study: table("study.csv")?,
        readers: table("readers.csv")?,
        pooled: table("pooled.csv")?,
        paired: table("paired.csv")?,
        across: table("across.csv")?,
        agreement: table("agreement.csv")?,
        times: table("times.csv")?,
        hands: table("hands.csv")?,
    })
}

//! The report of a reader study: one HTML page that needs no network connection and no scripts; next to it its figures and the
//! tables.
//!
//! Every rate on the page is read from the tables next to it. The last part reveals the cases one by one, from `cases.csv` and
//! `answers.csv`: the pictures, what was changed, what the network and the readers said. The same answers give the same bytes.

mod figures;
mod page;
mod reveal;
mod tables;
#[cfg(test)]
mod tests;
mod words;

use std::path::{Path, PathBuf};

use super::error::ReaderError;
use super::store::Store;
use super::tables::export;
use crate::figures::report_files::{save_figures, save_page, tables_folder};

/// Writes the report into an existing folder, in this thread's language but for the tables, and returns the page's path.
///
/// # Errors
/// As [`export`], and if a figure cannot be drawn, a picture not be read, or a file not be written.
pub fn write(store: &Store, folder: &Path) -> Result<PathBuf, ReaderError> {
    let csv = tables_folder(folder)?;
    let written = export(store, &csv)?;
    let tables = tables::read(&csv, &written)?;
    let drawn = figures::rates(&tables);
    save_figures(folder, &drawn)?;
    let page = page::html(store, &tables, &drawn)?;
    Ok(save_page(folder, &page)?)
}

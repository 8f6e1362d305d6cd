//! The tables that the page and its figures are made of.

use std::path::{Path, PathBuf};

use crate::figures::csv_reader::Table;
use crate::reader::error::ReaderError;

/// The tables that the page is made of; empty if a study does not have them.
pub(super) struct Tables {
    pub(super) study: Table,
    pub(super) readers: Table,
    pub(super) pooled: Table,
    pub(super) paired: Table,
    pub(super) across: Table,
    pub(super) agreement: Table,
    pub(super) times: Table,
    pub(super) hands: Table,
}

impl Tables {
    /// A fact of the study; empty if it has no such fact.
    pub(super) fn fact(&self, name: &str) -> &str {
        let row = self.study.rows().find(|row| row.text("fact") == name);
        row.map_or("", |row| row.text("value"))
    }
}

/// Reads back the tables that have just been written: an older export in the folder may hold others.
pub(super) fn read(folder: &Path, written: &[PathBuf]) -> Result<Tables, ReaderError> {
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

//! Reads a data set from a table or a folder.

use flipscope_language::{as_text, text};
use std::io::ErrorKind;
use std::path::Path;

use super::error::DatasetError;
use super::example::Dataset;
use super::problem::Problem;
use super::{find, folders, table};
use flipscope_base::untrusted;

impl Dataset {
    /// Reads the labels of a table (CSV) or of a folder, and finds the pictures.
    ///
    /// A folder is read through its `labels.csv`, or else the one table of labels in it, or else as a folder per class, or else
    /// through a `labels.csv` beside it, one folder up, if that names at least one of its pictures ([`Dataset::found`] says
    /// so). Pictures are looked for in `images` and below it, by default next to the table and below; a folder per class has
    /// its own.
    ///
    /// # Errors
    /// If the file or folder cannot be read, `images` is no folder, its columns match no known format, a folder holds several tables of labels, or
    /// nothing in it is a melanoma or a nevus with a picture. Single rows and pictures do not cause an error: they become
    /// [`Dataset::problems`].
    pub fn read(labels: &Path, images: Option<&Path>) -> Result<Self, DatasetError> {
        if let Some(images) = images.filter(|images| !images.is_dir()) {
            if images.is_symlink() && !images.exists() {
                return Err(DatasetError::io(images, ErrorKind::NotFound.into()));
            }
            return Err(DatasetError::NoFolder {
                path: images.to_owned(),
            });
        }
        let about = std::fs::metadata(labels).map_err(|source| DatasetError::io(labels, source))?;
        let mut dataset = if about.is_dir() {
            of_folder(labels, images)?
        } else {
            table::read(labels, images)?
        };
        dataset.examples.sort_by(|a, b| a.id.cmp(&b.id));
        if dataset.labelled().next().is_none() {
            // The first row that cannot be used shows what is wrong with the others.
            let why = dataset.problems.iter().find(|problem| problem.is_of_rows());
            let why = why.map_or_else(String::new, |why| {
                text!("dataset-first", why = as_text(&why))
            });
            let pictureless = |problem: &Problem| matches!(problem, Problem::NoImage { .. });
            let elsewhere = if images.is_none() && dataset.problems.iter().any(pictureless) {
                text!("dataset-pictures-elsewhere")
            } else {
                ""
            };
            return Err(DatasetError::NothingLabelled {
                path: dataset.table.as_deref().unwrap_or(labels).to_owned(),
                problems: format!("{}{why}{elsewhere}", dataset.summary()),
            });
        }
        Ok(dataset)
    }
}

/// What a folder holds: a table, a folder per class, or nothing, but beside it is a table.
fn of_folder(folder: &Path, images: Option<&Path>) -> Result<Dataset, DatasetError> {
    if let Some(usual) = find::usual_table(folder) {
        return match table::read(&usual, images) {
            // A file of this name may be something else where folders say the classes.
            Err(error @ (DatasetError::UnknownTable { .. } | DatasetError::NoTable { .. })) => {
                folders::read(folder).map_err(|_| error)
            }
            read => read,
        };
    }
    if let Some(table) = find::table_of_labels(folder)? {
        return table::read(&table, images);
    }
    match folders::read(folder) {
        // What is wrong with a table that was meant says more than that there is none.
        Err(none @ DatasetError::NoLabels { .. }) => match find::misnamed_table(folder)? {
            Some(table) => table::read(&table, images),
            None => beside(folder, images).ok_or(none),
        },
        read => read,
    }
}

/// The labels of a `labels.csv` beside a folder of pictures, if it names at least one of them: another folder's table is not meant, whatever
/// is wrong with it.
fn beside(folder: &Path, images: Option<&Path>) -> Option<Dataset> {
    let whole = folder.canonicalize().ok()?;
    let table = find::usual_table(whole.parent()?)?;
    let mut dataset = table::read(&table, Some(images.unwrap_or(folder))).ok()?;
    if dataset.examples.is_empty() {
        return None;
    }
    let shown = untrusted::path(&table);
    dataset.found = Some(text!("dataset-found-beside", table = shown));
    Some(dataset)
}

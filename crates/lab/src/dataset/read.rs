//! Reads a data set from a table or a folder.

use flipscope_language::{as_text, text};
use std::path::Path;

use super::error::DatasetError;
use super::example::Dataset;
use super::problem::Problem;
use super::{find, folders, table};

impl Dataset {
    /// Reads the labels of a table (CSV) or of a folder, and finds the pictures.
    ///
    /// A folder is read through the one table of labels in it, or else as a folder per class. Pictures are looked for in
    /// `images` and below it, by default next to the table and below; a folder per class has its own.
    ///
    /// # Errors
    /// If the file or folder cannot be read, `images` is no folder, its columns match no known format, a folder holds several tables of labels, or
    /// nothing in it is a melanoma or a nevus with a picture. Single rows and pictures do not cause an error: they become
    /// [`Dataset::problems`].
    pub fn read(labels: &Path, images: Option<&Path>) -> Result<Self, DatasetError> {
        if let Some(images) = images.filter(|images| !images.is_dir()) {
            return Err(DatasetError::NoFolder {
                path: images.to_owned(),
            });
        }
        let about = std::fs::metadata(labels).map_err(|source| DatasetError::Io {
            path: labels.to_owned(),
            source,
        })?;
        let mut dataset = if !about.is_dir() {
            table::read(labels, images)?
        } else if let Some(table) = find::table_of_labels(labels)? {
            table::read(&table, images)?
        } else {
            match folders::read(labels) {
                // What is wrong with a table that was meant says more than that there is none.
                Err(none @ DatasetError::NoLabels { .. }) => match find::misnamed_table(labels)? {
                    Some(table) => table::read(&table, images)?,
                    None => return Err(none),
                },
                other => other?,
            }
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
                path: labels.to_owned(),
                problems: format!("{}{why}{elsewhere}", dataset.summary()),
            });
        }
        Ok(dataset)
    }
}

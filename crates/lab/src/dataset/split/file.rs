//! A split as a file: written whole or not at all, and verified when read.

use flipscope_language::{as_text, text};
use std::path::Path;

use serde::Deserialize;

use super::error::SplitError;
use super::{SCHEMA, Split};
use crate::dataset::{Dataset, Example, Part, hash_files};
use flipscope_base::atomic::{self, Existing};
use flipscope_base::cancel::Cancel;
use flipscope_base::read;
use flipscope_model::Label;

/// Read before anything else, to distinguish a later schema from a damaged file.
#[derive(Deserialize)]
struct Versioned {
    schema: u32,
}

impl Split {
    /// Writes it as JSON. The file appears whole or not at all; an existing one is replaced.
    ///
    /// # Errors
    /// If the folder does not exist or is not writable.
    pub fn write(&self, path: &Path) -> Result<(), SplitError> {
        let failed = |source| SplitError::Write {
            path: path.to_owned(),
            source,
        };
        let json = serde_json::to_string_pretty(self).map_err(|error| failed(error.into()))?;
        atomic::write(path, format!("{json}\n").as_bytes(), Existing::Replace).map_err(failed)
    }

    /// Reads a split that [`Split::write`] wrote.
    ///
    /// # Errors
    /// If the file cannot be read, is not a split, has another [`SCHEMA`], or was changed since it was written.
    pub fn read(path: &Path) -> Result<Self, SplitError> {
        let text = read::text(path, read::MAX_JSON).map_err(|source| SplitError::Read {
            path: path.to_owned(),
            source,
        })?;
        let no_split = |error: serde_json::Error| SplitError::NoSplit {
            path: path.to_owned(),
            reason: error.to_string(),
        };
        let Versioned { schema } = serde_json::from_str(&text).map_err(no_split)?;
        if schema != SCHEMA {
            return Err(SplitError::Schema {
                path: path.to_owned(),
                schema,
            });
        }
        let split: Self = serde_json::from_str(&text).map_err(no_split)?;
        if split.data_hash != split.data_hash() {
            return Err(SplitError::Changed {
                path: path.to_owned(),
            });
        }
        Ok(split)
    }

    /// The examples of a part, with their labels, in the order of their ids.
    ///
    /// # Errors
    /// If the data set lacks some of them, or labels them differently. Files are not opened: [`Split::verify`] does that.
    pub fn examples<'a>(
        &self,
        dataset: &'a Dataset,
        part: Part,
    ) -> Result<Vec<(&'a Example, Label)>, SplitError> {
        let mut examples = Vec::new();
        let mut reasons = Vec::new();
        for member in self.members(part) {
            let id = &member.id;
            match dataset.find(id).map(|example| (example, example.label())) {
                Some((example, Some(label))) if label == member.label => {
                    examples.push((example, label));
                }
                Some((example, _)) => reasons.push(text!(
                    "split-split-data-set",
                    id = as_text(&id),
                    label = as_text(&member.label.name()),
                    diagnosis = as_text(&example.diagnosis.text)
                )),
                None => reasons.push(text!("split-missing-picture", id = as_text(&id))),
            }
        }
        if reasons.is_empty() {
            return Ok(examples);
        }
        Err(SplitError::Misfit {
            dataset: dataset.name.clone(),
            reasons,
        })
    }

    /// Checks that the files of some parts are those that the split was made from, by their SHA-256; on all cores. `progress`
    /// is called, from any thread, with how many of how many are done.
    ///
    /// # Errors
    /// As [`Split::examples`]; if files differ or cannot be read, with their names; if it is cancelled.
    pub fn verify(
        &self,
        dataset: &Dataset,
        parts: &[Part],
        progress: &(dyn Fn(usize, usize) + Sync),
        cancel: &Cancel,
    ) -> Result<(), SplitError> {
        let mut examples = Vec::new();
        for part in parts {
            examples.extend(self.examples(dataset, *part)?);
        }
        let examples: Vec<&Example> = examples.into_iter().map(|(example, _)| example).collect();
        let hashes = hash_files(&examples, progress, cancel)?;
        let members = parts.iter().flat_map(|part| self.members(*part));
        let reasons: Vec<String> = members
            .zip(hashes)
            .filter_map(|(member, hash)| match hash {
                Ok(hash) if hash == member.sha256 => None,
                Ok(_) => Some(text!("split-file-has-changed", id = as_text(&member.id))),
                Err(reason) => Some(reason),
            })
            .collect();
        if reasons.is_empty() {
            return Ok(());
        }
        Err(SplitError::Misfit {
            dataset: dataset.name.clone(),
            reasons,
        })
    }
}

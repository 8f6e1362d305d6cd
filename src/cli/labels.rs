//! What a table of labels says of the photographs that findings were made from.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::output;
use flipscope_base::read;
use flipscope_image::lesion;
use flipscope_lab::dataset::{Dataset, Diagnosis};
use flipscope_lab::search::Finding;

/// Reports on standard error how a table of labels was read, and what of it is left out.
pub(super) fn report(dataset: &Dataset) {
    for assumption in dataset.found.iter().chain(&dataset.assumptions) {
        output::report(&format!("{}: {assumption}", dataset.name));
    }
    if !dataset.problems.is_empty() {
        let (name, left_out) = (&dataset.name, dataset.summary());
        output::report(&format!("{name}: left out: {left_out}"));
    }
}

/// The labelled photographs, by the names of their files.
#[derive(Default)]
pub(super) struct Labels {
    by_name: HashMap<String, Vec<(PathBuf, Diagnosis)>>,
}

impl Labels {
    /// Reads a table, or a folder per class, and reports what of it cannot be used.
    pub(super) fn read(table: &Path) -> anyhow::Result<Self> {
        let mut labels = Self::default();
        let dataset = Dataset::read(table, None)?;
        report(&dataset);
        for example in dataset.examples {
            let name = example.path.file_name().unwrap_or_default();
            let same = (labels.by_name)
                .entry(name.to_string_lossy().into_owned())
                .or_default();
            same.push((example.path, example.diagnosis));
        }
        Ok(labels)
    }

    /// The diagnosis of a finding's photograph, if that is there: its hash decides.
    pub(super) fn of(&self, finding: &Finding) -> Option<&str> {
        let wanted = finding.subject.image_sha256.as_deref()?;
        let named = self.by_name.get(&finding.subject.image)?;
        let (_, diagnosis) = named.iter().find(|(path, _)| {
            let bytes = read::bytes(path, lesion::MAX_FILE_BYTES);
            bytes.is_ok_and(|bytes| lesion::hex(Sha256::digest(&bytes)) == wanted)
        })?;
        let label = diagnosis.label.map(flipscope_model::Label::in_words);
        Some(label.unwrap_or(&diagnosis.text))
    }
}

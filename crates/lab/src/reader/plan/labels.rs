//! The ground truth of lesions: from a labelled set, or as stated by the user; never assumed.

use flipscope_language::{as_text, text};
use std::collections::HashMap;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::source::{Kind, Source};
use crate::dataset::{Dataset, Example};
use crate::reader::error::ReaderError;
use crate::search::Finding;
use flipscope_base::read;
use flipscope_image::lesion;
use flipscope_image::lesion::synthetic::name_in_words;
use flipscope_model::Label;

/// The most bytes of a photograph that are hashed.
const MAX_PHOTOGRAPH: u64 = 2 << 30;

/// What is known about the lesions.
#[derive(Clone, Debug, Default)]
pub struct Labels<'a> {
    dataset: Option<&'a Dataset>,
    pub(super) given: Option<Label>,
    by_name: HashMap<String, Vec<&'a Example>>,
}

impl<'a> Labels<'a> {
    /// A labelled set, and the truth about findings that are not in it.
    #[must_use]
    pub fn new(dataset: Option<&'a Dataset>, given: Option<Label>) -> Self {
        let mut by_name: HashMap<String, Vec<&Example>> = HashMap::new();
        for example in dataset.iter().flat_map(|dataset| &dataset.examples) {
            by_name
                .entry(file_name(&example.path))
                .or_default()
                .push(example);
        }
        Self {
            dataset,
            given,
            by_name,
        }
    }

    /// The photographs with a label, as lesions that can be shown unmodified; duplicates named by the table are left out.
    pub(super) fn photographs(&self) -> Vec<Source> {
        let Some(dataset) = self.dataset else {
            return Vec::new();
        };
        let once = dataset
            .labelled()
            .filter(|(example, _)| example.duplicate_of.is_none());
        once.map(|(example, truth)| Source {
            truth,
            truth_from: dataset.name.clone(),
            key: key(example),
            image: file_name(&example.path),
            image_sha256: None,
            kind: Kind::Photograph(example.path.clone()),
        })
        .collect()
    }

    /// The truth about a finding's lesion, where that comes from, and the key that pictures of the lesion share; or, in words, that it is
    /// known to be neither melanoma nor nevus, or not known at all. What the labelled set says holds before what is given.
    ///
    /// # Errors
    /// If a photograph cannot be read.
    pub(super) fn of(
        &self,
        finding: &Finding,
    ) -> Result<Result<(Label, String, String), String>, ReaderError> {
        let image = &finding.subject.image;
        let known = match &finding.subject.image_sha256 {
            Some(sha256) => self.example(image, sha256)?,
            None => None,
        };
        let (Some(example), Some(dataset)) = (known, self.dataset) else {
            let Some(truth) = self.given else {
                let image = name_in_words(image);
                return Ok(Err(text!(
                    "readers-not-known-whether-melanoma",
                    image = as_text(&image)
                )));
            };
            let key = format!("file {}", finding.lesion());
            return Ok(Ok((truth, "--truth".to_owned(), key)));
        };
        let Some(truth) = example.label() else {
            return Ok(Err(text!(
                "readers-calls-which-neither-melanoma",
                dataset = as_text(&dataset.name),
                image = as_text(&image),
                diagnosis = as_text(&example.diagnosis.text)
            )));
        };
        Ok(Ok((truth, dataset.name.clone(), key(example))))
    }

    /// The example whose file is the photograph of a finding.
    fn example(&self, image: &str, sha256: &str) -> Result<Option<&'a Example>, ReaderError> {
        for example in self.by_name.get(image).into_iter().flatten() {
            let bytes = read::bytes(&example.path, MAX_PHOTOGRAPH)
                .map_err(ReaderError::io(&example.path))?;
            if lesion::hex(Sha256::digest(&bytes)) == sha256 {
                return Ok(Some(example));
            }
        }
        Ok(None)
    }
}

/// The key that all pictures of an example's lesion share.
pub(super) fn key(example: &Example) -> String {
    match &example.lesion {
        Some(lesion) => format!("lesion {lesion}"),
        None => format!("example {}", example.id),
    }
}

pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

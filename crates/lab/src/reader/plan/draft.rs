//! The user's specification of a study: the same for the command line and for the window.

use flipscope_language::{as_text, text};
use std::path::PathBuf;

use super::findings::listed_names;
use super::{Labels, Made, ReferenceModel, Settings, findings, make};
use crate::dataset::Dataset;
use crate::reader::error::ReaderError;
use flipscope_image::lesion::Frame;
use flipscope_model::Label;

/// The specification of a study.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Findings, or folders of them.
    pub findings: Vec<PathBuf>,
    /// Labelled photographs: a table, or a folder per class.
    pub data: Option<PathBuf>,
    /// Folder with the table's photographs, if they are not next to it.
    pub images: Option<PathBuf>,
    /// The truth about the lesions of all findings that are not in the labelled photographs.
    pub truth: Option<Label>,
    /// What is asked of readers.
    pub settings: Settings,
}

impl Draft {
    /// Makes it. `judge` computes P(melanoma) of a frame with the network that made the findings; it is called for photographs
    /// of the labelled set only. `note` is called at once with what is assumed or left out. A file that could not be used gives
    /// a sentence in [`Made::problems`].
    ///
    /// # Errors
    /// As [`findings()`] and [`make()`], and if the labelled photographs cannot be read.
    pub fn make(
        &self,
        judge: &mut dyn FnMut(&ReferenceModel, &Frame) -> Result<f32, ReaderError>,
        note: &mut dyn FnMut(String),
    ) -> Result<Made, ReaderError> {
        self.settings.validate()?;
        let dataset = (self.data.as_deref())
            .map(|data| Dataset::read(data, self.images.as_deref()))
            .transpose()?;
        if let Some(dataset) = &dataset {
            for said in dataset.found.iter().chain(&dataset.assumptions) {
                note(said.clone());
            }
        }
        let labels = Labels::new(dataset.as_ref(), self.truth);
        let mut found = findings(&self.findings, &labels)?;
        if found.unsuccessful > 0 {
            note(text!(
                "readers-findings-did-not-flip",
                unsuccessful = as_text(&found.unsuccessful)
            ));
        }
        if !found.undiagnosed.is_empty() {
            note(text!(
                "readers-findings-undiagnosed",
                count = found.undiagnosed.len(),
                names = listed_names(&found.undiagnosed)
            ));
        }
        let mut problems = std::mem::take(&mut found.problems);
        let network = found.network.clone();
        let mut made = make(&self.settings, &found, &labels, &mut |frame| {
            judge(&network, frame)
        })?;
        problems.append(&mut made.problems);
        made.problems = problems;
        Ok(made)
    }
}

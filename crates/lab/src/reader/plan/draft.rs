//! What a study will be made from, as a person says it: the same for the command line and for the window.

use std::path::PathBuf;

use super::{Labels, Made, Network, Settings, findings, make};
use crate::dataset::Dataset;
use crate::reader::error::ReaderError;
use flipscope_image::lesion::Frame;
use flipscope_model::Label;

/// What a study will be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Findings, or folders of them.
    pub findings: Vec<PathBuf>,
    /// Labelled photographs: a table, or a folder per class.
    pub data: Option<PathBuf>,
    /// Folder with the table's photographs, where they are not beside it.
    pub images: Option<PathBuf>,
    /// What the lesions of all findings are that the labelled photographs do not know.
    pub truth: Option<Label>,
    /// What is asked of readers.
    pub settings: Settings,
}

impl Draft {
    /// Makes it. `judge` gives P(melanoma) of a frame by the network that the findings are of; it is asked about photographs of the labelled
    /// set only. `note` is told at once what is assumed or left out. Of a file that could not be used there is a sentence in
    /// [`Made::problems`].
    ///
    /// # Errors
    /// As [`findings()`] and [`make()`], and if the labelled photographs cannot be read.
    pub fn make(
        &self,
        judge: &mut dyn FnMut(&Network, &Frame) -> Result<f32, ReaderError>,
        note: &mut dyn FnMut(String),
    ) -> Result<Made, ReaderError> {
        self.settings.validate()?;
        let dataset = (self.data.as_deref())
            .map(|data| Dataset::read(data, self.images.as_deref()))
            .transpose()?;
        for assumption in dataset.iter().flat_map(|dataset| &dataset.assumptions) {
            note(assumption.clone());
        }
        let labels = Labels::new(dataset.as_ref(), self.truth);
        let mut found = findings(&self.findings, &labels)?;
        if found.unsuccessful > 0 {
            note(format!(
                "findings that did not flip are left out: {}",
                found.unsuccessful
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

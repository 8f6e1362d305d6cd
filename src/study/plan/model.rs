//! A model as a study knows it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::classifier::{ModelInfo, Overrides, Precision};
use crate::lesion::Framing;
use crate::study::error::StudyError;

/// A model of a study, with all that its file might have left open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Shown name; no two of a study share one.
    pub name: String,
    /// The checkpoint file; none for the demo model inside the program. No part of the hash.
    pub file: Option<PathBuf>,
    /// SHA-256 of the checkpoint, in hexadecimal.
    pub sha256: String,
    /// How photographs become its frames.
    pub framing: Framing,
    /// P(melanoma) at or above which it says melanoma.
    pub threshold: f32,
    /// The type that it computes in.
    pub precision: String,
    /// Class names.
    pub classes: Vec<String>,
    /// Names of the classes that mean melanoma.
    pub melanoma_classes: Vec<String>,
    /// Mean that its input is normalised with.
    pub mean: [f32; 3],
    /// Standard deviation that its input is normalised with.
    pub std: [f32; 3],
    /// Whether torchvision's `transform_input` follows.
    pub transform_input: bool,
}

impl Model {
    /// A loaded model as a study's, with what was said of it.
    #[must_use]
    pub fn of(info: &ModelInfo, precision: &str, framing: Framing) -> Self {
        let name = |class: &usize| info.classes.get(*class).cloned();
        Self {
            name: info.name.clone(),
            file: info.path.clone(),
            sha256: info.sha256.clone(),
            framing,
            threshold: info.threshold,
            precision: precision.to_owned(),
            classes: info.classes.clone(),
            melanoma_classes: info.melanoma_classes.iter().filter_map(name).collect(),
            mean: info.mean,
            std: info.std,
            transform_input: info.transform_input,
        }
    }

    /// Whether a loaded network computes what this model is: the same checkpoint, read the same way, in the same type.
    #[must_use]
    pub fn is(&self, info: &ModelInfo, precision: &str) -> bool {
        let other = Self::of(info, precision, self.framing);
        // Name and place may differ, and the threshold is the study's own.
        *self
            == Self {
                name: self.name.clone(),
                file: self.file.clone(),
                threshold: self.threshold,
                ..other
            }
    }

    /// What is to be said of the checkpoint when it is loaded, so that nothing is assumed anew.
    ///
    /// # Errors
    /// If its type is one that this program does not know.
    pub fn overrides(&self) -> Result<Overrides, StudyError> {
        let precision: Precision = (self.precision.parse())
            .map_err(|_| StudyError::Plan(format!("{} is no precision", self.precision)))?;
        Ok(Overrides {
            framing: Some(self.framing),
            classes: Some(self.classes.clone()),
            melanoma_classes: Some(self.melanoma_classes.clone()),
            mean: Some(self.mean),
            std: Some(self.std),
            transform_input: Some(self.transform_input),
            threshold: Some(self.threshold),
            precision,
        })
    }
}

//! A model of a study.

use flipscope_language::{as_text, text};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::study::error::StudyError;
use flipscope_image::lesion::Framing;
use flipscope_model::{
    Assumption, AssumptionKind, ModelInfo, ModelSource, Overrides, Precision, Remedy,
};

/// A model of a study, including everything that its file might not state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Name for display; unique within a study.
    pub name: String,
    /// The checkpoint file; none for an embedded model. Not part of the hash.
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
    /// Whether torchvision's `transform_input` is applied.
    pub transform_input: bool,
    /// The key of the weights that were used, if the file holds several sets of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<String>,
    /// What the single output of a network with a sigmoid means, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub positive_class: Option<String>,
    /// What stands between a frame and its verdict.
    #[serde(default, skip_serializing_if = "Remedy::is_none")]
    pub remedy: Remedy,
    /// What was assumed about it when the study was made, the most serious first; older studies have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<Assumption>,
}

impl Model {
    /// A loaded model as one of a study, with the user's overrides.
    #[must_use]
    pub fn of(info: &ModelInfo, precision: &str, framing: Framing) -> Self {
        let name = |class: &usize| info.classes.get(*class).cloned();
        // A framing that was set by the user is not an assumption.
        let assumed =
            |one: &&Assumption| one.about != AssumptionKind::Framing || framing == info.framing;
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
            weights: info.weights.clone(),
            positive_class: info.positive_class.clone(),
            remedy: info.remedy,
            assumptions: info.assumptions.iter().filter(assumed).cloned().collect(),
        }
    }

    /// Whether a loaded network computes the same as this model: the same checkpoint, read the same way, in the same type.
    #[must_use]
    pub fn is(&self, info: &ModelInfo, precision: &str) -> bool {
        let other = Self::of(info, precision, self.framing);
        // Name and path may differ, the threshold is the study's own, and a study's settings are not assumptions.
        *self
            == Self {
                name: self.name.clone(),
                file: self.file.clone(),
                threshold: self.threshold,
                assumptions: self.assumptions.clone(),
                ..other
            }
    }

    /// What its verdicts depend on beside its checkpoint, as text: "framing squash, threshold 0.5, f32, remedy none".
    #[must_use]
    pub fn terms(&self) -> String {
        format!(
            "framing {}, threshold {}, {}, remedy {}",
            self.framing, self.threshold, self.precision, self.remedy
        )
    }

    /// Where its checkpoint is: embedded, or in the file where the study found it.
    ///
    /// # Errors
    /// If the study was made with an embedded model that this program does not contain.
    pub fn source(&self) -> Result<ModelSource, StudyError> {
        ModelSource::from_sha256(&self.sha256, self.file.clone()).ok_or_else(|| {
            StudyError::Plan(text!(
                "studies-sha-256-embedded-program",
                name = as_text(&self.name),
                sha256 = format!("{:.12}", self.sha256)
            ))
        })
    }

    /// The overrides for loading the checkpoint, so that nothing has to be assumed again.
    ///
    /// # Errors
    /// If this program does not know its type.
    pub fn overrides(&self) -> Result<Overrides, StudyError> {
        let precision: Precision = (self.precision.parse()).map_err(|_| {
            StudyError::Plan(text!(
                "studies-not-precision",
                precision = as_text(&self.precision)
            ))
        })?;
        Ok(Overrides {
            framing: Some(self.framing),
            classes: Some(self.classes.clone()),
            melanoma_classes: Some(self.melanoma_classes.clone()),
            mean: Some(self.mean),
            std: Some(self.std),
            transform_input: Some(self.transform_input),
            threshold: Some(self.threshold),
            operating_point: false,
            weights: self.weights.clone(),
            positive_class: self.positive_class.clone(),
            precision,
            double_gradients: false,
            remedy: self.remedy,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn studies_of_before_assumptions_were_recorded_keep_their_hash() {
        let old = r#"{"name":"one","file":null,"sha256":"00","framing":"squash","threshold":0.5,"precision":"f32","classes":["melanoma","nevus"],"melanoma_classes":["melanoma"],"mean":[0.5,0.5,0.5],"std":[0.5,0.5,0.5],"transform_input":false}"#;
        let model: Model = serde_json::from_str(old).unwrap();
        assert_eq!(serde_json::to_string(&model).unwrap(), old);
        let assumed = Model {
            assumptions: vec![Assumption::new(
                AssumptionKind::ClassOrder,
                "melanoma, nevus",
                "",
            )],
            ..model
        };
        let json = serde_json::to_string(&assumed).unwrap();
        assert!(json.contains("class-order"), "{json}");
        assert_eq!(serde_json::from_str::<Model>(&json).unwrap(), assumed);
    }

    #[cfg(feature = "demo-model")]
    #[test]
    fn models_inside_the_program_are_found_by_their_hash() {
        use flipscope_model::{Classifier, DemoModel, DeviceChoice};
        for demo in DemoModel::ALL {
            let source = ModelSource::Embedded(demo);
            let loaded = Classifier::load(&source, DeviceChoice::Cpu).unwrap();
            let model = Model::of(loaded.info(), loaded.precision(), Framing::Squash);
            assert_eq!(model.source().unwrap(), source);
            let other = Model {
                sha256: "00".to_owned(),
                ..model
            };
            assert!(other.source().unwrap_err().to_string().contains("--model"));
        }
    }
}

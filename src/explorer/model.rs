//! What is known about a model.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use flipscope_model::scheduler::Loaded;
use flipscope_model::{DeviceChoice, DeviceKind, ModelInfo, ModelSource, Remedy};

/// What is known about the model in one slot.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The one that answers now.
    pub ready: Option<ReadyModel>,
    /// The one being loaded.
    pub loading: Option<ModelSource>,
}

/// A loaded model.
#[derive(Clone, Debug)]
pub struct ReadyModel {
    /// Where it came from.
    pub source: ModelSource,
    /// What its checkpoint states.
    pub info: ModelInfo,
    /// The requested device.
    pub choice: DeviceChoice,
    /// The device in use, in words.
    pub device: Arc<str>,
    /// What kind of device that is.
    pub kind: DeviceKind,
    /// The type that it computes in.
    pub precision: &'static str,
    /// Counts the models of this run, so that answers of an earlier model are not mixed in.
    pub generation: u64,
}

impl ReadyModel {
    /// What jobs need to know about it.
    pub fn loaded(&self) -> Loaded {
        Loaded {
            info: self.info.clone(),
            device: Arc::clone(&self.device),
            note: None,
            kind: self.kind,
            precision: self.precision,
            generation: self.generation,
        }
    }
}

/// Which model, and how it judges: what it says about a frame is the same in another run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelIdentity {
    /// SHA-256 of its file.
    pub sha256: String,
    /// What stands between frames and verdicts.
    pub remedy: Remedy,
    /// The type that it computes in.
    pub precision: String,
    /// Its classes.
    pub classes: Vec<String>,
    /// Those that mean melanoma.
    pub melanoma_classes: Vec<usize>,
    /// How its input is normalised: mean and standard deviation.
    pub normalisation: [[f32; 3]; 2],
}

impl ModelIdentity {
    /// Of a model that is loaded.
    pub fn of(loaded: &Loaded) -> Self {
        Self::new(&loaded.info, loaded.precision)
    }

    /// Of the model that answers.
    pub fn of_ready(ready: &ReadyModel) -> Self {
        Self::new(&ready.info, ready.precision)
    }

    fn new(info: &ModelInfo, precision: &str) -> Self {
        Self {
            sha256: info.sha256.clone(),
            remedy: info.remedy,
            precision: precision.to_owned(),
            classes: info.classes.clone(),
            melanoma_classes: info.melanoma_classes.clone(),
            normalisation: [info.mean, info.std],
        }
    }
}

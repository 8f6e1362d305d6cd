//! What is known about a model.

use std::sync::Arc;

use flipscope_model::scheduler::Loaded;
use flipscope_model::{DeviceChoice, ModelInfo, ModelSource};

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
            precision: self.precision,
            generation: self.generation,
        }
    }
}

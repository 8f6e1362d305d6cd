//! Where a loaded network came from: enough to load it again to compute in another type.

use flipscope_language::{as_text, text};
use flipscope_nn::Precision;

use super::classifier::Classifier;
use super::device::DeviceChoice;
use crate::checkpoint::overrides::Overrides;
use crate::checkpoint::source::ModelSource;
use crate::error::ClassifierError;

/// What a network was loaded from and with.
#[derive(Clone, Debug)]
pub struct Origin {
    pub(super) source: ModelSource,
    pub(super) device: DeviceChoice,
    pub(super) overrides: Overrides,
    pub(super) sha256: String,
}

impl Origin {
    /// The same network, to compute in another type: a second copy of its weights.
    ///
    /// # Errors
    /// As [`Classifier::load`]; if the device does not compute in that type; if the file is another one by now.
    pub fn load_in(&self, precision: Precision) -> Result<Classifier, ClassifierError> {
        let overrides = Overrides {
            precision,
            double_gradients: false,
            ..self.overrides.clone()
        };
        let classifier = Classifier::load_with(&self.source, self.device, &overrides)?;
        if classifier.info().sha256 == self.sha256 {
            return Ok(classifier);
        }
        Err(ClassifierError::Run {
            device: classifier.device().to_owned(),
            reason: text!(
                "model-changed-since-loaded",
                name = as_text(&classifier.info().name)
            ),
        })
    }
}

//! A loaded network once more, to compute in another type.

use super::classifier::Classifier;
use super::origin::Origin;
use crate::checkpoint::overrides::Overrides;
use crate::error::ClassifierError;
use flipscope_language::{as_text, text};
use flipscope_nn::Precision;

impl Classifier {
    /// A network that was loaded before, to compute in another type: a second copy of its weights.
    ///
    /// # Errors
    /// As [`Classifier::load`]; if the device does not compute in that type; if the file is another one by now.
    pub fn load_again(origin: &Origin, precision: Precision) -> Result<Self, ClassifierError> {
        let overrides = Overrides {
            precision,
            double_gradients: false,
            ..origin.overrides.clone()
        };
        let classifier = Self::load_with(&origin.source, origin.device, &overrides)?;
        if classifier.info.sha256 == origin.sha256 {
            return Ok(classifier);
        }
        let name = as_text(&classifier.info.name);
        Err(classifier.failed(&text!("model-changed-since-loaded", name = name)))
    }

    /// Where it came from; none of weights that are not in a file, and of shuffled ones.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// The same network to compute in another type ([`Classifier::load_again`]).
    ///
    /// # Errors
    /// As there, and if its weights did not come from a file.
    pub fn load_in(&self, precision: Precision) -> Result<Self, ClassifierError> {
        match &self.origin {
            Some(origin) => Self::load_again(origin, precision),
            None => Err(self.failed(&text!("model-not-from-a-file"))),
        }
    }
}

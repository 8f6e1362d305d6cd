//! From a parsed file to a network of one architecture with its metadata: the start of loading, training and converting.

use serde_json::Value;

use super::info::{self, ModelInfo};
use super::overrides::Overrides;
use super::parsed::Checkpoint;
use super::selection::{self, Selected};
use super::{metadata, state_dict};
use crate::architectures::Architecture;
use crate::error::ClassifierError;

/// A checkpoint whose tensors match an architecture, and its metadata.
pub(crate) struct Opened {
    pub(crate) checkpoint: Checkpoint,
    pub(crate) architecture: Architecture,
    pub(crate) info: ModelInfo,
}

/// Finds the network in a checkpoint, and its metadata. A checkpoint that is not a file has a name, and no sidecar.
///
/// # Errors
/// As [`crate::Classifier::load_with`].
pub(crate) fn open(
    mut checkpoint: Checkpoint,
    name: Option<&str>,
    overrides: &Overrides,
) -> Result<Opened, ClassifierError> {
    let weights = match (&overrides.weights, name) {
        (None, None) => {
            let sidecar = metadata::read_sidecar(&checkpoint.path).map_err(|reason| {
                ClassifierError::Metadata {
                    path: checkpoint.path.clone(),
                    reason,
                }
            })?;
            let key = sidecar.get("weights").and_then(Value::as_str);
            key.map(str::to_owned)
        }
        (given, _) => given.clone(),
    };
    let Selected {
        architecture,
        weights,
        beside,
        assumptions,
    } = selection::select(&mut checkpoint, weights.as_deref())?;
    let outputs = state_dict::count_outputs(&checkpoint, &architecture)?;
    let mut info = info::interpret(&checkpoint, &architecture, name, overrides, outputs)?;
    if let Some(positive) = &info.positive_class {
        let at = info.classes.iter().position(|class| class == positive);
        checkpoint.answer_as_two(at.unwrap_or(1));
    }
    info.weights = weights;
    info.beside = beside;
    info.assumptions.extend(assumptions);
    info.assumptions.sort_by_key(|assumption| assumption.about);
    Ok(Opened {
        checkpoint,
        architecture,
        info,
    })
}

//! The progress of a training, and the file that holds it: written whole or not at all, so that however the program ends, the
//! last one is intact and can be resumed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::TrainError;
use super::recipe::Recipe;
use super::validation::Validation;
use flipscope_model::{Tensors, Values};

/// Version of the state's format.
const SCHEMA: u32 = 1;

/// The key of the state's header that holds [`Progress`].
const KEY: &str = "training";

/// The progress of a training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    schema: u32,
    /// The recipe.
    pub recipe: Recipe,
    /// What the training started from, e.g. a checkpoint's name and hash.
    pub init: String,
    /// If it started from the mean of several networks, what each says of its own training; none in states of older versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub averaged: Vec<Value>,
    /// What the examples are and how they were divided.
    pub data: Provenance,
    /// Epochs done.
    pub epoch: usize,
    /// Steps of the next epoch done.
    pub step: usize,
    /// Steps done over all epochs.
    pub steps_done: u64,
    /// Sum of the losses of the steps of this epoch.
    pub loss_sum: f64,
    /// Learning rate of the last step.
    pub lr: f64,
    /// The best epoch so far.
    pub best: Option<EpochMetrics>,
    /// SHA-256 of the checkpoint of the best epoch, in hexadecimal; none in states of older versions, and before the end of the
    /// first epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_sha256: Option<String>,
    /// One row for each epoch done.
    pub rows: Vec<EpochMetrics>,
}

/// What the examples are and how they were divided.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// The data set's name.
    pub name: String,
    /// How it was divided, e.g. the split file's name and hash.
    pub split: String,
    /// Training examples.
    pub training: usize,
    /// Validation examples.
    pub validation: usize,
    /// SHA-256 over the training examples' classes and file hashes.
    pub training_sha256: String,
    /// SHA-256 over the validation examples' classes and file hashes.
    pub validation_sha256: String,
    /// Frames of findings among the training examples.
    pub adversarial: usize,
}

/// Figures of an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EpochMetrics {
    /// From 1; 0 for the initial weights of a recipe without epochs.
    pub epoch: usize,
    /// Mean loss of its steps, as trained: smoothed, with the auxiliary head's share; 0 without steps.
    pub loss: f64,
    /// Learning rate of its last step.
    pub lr: f64,
    /// The figures of the validation part with the weights after it.
    pub validation: Validation,
}

impl Progress {
    /// The progress before the first step.
    pub(super) fn new(recipe: Recipe, init: String, data: Provenance) -> Self {
        Self {
            schema: SCHEMA,
            recipe,
            init,
            averaged: Vec::new(),
            data,
            epoch: 0,
            step: 0,
            steps_done: 0,
            loss_sum: 0.0,
            lr: 0.0,
            best: None,
            best_sha256: None,
            rows: Vec::new(),
        }
    }

    /// Whether the recipe has no further epoch, or patience has run out.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.epoch >= self.recipe.epochs || self.waited_enough()
    }

    /// Whether patience has run out.
    pub(super) fn waited_enough(&self) -> bool {
        let best = self.best.map_or(0, |best| best.epoch);
        self.recipe
            .patience
            .is_some_and(|patience| self.epoch >= best + patience)
    }
}

/// The file of the state.
pub(super) fn path(out: &Path) -> PathBuf {
    out.join("state.safetensors")
}

/// Writes the state: `header` is the content of the checkpoint's own header.
pub(super) fn write(
    out: &Path,
    progress: &Progress,
    header: &BTreeMap<String, String>,
    tensors: BTreeMap<String, Values>,
) -> Result<(), TrainError> {
    let file = path(out);
    let json = serde_json::to_string(progress).map_err(|error| TrainError::State {
        file: file.clone(),
        reason: format!("it cannot be written: {error}"),
    })?;
    let mut metadata = header.clone();
    metadata.insert(KEY.to_owned(), json);
    Ok(Tensors { metadata, tensors }.write(&file)?)
}

/// Reads the state: the progress, and what [`write()`] was given.
pub(super) fn read(out: &Path) -> Result<(Progress, Tensors), TrainError> {
    let file = path(out);
    if !file.exists() {
        return Err(TrainError::NothingToResume { file });
    }
    let mut tensors = Tensors::read(&file)?;
    let refuse = |reason: String| TrainError::State {
        file: file.clone(),
        reason,
    };
    let json = tensors.metadata.remove(KEY).ok_or_else(|| {
        refuse("this is a checkpoint, not the state of a training: start without --resume, and with it as --init".to_owned())
    })?;
    let progress: Progress = serde_json::from_str(&json).map_err(|error| {
        refuse(format!(
            "it is of another version of flipscope, or damaged ({error}): start again in another folder"
        ))
    })?;
    if progress.schema != SCHEMA {
        return Err(refuse(format!(
            "it has format {}, but this version of flipscope resumes from format {SCHEMA}: continue with the version that wrote \
            it",
            progress.schema
        )));
    }
    Ok((progress, tensors))
}

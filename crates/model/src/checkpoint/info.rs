//! What a checkpoint states about itself, what the user states instead, and what is assumed if neither does.
//!
//! Precedence: [`Overrides`] (flags), then the sidecar `NAME.json`, then the file's header, then an assumption, which is
//! recorded as an [`Assumption`].

use flipscope_language::text;
use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::assumption::{Assumption, AssumptionKind};
use super::class_order::Named;
use super::embedded::model_in_words;
use super::metadata::{
    IMAGENET_MEAN, IMAGENET_STD, Metadata, OPERATING_POINT, read_sidecar, threshold_of,
};
use super::overrides::Overrides;
use super::parsed::Checkpoint;
use super::{class_files, hub_config};
use crate::architectures::Architecture;
use crate::error::ClassifierError;
use crate::remedy::Remedy;
use flipscope_image::lesion::{Frame, Framing};

/// What a checkpoint states about itself, and what was assumed if it does not.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelInfo {
    /// Name for display: the file name, or "demo model".
    pub name: String,
    /// The file; `None` for an embedded model.
    pub path: Option<PathBuf>,
    /// e.g. "inception-v3".
    pub architecture: String,
    /// Class names in the order of the logits.
    pub classes: Vec<String>,
    /// Indices into `classes` of those that mean melanoma; not empty.
    pub melanoma_classes: Vec<usize>,
    /// Subtracted from the channels R, G, B of a frame scaled to 0..1.
    pub mean: [f32; 3],
    /// Divides the channels after that; positive.
    pub std: [f32; 3],
    /// Whether torchvision's `transform_input` is applied, which maps inputs normalised with ImageNet's mean and std back to
    /// −1..1.
    pub transform_input: bool,
    /// The framing it was trained with.
    pub framing: Framing,
    /// P(melanoma) at or above which it says melanoma; 0..=1.
    pub threshold: f32,
    /// What stands between a frame and its verdict.
    pub remedy: Remedy,
    /// SHA-256 of the checkpoint file, in hexadecimal.
    pub sha256: String,
    /// Size of the checkpoint file.
    pub bytes: u64,
    /// Weights and biases, running statistics included, without the auxiliary head.
    pub parameters: usize,
    /// Types that the weights are stored in, e.g. "f16, f32".
    pub weight_types: String,
    /// Whether the file also holds the auxiliary head, which is used only in training.
    pub auxiliary_head: bool,
    /// The header's metadata, unchanged.
    pub metadata: BTreeMap<String, String>,
    /// The key of the weights that were used, if the file holds several sets of them.
    pub weights: Option<String>,
    /// What the single output of a network with a sigmoid means, if it has one.
    pub positive_class: Option<String>,
    /// Tensors in the file that are not part of the network and were left out: a loss's weights, metrics, counters.
    pub beside: Vec<String>,
    /// Everything that the file does not state and that was assumed, the most serious first.
    pub assumptions: Vec<Assumption>,
}

impl ModelInfo {
    /// Its name as people read it, in the thread's language.
    #[must_use]
    pub fn name_in_words(&self) -> &str {
        model_in_words(&self.name)
    }

    /// The threshold of the file's operating point, if its header states one: that at which a wanted sensitivity was reached on the
    /// validation part of its training; 0..=1.
    #[must_use]
    pub fn operating_point(&self) -> Option<f32> {
        let threshold = threshold_of(self.metadata.get(OPERATING_POINT)?)?;
        (0.0..=1.0).contains(&threshold).then_some(threshold as f32)
    }

    /// The header of a file for such a model, so that nothing has to be assumed when it is read.
    #[must_use]
    pub fn header(&self) -> BTreeMap<String, String> {
        let melanoma: Vec<&String> = self
            .melanoma_classes
            .iter()
            .filter_map(|&class| self.classes.get(class))
            .collect();
        [
            ("architecture", self.architecture.clone()),
            ("input_size", Frame::SIDE.to_string()),
            ("classes", json!(self.classes).to_string()),
            ("melanoma_classes", json!(melanoma).to_string()),
            ("mean", json!(self.mean.map(shortest)).to_string()),
            ("std", json!(self.std.map(shortest)).to_string()),
            ("transform_input", self.transform_input.to_string()),
            ("framing", self.framing.to_string()),
            ("threshold", self.threshold.to_string()),
        ]
        .map(|(key, value)| (key.to_owned(), value))
        .into()
    }
}

/// The f64 that is written like the f32: 0.485, not 0.4850000143051147.
fn shortest(value: f32) -> f64 {
    value
        .to_string()
        .parse()
        .unwrap_or_else(|_| f64::from(value))
}

/// Reads everything that is stated about a model of this architecture; `outputs` is the number of rows of its `fc.weight`. A
/// checkpoint that is not a file has a name, and no sidecar.
pub(crate) fn interpret(
    checkpoint: &Checkpoint,
    architecture: &Architecture,
    name: Option<&str>,
    overrides: &Overrides,
    outputs: usize,
) -> Result<ModelInfo, ClassifierError> {
    let path = checkpoint.path.as_path();
    let read = || -> Result<ModelInfo, String> {
        let mut metadata = Metadata {
            path,
            header: &checkpoint.metadata,
            file: &checkpoint.extra,
            sidecar: match name {
                Some(_) => BTreeMap::new(),
                None => read_sidecar(path)?,
            },
            config: Value::Null,
            preprocessor: Value::Null,
            class_files: Vec::new(),
            assumptions: Vec::new(),
        };
        if name.is_none() {
            metadata.class_files = class_files::read_beside(path);
            let beside = hub_config::read_beside(path);
            (metadata.config, metadata.preprocessor) = (beside.config, beside.preprocessor);
            for (name, why) in &beside.broken {
                metadata.assume(AssumptionKind::Other, |_| {
                    (
                        text!("checkpoint-beside-unread", name = &**name, why = &**why),
                        text!("checkpoint-beside-unread.remedy", name = &**name),
                    )
                });
            }
        }
        metadata.architecture(architecture)?;
        metadata.input_size()?;
        let Named { names, positive } = metadata.classes(overrides, outputs)?;
        let melanoma_classes = metadata.melanoma_classes(overrides, &names)?;
        let mean = metadata.triple("mean", overrides.mean, IMAGENET_MEAN)?;
        let std = metadata.triple("std", overrides.std, IMAGENET_STD)?;
        let transform_input = metadata.transform_input(overrides, architecture)?;
        let framing = metadata.framing(overrides)?;
        let threshold = metadata.threshold(overrides)?;
        let shown = name.map_or_else(
            || {
                path.file_name().map_or_else(
                    || path.display().to_string(),
                    |name| name.to_string_lossy().into_owned(),
                )
            },
            str::to_owned,
        );
        Ok(ModelInfo {
            name: shown,
            path: name.is_none().then(|| path.to_owned()),
            architecture: architecture.name.to_owned(),
            positive_class: positive.and_then(|at| names.get(at).cloned()),
            classes: names,
            melanoma_classes,
            mean,
            std,
            transform_input,
            framing,
            threshold,
            remedy: overrides.remedy,
            sha256: checkpoint.sha256(),
            bytes: checkpoint.bytes,
            parameters: 0,
            weight_types: String::new(),
            auxiliary_head: false,
            metadata: checkpoint.metadata.clone(),
            weights: None,
            beside: Vec::new(),
            assumptions: metadata.assumptions,
        })
    };
    read().map_err(|reason| ClassifierError::Metadata {
        path: path.to_owned(),
        reason,
    })
}

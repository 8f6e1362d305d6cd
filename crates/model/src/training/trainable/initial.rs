//! The initial weights of a training: from a checkpoint with or without heads, or random.
//!
//! What a checkpoint lacks is initialised as in torchvision. Convolutions: normal, with the standard deviation that torchvision
//! gives the layer (Inception-v3: 0.1, in the auxiliary head's second one 0.01; truncation at ±2 has no effect, twenty
//! deviations out; `ResNet`s: Kaiming's, by fan out). Batch norms: γ 1, β 0. Heads: `torch.nn.Linear`'s uniform ±1/√features,
//! as when fine-tuning scripts put a new head onto a backbone, and for `ResNet`s always; for Inception-v3 without any
//! checkpoint, torchvision's normal weights (deviation 0.1, in the auxiliary head 0.001).

use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::path::{Path, PathBuf};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use serde_json::Value;

use crate::architectures::Architecture;
use crate::checkpoint::assumption::AssumptionKind;
use crate::checkpoint::info::ModelInfo;
use crate::checkpoint::metadata::{IMAGENET_MEAN, IMAGENET_STD};
use crate::checkpoint::overrides::Overrides;
use crate::checkpoint::parsed::Checkpoint;
use crate::checkpoint::source::ModelSource;
use crate::checkpoint::tensors::{Tensors, Values};
use crate::checkpoint::{info, selection, state_dict};
use crate::error::ClassifierError;
use flipscope_image::lesion::Framing;

/// What a training starts from.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// Name of the architecture, e.g. "inception-v3": one of [`crate::ARCHITECTURES`].
    pub architecture: String,
    /// A checkpoint, with or without heads; several with heads, whose weights are averaged ([`super::average`]); without any, all
    /// weights are random.
    pub init: Vec<PathBuf>,
    /// Names of the classes, in the order of the labels.
    pub classes: Vec<String>,
    /// Which of them mean melanoma.
    pub melanoma_classes: Vec<String>,
    /// How photographs become frames; by default, what the checkpoint says.
    pub framing: Option<Framing>,
    /// Seed of the random weights.
    pub seed: u64,
}

/// The keys of a header that say how a network was trained.
const PROVENANCE: [&str; 6] = [
    "trained_by",
    "init",
    "recipe",
    "epoch",
    "validation",
    "converted_from_sha256",
];

pub(super) fn refuse(path: &Path, reason: String) -> ClassifierError {
    ClassifierError::Tensors {
        path: path.to_owned(),
        reason,
    }
}

/// What a checkpoint gives a network to start from.
pub(super) struct Initial {
    /// The file, or the name of an embedded model.
    pub(super) path: PathBuf,
    /// Every tensor of the architecture.
    pub(super) tensors: Tensors,
    /// Names of those that the checkpoint lacks, initialised by the seed.
    pub(super) drawn: Vec<String>,
    pub(super) info: ModelInfo,
    /// Its name and SHA-256.
    pub(super) origin: String,
    pub(super) sha256: String,
    /// A sentence for each thing that was assumed.
    pub(super) notes: Vec<String>,
}

impl Initial {
    /// Which heads the checkpoint lacks, without a full stop; nothing if it has all.
    pub(super) fn missing_heads(&self) -> Option<String> {
        let mut layers: Vec<&str> = (self.drawn.iter())
            .map(|name| name.split('.').next().unwrap_or_default())
            .collect();
        layers.dedup();
        (!layers.is_empty()).then(|| {
            format!(
                "{} has no {} for {} classes",
                self.path.display(),
                layers.join(" and "),
                self.info.classes.len()
            )
        })
    }

    pub(super) fn checkpoint(&self) -> Result<Checkpoint, ClassifierError> {
        self.tensors.checkpoint(&self.path)
    }

    pub(super) fn provenance(&self) -> Value {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let mut fields = serde_json::Map::new();
        fields.insert("name".to_owned(), name.into());
        fields.insert("sha256".to_owned(), self.sha256.clone().into());
        for key in PROVENANCE {
            if let Some(text) = self.tensors.metadata.get(key) {
                let value = serde_json::from_str(text).unwrap_or_else(|_| text.clone().into());
                fields.insert(key.to_owned(), value);
            }
        }
        fields.into()
    }
}

/// Reads a checkpoint to start from.
pub(super) fn initial(
    architecture: &Architecture,
    start: &Start,
    path: &Path,
) -> Result<Initial, ClassifierError> {
    let source = ModelSource::called(path.to_owned());
    let mut from = source.read()?;
    let chosen =
        selection::select_backbone(&mut from, architecture).map_err(|why| refuse(path, why))?;
    let (tensors, drawn) =
        weigh(architecture, start, Some(&from)).map_err(|why| refuse(path, why))?;
    let checkpoint = tensors.checkpoint(path)?;
    let info = interpret(&checkpoint, architecture, start, source.name())?;
    // The threshold of a model that has yet to be trained is not an assumption.
    let assumed = chosen.iter().chain(&info.assumptions);
    let notes: Vec<String> = assumed
        .filter(|one| one.about != AssumptionKind::Threshold)
        .map(|one| one.text.clone())
        .collect();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(Initial {
        path: path.to_owned(),
        tensors,
        drawn,
        info,
        origin: format!("{name}, sha256 {}", from.sha256()),
        sha256: from.sha256(),
        notes,
    })
}

/// What a checkpoint states about itself, except for what the training states.
pub(super) fn interpret(
    checkpoint: &Checkpoint,
    architecture: &Architecture,
    start: &Start,
    name: Option<&str>,
) -> Result<ModelInfo, ClassifierError> {
    let overrides = Overrides {
        framing: start.framing,
        classes: Some(start.classes.clone()),
        melanoma_classes: Some(start.melanoma_classes.clone()),
        ..Overrides::default()
    };
    let outputs = start.classes.len();
    info::interpret(checkpoint, architecture, name, &overrides, outputs)
}

/// Every tensor of the architecture, from the checkpoint or random, and the names of those that were initialised although there is a
/// checkpoint.
pub(super) fn weigh(
    architecture: &Architecture,
    start: &Start,
    from: Option<&Checkpoint>,
) -> Result<(Tensors, Vec<String>), String> {
    let classes = start.classes.len();
    let body = state_dict::expected(architecture, classes);
    let heads = state_dict::expected_auxiliary(architecture, classes);
    let mut tensors = BTreeMap::new();
    let mut drawn = Vec::new();
    // One stream per tensor, so that its values do not depend on which others are initialised.
    for (stream, (name, shape)) in (0..).zip(body.into_iter().chain(heads)) {
        let may_be_drawn = name.starts_with("fc.")
            || architecture
                .auxiliary
                .as_ref()
                .is_some_and(|auxiliary| name.starts_with(auxiliary.prefix));
        let values = match from {
            Some(from) if !may_be_drawn || fits(from, &name, &shape) => {
                if !fits(from, &name, &shape) {
                    return Err(wrong(from, architecture, &name, &shape));
                }
                state_dict::finite(from, &name, &shape)?
            }
            _ => {
                if from.is_some() {
                    drawn.push(name.clone());
                }
                let mut random = ChaCha8Rng::seed_from_u64(start.seed);
                random.set_stream(stream);
                let features = match &architecture.auxiliary {
                    Some(auxiliary) if name.starts_with(auxiliary.prefix) => auxiliary.features,
                    _ => architecture.features,
                };
                let how = Fresh {
                    features,
                    deviation: architecture.fresh_deviation,
                    onto_backbone: from.is_some(),
                };
                draw(&name, &shape, &how, &mut random)
            }
        };
        tensors.insert(name, Values { shape, values });
    }
    let mut metadata = from.map_or_else(
        // Nothing is assumed about a network that has yet to see its first frame: it gets torchvision's usual input.
        || {
            [
                ("mean", format!("{IMAGENET_MEAN:?}")),
                ("std", format!("{IMAGENET_STD:?}")),
                ("transform_input", "false".to_owned()),
            ]
            .map(|(key, value)| (key.to_owned(), value))
            .into()
        },
        |from| from.metadata.clone(),
    );
    metadata.insert("architecture".to_owned(), architecture.name.to_owned());
    if start.framing.is_none() {
        metadata
            .entry("framing".to_owned())
            .or_insert_with(|| Framing::default().to_string());
    }
    Ok((Tensors { metadata, tensors }, drawn))
}

/// Whether the checkpoint has the tensor in this shape (weights in codes have no shape to compare).
fn fits(from: &Checkpoint, name: &str, shape: &[usize]) -> bool {
    match from.tensors.get(name) {
        Some(stored) => stored.shape == shape,
        None => from.values(name, shape).is_ok(),
    }
}

fn wrong(from: &Checkpoint, architecture: &Architecture, name: &str, shape: &[usize]) -> String {
    let found = match from.tensors.get(name) {
        Some(stored) => format!("is {:?} instead of {shape:?}", stored.shape),
        None => "is missing".to_owned(),
    };
    format!(
        "`{name}` {found}: name a checkpoint or backbone of {} under torchvision's names, or --init none",
        architecture.name
    )
}

/// What determines how a tensor is initialised.
struct Fresh {
    /// Number of features of its head.
    features: usize,
    /// [`Architecture::fresh_deviation`].
    deviation: Option<f64>,
    /// Whether other tensors come from a checkpoint.
    onto_backbone: bool,
}

/// Values of a tensor that the checkpoint does not have.
fn draw(name: &str, shape: &[usize], how: &Fresh, random: &mut ChaCha8Rng) -> Vec<f32> {
    let count: usize = shape.iter().product();
    let mut uniform = || f64::from(random.next_u32()) / (f64::from(u32::MAX) + 1.0);
    let linear = name.starts_with("fc.") || name.contains(".fc.");
    // `torch.nn.Linear`: biases and, by Kaiming's rule with a = √5, weights alike.
    if linear && (how.onto_backbone || how.deviation.is_none() || name.ends_with("bias")) {
        let bound = 1.0 / (how.features as f64).sqrt();
        return (0..count)
            .map(|_| ((uniform() * 2.0 - 1.0) * bound) as f32)
            .collect();
    }
    let deviation = match (name, shape) {
        // A batch norm.
        (_, [_]) => {
            let one = name.ends_with(".weight") || name.ends_with(".running_var");
            return vec![if one { 1.0 } else { 0.0 }; count];
        }
        ("AuxLogits.conv1.conv.weight", _) => 0.01,
        ("AuxLogits.fc.weight", _) => 0.001,
        (_, [c_out, _, rows, columns]) => how
            .deviation
            .unwrap_or_else(|| (2.0 / (c_out * rows * columns) as f64).sqrt()),
        _ => how.deviation.unwrap_or_default(),
    };
    (0..count)
        .map(|_| {
            // Box and Muller 1958; 1 − u is never 0.
            let radius = (-2.0 * (1.0 - uniform()).ln()).sqrt();
            (radius * (TAU * uniform()).cos() * deviation) as f32
        })
        .collect()
}

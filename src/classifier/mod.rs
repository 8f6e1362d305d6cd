//! Networks, checkpoints, devices: frames in, verdicts out. No Candle type leaves this module.
//!
//! A checkpoint is read (`checkpoint/`), compared with its architecture (`weights`, `inception_v3`), and what it says of
//! itself is interpreted (`info`); only then is a network built on a device and run.

mod candidate;
mod checkpoint;
mod convert;
mod device;
mod encode;
mod error;
mod facts;
mod inception_v3;
mod info;
mod input;
mod moments;
mod network;
mod quantise;
pub mod scheduler;
mod verdict;
mod weights;

use std::path::PathBuf;

use candle_core::Tensor;
use rayon::prelude::*;

pub use candidate::{Account, Candidate, Scored};
pub use convert::{Format, FormatNameError, Report, convert, convert_with};
pub use device::{DeviceChoice, DeviceNameError};
pub use error::ClassifierError;
pub use info::{ModelInfo, Overrides};
pub use verdict::{Label, Verdict};

use checkpoint::Checkpoint;
use device::OpenDevice;
use input::Normalisation;
use network::Network;

use crate::lesion::Frame;
use crate::perturb;

/// Where a model comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ModelSource {
    /// The demo model inside the binary.
    #[default]
    Embedded,
    /// A `.safetensors` or `.pth` file.
    File(PathBuf),
}

impl ModelSource {
    /// Reads and parses the checkpoint.
    fn read(&self) -> Result<Checkpoint, ClassifierError> {
        match self {
            Self::File(path) => Checkpoint::read(path),
            #[cfg(feature = "demo-model")]
            Self::Embedded => Checkpoint::parse(
                std::path::Path::new("the demo model inside flipscope"),
                std::borrow::Cow::Borrowed(include_bytes!("../../assets/demo-model.safetensors")),
            ),
            #[cfg(not(feature = "demo-model"))]
            Self::Embedded => Err(ClassifierError::NoDemoModel),
        }
    }
}

/// Mean and standard deviation of what one block of the network puts out, to compare with another implementation.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockOutput {
    /// The block's name, as torchvision's.
    pub name: String,
    /// Batch, channels, rows, columns; batch and features after the last pooling.
    pub shape: Vec<usize>,
    /// Mean of all values.
    pub mean: f64,
    /// Standard deviation of all values (n − 1 in the denominator, as PyTorch's).
    pub std: f64,
}

/// A loaded network on its device.
pub struct Classifier {
    info: ModelInfo,
    network: Network,
    normalisation: Normalisation,
    device: OpenDevice,
}

impl Classifier {
    /// Most frames that are judged together: more are cut into batches of this size.
    pub const LARGEST_BATCH: usize = 256;

    /// Loads a model.
    ///
    /// # Errors
    /// If the device is not there; if the file is unreadable, damaged, or not a checkpoint of an architecture that we have;
    /// if what it says of itself is impossible. Every message names the file, what is wrong and the remedy.
    pub fn load(source: &ModelSource, device: DeviceChoice) -> Result<Self, ClassifierError> {
        Self::load_with(source, device, &Overrides::default())
    }

    /// Loads a model of which the user says more, or otherwise, than the file does.
    ///
    /// # Errors
    /// As [`Classifier::load`].
    pub fn load_with(
        source: &ModelSource,
        device: DeviceChoice,
        overrides: &Overrides,
    ) -> Result<Self, ClassifierError> {
        let device = device::open(device)?;
        let checkpoint = source.read()?;
        let architecture = inception_v3::architecture();
        let classes = weights::count_classes(&checkpoint, &architecture)?;
        let embedded = *source == ModelSource::Embedded;
        let mut info = info::interpret(&checkpoint, embedded, overrides, classes)?;
        let loaded = weights::load(
            &checkpoint,
            &architecture,
            classes,
            &device.device,
            &device.shown,
        )?;
        info.parameters = loaded.parameters;
        info.weight_types = loaded.types;
        info.auxiliary_head = loaded.auxiliary;
        info.assumptions.extend(loaded.notes);
        let normalisation = Normalisation::new(info.mean, info.std, info.transform_input);
        Ok(Self {
            info,
            network: loaded.network,
            normalisation,
            device,
        })
    }

    /// What the checkpoint says of itself.
    #[must_use]
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// The device that answers, e.g. "CPU, 2 threads" or "CUDA 0".
    #[must_use]
    pub fn device(&self) -> &str {
        &self.device.shown
    }

    /// Why it is this device, where [`DeviceChoice::Auto`] had to do without CUDA.
    #[must_use]
    pub fn device_note(&self) -> Option<&str> {
        self.device.note.as_deref()
    }

    /// The type that the network computes in.
    #[must_use]
    pub fn precision(&self) -> &'static str {
        "f32"
    }

    /// Verdicts of some frames, in their order.
    ///
    /// # Errors
    /// If the device fails (out of memory), or the network answers with numbers that are not finite.
    pub fn classify(&self, frames: &[Frame]) -> Result<Vec<Verdict>, ClassifierError> {
        if self.device.device.is_cpu() {
            // One frame a task is faster than batches: Candle's convolutions copy whole batches on one thread.
            return frames
                .par_chunks(1)
                .map(|frame| self.classify_batch(frame))
                .collect::<Result<Vec<_>, _>>()
                .map(|verdicts| verdicts.into_iter().flatten().collect());
        }
        let mut verdicts = Vec::with_capacity(frames.len());
        for batch in frames.chunks(Self::LARGEST_BATCH) {
            verdicts.extend(self.classify_batch(batch)?);
        }
        Ok(verdicts)
    }

    /// Verdicts of frames that are described by their parameters, in their order; rendered where the network runs.
    ///
    /// # Errors
    /// As [`Classifier::classify`], and if a perturbation has no meaning.
    pub fn score(&self, candidates: &[Candidate]) -> Result<Vec<Verdict>, ClassifierError> {
        let frames = candidates
            .par_iter()
            .map(|one| perturb::apply(&one.frame, &one.perturbation))
            .collect::<Result<Vec<_>, _>>()?;
        self.classify(&frames)
    }

    /// Mean and standard deviation of the output of every block for one frame.
    ///
    /// # Errors
    /// As [`Classifier::classify`].
    pub fn block_outputs(&self, frame: &Frame) -> Result<Vec<BlockOutput>, ClassifierError> {
        let mut outputs = Vec::new();
        self.normalisation
            .batch(std::slice::from_ref(frame), &self.device.device)
            .and_then(|x| {
                self.network.forward_with(&x, &mut |name, output| {
                    outputs.push(statistics(name, output)?);
                    Ok(())
                })
            })
            .map_err(|error| self.failed(&error))?;
        Ok(outputs)
    }

    fn classify_batch(&self, frames: &[Frame]) -> Result<Vec<Verdict>, ClassifierError> {
        let logits = self
            .normalisation
            .batch(frames, &self.device.device)
            .and_then(|x| self.network.forward(&x)?.to_vec2::<f32>())
            .map_err(|error| self.failed(&error))?;
        logits.iter().map(|logits| self.verdict(logits)).collect()
    }

    /// Softmax, and the sum over the classes that mean melanoma.
    fn verdict(&self, logits: &[f32]) -> Result<Verdict, ClassifierError> {
        if logits.iter().any(|logit| !logit.is_finite()) {
            return Err(self.failed(&format!(
                "{} answers with numbers that are not finite: its weights are damaged, or its training diverged",
                self.info.name
            )));
        }
        let largest = logits.iter().copied().fold(f32::MIN, f32::max);
        let powers: Vec<f64> = logits
            .iter()
            .map(|&logit| f64::from(logit - largest).exp())
            .collect();
        let sum: f64 = powers.iter().sum();
        let p_melanoma: f64 = self
            .info
            .melanoma_classes
            .iter()
            .filter_map(|&class| powers.get(class))
            .sum();
        Ok(Verdict {
            probabilities: powers.iter().map(|power| (power / sum) as f32).collect(),
            p_melanoma: (p_melanoma / sum) as f32,
        })
    }

    fn failed(&self, reason: &dyn std::fmt::Display) -> ClassifierError {
        ClassifierError::Run {
            device: self.device.shown.clone(),
            reason: reason.to_string(),
        }
    }
}

fn statistics(name: &str, output: &Tensor) -> candle_core::Result<BlockOutput> {
    let values = output.flatten_all()?.to_vec1::<f32>()?;
    let count = values.len() as f64;
    let mean = values.iter().map(|&value| f64::from(value)).sum::<f64>() / count;
    let squares: f64 = values
        .iter()
        .map(|&value| (f64::from(value) - mean).powi(2))
        .sum();
    Ok(BlockOutput {
        name: name.to_owned(),
        shape: output.dims().to_vec(),
        mean,
        std: (squares / (count - 1.0)).sqrt(),
    })
}

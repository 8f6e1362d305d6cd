//! Networks, checkpoints, devices: frames in, verdicts out. No Candle type leaves this crate.
//!
//! A checkpoint is read (`checkpoint/`), compared with its architecture (`architectures`, `weights`), and what it says of
//! itself is interpreted (`info`); only then is a network built on a device and run.
//!
//! - [`Classifier`]: a model on its device, asked directly; [`scheduler`]: one asked from several sides, the hand first
//! - [`ModelSource`], [`ModelInfo`], [`Overrides`]: where a model comes from, what it says of itself, what a person says instead
//! - [`training`]: networks that learn
//!
//! Conventions: frames are those of [`flipscope_image`]; P(melanoma) is the sum over the model's melanoma classes; whatever was assumed
//! of a checkpoint is an [`Assumption`], and is told. The feature `demo-model` embeds two models; `cuda` and `cudnn` are for NVIDIA cards.
//!
//! ```
//! use flipscope_image::lesion::{Framing, synthetic};
//! use flipscope_model::{Classifier, DeviceChoice, ModelSource};
//!
//! # #[cfg(feature = "demo-model")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let lesion = synthetic::draw(&synthetic::Recipe::melanoma(5), 400, 300)?;
//! let frame = Framing::Squash.apply(&lesion);
//! let model = Classifier::load(&ModelSource::DEMO, DeviceChoice::Cpu)?;
//! for verdict in model.classify(&[frame])? {
//!     assert!((0.0..=1.0).contains(&verdict.p_melanoma));
//! }
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "demo-model"))]
//! # fn main() {}
//! ```

mod architectures;
mod assumption;
mod candidate;
mod checkpoint;
mod class_facts;
mod class_names;
mod convert;
mod device;
mod embedded;
mod encode;
mod error;
mod facts;
mod hub_config;
mod inception_v3;
mod info;
mod input;
mod moments;
mod network;
mod opened;
mod preparation;
mod quantise;
#[cfg(any(test, feature = "cudnn"))]
mod render;
mod resnet;
mod said;
pub mod scheduler;
mod selection;
mod small_test;
mod tensors;
pub mod training;
mod unsupported;
mod verdict;
mod weights;

use std::path::PathBuf;

pub use architectures::NAMES as ARCHITECTURES;
pub use assumption::{About, Assumption};
pub use candidate::{Account, Candidate, Scored};
pub use convert::{Format, FormatNameError, Report, convert, convert_over, convert_with};
pub use device::{DeviceChoice, DeviceNameError};
pub use embedded::DemoModel;
pub use error::ClassifierError;
pub use info::{ModelInfo, Overrides};
pub use tensors::{Tensors, Values};
pub use verdict::{Label, Verdict};

pub use flipscope_nn::{Precision, PrecisionNameError};

use checkpoint::Checkpoint;
use device::OpenDevice;
use input::{Batch, Normalisation, Pictures};
use network::{Network, NetworkError, Output};
use opened::Opened;

use flipscope_image::lesion::Frame;

/// Where a model comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelSource {
    /// A model inside the program.
    Embedded(DemoModel),
    /// A `.safetensors` or `.pth` file.
    File(PathBuf),
}

impl Default for ModelSource {
    fn default() -> Self {
        Self::DEMO
    }
}

impl ModelSource {
    /// The model that answers where none is named.
    pub const DEMO: Self = Self::Embedded(DemoModel::Plain);

    /// What a person calls it: a model inside the program by its name, whatever files there are (one that is called so is named with its
    /// folder, as `./demo`), or a file.
    #[must_use]
    pub fn called(name: PathBuf) -> Self {
        let demo = name.to_str().and_then(DemoModel::named);
        demo.map_or(Self::File(name), Self::Embedded)
    }

    /// Where the model of a SHA-256 is to be had: inside the program, or else in the file that is named. None where there is neither.
    #[must_use]
    pub fn of_hash(sha256: &str, file: Option<PathBuf>) -> Option<Self> {
        let inside = DemoModel::of_hash(sha256).map(Self::Embedded);
        inside.or_else(|| file.map(Self::File))
    }

    /// The shown name of a model that is no file.
    fn name(&self) -> Option<&'static str> {
        match self {
            Self::Embedded(demo) => Some(demo.title()),
            Self::File(_) => None,
        }
    }

    /// Reads and parses the checkpoint.
    fn read(&self) -> Result<Checkpoint, ClassifierError> {
        match self {
            Self::File(path) => Checkpoint::read(path),
            #[cfg(feature = "demo-model")]
            Self::Embedded(demo) => Checkpoint::parse(
                std::path::Path::new(&format!("the {} inside flipscope", demo.title())),
                std::borrow::Cow::Borrowed(demo.bytes()),
            ),
            #[cfg(not(feature = "demo-model"))]
            Self::Embedded(_) => Err(ClassifierError::NoDemoModel),
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

    /// Most frames whose gradients are made together: each keeps all that its forward pass computed.
    const LARGEST_GRADIENT_BATCH: usize = 32;

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
        let device = device::open(device, overrides.precision)?;
        let checkpoint = source.read()?;
        Self::build(checkpoint, source.name(), device, overrides)
    }

    /// A model of weights that are in no file, such as those of a training under way; `name` stands for the file.
    ///
    /// # Errors
    /// As [`Classifier::load`].
    pub fn of_tensors(
        tensors: &Tensors,
        name: &str,
        device: DeviceChoice,
    ) -> Result<Self, ClassifierError> {
        let overrides = Overrides::default();
        let device = device::open(device, overrides.precision)?;
        let checkpoint = tensors.checkpoint(std::path::Path::new(name))?;
        Self::build(checkpoint, Some(name), device, &overrides)
    }

    fn build(
        checkpoint: Checkpoint,
        name: Option<&str>,
        device: OpenDevice,
        overrides: &Overrides,
    ) -> Result<Self, ClassifierError> {
        let Opened {
            checkpoint,
            architecture,
            mut info,
        } = opened::open(checkpoint, name, overrides)?;
        let classes = info.classes.len();
        let normalisation = Normalisation::new(info.mean, info.std, info.transform_input);
        let loaded = weights::load(&checkpoint, &architecture, classes, &device, &normalisation)?;
        info.parameters = loaded.parameters;
        info.weight_types = loaded.types;
        info.auxiliary_head = loaded.auxiliary;
        info.assumptions.extend(loaded.notes);
        info.assumptions.sort_by_key(|assumption| assumption.about);
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

    /// Whether the processor answers, not a card.
    #[must_use]
    pub fn on_processor(&self) -> bool {
        self.device.device.is_cpu()
    }

    /// Why it is this device, where [`DeviceChoice::Auto`] had to do without CUDA.
    #[must_use]
    pub fn device_note(&self) -> Option<&str> {
        self.device.note.as_deref()
    }

    /// The type that the network computes in.
    #[must_use]
    pub fn precision(&self) -> &'static str {
        self.device.precision.name()
    }

    /// Verdicts of some frames, in their order.
    ///
    /// # Errors
    /// If the device fails (out of memory), or the network answers with numbers that are not finite.
    pub fn classify(&self, frames: &[Frame]) -> Result<Vec<Verdict>, ClassifierError> {
        let mut verdicts = Vec::with_capacity(frames.len());
        for batch in frames.chunks(Self::LARGEST_BATCH) {
            self.judge(Pictures::Frames(batch), &mut verdicts)?;
        }
        Ok(verdicts)
    }

    /// Verdicts of frames that are described by their parameters, in their order; rendered where the network runs.
    ///
    /// # Errors
    /// As [`Classifier::classify`], and if a perturbation has no meaning.
    pub fn score(&self, candidates: &[Candidate]) -> Result<Vec<Verdict>, ClassifierError> {
        for one in candidates {
            one.perturbation.validate()?;
        }
        let mut verdicts = Vec::with_capacity(candidates.len());
        for batch in candidates.chunks(Self::LARGEST_BATCH) {
            self.judge(Pictures::Candidates(batch), &mut verdicts)?;
        }
        Ok(verdicts)
    }

    /// Verdicts of some candidates, and for each the gradient of the cross entropy towards a class
    /// ([`ModelInfo::classes`]): `[row][column][channel]`, by values of the altered frame in units of 255.
    ///
    /// # Errors
    /// As [`Classifier::score`], and if there is no such class.
    pub fn gradients(
        &self,
        candidates: &[Candidate],
        class: usize,
    ) -> Result<Vec<(Verdict, Vec<f32>)>, ClassifierError> {
        if class >= self.info.classes.len() {
            return Err(self.failed(&format!("there is no class {class}")));
        }
        for one in candidates {
            one.perturbation.validate()?;
        }
        let slopes = self.normalisation.slopes().map(|slope| slope * 255.0);
        let mut all = Vec::with_capacity(candidates.len());
        for batch in candidates.chunks(Self::LARGEST_GRADIENT_BATCH) {
            let (logits, gradients) = self
                .network
                .gradient(
                    &self.batch(Pictures::Candidates(batch)),
                    &|_, logits: &[f32]| by_logit(logits, class),
                )
                .map_err(|error| self.device_failed(&error, batch.len()))?;
            for (logits, gradient) in logits.iter().zip(gradients.chunks_exact(Frame::BYTES)) {
                let mut gradient = gradient.to_vec();
                for pixel in gradient.chunks_exact_mut(slopes.len()) {
                    for (value, slope) in pixel.iter_mut().zip(slopes) {
                        *value *= slope;
                    }
                }
                all.push((self.verdict(logits)?, gradient));
            }
        }
        Ok(all)
    }

    /// Mean and standard deviation of the output of every block for one frame.
    ///
    /// # Errors
    /// As [`Classifier::classify`].
    pub fn block_outputs(&self, frame: &Frame) -> Result<Vec<BlockOutput>, ClassifierError> {
        let outputs = self
            .network
            .outputs(&self.batch(Pictures::Frames(std::slice::from_ref(frame))))
            .map_err(|error| self.device_failed(&error, 1))?;
        Ok(outputs.into_iter().map(statistics).collect())
    }

    fn batch<'a>(&'a self, pictures: Pictures<'a>) -> Batch<'a> {
        Batch {
            pictures,
            normalisation: &self.normalisation,
        }
    }

    /// Adds the verdicts of frames that are judged together.
    fn judge(
        &self,
        pictures: Pictures<'_>,
        verdicts: &mut Vec<Verdict>,
    ) -> Result<(), ClassifierError> {
        let batch = self.batch(pictures);
        let logits = self
            .network
            .logits(&batch)
            .map_err(|error| self.device_failed(&error, batch.len()))?;
        for logits in &logits {
            verdicts.push(self.verdict(logits)?);
        }
        Ok(())
    }

    /// Softmax, and the sum over the classes that mean melanoma.
    fn verdict(&self, logits: &[f32]) -> Result<Verdict, ClassifierError> {
        if logits.iter().any(|logit| !logit.is_finite()) {
            return Err(self.failed(&format!(
                "{} answers with numbers that are not finite: its weights are damaged, or its training diverged",
                self.info.name
            )));
        }
        let probabilities = softmax(logits);
        let p_melanoma: f64 = self
            .info
            .melanoma_classes
            .iter()
            .filter_map(|&class| probabilities.get(class))
            .sum();
        Ok(Verdict {
            probabilities: probabilities.iter().map(|p| *p as f32).collect(),
            p_melanoma: p_melanoma as f32,
        })
    }

    fn failed(&self, reason: &dyn std::fmt::Display) -> ClassifierError {
        ClassifierError::Run {
            device: self.device.shown.clone(),
            reason: reason.to_string(),
        }
    }

    /// What a device's own error means: no memory, no device any more, or something else.
    fn device_failed(&self, error: &NetworkError, batch: usize) -> ClassifierError {
        let device = self.device.shown.clone();
        match device::Fault::of(&error.to_string()) {
            Some(device::Fault::OutOfMemory) => ClassifierError::OutOfMemory { device, batch },
            Some(device::Fault::Lost(reason)) => ClassifierError::DeviceLost { device, reason },
            None => self.failed(error),
        }
    }
}

/// The derivative of the cross entropy towards a class by each logit: softmax − 1 at the class, softmax elsewhere.
fn by_logit(logits: &[f32], class: usize) -> Vec<f32> {
    softmax(logits)
        .iter()
        .enumerate()
        .map(|(at, p)| (if at == class { p - 1.0 } else { *p }) as f32)
        .collect()
}

fn softmax(logits: &[f32]) -> Vec<f64> {
    let largest = logits.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f64> = logits
        .iter()
        .map(|&logit| f64::from(logit - largest).exp())
        .collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

fn statistics(output: Output) -> BlockOutput {
    let count = output.values.len() as f64;
    let mean = output
        .values
        .iter()
        .map(|&value| f64::from(value))
        .sum::<f64>()
        / count;
    let squares: f64 = output
        .values
        .iter()
        .map(|&value| (f64::from(value) - mean).powi(2))
        .sum();
    BlockOutput {
        name: output.name.to_owned(),
        shape: output.shape,
        mean,
        std: (squares / (count - 1.0)).sqrt(),
    }
}

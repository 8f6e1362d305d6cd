//! A classifier whose weights are variables: its loss on labelled frames, and the gradient towards every weight.

use candle_core::backprop::GradStore;
use candle_core::{Device, Tensor, Var};
use candle_nn::loss::cross_entropy;

use super::checkpoint::Checkpoint;
use super::device::{self, DeviceChoice, OpenDevice};
use super::error::ClassifierError;
use super::input::Normalisation;
use super::network::Architecture;
use super::{ModelInfo, ModelSource, Overrides, inception_v3, info, weights};
use crate::lesion::Frame;
use crate::nn::ops::{Pooling, activation, avg_pool, global_avg_pool};
use crate::nn::{Node, TrainableConv};

/// How much the auxiliary head's loss counts (Szegedy et al. 2016 as PyTorch's tutorials train it, and the letter).
pub const AUXILIARY_WEIGHT: f64 = 0.4;

/// A network to be trained.
pub struct Trainable {
    info: ModelInfo,
    pub(super) blocks: Vec<(&'static str, Node<TrainableConv>)>,
    pub(super) head: Head,
    pub(super) auxiliary: Option<AuxiliaryHead>,
    side: usize,
    normalisation: Normalisation,
    device: OpenDevice,
}

/// A linear layer.
pub(super) struct Head {
    /// Its name in the state dict, e.g. `fc`.
    pub(super) name: String,
    /// `[classes, features]`.
    pub(super) weight: Var,
    /// `[classes]`.
    pub(super) bias: Var,
    pub(super) features: usize,
}

/// The head on an inner block.
pub(super) struct AuxiliaryHead {
    /// The block on whose output it hangs.
    pub(super) after: &'static str,
    pub(super) convs: Vec<TrainableConv>,
    pub(super) head: Head,
}

/// What one batch says about the weights.
pub struct Gradients {
    /// Cross entropy, the mean over the batch, with the auxiliary head's share.
    pub loss: f64,
    store: GradStore,
}

impl Head {
    /// Logits of an activation: its mean over all pixels, then the layer.
    fn forward(&self, x: &Tensor) -> candle_core::Result<Tensor> {
        global_avg_pool(x, self.features)?
            .matmul(&self.weight.t()?)?
            .broadcast_add(&self.bias)
    }

    fn variables(&self) -> [(String, &Var); 2] {
        [
            (format!("{}.weight", self.name), &self.weight),
            (format!("{}.bias", self.name), &self.bias),
        ]
    }
}

impl Trainable {
    /// Loads a checkpoint to go on training it.
    ///
    /// # Errors
    /// As [`super::Classifier::load_with`].
    pub fn load(
        source: &ModelSource,
        choice: DeviceChoice,
        overrides: &Overrides,
    ) -> Result<Self, ClassifierError> {
        let device = device::open(choice)?;
        let checkpoint = source.read()?;
        let architecture = inception_v3::architecture();
        let classes = weights::count_classes(&checkpoint, &architecture)?;
        let embedded = *source == ModelSource::Embedded;
        let info = info::interpret(&checkpoint, embedded, overrides, classes)?;
        Self::build(&checkpoint, &architecture, info, device)
    }

    fn build(
        checkpoint: &Checkpoint,
        architecture: &Architecture,
        info: ModelInfo,
        device: OpenDevice,
    ) -> Result<Self, ClassifierError> {
        let classes = info.classes.len();
        let (blocks, head, auxiliary) =
            weights::trainable(checkpoint, architecture, classes, &device)?;
        Ok(Self {
            normalisation: Normalisation::new(info.mean, info.std, info.transform_input),
            info,
            blocks,
            head,
            auxiliary,
            side: architecture.side,
            device,
        })
    }

    /// What the checkpoint says of itself.
    #[must_use]
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// Every variable, under its name in the state dict.
    fn variables(&self) -> Vec<(String, &Var)> {
        let mut all = Vec::new();
        for (_, block) in &self.blocks {
            block.for_each(&mut |conv: &TrainableConv| all.extend(conv.variables()));
        }
        all.extend(self.head.variables());
        if let Some(auxiliary) = &self.auxiliary {
            all.extend(auxiliary.convs.iter().flat_map(TrainableConv::variables));
            all.extend(auxiliary.head.variables());
        }
        all
    }

    /// The loss on frames of known classes, and its gradients. Batch norms take the batch's statistics, and their running
    /// ones follow.
    ///
    /// # Errors
    /// If a label is no class, there are not as many labels as frames or fewer than two, or the device fails.
    pub fn gradients(
        &self,
        frames: &[Frame],
        labels: &[u32],
    ) -> Result<Gradients, ClassifierError> {
        let failed = |reason: String| ClassifierError::Run {
            device: self.device.shown.clone(),
            reason,
        };
        if frames.len() != labels.len() || frames.len() < 2 {
            return Err(failed(format!(
                "a batch has two frames at least and a label for each, and not {} and {}",
                frames.len(),
                labels.len()
            )));
        }
        let classes = self.info.classes.len();
        if let Some(label) = labels.iter().find(|label| **label as usize >= classes) {
            return Err(failed(format!("there is no class {label}")));
        }
        self.backward(frames, labels)
            .map_err(|error| failed(error.to_string()))
    }

    fn backward(&self, frames: &[Frame], labels: &[u32]) -> candle_core::Result<Gradients> {
        let device = &self.device.device;
        let labels = Tensor::new(labels, device)?;
        let (logits, auxiliary) = self.logits(frames, device)?;
        let mut loss = cross_entropy(&logits, &labels)?;
        if let Some(auxiliary) = auxiliary {
            loss = (loss + (cross_entropy(&auxiliary, &labels)? * AUXILIARY_WEIGHT)?)?;
        }
        Ok(Gradients {
            store: loss.backward()?,
            loss: f64::from(loss.to_scalar::<f32>()?),
        })
    }

    /// Logits of both heads, `[n, classes]`.
    fn logits(
        &self,
        frames: &[Frame],
        device: &Device,
    ) -> candle_core::Result<(Tensor, Option<Tensor>)> {
        let mut pixels = vec![0.0; frames.len() * Frame::BYTES];
        for (pixels, frame) in pixels.chunks_exact_mut(Frame::BYTES).zip(frames) {
            self.normalisation.write(frame, pixels);
        }
        let pixels = Tensor::from_vec(pixels, (frames.len(), self.side, self.side, 3), device)?;
        let mut x = activation(&pixels.permute((0, 3, 1, 2))?)?;
        let mut beside = None;
        for (name, block) in &self.blocks {
            x = block.forward(&x, true)?;
            if let Some(auxiliary) = self.auxiliary.as_ref().filter(|one| one.after == *name) {
                beside = Some(auxiliary.forward(&x)?);
            }
        }
        Ok((self.head.forward(&x)?, beside))
    }

    /// Running mean and variance of every batch norm, under the names of their layers.
    #[must_use]
    pub fn running(&self) -> Vec<(String, crate::nn::Running)> {
        let mut all = Vec::new();
        for (_, block) in &self.blocks {
            block.for_each(&mut |conv: &TrainableConv| {
                all.push((conv.name().to_owned(), conv.running()));
            });
        }
        for conv in self.auxiliary.iter().flat_map(|one| &one.convs) {
            all.push((conv.name().to_owned(), conv.running()));
        }
        all
    }

    /// The gradient towards every weight, under its name in the state dict; row-major, as PyTorch's.
    ///
    /// # Errors
    /// If the device fails.
    pub fn named(&self, gradients: &Gradients) -> Result<Vec<(String, Vec<f32>)>, ClassifierError> {
        let read = |(name, variable): (String, &Var)| {
            let values = match gradients.store.get(variable) {
                Some(gradient) => gradient.flatten_all()?.to_vec1()?,
                None => vec![0.0; variable.elem_count()],
            };
            Ok((name, values))
        };
        let all: candle_core::Result<_> = self.variables().into_iter().map(read).collect();
        all.map_err(|error| ClassifierError::Run {
            device: self.device.shown.clone(),
            reason: error.to_string(),
        })
    }
}

impl AuxiliaryHead {
    fn forward(&self, x: &Tensor) -> candle_core::Result<Tensor> {
        let pooling = Pooling {
            kernel: 5,
            stride: 3,
            padding: 0,
        };
        let x = avg_pool(x, pooling)?;
        let x = self
            .convs
            .iter()
            .try_fold(x, |x, conv| conv.forward(&x, true))?;
        self.head.forward(&x)
    }
}

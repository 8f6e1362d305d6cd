//! The network itself: its blocks and heads, the forward pass and the gradients.

use candle_core::backprop::GradStore;
use candle_core::{Device, Tensor, Var};
use rayon::prelude::*;

use super::auxiliary::taken;
use super::heads::{AuxiliaryHead, Head};
use super::objective::{self, Objective};
use super::weights;
use crate::architectures::Architecture;
use crate::checkpoint::info::ModelInfo;
use crate::checkpoint::opened;
use crate::checkpoint::overrides::Overrides;
use crate::checkpoint::parsed::Checkpoint;
use crate::checkpoint::source::ModelSource;
use crate::checkpoint::tensors::Tensors;
use crate::error::ClassifierError;
use crate::inference::device::{self, DeviceChoice, DeviceKind, OpenDevice};
use crate::inference::input::Normalisation;
use flipscope_image::lesion::Frame;
use flipscope_nn::malloc::keep_freed;
use flipscope_nn::ops::{activation, add_to, global_avg_pool, global_avg_pool_backward};
use flipscope_nn::{Node, Precision, TrainableConv};

/// A network to be trained.
pub struct Trainable {
    pub(super) info: ModelInfo,
    pub(crate) blocks: Vec<(&'static str, Node<TrainableConv>)>,
    pub(crate) head: Head,
    pub(crate) auxiliary: Option<AuxiliaryHead>,
    /// How many of the blocks, starting with the first, are frozen.
    frozen: usize,
    side: usize,
    normalisation: Normalisation,
    pub(super) device: OpenDevice,
    precision: Precision,
}

/// Loss and gradients of one batch.
pub struct Gradients {
    /// Cross entropy, the mean over the batch, including the auxiliary head's share.
    pub loss: f64,
    store: GradStore,
}

impl Gradients {
    /// The gradient with respect to a variable, if the loss depends on it.
    pub(crate) fn of(&self, variable: &Var) -> Option<&Tensor> {
        self.store.get(variable)
    }
}

impl Trainable {
    /// Loads a checkpoint to continue training it.
    ///
    /// # Errors
    /// As [`Classifier::load_with`](crate::Classifier::load_with).
    pub fn load(
        source: &ModelSource,
        choice: DeviceChoice,
        overrides: &Overrides,
    ) -> Result<Self, ClassifierError> {
        let device = Self::open(choice)?;
        let opened = opened::open(source.read()?, source.name(), overrides)?;
        let mut net = Self::build(
            &opened.checkpoint,
            &opened.architecture,
            opened.info,
            device,
        )?;
        net.compute_in(overrides.precision)?;
        Ok(net)
    }

    /// A network from weights that are not in a file: what [`Trainable::tensors`] returned; `name` stands for the file.
    ///
    /// # Errors
    /// As [`Trainable::load`].
    pub fn from_tensors(
        tensors: &Tensors,
        name: &str,
        choice: DeviceChoice,
    ) -> Result<Self, ClassifierError> {
        let overrides = Overrides::default();
        let device = Self::open(choice)?;
        let checkpoint = tensors.checkpoint(std::path::Path::new(name))?;
        let opened = opened::open(checkpoint, Some(name), &overrides)?;
        Self::build(
            &opened.checkpoint,
            &opened.architecture,
            opened.info,
            device,
        )
    }

    /// The device to train on.
    pub(super) fn open(choice: DeviceChoice) -> Result<OpenDevice, ClassifierError> {
        // Weights, norms and whatever else is kept are f32, whatever convolutions are computed in.
        device::open(choice, Precision::F32)
    }

    pub(super) fn build(
        checkpoint: &Checkpoint,
        architecture: &Architecture,
        info: ModelInfo,
        device: OpenDevice,
    ) -> Result<Self, ClassifierError> {
        let classes = info.classes.len();
        keep_freed();
        let (blocks, head, auxiliary) =
            weights::trainable(checkpoint, architecture, classes, &device)?;
        Ok(Self {
            normalisation: Normalisation::new(info.mean, info.std, info.transform_input),
            info,
            blocks,
            head,
            auxiliary,
            frozen: 0,
            side: architecture.side,
            device,
            precision: Precision::F32,
        })
    }

    /// Computes convolutions in another precision from now on: f32, or bf16 with f32 for everything that is kept (weights, batch norms,
    /// gradients), as PyTorch's autocast does. On a card that is what it is fast at; on the processor it is emulated, with a card's rounding and
    /// no gain.
    ///
    /// # Errors
    /// In tf32; and in bf16 on a card without cuDNN.
    pub fn compute_in(&mut self, precision: Precision) -> Result<(), ClassifierError> {
        let reason = match (precision, self.device.kind()) {
            (Precision::F32, _) | (Precision::Bf16, DeviceKind::Processor | DeviceKind::Card) => {
                None
            }
            (Precision::Bf16, DeviceKind::WithoutCudnn) => Some(
                "training in bf16 needs the build with cuDNN (`cargo build --release --features cudnn`)",
            ),
            (Precision::Tf32, _) => Some("training computes in f32 or bf16, and not in tf32"),
        };
        if let Some(reason) = reason {
            return Err(self.failed(&reason));
        }
        self.precision = precision;
        for (_, block) in &mut self.blocks {
            block.for_each_mut(&mut |conv: &mut TrainableConv| conv.compute_in(precision));
        }
        if let Some(auxiliary) = &mut self.auxiliary {
            let convs = &mut auxiliary.convs;
            convs.for_each_mut(&mut |conv: &mut TrainableConv| conv.compute_in(precision));
        }
        Ok(())
    }

    /// What its convolutions are computed in.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Whether the precision is only emulated: the processor multiplies in f32 whatever it is.
    #[must_use]
    pub fn emulates(&self) -> bool {
        self.precision != Precision::F32 && self.device.kind() == DeviceKind::Processor
    }

    /// Freezes the blocks up to and including `last`: their batch norms use the running statistics, which stay fixed too, and
    /// no gradient reaches them. Returns false, and changes nothing, if there is no such block.
    pub fn freeze(&mut self, last: &str) -> bool {
        let at = self.blocks.iter().position(|(name, _)| *name == last);
        if let Some(at) = at {
            self.frozen = at + 1;
        }
        at.is_some()
    }

    /// Names of the blocks, in order of execution.
    pub fn block_names(&self) -> impl Iterator<Item = &'static str> {
        self.blocks.iter().map(|(name, _)| *name)
    }

    /// Whether it has an auxiliary head, whose loss helps training.
    #[must_use]
    pub fn has_auxiliary_head(&self) -> bool {
        self.auxiliary.is_some()
    }

    /// The checkpoint's metadata.
    #[must_use]
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// The device that computes, e.g. "CPU, 2 threads" or "CUDA 0".
    #[must_use]
    pub fn device(&self) -> &str {
        &self.device.shown
    }

    /// Every variable, under its name in the state dict; always in the same order.
    pub(crate) fn variables(&self) -> Vec<(String, &Var)> {
        let mut all = Vec::new();
        for (_, block) in &self.blocks {
            block.for_each(&mut |conv: &TrainableConv| all.extend(conv.variables()));
        }
        all.extend(self.head.variables());
        if let Some(auxiliary) = &self.auxiliary {
            auxiliary
                .convs
                .for_each(&mut |conv: &TrainableConv| all.extend(conv.variables()));
            all.extend(auxiliary.head.variables());
        }
        all
    }

    /// The loss on frames of known classes, and its gradients. Batch norms use the batch's statistics, and their running
    /// statistics are updated.
    ///
    /// # Errors
    /// If a label is not a class, if the number of labels differs from that of the frames or is less than two, or if the device
    /// fails.
    pub fn gradients(
        &self,
        frames: &[Frame],
        labels: &[u32],
    ) -> Result<Gradients, ClassifierError> {
        self.gradients_of(&Objective::default(), frames, labels)
    }

    /// As [`Trainable::gradients`], for an objective other than the plain one.
    ///
    /// # Errors
    /// As [`Trainable::gradients`].
    pub fn gradients_of(
        &self,
        objective: &Objective,
        frames: &[Frame],
        labels: &[u32],
    ) -> Result<Gradients, ClassifierError> {
        self.check(frames, labels, 2)?;
        self.backward(objective, frames, labels)
            .map_err(|error| self.failed(&error))
    }

    pub(super) fn failed(&self, reason: &dyn std::fmt::Display) -> ClassifierError {
        ClassifierError::Run {
            device: self.device.shown.clone(),
            reason: reason.to_string(),
        }
    }

    /// Refuses a batch that is too small, or whose labels do not fit.
    fn check(
        &self,
        frames: &[Frame],
        labels: &[u32],
        at_least: usize,
    ) -> Result<(), ClassifierError> {
        if frames.len() != labels.len() || frames.len() < at_least {
            return Err(self.failed(&format!(
                "a batch has at least {at_least} frames and a label for each, not {} and {}",
                frames.len(),
                labels.len()
            )));
        }
        let classes = self.info.classes.len();
        match labels.iter().find(|label| **label as usize >= classes) {
            Some(label) => Err(self.failed(&format!("there is no class {label}"))),
            None => Ok(()),
        }
    }

    /// Each frame's cross entropy, for the main head alone, with the running statistics in the batch norms: what the network in
    /// its current state would say. Nothing changes.
    ///
    /// # Errors
    /// As [`Trainable::gradients`].
    pub fn losses(&self, frames: &[Frame], labels: &[u32]) -> Result<Vec<f32>, ClassifierError> {
        self.check(frames, labels, 1)?;
        let judge = || -> candle_core::Result<Vec<f32>> {
            let mut x = self.input(frames, &self.device.device)?;
            for (_, block) in &self.blocks {
                x = block.evaluate(&x)?;
            }
            let logits = self
                .head
                .forward(&global_avg_pool(&x, self.head.features)?)?;
            objective::each(&logits, &Tensor::new(labels, &self.device.device)?)?.to_vec1()
        };
        judge().map_err(|error| self.failed(&error))
    }

    fn backward(
        &self,
        objective: &Objective,
        frames: &[Frame],
        labels: &[u32],
    ) -> candle_core::Result<Gradients> {
        let device = &self.device.device;
        let labels = Tensor::new(labels, device)?;
        let mut x = self.input(frames, device)?;
        let mut traces = Vec::with_capacity(self.blocks.len());
        let mut beside = None;
        for (at, (name, block)) in self.blocks.iter().enumerate() {
            if at < self.frozen {
                x = block.evaluate(&x)?;
            } else {
                let (y, trace) = block.forward(&x)?;
                x = y;
                traces.push(trace);
            }
            // On a frozen block it would teach nothing that affects the verdict; with weight 0 it teaches nothing at all, and
            // Candle's backward pass would give it no gradient.
            let hangs_here = |one: &&AuxiliaryHead| {
                one.after == *name && at >= self.frozen && objective.auxiliary > 0.0
            };
            if let Some(auxiliary) = self.auxiliary.as_ref().filter(hangs_here) {
                beside = Some((auxiliary, auxiliary.forward(&x)?));
            }
        }
        // Both heads are small: Candle's own backward pass handles them, and stops at the features.
        let features = Var::from_tensor(&global_avg_pool(&x, self.head.features)?)?;
        let logits = self.head.forward(&objective.drop_some(&features)?)?;
        let mut loss = objective.loss(&logits, &labels)?;
        if let Some((auxiliary, one)) = &beside {
            let logits = auxiliary.head.forward(&one.features)?;
            loss = (loss + (objective.loss(&logits, &labels)? * objective.auxiliary)?)?;
        }
        let mut store = loss.backward()?;
        let mut dy = global_avg_pool_backward(&x, &taken(&mut store, &features)?)?;
        drop(x);
        let trained = self.blocks.iter().skip(self.frozen).zip(traces);
        for (at, ((name, block), trace)) in trained.enumerate().rev() {
            if let Some((auxiliary, one)) = beside.take_if(|(one, _)| one.after == *name) {
                dy = add_to(dy, &auxiliary.backward(one, &mut store)?)?;
            }
            // The gradients of the pixels and of frozen blocks are not needed.
            let Some(dx) = block.backward(trace, &dy, at > 0, &mut store)? else {
                break;
            };
            dy = dx;
        }
        Ok(Gradients {
            store,
            loss: f64::from(loss.to_scalar::<f32>()?),
        })
    }

    /// Frames as an activation.
    fn input(&self, frames: &[Frame], device: &Device) -> candle_core::Result<Tensor> {
        let mut pixels = vec![0.0; frames.len() * Frame::BYTES];
        // A card waits for this.
        (pixels.par_chunks_exact_mut(Frame::BYTES))
            .zip(frames)
            .for_each(|(pixels, frame)| self.normalisation.write(frame, pixels));
        let pixels = Tensor::from_vec(pixels, (frames.len(), self.side, self.side, 3), device)?;
        activation(&pixels.permute((0, 3, 1, 2))?)
    }

    /// The gradient with respect to every weight, under its name in the state dict; row-major, as PyTorch's.
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
        all.map_err(|error| self.failed(&error))
    }
}

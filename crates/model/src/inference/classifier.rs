//! A model on its device, called directly.

use std::time::Instant;

use super::block_output::{BlockOutput, statistics};
use super::candidate::Candidate;
use super::device::{self, DeviceChoice, DeviceKind, OpenDevice};
use super::double::Double;
use super::input::{Batch, Normalisation, Pictures};
use super::list_pace::{self, ListPace};
use super::network::{Network, NetworkError};
use super::origin::Origin;
use super::shuffle::Shuffle;
use super::verdict::{Verdict, softmax};
use super::weights;
use crate::checkpoint::info::ModelInfo;
use crate::checkpoint::opened::{self, Opened};
use crate::checkpoint::overrides::Overrides;
use crate::checkpoint::parsed::Checkpoint;
use crate::checkpoint::source::ModelSource;
use crate::checkpoint::tensors::Tensors;
use crate::error::ClassifierError;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb;
use flipscope_language::{as_text, text};
use rayon::prelude::*;

/// A loaded network on its device.
pub struct Classifier {
    pub(super) info: ModelInfo,
    pub(super) network: Network,
    pub(super) normalisation: Normalisation,
    /// The same network in f64, if gradients are wanted from it.
    pub(super) double: Option<Double>,
    device: OpenDevice,
    lists: ListPace,
    /// None of weights that are not in a file, and of shuffled ones.
    pub(super) origin: Option<Origin>,
}

impl Classifier {
    /// The most frames that are judged together: more are divided into batches of this size.
    pub const MAX_BATCH: usize = 256;

    /// The most frames whose gradients are computed together: each keeps everything that its forward pass computed.
    pub(crate) const LARGEST_GRADIENT_BATCH: usize = 32;

    /// Loads a model.
    ///
    /// # Errors
    /// If the device is not available; if the file is unreadable, damaged, or not a checkpoint of a supported architecture; if
    /// its metadata is impossible. Every message names the file, what is wrong and the remedy.
    pub fn load(source: &ModelSource, device: DeviceChoice) -> Result<Self, ClassifierError> {
        Self::load_with(source, device, &Overrides::default())
    }

    /// Loads a model about which the user states more than the file does, or something else.
    ///
    /// # Errors
    /// As [`Classifier::load`].
    pub fn load_with(
        source: &ModelSource,
        device: DeviceChoice,
        overrides: &Overrides,
    ) -> Result<Self, ClassifierError> {
        let opened = device::open(device, overrides.precision)?;
        let checkpoint = source.read()?;
        let mut built = Self::build(checkpoint, source.name(), opened, overrides, None)?;
        built.origin = Some(Origin {
            source: source.clone(),
            device,
            overrides: overrides.clone(),
            sha256: built.info.sha256.clone(),
        });
        Ok(built)
    }

    /// The same network with the weights of every layer in a random order, which the seed determines: it has learned nothing, and
    /// its numbers are as large as before. What an explanation of it shows does not come from what the network has learned
    /// (Adebayo et al. 2018, "Sanity Checks for Saliency Maps", arXiv 1810.03292).
    ///
    /// # Errors
    /// As [`Classifier::load`].
    pub fn load_shuffled(
        source: &ModelSource,
        device: DeviceChoice,
        overrides: &Overrides,
        seed: u64,
    ) -> Result<Self, ClassifierError> {
        let device = device::open(device, overrides.precision)?;
        let (checkpoint, shuffle) = (source.read()?, Shuffle::new(seed));
        Self::build(checkpoint, source.name(), device, overrides, Some(shuffle))
    }

    /// A model from weights that are not in a file, such as those of a running training; `name` stands for the file.
    ///
    /// # Errors
    /// As [`Classifier::load`].
    pub fn from_tensors(
        tensors: &Tensors,
        name: &str,
        device: DeviceChoice,
    ) -> Result<Self, ClassifierError> {
        let overrides = Overrides::default();
        let device = device::open(device, overrides.precision)?;
        let checkpoint = tensors.checkpoint(std::path::Path::new(name))?;
        Self::build(checkpoint, Some(name), device, &overrides, None)
    }

    fn build(
        checkpoint: Checkpoint,
        name: Option<&str>,
        device: OpenDevice,
        overrides: &Overrides,
        shuffle: Option<Shuffle>,
    ) -> Result<Self, ClassifierError> {
        let Opened {
            checkpoint,
            architecture,
            mut info,
        } = opened::open(checkpoint, name, overrides)?;
        let classes = info.classes.len();
        let normalisation = Normalisation::new(info.mean, info.std, info.transform_input);
        let again = overrides.double_gradients.then(|| shuffle.clone());
        let loaded = weights::load(
            &checkpoint,
            &architecture,
            classes,
            &device,
            &normalisation,
            shuffle,
        )?;
        let double = again
            .map(|shuffle| Double::load(&checkpoint, &architecture, classes, shuffle))
            .transpose()
            .map_err(|reason| ClassifierError::Tensors {
                path: checkpoint.path.clone(),
                reason,
            })?;
        info.parameters = loaded.parameters;
        info.weight_types = loaded.types;
        info.auxiliary_head = loaded.auxiliary;
        info.assumptions.extend(loaded.notes);
        info.assumptions.sort_by_key(|assumption| assumption.about);
        Ok(Self {
            info,
            network: loaded.network,
            normalisation,
            double,
            device,
            lists: ListPace::default(),
            origin: None,
        })
    }

    /// The checkpoint's metadata.
    #[must_use]
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// The device that answers, e.g. "CPU, 2 threads" or "CUDA 0".
    #[must_use]
    pub fn device(&self) -> &str {
        &self.device.shown
    }

    /// Whether the processor is used, not a card.
    #[must_use]
    pub fn on_processor(&self) -> bool {
        self.device.device.is_cpu()
    }

    /// How many candidates are best handed to [`Classifier::score`] at a time by who wants to be asked in between: on a card several
    /// batches, of which the next is sent while one runs, that together take about a tenth of a second at the last pace.
    #[must_use]
    pub fn list(&self) -> usize {
        if self.on_processor() {
            Self::MAX_BATCH
        } else {
            Self::MAX_BATCH * self.lists.batches()
        }
    }

    /// The most that [`Classifier::list`] ever is.
    #[must_use]
    pub fn longest_list(&self) -> usize {
        if self.on_processor() {
            Self::MAX_BATCH
        } else {
            Self::MAX_BATCH * list_pace::MOST
        }
    }

    /// What kind of device that is.
    #[must_use]
    pub fn device_kind(&self) -> DeviceKind {
        self.device.kind()
    }

    /// Why this device was chosen, if [`DeviceChoice::Auto`] had to do without CUDA.
    #[must_use]
    pub fn device_note(&self) -> Option<&str> {
        self.device.note.as_deref()
    }

    /// Whether the gradients of probes are computed in f64.
    #[must_use]
    pub fn double_gradients(&self) -> bool {
        self.double.is_some()
    }

    /// The type that the network computes in.
    #[must_use]
    pub fn precision(&self) -> &'static str {
        self.device.precision.name()
    }

    /// Verdicts of some frames, in their order.
    ///
    /// # Errors
    /// If the device fails (out of memory), or the network returns numbers that are not finite.
    pub fn classify(&self, frames: &[Frame]) -> Result<Vec<Verdict>, ClassifierError> {
        if !self.info.remedy.is_none() {
            return self.judge_views(frames);
        }
        self.judge(frames.chunks(Self::MAX_BATCH).map(Pictures::Frames))
    }

    /// Verdicts of frames that are described by their parameters, in their order; rendered where the network runs.
    ///
    /// # Errors
    /// As [`Classifier::classify`], and if a perturbation is invalid.
    pub fn score(&self, candidates: &[Candidate]) -> Result<Vec<Verdict>, ClassifierError> {
        for one in candidates {
            one.perturbation.validate()?;
        }
        if !self.info.remedy.is_none() {
            let mut verdicts = Vec::with_capacity(candidates.len());
            for batch in candidates.chunks(Self::MAX_BATCH) {
                verdicts.extend(self.judge_views(&rendered(batch))?);
            }
            return Ok(verdicts);
        }
        let batches = candidates.chunks(Self::MAX_BATCH);
        self.judge(batches.map(Pictures::Candidates))
    }

    /// Mean and standard deviation of the output of every block for one frame, without the remedy.
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

    pub(super) fn batch<'a>(&'a self, pictures: Pictures<'a>) -> Batch<'a> {
        Batch {
            pictures,
            normalisation: &self.normalisation,
        }
    }

    /// Verdicts of a list of batches.
    fn judge<'a>(
        &'a self,
        pictures: impl Iterator<Item = Pictures<'a>>,
    ) -> Result<Vec<Verdict>, ClassifierError> {
        let batches: Vec<Batch<'a>> = pictures.map(|pictures| self.batch(pictures)).collect();
        let begun = Instant::now();
        let logits = self.network.logits_of_list(&batches);
        let largest = batches.iter().map(Batch::len).max().unwrap_or(0);
        let logits = logits.map_err(|error| self.device_failed(&error, largest))?;
        self.lists
            .measured(logits.len(), Self::MAX_BATCH, begun.elapsed());
        logits.iter().map(|logits| self.verdict(logits)).collect()
    }

    /// Logits of frames that are judged together.
    pub(super) fn logits(&self, pictures: Pictures<'_>) -> Result<Vec<Vec<f32>>, ClassifierError> {
        let batch = self.batch(pictures);
        let logits = self.network.logits(&batch);
        logits.map_err(|error| self.device_failed(&error, batch.len()))
    }

    pub(super) fn verdict(&self, logits: &[f32]) -> Result<Verdict, ClassifierError> {
        Ok(self.verdict_of(&self.probabilities(logits)?))
    }

    /// Softmax of logits, which must be finite.
    pub(super) fn probabilities(&self, logits: &[f32]) -> Result<Vec<f64>, ClassifierError> {
        if logits.iter().any(|logit| !logit.is_finite()) {
            return Err(self.failed(&text!(
                "model-output-not-finite",
                info = as_text(&self.info.name)
            )));
        }
        Ok(softmax(logits))
    }

    /// The sum over the classes that mean melanoma.
    pub(super) fn melanoma(&self, probabilities: &[f64]) -> f64 {
        let melanoma = self.info.melanoma_classes.iter();
        melanoma.filter_map(|&class| probabilities.get(class)).sum()
    }

    pub(super) fn verdict_of(&self, probabilities: &[f64]) -> Verdict {
        Verdict {
            probabilities: probabilities.iter().map(|p| *p as f32).collect(),
            p_melanoma: self.melanoma(probabilities) as f32,
        }
    }

    pub(super) fn failed(&self, reason: &dyn std::fmt::Display) -> ClassifierError {
        ClassifierError::Run {
            device: self.device.shown.clone(),
            reason: reason.to_string(),
        }
    }

    /// What a device's own error means: out of memory, the device is lost, or something else.
    pub(super) fn device_failed(&self, error: &NetworkError, batch: usize) -> ClassifierError {
        let device = self.device.shown.clone();
        match device::Fault::of(&error.to_string()) {
            Some(device::Fault::OutOfMemory) => ClassifierError::OutOfMemory { device, batch },
            Some(device::Fault::Lost(reason)) => ClassifierError::DeviceLost { device, reason },
            None => self.failed(error),
        }
    }
}

/// The altered frames of candidates, whose perturbations are known to be valid.
pub(super) fn rendered(candidates: &[Candidate]) -> Vec<Frame> {
    (candidates.par_iter())
        .map(|one| perturb::render(&one.frame, &one.perturbation))
        .collect()
}

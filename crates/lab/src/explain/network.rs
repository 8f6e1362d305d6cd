//! A network as an explanation sees it.

use flipscope_image::lesion::Frame;
use flipscope_model::{
    ActivatedBlock, Classifier, ClassifierError, ModelInfo, Probe, Probed, Score,
};

use super::error::ExplainError;
use super::progress::Watch;

/// A network that judges inputs that are no pictures of 8 bits, and gives gradients and activations. Its answers about one input do
/// not depend on those beside it.
pub trait ProbedNetwork {
    /// Its checkpoint's metadata.
    fn info(&self) -> &ModelInfo;

    /// A frame's normalised pixels, `[row][column][channel]`.
    fn normalised(&self, frame: &Frame) -> Vec<f32>;

    /// Verdicts and logits, in order.
    ///
    /// # Errors
    /// If the network fails.
    fn probe(&self, probes: &[Probe]) -> Result<Vec<Probed>, ClassifierError>;

    /// The same with gradients, as [`Classifier::probe_gradients`].
    ///
    /// # Errors
    /// If the network fails.
    fn probe_gradients(
        &self,
        probes: &[Probe],
        score: &Score,
    ) -> Result<Vec<(Probed, Vec<f32>)>, ClassifierError>;

    /// The output of the last block, as [`Classifier::last_block`].
    ///
    /// # Errors
    /// If the network fails.
    fn last_block(&self, frame: &Frame, score: &Score) -> Result<ActivatedBlock, ClassifierError>;

    /// Inputs in one batch: enough to keep all threads busy, few enough to be cancelled soon.
    fn batch(&self) -> usize {
        4 * rayon::current_num_threads()
    }

    /// Inputs whose gradients are computed in one batch.
    fn gradient_batch(&self) -> usize {
        self.batch()
    }
}

impl ProbedNetwork for Classifier {
    fn info(&self) -> &ModelInfo {
        Classifier::info(self)
    }

    fn normalised(&self, frame: &Frame) -> Vec<f32> {
        Classifier::normalised(self, frame)
    }

    fn probe(&self, probes: &[Probe]) -> Result<Vec<Probed>, ClassifierError> {
        Classifier::probe(self, probes)
    }

    fn probe_gradients(
        &self,
        probes: &[Probe],
        score: &Score,
    ) -> Result<Vec<(Probed, Vec<f32>)>, ClassifierError> {
        Classifier::probe_gradients(self, probes, score)
    }

    fn last_block(&self, frame: &Frame, score: &Score) -> Result<ActivatedBlock, ClassifierError> {
        Classifier::last_block(self, frame, score)
    }

    /// One at a time in f64, where a gradient takes as long as twenty frames.
    fn gradient_batch(&self) -> usize {
        if self.double_gradients() {
            1
        } else {
            self.batch()
        }
    }
}

/// What the network says about some probes, batch by batch; they must have been announced to `watch`.
pub(super) fn probe_all(
    network: &dyn ProbedNetwork,
    probes: &[Probe],
    watch: &mut Watch<'_>,
) -> Result<Vec<Probed>, ExplainError> {
    watch.check()?;
    let mut all = Vec::with_capacity(probes.len());
    for batch in probes.chunks(network.batch().max(1)) {
        all.extend(network.probe(batch)?);
        watch.judged(batch.len())?;
    }
    Ok(all)
}

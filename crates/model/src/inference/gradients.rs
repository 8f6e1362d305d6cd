//! Gradients of verdicts towards the values of an altered frame.

use super::candidate::Candidate;
use super::classifier::{Classifier, rendered};
use super::input::Pictures;
use super::verdict::{Verdict, softmax};
use crate::error::ClassifierError;
use flipscope_image::lesion::Frame;
use flipscope_language::{as_text, text};

impl Classifier {
    /// Verdicts of some candidates, and for each the gradient of the cross entropy for a class ([`ModelInfo::classes`](crate::ModelInfo::classes)),
    /// with respect to the values of the altered frame in units of 255: `[row][column][channel]`.
    ///
    /// # Errors
    /// As [`Classifier::score`], and if there is no such class.
    pub fn gradients(
        &self,
        candidates: &[Candidate],
        class: usize,
    ) -> Result<Vec<(Verdict, Vec<f32>)>, ClassifierError> {
        self.gradients_towards(candidates, &vec![class; candidates.len()])
    }

    /// As [`Classifier::gradients`], for each candidate by a class of its own.
    ///
    /// # Errors
    /// As [`Classifier::gradients`].
    pub fn gradients_towards(
        &self,
        candidates: &[Candidate],
        classes: &[usize],
    ) -> Result<Vec<(Verdict, Vec<f32>)>, ClassifierError> {
        let known = self.info.classes.len();
        if let Some(class) = classes.iter().find(|&&class| class >= known) {
            return Err(self.failed(&text!("model-class-unknown", class = as_text(class))));
        }
        for one in candidates {
            one.perturbation.validate()?;
        }
        let mut all = Vec::with_capacity(candidates.len());
        let together = Self::LARGEST_GRADIENT_BATCH;
        for (batch, classes) in candidates.chunks(together).zip(classes.chunks(together)) {
            if !self.info.remedy.is_none() {
                all.extend(self.gradients_through_views(&rendered(batch), classes)?);
                continue;
            }
            for one in self.input_gradients(Pictures::Candidates(batch), classes)? {
                all.push((self.verdict(&one.logits)?, one.gradient));
            }
        }
        Ok(all)
    }

    /// Logits of frames that are judged together, and for each the gradient of the cross entropy for its class.
    pub(super) fn input_gradients(
        &self,
        pictures: Pictures<'_>,
        classes: &[usize],
    ) -> Result<Vec<InputGradient>, ClassifierError> {
        let batch = self.batch(pictures);
        let of = |frame: usize| classes.get(frame).copied().unwrap_or(usize::MAX);
        let (logits, gradients) = self
            .network
            .gradient(&batch, &|frame, logits: &[f32]| by_logit(logits, of(frame)))
            .map_err(|error| self.device_failed(&error, batch.len()))?;
        let slopes = self.normalisation.slopes().map(|slope| slope * 255.0);
        let each = logits.into_iter().zip(gradients.chunks_exact(Frame::BYTES));
        let scaled = each.map(|(logits, gradient)| {
            let mut gradient = gradient.to_vec();
            for pixel in gradient.chunks_exact_mut(slopes.len()) {
                for (value, slope) in pixel.iter_mut().zip(slopes) {
                    *value *= slope;
                }
            }
            InputGradient { logits, gradient }
        });
        Ok(scaled.collect())
    }
}

/// Of one frame.
pub(super) struct InputGradient {
    pub(super) logits: Vec<f32>,
    /// With respect to its values, in units of 255.
    pub(super) gradient: Vec<f32>,
}

/// The derivative of the cross entropy for a class with respect to each logit: softmax − 1 at the class, softmax elsewhere.
fn by_logit(logits: &[f32], class: usize) -> Vec<f32> {
    softmax(logits)
        .iter()
        .enumerate()
        .map(|(at, p)| (if at == class { p - 1.0 } else { *p }) as f32)
        .collect()
}

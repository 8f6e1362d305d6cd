//! Verdicts and gradients of a model with a [`Remedy`](crate::Remedy): the views of each frame are judged, and combined.

use rayon::prelude::*;

use super::classifier::Classifier;
use super::input::Pictures;
use super::verdict::{Verdict, softmax};
use crate::error::ClassifierError;
use crate::remedy::View;
use flipscope_image::lesion::Frame;

/// The most views that are in memory together.
const VIEWS_AT_ONCE: usize = 64;

impl Classifier {
    /// How many frames are judged together.
    fn frames_at_once(&self) -> usize {
        (VIEWS_AT_ONCE / self.info().remedy.views()).max(1)
    }

    /// Verdicts of frames that are rendered already, in their order.
    pub(super) fn judge_views(&self, frames: &[Frame]) -> Result<Vec<Verdict>, ClassifierError> {
        let mut verdicts = Vec::with_capacity(frames.len());
        for batch in frames.chunks(self.frames_at_once()) {
            let views: Vec<Vec<View>> = (batch
                .par_iter()
                .map(|frame| self.info().remedy.apply(frame)))
            .collect();
            let (_, pixels) = self.taken(views)?;
            let logits = self.logits(Pictures::Frames(&pixels))?;
            for logits in logits.chunks(self.info().remedy.views()) {
                verdicts.push(self.combined(logits)?.0);
            }
        }
        Ok(verdicts)
    }

    /// Verdicts, and the gradient of the cross entropy of the combined verdict for each frame's class with respect to the frame, in units of 255.
    pub(super) fn gradients_through_views(
        &self,
        frames: &[Frame],
        classes: &[usize],
    ) -> Result<Vec<(Verdict, Vec<f32>)>, ClassifierError> {
        let one = |(frame, class): (&Frame, &usize)| self.gradient_through_views(frame, *class);
        frames.iter().zip(classes).map(one).collect()
    }

    fn gradient_through_views(
        &self,
        frame: &Frame,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        let remedy = self.info().remedy;
        let (mut views, mut pixels) = self.taken(vec![remedy.apply(frame)])?;
        let (mut verdict, mut weights) = (None, Vec::new());
        if remedy.views() > 1 {
            // Whose verdict counts is known before gradients are made that do not.
            let (combined, counts) = self.combined(&self.logits(Pictures::Frames(&pixels))?)?;
            let mut counting = counts.iter().map(|weight| *weight > 0.0);
            views.retain(|_| counting.next().unwrap_or(true));
            let mut counting = counts.iter().map(|weight| *weight > 0.0);
            pixels.retain(|_| counting.next().unwrap_or(true));
            weights = counts.into_iter().filter(|weight| *weight > 0.0).collect();
            verdict = Some(combined);
        }
        let gradients =
            self.input_gradients(Pictures::Frames(&pixels), &vec![class; pixels.len()])?;
        let verdict = if let Some(verdict) = verdict {
            verdict
        } else {
            let logits: Vec<Vec<f32>> = gradients.iter().map(|one| one.logits.clone()).collect();
            let (verdict, only) = self.combined(&logits)?;
            weights = only;
            verdict
        };
        // −log Σ wᵢ pᵢ: every view's own gradient counts by its share in the sum.
        let of_class = |logits: &[f32]| softmax(logits).get(class).copied().unwrap_or(0.0);
        let shares: Vec<f64> = (gradients.iter().zip(&weights))
            .map(|(one, weight)| weight * of_class(&one.logits))
            .collect();
        let sum: f64 = shares.iter().sum();
        let mut balanced = vec![0.0; Frame::BYTES];
        let each = views.iter().zip(&pixels).zip(&gradients).zip(&shares);
        for (((view, pixels), one), share) in each {
            // Where the class has no probability left in any view, they count alike.
            let weight = if sum > 0.0 {
                share / sum
            } else {
                1.0 / shares.len() as f64
            };
            view.pull_back(pixels.pixels(), &one.gradient, weight as f32, &mut balanced);
        }
        Ok((verdict, remedy.pull_back(frame, balanced)))
    }

    /// The views, and their pixels as frames.
    fn taken(&self, views: Vec<Vec<View>>) -> Result<(Vec<View>, Vec<Frame>), ClassifierError> {
        let mut views: Vec<View> = views.into_iter().flatten().collect();
        let frames = (views.iter_mut())
            .map(|view| Frame::from_rgb(view.take_pixels()).map_err(|error| self.failed(&error)))
            .collect::<Result<_, _>>()?;
        Ok((views, frames))
    }

    /// The verdict of a frame from the logits of its views, and how much each of them counts.
    fn combined(&self, logits: &[Vec<f32>]) -> Result<(Verdict, Vec<f64>), ClassifierError> {
        let views = (logits.iter().map(|logits| self.probabilities(logits)))
            .collect::<Result<Vec<_>, _>>()?;
        let p_melanoma: Vec<f64> = views.iter().map(|view| self.melanoma(view)).collect();
        let weights = self.info().remedy.weights(&p_melanoma);
        let mut mean = vec![0.0; self.info().classes.len()];
        for (view, weight) in views.iter().zip(&weights) {
            for (sum, p) in mean.iter_mut().zip(view) {
                *sum += weight * p;
            }
        }
        Ok((self.verdict_of(&mean), weights))
    }
}

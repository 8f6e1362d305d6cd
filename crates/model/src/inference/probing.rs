//! A classifier asked about inputs that are no pictures of 8 bits, for explanations.

use super::classifier::Classifier;
use super::input::{Normalisation, Pictures};
use super::probe::{ActivatedBlock, Probe, Probed, Score};
use crate::checkpoint::info::ModelInfo;
use crate::error::ClassifierError;
use flipscope_image::lesion::Frame;
use flipscope_language::{as_text, text};

impl ModelInfo {
    /// A frame's normalised pixels, as [`Classifier::normalised`] of this model gives them.
    #[must_use]
    pub fn normalised(&self, frame: &Frame) -> Vec<f32> {
        let mut pixels = vec![0.0; Frame::BYTES];
        Normalisation::new(self.mean, self.std, self.transform_input).normalise(frame, &mut pixels);
        pixels
    }
}

impl Classifier {
    /// A frame's normalised pixels (after mean and standard deviation, before `transform_input`), `[row][column][channel]`.
    #[must_use]
    pub fn normalised(&self, frame: &Frame) -> Vec<f32> {
        let mut pixels = vec![0.0; Frame::BYTES];
        self.normalisation.normalise(frame, &mut pixels);
        pixels
    }

    /// Verdicts and logits of some probes, in their order. What is said about one does not depend on the others.
    ///
    /// # Errors
    /// As [`Classifier::classify`]; on an NVIDIA card, which renders bytes only.
    pub fn probe(&self, probes: &[Probe]) -> Result<Vec<Probed>, ClassifierError> {
        self.without_remedy()?;
        let mut all = Vec::with_capacity(probes.len());
        for batch in probes.chunks(Self::MAX_BATCH) {
            let logits = self
                .network
                .logits(&self.batch(Pictures::Probes(batch)))
                .map_err(|error| self.device_failed(&error, batch.len()))?;
            for logits in logits {
                all.push(self.probed(logits)?);
            }
        }
        Ok(all)
    }

    /// As [`Classifier::probe`], each with the gradient of a score with respect to the normalised pixels,
    /// `[row][column][channel]`. The forward pass takes the form that rounds least, so that logits differ from those of
    /// [`Classifier::probe`] in the last bits. With [`crate::Overrides::double_gradients`], logits and gradients are computed in f64 on
    /// the processor, one probe after another, and rounded at the end.
    ///
    /// # Errors
    /// As [`Classifier::probe`], and if the score is of a class that does not exist.
    pub fn probe_gradients(
        &self,
        probes: &[Probe],
        score: &Score,
    ) -> Result<Vec<(Probed, Vec<f32>)>, ClassifierError> {
        self.without_remedy()?;
        self.check(score)?;
        if let Some(double) = &self.double {
            return (probes.iter())
                .map(|probe| {
                    let (logits, gradient) = double
                        .gradient(probe, score, &self.normalisation)
                        .map_err(|error| self.device_failed(&error, 1))?;
                    Ok((self.probed(logits)?, gradient))
                })
                .collect();
        }
        let slopes = self.normalisation.transform_slopes();
        let mut all = Vec::with_capacity(probes.len());
        for batch in probes.chunks(Self::LARGEST_GRADIENT_BATCH) {
            let (logits, gradients) = self
                .network
                .gradient(
                    &self.batch(Pictures::Probes(batch)),
                    &|_, logits: &[f32]| by_logit(score, logits),
                )
                .map_err(|error| self.device_failed(&error, batch.len()))?;
            for (logits, gradient) in logits.into_iter().zip(gradients.chunks_exact(Frame::BYTES)) {
                let mut gradient = gradient.to_vec();
                for pixel in gradient.chunks_exact_mut(slopes.len()) {
                    for (value, slope) in pixel.iter_mut().zip(slopes) {
                        *value *= slope;
                    }
                }
                all.push((self.probed(logits)?, gradient));
            }
        }
        Ok(all)
    }

    /// What the last block before the pooling gives for a frame, and how a score depends on it.
    ///
    /// # Errors
    /// As [`Classifier::classify`], and if the score is of a class that does not exist.
    pub fn last_block(
        &self,
        frame: &Frame,
        score: &Score,
    ) -> Result<ActivatedBlock, ClassifierError> {
        self.without_remedy()?;
        self.check(score)?;
        let batch = self.batch(Pictures::Frames(std::slice::from_ref(frame)));
        let block = self
            .network
            .last_block(&batch, &|logits| by_logit(score, logits))
            .map_err(|error| self.device_failed(&error, 1))?;
        let [channels, rows, columns] = block.shape;
        Ok(ActivatedBlock {
            name: block.name,
            channels,
            rows,
            columns,
            values: block.values,
            by_value: block.by_value,
            probed: self.probed(block.logits)?,
        })
    }

    fn probed(&self, logits: Vec<f32>) -> Result<Probed, ClassifierError> {
        Ok(Probed {
            verdict: self.verdict(&logits)?,
            logits,
        })
    }

    /// Probes are inputs of the network itself: views of them would be other inputs.
    fn without_remedy(&self) -> Result<(), ClassifierError> {
        let remedy = self.info.remedy;
        if remedy.is_none() {
            return Ok(());
        }
        Err(self.failed(&text!(
            "explanation-knows-no-remedy",
            remedy = as_text(&remedy)
        )))
    }

    fn check(&self, score: &Score) -> Result<(), ClassifierError> {
        let classes = match score {
            Score::Logit(class) => std::slice::from_ref(class),
            Score::Probability(classes) => classes,
        };
        match classes
            .iter()
            .find(|&&class| class >= self.info.classes.len())
        {
            Some(class) => Err(self.failed(&text!("model-class-unknown", class = as_text(&class)))),
            None => Ok(()),
        }
    }
}

/// The derivative of a score by each logit, in f32.
fn by_logit(score: &Score, logits: &[f32]) -> Vec<f32> {
    let derivatives = score.by_logit(logits).into_iter();
    derivatives.map(|value| value as f32).collect()
}

//! A network whose answers are known: the logit of melanoma is a weighted sum of the normalised pixels.

use std::cell::Cell;

use flipscope_image::lesion::Frame;
use flipscope_lab::explain::ProbedNetwork;
use flipscope_model::{ActivatedBlock, ClassifierError, ModelInfo, Probe, Probed, Score, Verdict};

use crate::stand_in_info::info;

pub(crate) struct Linear {
    info: ModelInfo,
    pub(crate) weights: Vec<f32>,
    /// Inputs that were judged.
    pub(crate) judged: Cell<usize>,
}

impl Linear {
    pub(crate) fn new(weights: Vec<f32>) -> Self {
        Self {
            info: info("linear", 0),
            weights,
            judged: Cell::new(0),
        }
    }

    pub(crate) fn answer(&self, probe: &Probe) -> Probed {
        let mut x = self.normalised(&probe.frame);
        probe.change.apply(&mut x);
        let products = x.iter().zip(&self.weights);
        let logit: f64 = products.map(|(x, w)| f64::from(*x) * f64::from(*w)).sum();
        let p = 1.0 / (1.0 + (-logit).exp());
        Probed {
            verdict: Verdict {
                probabilities: vec![p as f32, (1.0 - p) as f32],
                p_melanoma: p as f32,
            },
            logits: vec![logit as f32, 0.0],
        }
    }
}

impl ProbedNetwork for Linear {
    fn info(&self) -> &ModelInfo {
        &self.info
    }

    fn normalised(&self, frame: &Frame) -> Vec<f32> {
        let values = frame.pixels().iter();
        values
            .map(|byte| (f32::from(*byte) / 255.0 - 0.5) / 0.5)
            .collect()
    }

    fn probe(&self, probes: &[Probe]) -> Result<Vec<Probed>, ClassifierError> {
        self.judged.set(self.judged.get() + probes.len());
        Ok(probes.iter().map(|probe| self.answer(probe)).collect())
    }

    fn probe_gradients(
        &self,
        probes: &[Probe],
        score: &Score,
    ) -> Result<Vec<(Probed, Vec<f32>)>, ClassifierError> {
        assert_eq!(*score, Score::Logit(0));
        let answers = self.probe(probes)?.into_iter();
        Ok(answers
            .map(|answer| (answer, self.weights.clone()))
            .collect())
    }

    fn last_block(&self, _: &Frame, _: &Score) -> Result<ActivatedBlock, ClassifierError> {
        Err(ClassifierError::Run {
            device: "paper".to_owned(),
            reason: "it has no blocks".to_owned(),
        })
    }

    fn batch(&self) -> usize {
        8
    }
}

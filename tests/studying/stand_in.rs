//! Networks that stand for others: one that says that it computes in another type, or one that is slower than what prepares its frames.

use std::ops::ControlFlow;
use std::time::Duration;

use flipscope_lab::search::{Answering, Scorer};
use flipscope_lab::study::StudyError;
use flipscope_lab::study::plan::Model;
use flipscope_model::{Candidate, Classifier, ClassifierError, DeviceChoice, Verdict};

/// A network that stands for another.
pub(crate) struct StandIn {
    pub(crate) network: Classifier,
    /// The type that it says it computes in, if it is not its own.
    pub(crate) precision: Option<&'static str>,
    /// How long it waits before each batch.
    pub(crate) wait: Duration,
}

impl Scorer for StandIn {
    fn answering(&self) -> Answering<'_> {
        let own = self.network.answering();
        Answering {
            precision: self.precision.unwrap_or(own.precision),
            ..own
        }
    }

    fn score(
        &self,
        candidates: &[Candidate],
        told: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError> {
        std::thread::sleep(self.wait);
        Scorer::score(&self.network, candidates, told)
    }

    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        Scorer::gradient(&self.network, candidate, class)
    }
}

/// The network of a study's model, on the processor.
pub(crate) fn load(model: &Model) -> Result<Classifier, StudyError> {
    let source = model.source()?;
    Ok(Classifier::load_with(
        &source,
        DeviceChoice::Cpu,
        &model.overrides()?,
    )?)
}

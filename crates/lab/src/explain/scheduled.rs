//! A network that explanations share with a window: each batch is a turn of the scheduler, so that a slider goes before it.

use flipscope_language::text;
use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use flipscope_image::lesion::Frame;
use flipscope_model::scheduler::{Jobs, Loaded};
use flipscope_model::{
    ActivatedBlock, Classifier, ClassifierError, ModelInfo, Probe, Probed, Score,
};

use super::network::ProbedNetwork;

/// The longest that a batch should take: a slider waits for the one in flight.
const TURN: Duration = Duration::from_millis(50);
/// The most inputs in one batch.
const MOST: usize = 64;

/// The network of a scheduler, or another one that is given its turns there.
pub struct ScheduledNetwork {
    jobs: Jobs,
    loaded: Loaded,
    own: Option<Arc<Classifier>>,
    /// Seconds for one input, as last measured.
    pace: Cell<Option<f64>>,
}

impl ScheduledNetwork {
    /// The model that was `loaded`, through `jobs`.
    #[must_use]
    pub fn new(jobs: Jobs, loaded: Loaded) -> Self {
        Self {
            jobs,
            loaded,
            own: None,
            pace: Cell::new(None),
        }
    }

    /// Another network, that works in the turns of the model that was `loaded`, so that the two do not compete.
    #[must_use]
    pub fn in_place_of(jobs: Jobs, loaded: Loaded, own: Classifier) -> Self {
        Self {
            own: Some(Arc::new(own)),
            ..Self::new(jobs, loaded)
        }
    }

    /// Has the network do something in its turn.
    fn turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Classifier) -> Result<T, ClassifierError> + Send + 'static,
    ) -> Result<T, ClassifierError> {
        let own = self.own.clone();
        let turn = self.jobs.turn(self.loaded.generation, move |model| {
            work(own.as_deref().unwrap_or(model))
        });
        turn.unwrap_or_else(|| {
            Err(ClassifierError::Run {
                device: self.loaded.device.to_string(),
                reason: text!("explain-scheduler-closed").to_owned(),
            })
        })
    }

    /// The same, measured.
    fn batch_of<T: Send + 'static>(
        &self,
        probes: &[Probe],
        work: impl FnOnce(&Classifier, &[Probe]) -> Result<T, ClassifierError> + Send + 'static,
    ) -> Result<T, ClassifierError> {
        let probes = probes.to_vec();
        let count = probes.len().max(1);
        let (answer, took) = self.turn(move |model| {
            let start = Instant::now();
            work(model, &probes).map(|answer| (answer, start.elapsed()))
        })?;
        self.pace.set(Some(took.as_secs_f64() / count as f64));
        Ok(answer)
    }
}

impl ProbedNetwork for ScheduledNetwork {
    fn info(&self) -> &ModelInfo {
        &self.loaded.info
    }

    fn normalised(&self, frame: &Frame) -> Vec<f32> {
        self.loaded.info.normalised(frame)
    }

    fn probe(&self, probes: &[Probe]) -> Result<Vec<Probed>, ClassifierError> {
        self.batch_of(probes, Classifier::probe)
    }

    fn probe_gradients(
        &self,
        probes: &[Probe],
        score: &Score,
    ) -> Result<Vec<(Probed, Vec<f32>)>, ClassifierError> {
        let score = score.clone();
        self.batch_of(probes, move |model, probes| {
            model.probe_gradients(probes, &score)
        })
    }

    fn last_block(&self, frame: &Frame, score: &Score) -> Result<ActivatedBlock, ClassifierError> {
        let (frame, score) = (frame.clone(), score.clone());
        self.turn(move |model| model.last_block(&frame, &score))
    }

    /// As many as take [`TURN`] at the last pace; one before that is known.
    fn batch(&self) -> usize {
        let fits = |seconds: f64| (TURN.as_secs_f64() / seconds.max(1e-9)) as usize;
        self.pace.get().map_or(1, fits).clamp(1, MOST)
    }
}

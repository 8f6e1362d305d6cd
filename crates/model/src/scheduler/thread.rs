//! The thread's loop: loads models, scores batches, measures the pace.

use flipscope_language::text;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use flipscope_base::inbox::Inbox;

use super::job::{Job, JobOutput, JobReply, VerdictAndGradient};
use super::pace::Pace;
use super::queues::{Change, Queues, Task};
use super::request::Loaded;
use super::slots::PerModel;
use crate::checkpoint::info::ModelInfo;
use crate::checkpoint::source::ModelSource;
use crate::error::ClassifierError;
use crate::inference::candidate::{Candidate, Provenance, Scored};
use crate::inference::classifier::Classifier;
use crate::inference::device::{DeviceChoice, DeviceKind};
use crate::inference::verdict::Verdict;
use crate::remedy::Remedy;
use flipscope_nn::Precision;

/// A network on its device, as the scheduler sees it: a [`Classifier`], or a stand-in in tests.
pub(super) trait Backend {
    /// Verdicts in the candidates' order.
    fn score(&self, candidates: &[Candidate]) -> Result<Vec<Verdict>, ClassifierError>;
    /// Verdict and gradient for a class, for one candidate.
    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<VerdictAndGradient, ClassifierError>;
    /// Its checkpoint's metadata.
    fn info(&self) -> &ModelInfo;
    /// The device in words.
    fn device(&self) -> &str;
    /// Why this device was chosen.
    fn note(&self) -> Option<&str>;
    /// The type that it computes in.
    fn precision(&self) -> &'static str;
    /// The most candidates that are usefully handed over at once.
    fn largest_batch(&self) -> usize;
    /// What kind of device it is on.
    fn kind(&self) -> DeviceKind;
    /// The same network to compute in another type.
    fn load_in(&self, precision: Precision) -> Result<Self, ClassifierError>
    where
        Self: Sized;
    /// The classifier itself, for work that is more than scoring; stand-ins have none.
    fn classifier(&self) -> Option<&Classifier> {
        None
    }
}

impl Backend for Classifier {
    fn score(&self, candidates: &[Candidate]) -> Result<Vec<Verdict>, ClassifierError> {
        Classifier::score(self, candidates)
    }

    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<VerdictAndGradient, ClassifierError> {
        let mut all = self.gradients(std::slice::from_ref(candidate), class)?;
        all.pop().ok_or_else(|| ClassifierError::Run {
            device: Classifier::device(self).to_owned(),
            reason: text!("network-without-gradient").to_owned(),
        })
    }

    fn info(&self) -> &ModelInfo {
        Classifier::info(self)
    }

    fn device(&self) -> &str {
        Classifier::device(self)
    }

    fn note(&self) -> Option<&str> {
        self.device_note()
    }

    fn precision(&self) -> &'static str {
        Classifier::precision(self)
    }

    fn largest_batch(&self) -> usize {
        self.longest_list()
    }

    fn kind(&self) -> DeviceKind {
        self.device_kind()
    }

    fn load_in(&self, precision: Precision) -> Result<Self, ClassifierError> {
        Classifier::load_in(self, precision)
    }

    fn classifier(&self) -> Option<&Classifier> {
        Some(self)
    }
}

/// A loaded model with its measured speed.
struct Model<S> {
    generation: u64,
    /// The generation of the model that it is a copy of, to compute in another type.
    copy_of: Option<u64>,
    scorer: S,
    pace: Pace,
    device: Arc<str>,
    /// Whether its device has reported that it is lost.
    lost: bool,
}

impl<S: Backend> Model<S> {
    fn new(generation: u64, scorer: S) -> Self {
        Self {
            generation,
            copy_of: None,
            pace: Pace::new(scorer.largest_batch()),
            device: scorer.device().into(),
            scorer,
            lost: false,
        }
    }

    fn loaded(&self) -> Loaded {
        Loaded {
            info: self.scorer.info().clone(),
            device: Arc::clone(&self.device),
            note: self.scorer.note().map(str::to_owned),
            kind: self.scorer.kind(),
            precision: self.scorer.precision(),
            generation: self.generation,
        }
    }

    /// Itself, or the model that it is a copy of.
    fn original(&self) -> u64 {
        self.copy_of.unwrap_or(self.generation)
    }

    fn score(&mut self, candidates: &[Candidate]) -> Result<Vec<Scored>, ClassifierError> {
        let start = Instant::now();
        let verdicts = self.contained(|scorer| scorer.score(candidates))?;
        if verdicts.len() != candidates.len() {
            return Err(self.failed(text!("network-verdict-count")));
        }
        let took = start.elapsed();
        self.pace.measured(candidates.len(), took);
        let provenance = Provenance {
            device: Arc::clone(&self.device),
            precision: self.scorer.precision(),
            batch: candidates.len(),
            ms: took.as_secs_f32() * 1000.0,
            generation: self.generation,
        };
        Ok(verdicts
            .into_iter()
            .map(|verdict| Scored {
                verdict,
                provenance: provenance.clone(),
            })
            .collect())
    }

    /// A bug in a layer must not stop the thread for good: it becomes an error that the window shows.
    fn contained<T>(
        &mut self,
        ask: impl FnOnce(&S) -> Result<T, ClassifierError>,
    ) -> Result<T, ClassifierError> {
        let scorer = &self.scorer;
        let answer = catch_unwind(AssertUnwindSafe(|| ask(scorer)))
            .unwrap_or_else(|_| Err(self.failed(text!("scheduler-bug"))));
        self.lost |= matches!(answer, Err(ClassifierError::DeviceLost { .. }));
        answer
    }

    fn failed(&self, reason: &str) -> ClassifierError {
        ClassifierError::Run {
            device: self.device.to_string(),
            reason: reason.to_owned(),
        }
    }
}

/// Serves the queues until the inbox is closed. The newest model of a slot answers its requests; older ones stay while a job
/// needs them.
pub(super) fn run<S: Backend>(
    inbox: &Inbox<Queues>,
    mut load: impl FnMut(&ModelSource, DeviceChoice, Option<Remedy>) -> Result<S, ClassifierError>,
) {
    let mut models: Vec<Model<S>> = Vec::new();
    let mut loaded: PerModel<Option<u64>> = PerModel::default();
    let mut generations = 0;
    while let Some(task) = inbox.next(|queues| queues.next(Instant::now())) {
        match task {
            Task::ChangeModel(slot, Change::Unload) => *loaded.of_mut(slot) = None,
            Task::ChangeModel(slot, Change::Load(source, device, remedy, reply)) => {
                // A lost model holds what is left of its device, which cannot be opened again before that is dropped.
                let lost: Vec<u64> = (models.iter().filter(|model| model.lost))
                    .map(Model::original)
                    .collect();
                models.retain(|model| !lost.contains(&model.original()));
                reply(load(&source, device, remedy).map(|scorer| {
                    generations += 1;
                    *loaded.of_mut(slot) = Some(generations);
                    let model = Model::new(generations, scorer);
                    let loaded = model.loaded();
                    models.push(model);
                    loaded
                }));
            }
            Task::Answer(slot, candidate, reply) => {
                let generation = *loaded.of(slot);
                let model = models
                    .iter_mut()
                    .find(|model| Some(model.generation) == generation);
                // Without a model the request is dropped: the client is told when a model is loaded, and asks again.
                if let Some(model) = model {
                    let scored = model.score(std::slice::from_ref(&candidate));
                    reply(scored.and_then(|mut scored| {
                        scored
                            .pop()
                            .ok_or_else(|| model.failed(text!("network-without-verdict")))
                    }));
                }
            }
            Task::Work(Job {
                generation,
                reply:
                    JobReply {
                        wanted: JobOutput::Copy(precision, reply),
                        ..
                    },
                ..
            }) => {
                let copy = copy(&mut models, generation, precision, &mut generations);
                // Somebody waits: it can be sent.
                reply.send(copy).ok();
            }
            Task::Work(job) => {
                let model = models
                    .iter_mut()
                    .find(|model| model.generation == job.generation);
                let Some(model) = model else {
                    job.reply.fail(ClassifierError::NoSuchModel);
                    continue;
                };
                if let Some(job) = work(model, job) {
                    inbox.put(|queues| queues.put_back(job));
                }
            }
        }
        inbox.put(|queues| {
            models.retain(|model| {
                let original = Some(model.original());
                loaded.primary == original
                    || loaded.comparison == original
                    || queues.needs(model.generation)
            });
        });
    }
}

/// The copy of a model that computes in another type; loaded if it is not there.
fn copy<S: Backend>(
    models: &mut Vec<Model<S>>,
    of: u64,
    precision: Precision,
    generations: &mut u64,
) -> Result<Loaded, ClassifierError> {
    let there = models.iter().find(|model| {
        model.copy_of == Some(of) && !model.lost && model.scorer.precision() == precision.name()
    });
    if let Some(there) = there {
        return Ok(there.loaded());
    }
    let original = models.iter_mut().find(|model| model.generation == of);
    let original = original.ok_or(ClassifierError::NoSuchModel)?;
    let scorer = original.contained(|scorer| scorer.load_in(precision))?;
    *generations += 1;
    let mut model = Model::new(*generations, scorer);
    model.copy_of = Some(of);
    let loaded = model.loaded();
    models.push(model);
    Ok(loaded)
}

/// Scores one batch of a job; returns the rest of it.
fn work<S: Backend>(model: &mut Model<S>, mut job: Job) -> Option<Job> {
    if job.reply.cancelled() {
        return None;
    }
    if let JobOutput::Turn(turn) = job.reply.wanted {
        let turned = model.contained(|scorer| {
            turn(scorer.classifier().ok_or(ClassifierError::NoSuchModel));
            Ok(())
        });
        // It has sent its own answer; after a panic its client sees that there is none.
        turned.ok();
        return None;
    }
    let size = model.pace.batch().min(job.candidates.len());
    let batch = job.candidates.make_contiguous().get(..size)?;
    let scores = match &job.reply.wanted {
        JobOutput::Scores(scores) => scores,
        JobOutput::Gradient(class, gradient) => {
            let candidate = batch.first()?;
            // Nobody listens to a cancelled job.
            gradient
                .send(model.contained(|scorer| scorer.gradient(candidate, *class)))
                .ok();
            return None;
        }
        JobOutput::Turn(_) | JobOutput::Copy(..) => return None,
    };
    match model.score(batch) {
        Ok(scored) => {
            scores.send(Ok(scored)).ok();
            job.candidates.drain(..size);
        }
        // The candidates stay in the job, for a smaller batch.
        Err(ClassifierError::OutOfMemory { .. }) if model.pace.too_large(size) => {}
        Err(error) => {
            job.reply.fail(error);
            return None;
        }
    }
    Some(job)
}

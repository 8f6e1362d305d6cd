//! The thread's loop: loads models, scores batches, measures the pace.

use flipscope_language::text;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use flipscope_base::inbox::Inbox;

use super::backend::Backend;
use super::job::{Job, JobOutput, JobReply, VerdictAndGradient};
use super::pace::Pace;
use super::queues::{Change, Queues, Task};
use super::request::Loaded;
use super::slots::PerModel;
use crate::checkpoint::source::ModelSource;
use crate::error::ClassifierError;
use crate::inference::candidate::{Candidate, Provenance, Scored};
use crate::inference::device::DeviceChoice;
use crate::remedy::Remedy;
use flipscope_nn::Precision;

/// A loaded model with its measured speed.
struct Model<S> {
    generation: u64,
    /// The generation of the model that it is a copy of, to compute in another type.
    copy_of: Option<u64>,
    scorer: S,
    pace: Pace,
    /// The same of gradients, which take several times as long, and more memory.
    gradient_pace: Pace,
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
            gradient_pace: Pace::new(scorer.largest_gradient_batch()),
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

    fn gradients(
        &mut self,
        candidates: &[Candidate],
        classes: &[usize],
    ) -> Result<Vec<VerdictAndGradient>, ClassifierError> {
        let start = Instant::now();
        let answers = self.contained(|scorer| scorer.gradients(candidates, classes))?;
        if answers.len() != candidates.len() {
            return Err(self.failed(text!("network-without-gradient")));
        }
        let took = start.elapsed();
        self.gradient_pace.measured(candidates.len(), took);
        Ok(answers)
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

/// Does one batch of a job; returns the rest of it.
fn work<S: Backend>(model: &mut Model<S>, mut job: Job) -> Option<Job> {
    if job.reply.cancelled() {
        return None;
    }
    let worked = match &mut job.reply.wanted {
        JobOutput::Scores(scores) => {
            let size = model.pace.batch().min(job.candidates.len());
            let batch = job.candidates.make_contiguous().get(..size)?;
            match model.score(batch) {
                Ok(scored) => {
                    // Nobody listens to a cancelled job.
                    scores.send(Ok(scored)).ok();
                    Ok(size)
                }
                Err(error) => halved(error, &mut model.pace, size),
            }
        }
        JobOutput::Gradients(classes, gradients) => {
            let size = model.gradient_pace.batch().min(job.candidates.len());
            let batch = job.candidates.make_contiguous().get(..size)?;
            match model.gradients(batch, classes.make_contiguous().get(..size)?) {
                Ok(answers) => {
                    gradients.send(Ok(answers)).ok();
                    classes.drain(..size);
                    Ok(size)
                }
                Err(error) => halved(error, &mut model.gradient_pace, size),
            }
        }
        JobOutput::Turn(_) | JobOutput::Copy(..) => {
            turn(model, job.reply);
            return None;
        }
    };
    match worked {
        Ok(done) => {
            job.candidates.drain(..done);
            Some(job)
        }
        Err(error) => {
            job.reply.fail(error);
            None
        }
    }
}

/// After a batch of this size has failed: none is done, and its candidates stay in the job for a smaller batch, if it was too large.
fn halved(error: ClassifierError, pace: &mut Pace, size: usize) -> Result<usize, ClassifierError> {
    match error {
        ClassifierError::OutOfMemory { .. } if pace.too_large(size) => Ok(0),
        error => Err(error),
    }
}

/// Lets a client use the model itself.
fn turn<S: Backend>(model: &mut Model<S>, reply: JobReply) {
    if let JobOutput::Turn(turn) = reply.wanted {
        let turned = model.contained(|scorer| {
            turn(scorer.classifier().ok_or(ClassifierError::NoSuchModel));
            Ok(())
        });
        // It has sent its own answer; after a panic its client sees that there is none.
        turned.ok();
    }
}

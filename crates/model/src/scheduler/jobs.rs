//! Lists of candidates from other threads: the handle that accepts them, and their answers.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use flipscope_base::inbox::Inbox;

use super::job::{Job, JobOutput, JobReply, Priority, VerdictAndGradient};
use super::queues::Queues;
use super::request::Loaded;
use crate::error::ClassifierError;
use crate::inference::candidate::{Candidate, Scored};
use crate::inference::classifier::Classifier;
use flipscope_nn::Precision;

/// Where threads other than the scheduler's put their jobs.
#[derive(Clone)]
pub struct Jobs {
    pub(super) inbox: Inbox<Queues>,
    pub(super) priority: Priority,
}

impl Jobs {
    /// The same, for jobs of another priority.
    #[must_use]
    pub fn at(&self, priority: Priority) -> Self {
        Self {
            inbox: self.inbox.clone(),
            priority,
        }
    }

    /// Has something done with the model of a generation, on the scheduler's thread, in turn: interactive requests go before it, and
    /// wait for it while it runs, so that it should take no longer than a batch. Waits for the answer; `None` only if the scheduler has
    /// ended, or the work panicked.
    pub fn turn<T: Send + 'static>(
        &self,
        generation: u64,
        work: impl FnOnce(&Classifier) -> Result<T, ClassifierError> + Send + 'static,
    ) -> Option<Result<T, ClassifierError>> {
        let (sender, receiver) = crossbeam_channel::bounded(1);
        let turn = Box::new(move |model: Result<&Classifier, ClassifierError>| {
            // Somebody waits: it can be sent.
            sender.send(model.and_then(work)).ok();
        });
        self.put(generation, Vec::new(), JobOutput::Turn(turn));
        receiver.recv().ok()
    }

    /// The model of a generation once more, to compute in another type, under a generation of its own: it is loaded the first time that it
    /// is asked for, and let go with the model. Waits for it; `None` only if the scheduler has ended.
    pub fn copy_in(
        &self,
        generation: u64,
        precision: Precision,
    ) -> Option<Result<Loaded, ClassifierError>> {
        let (sender, receiver) = crossbeam_channel::bounded(1);
        let wanted = JobOutput::Copy(precision, sender);
        self.put(generation, Vec::new(), wanted);
        receiver.recv().ok()
    }

    /// Has candidates scored, in order, by the model of a generation ([`Loaded::generation`](super::Loaded::generation)).
    #[must_use = "dropping the batches cancels the job"]
    pub fn start(&self, generation: u64, candidates: Vec<Candidate>) -> ScoreStream {
        let (sender, receiver) = crossbeam_channel::unbounded();
        let cancelled = self.put(generation, candidates, JobOutput::Scores(sender));
        Batches {
            receiver,
            cancelled,
        }
    }

    /// Has the gradients of candidates computed, in order, each for a class of its own, by the model of a generation.
    #[must_use = "dropping the batches cancels the job"]
    pub fn gradients(&self, generation: u64, asked: Vec<(Candidate, usize)>) -> GradientStream {
        let (sender, receiver) = crossbeam_channel::unbounded();
        let (candidates, classes): (Vec<_>, VecDeque<_>) = asked.into_iter().unzip();
        let wanted = JobOutput::Gradients(classes, sender);
        let cancelled = self.put(generation, candidates, wanted);
        Batches {
            receiver,
            cancelled,
        }
    }

    fn put(
        &self,
        generation: u64,
        candidates: Vec<Candidate>,
        wanted: JobOutput,
    ) -> Arc<AtomicBool> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let job = Job {
            generation,
            priority: self.priority,
            candidates: candidates.into(),
            reply: JobReply {
                wanted,
                cancelled: Arc::clone(&cancelled),
            },
        };
        self.inbox.put(|queues| queues.put_back(job));
        cancelled
    }
}

/// The scores of a job.
pub type ScoreStream = Batches<Scored>;

/// The gradients of a job.
pub type GradientStream = Batches<VerdictAndGradient>;

/// The answers of a job, batch by batch, in the order of the candidates. Dropping it cancels the job.
///
/// An error ends the job. Without an error it ends early only if the scheduler itself has ended.
pub struct Batches<T> {
    receiver: crossbeam_channel::Receiver<Result<Vec<T>, ClassifierError>>,
    cancelled: Arc<AtomicBool>,
}

impl<T> Iterator for Batches<T> {
    type Item = Result<Vec<T>, ClassifierError>;

    /// Waits for the next batch.
    fn next(&mut self) -> Option<Self::Item> {
        self.receiver.recv().ok()
    }
}

impl<T> Drop for Batches<T> {
    fn drop(&mut self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

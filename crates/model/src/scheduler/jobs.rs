//! Lists of candidates from other threads: the handle that accepts them, and their answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use flipscope_base::inbox::Inbox;

use super::job::{Job, ToJob, Wanted, WithGradient};
use super::queues::Queues;
use crate::error::ClassifierError;
use crate::inference::candidate::{Candidate, Scored};

/// Where threads other than the scheduler's put their jobs.
#[derive(Clone)]
pub struct Jobs(pub(super) Inbox<Queues>);

impl Jobs {
    /// Has candidates scored, in order, by the model of a generation ([`Loaded::generation`](super::Loaded::generation)).
    #[must_use = "dropping the batches cancels the job"]
    pub fn start(&self, generation: u64, candidates: Vec<Candidate>) -> Batches {
        let (sender, receiver) = crossbeam_channel::unbounded();
        let cancelled = self.put(generation, candidates, Wanted::Scores(sender));
        Batches {
            receiver,
            cancelled,
        }
    }

    /// Has the gradient for a class computed for one candidate, by the model of a generation.
    #[must_use = "dropping it cancels the job"]
    pub fn gradient(&self, generation: u64, candidate: Candidate, class: usize) -> Gradient {
        let (sender, receiver) = crossbeam_channel::unbounded();
        let wanted = Wanted::Gradient(class, sender);
        let cancelled = self.put(generation, vec![candidate], wanted);
        Gradient {
            receiver,
            cancelled,
        }
    }

    fn put(&self, generation: u64, candidates: Vec<Candidate>, wanted: Wanted) -> Arc<AtomicBool> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let job = Job {
            generation,
            candidates: candidates.into(),
            reply: ToJob {
                wanted,
                cancelled: Arc::clone(&cancelled),
            },
        };
        self.0.put(|queues| queues.put_back(job));
        cancelled
    }
}

/// A pending gradient. Dropping it cancels the job.
pub struct Gradient {
    receiver: crossbeam_channel::Receiver<Result<WithGradient, ClassifierError>>,
    cancelled: Arc<AtomicBool>,
}

impl Gradient {
    /// Waits for it; `None` only if the scheduler itself has ended.
    #[must_use]
    pub fn wait(self) -> Option<Result<WithGradient, ClassifierError>> {
        self.receiver.recv().ok()
    }
}

impl Drop for Gradient {
    fn drop(&mut self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// The scores of a job, batch by batch, in the order of the candidates. Dropping it cancels the job.
///
/// An error ends the job. Without an error it ends early only if the scheduler itself has ended.
pub struct Batches {
    receiver: crossbeam_channel::Receiver<Result<Vec<Scored>, ClassifierError>>,
    cancelled: Arc<AtomicBool>,
}

impl Iterator for Batches {
    type Item = Result<Vec<Scored>, ClassifierError>;

    /// Waits for the next batch.
    fn next(&mut self) -> Option<Self::Item> {
        self.receiver.recv().ok()
    }
}

impl Drop for Batches {
    fn drop(&mut self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

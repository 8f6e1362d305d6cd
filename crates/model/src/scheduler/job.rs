//! A list of candidates to score, and where the scores are sent.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::ClassifierError;
use crate::inference::candidate::{Candidate, Scored};
use crate::inference::verdict::Verdict;

/// A list of candidates to score with one model.
pub(super) struct Job {
    pub(super) generation: u64,
    /// The candidates still to score.
    pub(super) candidates: VecDeque<Candidate>,
    pub(super) reply: JobReply,
}

/// A verdict, and the gradient of the cross entropy towards a class, as [`Classifier::gradients`](crate::Classifier::gradients) gives it.
pub type VerdictAndGradient = (Verdict, Vec<f32>);

/// What a job wants for its candidates, and where it is sent.
pub(super) enum JobOutput {
    /// Scores, a batch at a time.
    Scores(crossbeam_channel::Sender<Result<Vec<Scored>, ClassifierError>>),
    /// The gradient for a class, for its one candidate.
    Gradient(
        usize,
        crossbeam_channel::Sender<Result<VerdictAndGradient, ClassifierError>>,
    ),
}

/// Where a job's answers are sent, and whether anybody still wants them.
pub(super) struct JobReply {
    pub(super) wanted: JobOutput,
    pub(super) cancelled: Arc<AtomicBool>,
}

impl JobReply {
    pub(super) fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Reports why there is no answer, or no further one. (Nobody listens to a cancelled job.)
    pub(super) fn fail(&self, error: ClassifierError) {
        match &self.wanted {
            JobOutput::Scores(sender) => sender.send(Err(error)).ok(),
            JobOutput::Gradient(_, sender) => sender.send(Err(error)).ok(),
        };
    }
}

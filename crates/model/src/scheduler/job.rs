//! A list of candidates to score, or another piece of work for a model, and where the answer is sent.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::request::Loaded;
use crate::error::ClassifierError;
use crate::inference::candidate::{Candidate, Scored};
use crate::inference::classifier::Classifier;
use crate::inference::verdict::Verdict;
use flipscope_nn::Precision;

/// When the jobs of a handle have their turns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Priority {
    /// In turn with other jobs and with background requests.
    #[default]
    InTurn,
    /// Once the input has been idle and no other job waits: for what nobody waits for.
    Lowest,
}

/// A piece of work with a model, done on the scheduler's thread; called with why it cannot be done if the model is gone.
pub(super) type Turn = Box<dyn FnOnce(Result<&Classifier, ClassifierError>) + Send>;

/// A list of candidates to score with one model, or one piece of work for it.
pub(super) struct Job {
    pub(super) generation: u64,
    pub(super) priority: Priority,
    /// The candidates still to score.
    pub(super) candidates: VecDeque<Candidate>,
    pub(super) reply: JobReply,
}

/// A verdict, and the gradient of the cross entropy towards a class, as
/// [`Classifier::gradients_towards`](crate::Classifier::gradients_towards) gives it.
pub type VerdictAndGradient = (Verdict, Vec<f32>);

/// What a job wants for its candidates, and where it is sent.
pub(super) enum JobOutput {
    /// Scores, a batch at a time.
    Scores(crossbeam_channel::Sender<Result<Vec<Scored>, ClassifierError>>),
    /// Gradients, each for the class of its candidate in the same order, a batch at a time.
    Gradients(
        VecDeque<usize>,
        crossbeam_channel::Sender<Result<Vec<VerdictAndGradient>, ClassifierError>>,
    ),
    /// That something is done with the model itself; it sends its own answer.
    Turn(Turn),
    /// The same network to compute in another type.
    Copy(
        Precision,
        crossbeam_channel::Sender<Result<Loaded, ClassifierError>>,
    ),
}

impl Job {
    /// Whether nothing is left to do.
    pub(super) fn is_done(&self) -> bool {
        self.candidates.is_empty()
            && matches!(
                self.reply.wanted,
                JobOutput::Scores(_) | JobOutput::Gradients(..)
            )
    }
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
    pub(super) fn fail(self, error: ClassifierError) {
        match self.wanted {
            JobOutput::Scores(sender) => {
                sender.send(Err(error)).ok();
            }
            JobOutput::Gradients(_, sender) => {
                sender.send(Err(error)).ok();
            }
            JobOutput::Turn(turn) => turn(Err(error)),
            JobOutput::Copy(_, sender) => {
                sender.send(Err(error)).ok();
            }
        }
    }
}

//! The network as the thread of one search sees it: what it asks for is answered by the thread that has the network.

use std::ops::ControlFlow;

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::search::cost::Progress;
use crate::search::error::SearchError;
use crate::search::run::SearchOutcome;
use crate::search::scorer::{Answering, Scorer};
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_language::text;
use flipscope_model::{Candidate, ClassifierError, ModelInfo, Verdict};

/// Where an answer is sent.
pub(super) type Reply<T> = Sender<Result<T, ClassifierError>>;

/// What the thread of a search says, with the number of the search.
pub(super) enum Message {
    /// It waits for verdicts, which come batch by batch.
    Score {
        number: usize,
        candidates: Vec<Candidate>,
        cancel: Cancel,
        reply: Reply<Vec<Verdict>>,
    },
    /// It waits for a gradient.
    Gradient {
        number: usize,
        asked: Box<(Candidate, usize)>,
        cancel: Cancel,
        reply: Reply<(Verdict, Vec<f32>)>,
    },
    /// It waits for the verdict of a frame that is judged alone.
    Verdict {
        number: usize,
        frame: Box<Frame>,
        reply: Reply<Verdict>,
    },
    /// Its progress.
    Progress(usize, Progress),
    /// Its outcome: it says nothing more.
    Done(usize, Box<Result<SearchOutcome, SearchError>>),
}

/// The network as seen by the thread of a search.
pub(super) struct Member {
    number: usize,
    messages: Sender<Message>,
    cancel: Cancel,
    info: ModelInfo,
    device: String,
    precision: String,
    proposal_precision: Option<String>,
}

impl Member {
    pub(super) fn new(
        number: usize,
        scorer: &dyn Scorer,
        messages: Sender<Message>,
        cancel: Cancel,
    ) -> Self {
        Self {
            number,
            messages,
            cancel,
            info: scorer.info().clone(),
            device: scorer.device().to_owned(),
            precision: scorer.precision().to_owned(),
            proposal_precision: scorer.proposal_precision().map(str::to_owned),
        }
    }

    pub(super) fn tell(&self, progress: &Progress) {
        let message = Message::Progress(self.number, progress.clone());
        // Nobody listens any more after a panic of the thread that has the network.
        self.messages.send(message).ok();
    }

    pub(super) fn end(&self, result: Result<SearchOutcome, SearchError>) {
        let message = Message::Done(self.number, Box::new(result));
        self.messages.send(message).ok();
    }

    /// Waits for one answer.
    fn wait<T>(
        &self,
        message: Message,
        answer: &Receiver<Result<T, ClassifierError>>,
    ) -> Result<T, ClassifierError> {
        self.messages.send(message).map_err(|_| self.closed())?;
        answer.recv().map_err(|_| self.closed())?
    }

    fn closed(&self) -> ClassifierError {
        ClassifierError::Run {
            device: self.device.clone(),
            reason: text!("scheduler-closed").to_owned(),
        }
    }
}

impl Scorer for Member {
    fn answering(&self) -> Answering<'_> {
        Answering {
            info: &self.info,
            device: &self.device,
            precision: &self.precision,
            proposal_precision: self.proposal_precision.as_deref(),
        }
    }

    fn score(
        &self,
        candidates: &[Candidate],
        on_batch: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError> {
        if candidates.is_empty() {
            return Ok(());
        }
        let (reply, answer) = unbounded();
        let message = Message::Score {
            number: self.number,
            candidates: candidates.to_vec(),
            cancel: self.cancel.clone(),
            reply,
        };
        self.messages.send(message).map_err(|_| self.closed())?;
        let mut open = candidates.len();
        while open > 0 {
            match answer.recv() {
                Ok(verdicts) => {
                    let verdicts = verdicts?;
                    open = open.saturating_sub(verdicts.len());
                    if on_batch(&verdicts).is_break() {
                        break;
                    }
                }
                // It has left the list. The search asks whether it is cancelled after a batch: after one without a verdict, too.
                Err(_) if self.cancel.is_requested() => {
                    let _ = on_batch(&[]);
                    break;
                }
                Err(_) => return Err(self.closed()),
            }
        }
        Ok(())
    }

    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        let (reply, answer) = unbounded();
        let message = Message::Gradient {
            number: self.number,
            asked: Box::new((candidate.clone(), class)),
            cancel: self.cancel.clone(),
            reply,
        };
        self.wait(message, &answer)
    }

    fn verdict(&self, frame: &Frame) -> Result<Verdict, ClassifierError> {
        let (reply, answer) = unbounded();
        let message = Message::Verdict {
            number: self.number,
            frame: Box::new(frame.clone()),
            reply,
        };
        self.wait(message, &answer)
    }
}

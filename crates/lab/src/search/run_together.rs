//! Several lesions at once: their searches' candidates go to the device as one batch, and so do the gradients that they ask for.
//!
//! This pays on a large device: a population of 60 does not fill a card, ten of them do. Each search runs on its own thread and
//! waits for its verdicts; when all are waiting, everything is judged together. Each search has its own seed, so that packing
//! changes no finding except for the last bits that a device's batch size may affect.

use flipscope_language::text;
use std::ops::ControlFlow;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::cost::Progress;
use super::error::SearchError;
use super::request::Search;
use super::run::{SearchOutcome, run};
use super::scorer::{Answering, Scorer};
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_model::{Candidate, ClassifierError, ModelInfo, Verdict};

/// Messages from a search's thread to the one that has the network.
enum Message {
    /// A request for verdicts.
    Score(
        Vec<Candidate>,
        Sender<Result<Vec<Verdict>, ClassifierError>>,
    ),
    /// A request for a gradient.
    Gradient(
        Box<Candidate>,
        usize,
        Sender<Result<(Verdict, Vec<f32>), ClassifierError>>,
    ),
    /// A request for the final verdict.
    Verdict(Box<Frame>, Sender<Result<Verdict, ClassifierError>>),
    /// The progress of the search with this number.
    Progress(usize, Progress),
    /// The result of the search with this number.
    Done(usize, Box<Result<SearchOutcome, SearchError>>),
    /// A thread has ended, for whatever reason.
    Left,
}

/// Reports that a thread has ended, also if it panics.
struct Leaving(Sender<Message>);

impl Drop for Leaving {
    fn drop(&mut self) {
        // The receiver outlives the threads.
        self.0.send(Message::Left).ok();
    }
}

/// Runs several searches together; the results are those of [`run`] for each, in order. `watch` is called with the number of a
/// search and its progress, on this thread.
pub fn run_together(
    scorer: &dyn Scorer,
    searches: &[Search],
    cancel: &Cancel,
    watch: &mut dyn FnMut(usize, &Progress),
) -> Vec<Result<SearchOutcome, SearchError>> {
    let (sender, messages) = unbounded();
    let mut outcomes: Vec<Option<Result<SearchOutcome, SearchError>>> =
        searches.iter().map(|_| None).collect();
    std::thread::scope(|scope| {
        let mut working = 0;
        for (number, search) in searches.iter().enumerate() {
            let member = Member {
                messages: sender.clone(),
                info: scorer.info().clone(),
                device: scorer.device().to_owned(),
                precision: scorer.precision().to_owned(),
                proposal_precision: scorer.proposal_precision().map(str::to_owned),
            };
            let cancel = cancel.clone();
            let started = std::thread::Builder::new()
                .name(format!("search {number}"))
                .spawn_scoped(scope, move || {
                    let leaving = Leaving(member.messages.clone());
                    let found = run(&member, search, &cancel, &mut |progress| {
                        let progress = Message::Progress(number, progress.clone());
                        member.messages.send(progress).ok();
                    });
                    let found = Message::Done(number, Box::new(found));
                    leaving.0.send(found).ok();
                });
            // The system cannot start another thread: this search waits for none of the others, and runs here at the end.
            if started.is_err() {
                break;
            }
            working += 1;
        }
        serve(
            scorer,
            cancel,
            &messages,
            working,
            &mut |message| match message {
                Message::Progress(number, progress) => watch(number, &progress),
                Message::Done(number, found) => {
                    if let Some(outcome) = outcomes.get_mut(number) {
                        *outcome = Some(*found);
                    }
                }
                Message::Score(..)
                | Message::Gradient(..)
                | Message::Verdict(..)
                | Message::Left => {}
            },
        );
    });
    (outcomes.into_iter().zip(searches).enumerate())
        .map(|(number, (outcome, search))| {
            outcome.unwrap_or_else(|| {
                run(scorer, search, cancel, &mut |progress| {
                    watch(number, progress);
                })
            })
        })
        .collect()
}

/// Answers the threads, `working` of which are running, until all have ended; passes on other messages.
fn serve(
    scorer: &dyn Scorer,
    cancel: &Cancel,
    messages: &Receiver<Message>,
    mut working: usize,
    pass_on: &mut dyn FnMut(Message),
) {
    let (mut asked, mut gradients) = (Vec::new(), Vec::new());
    loop {
        if working == 0 {
            if asked.is_empty() && gradients.is_empty() {
                return;
            }
            working = asked.len() + gradients.len();
            answer_gradients(scorer, std::mem::take(&mut gradients));
            answer(scorer, cancel, std::mem::take(&mut asked));
        }
        let Ok(message) = messages.recv() else {
            return;
        };
        match message {
            Message::Score(candidates, reply) => {
                asked.push((candidates, reply));
                working -= 1;
            }
            Message::Gradient(candidate, class, reply) => {
                gradients.push(((*candidate, class), reply));
                working -= 1;
            }
            Message::Verdict(frame, reply) => {
                reply.send(scorer.verdict(&frame)).ok();
            }
            Message::Left => working -= 1,
            other @ (Message::Progress(..) | Message::Done(..)) => pass_on(other),
        }
    }
}

/// The candidates of one search, and where to send the verdicts.
type ScoreRequest = (
    Vec<Candidate>,
    Sender<Result<Vec<Verdict>, ClassifierError>>,
);

/// Judges all candidates in one list, and sends each search its part.
fn answer(scorer: &dyn Scorer, cancel: &Cancel, asked: Vec<ScoreRequest>) {
    let all: Vec<Candidate> = asked
        .iter()
        .flat_map(|(candidates, _)| candidates.clone())
        .collect();
    match score(scorer, cancel, &all) {
        Ok(verdicts) => {
            let mut verdicts = verdicts.into_iter();
            for (candidates, reply) in asked {
                let part = verdicts.by_ref().take(candidates.len()).collect();
                reply.send(Ok(part)).ok();
            }
        }
        // Each search gets its own error: they are judged again one by one.
        Err(_) => {
            for (candidates, reply) in asked {
                reply.send(score(scorer, cancel, &candidates)).ok();
            }
        }
    }
}

/// The candidate of one search with its class, and where to send its verdict and gradient.
type GradientRequest = (
    (Candidate, usize),
    Sender<Result<(Verdict, Vec<f32>), ClassifierError>>,
);

/// Computes all gradients in one list, and sends each search its own.
fn answer_gradients(scorer: &dyn Scorer, asked: Vec<GradientRequest>) {
    if asked.is_empty() {
        return;
    }
    let (all, replies): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
    match scorer.gradients(&all) {
        Ok(answers) if answers.len() == all.len() => {
            for (answer, reply) in answers.into_iter().zip(replies) {
                // A receiver that has gone away was cancelled.
                reply.send(Ok(answer)).ok();
            }
        }
        // Each search gets its own error: they are computed again one by one.
        _ => {
            for ((candidate, class), reply) in all.iter().zip(replies) {
                reply.send(scorer.gradient(candidate, *class)).ok();
            }
        }
    }
}

/// The verdicts of a list, or of its beginning if the search is cancelled.
fn score(
    scorer: &dyn Scorer,
    cancel: &Cancel,
    candidates: &[Candidate],
) -> Result<Vec<Verdict>, ClassifierError> {
    let mut all = Vec::with_capacity(candidates.len());
    if candidates.is_empty() {
        return Ok(all);
    }
    scorer.score(candidates, &mut |verdicts| {
        all.extend_from_slice(verdicts);
        if cancel.is_requested() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    Ok(all)
}

/// The network as seen by a search's thread.
struct Member {
    messages: Sender<Message>,
    info: ModelInfo,
    device: String,
    precision: String,
    proposal_precision: Option<String>,
}

impl Member {
    fn wait<T>(
        &self,
        message: Message,
        answer: &Receiver<Result<T, ClassifierError>>,
    ) -> Result<T, ClassifierError> {
        let closed = || ClassifierError::Run {
            device: self.device.clone(),
            reason: text!("scheduler-closed").to_owned(),
        };
        self.messages.send(message).map_err(|_| closed())?;
        answer.recv().map_err(|_| closed())?
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
        let message = Message::Score(candidates.to_vec(), reply);
        let verdicts = self.wait(message, &answer)?;
        match on_batch(&verdicts) {
            // All of it is one batch here: there is nothing left to stop.
            ControlFlow::Continue(()) | ControlFlow::Break(()) => Ok(()),
        }
    }

    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        let (reply, answer) = unbounded();
        let message = Message::Gradient(Box::new(candidate.clone()), class, reply);
        self.wait(message, &answer)
    }
    fn verdict(&self, frame: &Frame) -> Result<Verdict, ClassifierError> {
        let (reply, answer) = unbounded();
        let message = Message::Verdict(Box::new(frame.clone()), reply);
        self.wait(message, &answer)
    }
}

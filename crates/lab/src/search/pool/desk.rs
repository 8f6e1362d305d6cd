//! The thread that has the network: what the searches ask for, and when it is answered.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::host::{Ended, Host, Joining};
use super::member::{Message, Reply};
use crate::search::scorer::Scorer;
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_model::{Candidate, Classifier, Verdict};

/// How often a pool looks for searches that have been cancelled or may join, while it waits for those that run.
const POLL: Duration = Duration::from_millis(10);

/// Candidates of one search in a list: of a long list, as many at a time.
const SLICE: usize = Classifier::MAX_BATCH;

/// A search whose verdicts come batch by batch.
struct ScoreRequest {
    number: usize,
    /// Those without a verdict.
    candidates: VecDeque<Candidate>,
    /// How many of them are in the list that is being judged.
    share: usize,
    cancel: Cancel,
    /// None once no further verdict is wanted: without it, its search waits no longer.
    reply: Option<Reply<Vec<Verdict>>>,
}

impl ScoreRequest {
    /// The next verdicts of a list, of which it takes its own; returns the others.
    fn take<'v>(&mut self, verdicts: &'v [Verdict]) -> &'v [Verdict] {
        let (own, others) = verdicts.split_at(self.share.min(verdicts.len()));
        self.share -= own.len();
        self.candidates.drain(..own.len());
        if !own.is_empty() {
            let heard = |reply: &mut Reply<_>| reply.send(Ok(own.to_vec())).is_ok();
            self.reply = self.reply.take_if(heard);
        }
        others
    }

    /// Puts its next candidates into a list.
    fn put_into(&mut self, list: &mut Vec<Candidate>) {
        self.share = self.candidates.len().min(SLICE);
        list.extend(self.candidates.iter().take(self.share).cloned());
    }

    /// Whether it waits for verdicts.
    fn is_open(&self) -> bool {
        self.reply.is_some() && !self.candidates.is_empty()
    }
}

/// A search that waits for a gradient.
struct GradientRequest {
    number: usize,
    asked: (Candidate, usize),
    cancel: Cancel,
    reply: Reply<(Verdict, Vec<f32>)>,
}

/// What the searches of a pool ask for.
pub(super) struct Desk<'h> {
    host: &'h mut dyn Host,
    messages: Receiver<Message>,
    patience: Option<Duration>,
    /// Searches that have joined.
    joined: usize,
    /// Those that run, by their numbers, and whether no other ran meanwhile.
    running: BTreeMap<usize, bool>,
    scores: Vec<ScoreRequest>,
    gradients: Vec<GradientRequest>,
    /// Frames that are judged alone.
    verdicts: VecDeque<(Frame, Reply<Verdict>)>,
    /// When the first of those that wait for verdicts or gradients began to.
    since: Option<Instant>,
    /// Searches that have asked for something else, or ended, since the last list began.
    elsewhere: BTreeSet<usize>,
}

impl<'h> Desk<'h> {
    pub(super) fn new(
        host: &'h mut dyn Host,
        messages: Receiver<Message>,
        patience: Option<Duration>,
    ) -> Self {
        Self {
            host,
            messages,
            patience,
            joined: 0,
            running: BTreeMap::new(),
            scores: Vec::new(),
            gradients: Vec::new(),
            verdicts: VecDeque::new(),
            since: None,
            elsewhere: BTreeSet::new(),
        }
    }

    pub(super) fn host(&mut self) -> &mut dyn Host {
        self.host
    }

    /// Searches that run.
    pub(super) fn running(&self) -> usize {
        self.running.len()
    }

    /// A search that may join, with its number.
    pub(super) fn next(&mut self) -> Option<(usize, Joining)> {
        let number = self.joined;
        let joining = self.host.next(number)?;
        self.joined += 1;
        Some((number, joining))
    }

    /// The thread of a search runs.
    pub(super) fn joined(&mut self, number: usize) {
        for alone in self.running.values_mut() {
            *alone = false;
        }
        self.running.insert(number, self.running.is_empty());
    }

    /// Waits for the searches, if nothing is to be done for them, but no longer than until it is time to look again.
    pub(super) fn wait(&mut self) {
        if !self.is_due()
            && let Ok(message) = self.messages.recv_timeout(POLL)
        {
            self.take_in(message);
        }
        self.take_in_all();
    }

    fn take_in_all(&mut self) {
        while let Ok(message) = self.messages.try_recv() {
            self.take_in(message);
        }
    }

    fn take_in(&mut self, message: Message) {
        match message {
            Message::Score {
                number,
                candidates,
                cancel,
                reply,
            } => {
                self.waits(number);
                self.scores.push(ScoreRequest {
                    number,
                    candidates: candidates.into(),
                    share: 0,
                    cancel,
                    reply: Some(reply),
                });
            }
            Message::Gradient {
                number,
                asked,
                cancel,
                reply,
            } => {
                self.waits(number);
                self.gradients.push(GradientRequest {
                    number,
                    asked: *asked,
                    cancel,
                    reply,
                });
            }
            Message::Verdict {
                number,
                frame,
                reply,
            } => {
                self.forget(number);
                self.verdicts.push_back((*frame, reply));
            }
            Message::Progress(number, progress) => self.host.hear(number, &progress),
            Message::Done(number, result) => {
                self.forget(number);
                let alone = self.running.remove(&number).unwrap_or_default();
                let result = *result;
                self.host.ended(number, Ended { result, alone });
            }
        }
    }

    /// A search waits for something.
    fn waits(&mut self, number: usize) {
        self.forget(number);
        if self.scores.is_empty() && self.gradients.is_empty() {
            self.since = Some(Instant::now());
        }
    }

    /// What a search asked for before, it no longer waits for.
    fn forget(&mut self, number: usize) {
        self.scores.retain(|one| one.number != number);
        self.elsewhere.insert(number);
    }

    /// Whether those that wait are answered now: all of those that run wait, or one has waited long enough.
    fn is_due(&self) -> bool {
        let waiting = self.scores.len() + self.gradients.len();
        let long = |since: Instant| (self.patience).is_some_and(|most| since.elapsed() >= most);
        waiting > 0 && (waiting >= self.running.len() || self.since.is_some_and(long))
    }

    /// Answers what is to be answered now.
    pub(super) fn serve(&mut self, scorer: &dyn Scorer) {
        while let Some((frame, reply)) = self.verdicts.pop_front() {
            // A search that has gone away ended by a bug.
            reply.send(scorer.verdict(&frame)).ok();
        }
        self.let_go(scorer);
        if !self.is_due() {
            return;
        }
        self.since = None;
        // In the order of the searches, whichever was the first to wait: a list does not depend on that.
        let mut gradients = std::mem::take(&mut self.gradients);
        gradients.sort_by_key(|one| one.number);
        answer(scorer, gradients);
        let mut scores = std::mem::take(&mut self.scores);
        scores.sort_by_key(|one| one.number);
        self.judge(scorer, scores);
    }

    /// Those that are cancelled leave: without further verdicts, or with the gradient that they wait for.
    fn let_go(&mut self, scorer: &dyn Scorer) {
        self.scores.retain(|one| !one.cancel.is_requested());
        let cancelled = (self.gradients).extract_if(.., |one| one.cancel.is_requested());
        answer(scorer, cancelled.collect());
    }

    /// Judges the next candidates of some searches as one list, and tells each of its own, batch by batch.
    fn judge(&mut self, scorer: &dyn Scorer, mut asked: Vec<ScoreRequest>) {
        let mut list = Vec::new();
        for one in &mut asked {
            one.put_into(&mut list);
        }
        if list.is_empty() {
            return;
        }
        let begun = Instant::now();
        self.elsewhere.clear();
        let mut stopped = false;
        let judged = scorer.score(&list, &mut |verdicts| {
            let mut rest = verdicts;
            for one in &mut asked {
                rest = one.take(rest);
                if one.cancel.is_requested() {
                    one.reply = None;
                }
            }
            self.take_in_all();
            let enough = self.patience.is_some_and(|most| begun.elapsed() >= most);
            stopped = !asked.iter().any(ScoreRequest::is_open) || (enough && self.somebody_waits());
            if stopped {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        asked.retain(ScoreRequest::is_open);
        match judged {
            // A network that has judged fewer than it was asked for has ended; who waits for the others hears of it.
            Ok(()) if !stopped => asked.retain(|one| one.share == 0),
            Ok(()) => {}
            // Each gets its own error: they are judged again one by one.
            Err(_) => asked.retain_mut(|one| judged_alone(scorer, one)),
        }
        self.put_back(asked, begun);
    }

    /// Whether a search waits that is not in the list that is being judged.
    fn somebody_waits(&self) -> bool {
        !(self.scores.is_empty() && self.gradients.is_empty() && self.verdicts.is_empty())
    }

    /// What is left goes into the next list, unless its search does something else by now.
    fn put_back(&mut self, left: Vec<ScoreRequest>, begun: Instant) {
        if left.is_empty() {
            return;
        }
        let elsewhere = std::mem::take(&mut self.elsewhere);
        let left = left.into_iter();
        self.scores
            .extend(left.filter(|one| !elsewhere.contains(&one.number)));
        self.since = Some(begun);
    }
}

/// Judges what one search has in a list that has failed; whether the search waits for more.
fn judged_alone(scorer: &dyn Scorer, one: &mut ScoreRequest) -> bool {
    let list: Vec<Candidate> = one.candidates.iter().take(one.share).cloned().collect();
    if list.is_empty() {
        return true;
    }
    let judged = scorer.score(&list, &mut |verdicts| {
        one.take(verdicts);
        if one.reply.is_none() || one.cancel.is_requested() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    match judged {
        Ok(()) => one.is_open() && (one.share == 0 || one.cancel.is_requested()),
        Err(error) => {
            if let Some(reply) = &one.reply {
                reply.send(Err(error)).ok();
            }
            false
        }
    }
}

/// Computes all gradients in one list, and sends each search its own.
fn answer(scorer: &dyn Scorer, asked: Vec<GradientRequest>) {
    if asked.is_empty() {
        return;
    }
    let (all, replies): (Vec<_>, Vec<_>) =
        asked.into_iter().map(|one| (one.asked, one.reply)).unzip();
    match scorer.gradients(&all) {
        Ok(answers) if answers.len() == all.len() => {
            for (answer, reply) in answers.into_iter().zip(replies) {
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

#[cfg(test)]
#[path = "desk_tests.rs"]
mod tests;

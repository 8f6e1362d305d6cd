//! The queue of searches: those that may share the batches of the network run together, as many as pays on its device; others follow.
//!
//! Searches share batches if one network judges them in the same way: the same model, whose candidates are judged in the same type. They begin in the order in
//! which they were started; one that cannot share waits until those before it have ended, and so do those behind it.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use flipscope_image::perturb;
use flipscope_lab::search::{
    BestCandidate, Ended, Host, Joining, Pool, Progress, ScheduledScorer, Scorer, Search,
    SearchError, TwoStageScorer,
};
use flipscope_language::Language;
use flipscope_model::Precision;
use flipscope_model::scheduler::Jobs;

use crate::explorer::search::proposing::proposing;
use crate::explorer::search::request::{SearchAnswer, SearchRequest};
use crate::explorer::search::state::SearchId;
use crate::explorer::worker::{Answer, Outbox};

/// How often a search reports to the window: often enough to look live.
const OFTEN: Duration = Duration::from_millis(80);

/// How long a search waits for others that share its batches, while they compute or render: less than a batch takes.
const PATIENCE: Duration = Duration::from_millis(20);

/// A search of the queue.
pub(super) struct Queued {
    /// The language to answer in.
    pub(super) language: Language,
    /// The search.
    pub(super) request: SearchRequest,
}

/// What searches have in common that share batches.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    generation: u64,
    proposing: Option<Precision>,
    together: usize,
}

impl Kind {
    fn of(request: &SearchRequest) -> Self {
        Self {
            generation: request.loaded.generation,
            proposing: proposing(&request.loaded, &request.search),
            together: request.together,
        }
    }
}

/// Runs searches as they come, until nobody can put one into the queue any more.
pub(super) fn serve(requests: &Receiver<Queued>, jobs: &Jobs, outbox: &Outbox) {
    let mut next = None;
    while let Some(first) = next.take().or_else(|| requests.recv().ok()) {
        // Cancelled while it waited: the window has removed it from its list.
        if !first.request.cancel.is_requested() {
            next = run(first, requests, jobs, outbox);
        }
    }
}

/// Runs a search, and with it those behind it that may share its batches; returns the first that may not.
fn run(first: Queued, requests: &Receiver<Queued>, jobs: &Jobs, outbox: &Outbox) -> Option<Queued> {
    let tell = |answer| outbox.send(Answer::Search(answer));
    flipscope_language::set(first.language);
    let kind = Kind::of(&first.request);
    // Said before the copy is loaded that proposes.
    tell(SearchAnswer::Began(first.request.id));
    let loaded = (*first.request.loaded).clone();
    let scorer = ScheduledScorer::new(jobs.clone(), loaded);
    let copy = match kind.proposing {
        Some(precision) => match scorer.copy_in(precision) {
            Ok(copy) => Some(copy),
            Err(error) => {
                tell(SearchAnswer::WithoutProposals(error.to_string()));
                None
            }
        },
        None => None,
    };
    let two_stage = copy.as_ref().map(|proposer| TwoStageScorer {
        proposer,
        verifier: &scorer,
    });
    let scorer: &dyn Scorer = match &two_stage {
        Some(two_stage) => two_stage,
        None => &scorer,
    };
    let mut group = Group {
        kind,
        next: Some(first),
        requests,
        outbox,
        running: BTreeMap::new(),
    };
    let pool = Pool::new(scorer, kind.together).patient(PATIENCE);
    // A bug must not stop those that wait in the queue.
    if catch_unwind(AssertUnwindSafe(|| pool.run(&mut group))).is_err() {
        group.fail();
    }
    group.next
}

/// A search that runs, and what the window knows of it.
struct Shown {
    id: SearchId,
    language: Language,
    search: Arc<Search>,
    told: Option<Instant>,
    best: Option<Arc<BestCandidate>>,
}

impl Shown {
    /// A progress report, if the last one was some time ago.
    fn progress(&mut self, progress: &Progress) -> Option<SearchAnswer> {
        if self.told.is_some_and(|at| at.elapsed() < OFTEN) {
            return None;
        }
        self.told = Some(Instant::now());
        let known = |best: &Arc<BestCandidate>| {
            let before = self.best.as_ref();
            before.is_some_and(|before| Arc::ptr_eq(before, best))
        };
        let newer = progress.best.as_ref().filter(|best| !known(best)).cloned();
        let frame = newer
            .as_ref()
            .map(|best| Arc::new(perturb::render(&self.search.frame, &best.perturbation)));
        if newer.is_some() {
            self.best = newer;
        }
        Some(SearchAnswer::Progress {
            id: self.id,
            progress: progress.clone(),
            frame,
        })
    }
}

/// Searches that share batches.
struct Group<'q> {
    kind: Kind,
    /// The next of the queue, which may be of another kind.
    next: Option<Queued>,
    requests: &'q Receiver<Queued>,
    outbox: &'q Outbox,
    running: BTreeMap<usize, Shown>,
}

impl Group<'_> {
    fn tell(&self, answer: SearchAnswer) {
        self.outbox.send(Answer::Search(answer));
    }

    /// A bug has ended all that run.
    fn fail(&mut self) {
        for shown in std::mem::take(&mut self.running).into_values() {
            flipscope_language::set(shown.language);
            self.tell(SearchAnswer::Ended {
                id: shown.id,
                result: Err(SearchError::Bug.to_string()),
                alone: false,
            });
        }
    }
}

impl Host for Group<'_> {
    fn next(&mut self, number: usize) -> Option<Joining> {
        loop {
            let next = self.next.take();
            let Queued { language, request } = next.or_else(|| self.requests.try_recv().ok())?;
            if request.cancel.is_requested() {
                continue;
            }
            if Kind::of(&request) != self.kind {
                self.next = Some(Queued { language, request });
                return None;
            }
            // The thread of a search speaks the language of this one.
            flipscope_language::set(language);
            self.tell(SearchAnswer::Began(request.id));
            let shown = Shown {
                id: request.id,
                language,
                search: Arc::clone(&request.search),
                told: None,
                best: None,
            };
            self.running.insert(number, shown);
            return Some(Joining {
                search: request.search,
                cancel: request.cancel,
            });
        }
    }

    fn hear(&mut self, number: usize, progress: &Progress) {
        let shown = self.running.get_mut(&number);
        if let Some(answer) = shown.and_then(|shown| shown.progress(progress)) {
            self.tell(answer);
        }
    }

    fn ended(&mut self, number: usize, ended: Ended) {
        let Some(shown) = self.running.remove(&number) else {
            return;
        };
        flipscope_language::set(shown.language);
        self.tell(SearchAnswer::Ended {
            id: shown.id,
            result: ended
                .result
                .map(Box::new)
                .map_err(|error| error.to_string()),
            alone: ended.alone,
        });
    }
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;

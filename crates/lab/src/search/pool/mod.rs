//! Several searches by one network at once: their candidates go to the device as one list, and so do the gradients that they ask for.
//!
//! This pays on a card: a population of 60 does not fill it, ten of them do. Each search runs on a thread of its own and waits for its
//! verdicts; the thread that has the network answers all that wait together. A search may join while others run, and its outcome is
//! told as soon as it has ended. Each has its own seed, so that sharing changes no finding, except for the last bits that a device's batch
//! size may affect.
//!
//! **Who waits for whom.** Everything that waits is judged once *all* that run are waiting: what is judged together then depends on the
//! searches alone, not on the time that they take. That is for work that is to be repeated ([`run_together`](super::run_together())). A pool
//! with [patience](Pool::patient), the window's, waits no longer than that for one that computes or renders, and a list that has taken
//! longer ends after its batch in flight if another search waits; what is left of it goes into the next. Either way
//! - a final verdict is judged as soon as it is asked for, alone, and at the latest after the list in hand,
//! - of a long list, as a grid has, a slice at a time is judged with those of the others, and its search hears of every batch,
//! - a search that is cancelled leaves what it waits for within a batch, and nobody waits for it,
//! - a panic in a search, which is a bug, is its own outcome ([`SearchError::Bug`]), and the others go on.

mod desk;
mod host;
mod member;

pub use host::{Ended, Host, Joining};

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crossbeam_channel::{Sender, unbounded};

use super::error::SearchError;
use super::run::{SearchOutcome, run};
use super::scorer::Scorer;
use desk::Desk;
use flipscope_model::DeviceKind;
use member::{Member, Message};

/// Searches that run together on a card: their populations form one batch.
const ON_A_CARD: usize = 16;

/// How many searches are best run together on a device: on the processor one, which fills it, so that the first finding comes first.
#[must_use]
pub fn together_on(device: DeviceKind) -> usize {
    match device {
        DeviceKind::Processor => 1,
        DeviceKind::Card | DeviceKind::WithoutCudnn => ON_A_CARD,
    }
}

/// A network that several searches share.
pub struct Pool<'s> {
    scorer: &'s dyn Scorer,
    together: usize,
    patience: Option<Duration>,
}

impl<'s> Pool<'s> {
    /// Runs at most so many searches together, at least one. A single one needs no thread of its own.
    #[must_use]
    pub fn new(scorer: &'s dyn Scorer, together: usize) -> Self {
        Self {
            scorer,
            together,
            patience: None,
        }
    }

    /// One in which no search is held up by another for much longer than this.
    #[must_use]
    pub fn patient(self, patience: Duration) -> Self {
        Self {
            patience: Some(patience),
            ..self
        }
    }

    /// Runs what the host has, until nothing runs and it has nothing more.
    pub fn run(&self, host: &mut dyn Host) {
        if self.together <= 1 {
            return self.one_by_one(host);
        }
        std::thread::scope(|scope| {
            // The receiver ends with this closure, whatever ends it: who waits for an answer then hears that there is none.
            let (sender, messages) = unbounded();
            let mut desk = Desk::new(host, messages, self.patience);
            let mut without_thread = None;
            loop {
                while without_thread.is_none()
                    && desk.running() < self.together
                    && let Some((number, joining)) = desk.next()
                {
                    match self.start(scope, &sender, number, &joining) {
                        Ok(()) => desk.joined(number),
                        // The system cannot start another thread: it runs here, once those that have one have ended.
                        Err(_) => without_thread = Some((number, joining)),
                    }
                }
                if desk.running() > 0 {
                    desk.wait();
                    desk.serve(self.scorer);
                } else if let Some((number, joining)) = without_thread.take() {
                    self.alone(desk.host(), number, &joining);
                } else {
                    return;
                }
            }
        });
    }

    fn one_by_one(&self, host: &mut dyn Host) {
        let mut number = 0;
        while let Some(joining) = host.next(number) {
            self.alone(host, number, &joining);
            number += 1;
        }
    }

    /// Runs a search on this thread.
    fn alone(&self, host: &mut dyn Host, number: usize, joining: &Joining) {
        let Joining { search, cancel } = joining;
        let result = contained(|| {
            run(self.scorer, search, cancel, &mut |progress| {
                host.hear(number, progress);
            })
        });
        let ended = Ended {
            result,
            alone: true,
        };
        host.ended(number, ended);
    }

    /// Starts the thread of a search.
    fn start<'scope>(
        &self,
        scope: &'scope std::thread::Scope<'scope, '_>,
        sender: &Sender<Message>,
        number: usize,
        joining: &Joining,
    ) -> std::io::Result<()> {
        let Joining { search, cancel } = joining.clone();
        let member = Member::new(number, self.scorer, sender.clone(), cancel.clone());
        let work = flipscope_language::carried(move || {
            let result = contained(|| {
                run(&member, &search, &cancel, &mut |progress| {
                    member.tell(progress);
                })
            });
            member.end(result);
        });
        let thread = std::thread::Builder::new().name(format!("search {number}"));
        thread.spawn_scoped(scope, work).map(|_| ())
    }
}

/// A bug in a search is its outcome: it must not end the others.
fn contained(
    search: impl FnOnce() -> Result<SearchOutcome, SearchError>,
) -> Result<SearchOutcome, SearchError> {
    catch_unwind(AssertUnwindSafe(search)).unwrap_or(Err(SearchError::Bug))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_is_the_outcome_of_its_search() {
        let found = contained(|| panic!("the bug that a test asks for"));
        let error = found.unwrap_err();
        assert!(matches!(error, SearchError::Bug));
        assert!(error.to_string().contains("a bug in flipscope"), "{error}");
    }

    #[test]
    fn a_processor_has_one_search_at_a_time() {
        assert_eq!(together_on(DeviceKind::Processor), 1);
        assert!(together_on(DeviceKind::Card) > 1);
    }
}

//! Which request is next: interactive ones, then the originals of the explored lesion, then jobs in turn with what a person wants
//! of a list, or else with the background requests, then the rest of the list and jobs of the lowest priority.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::job::{Job, Priority};
use super::request::{Reply, ReplyToLoad, Request};
use super::slots::{ModelSlot, PerModel};
use crate::checkpoint::source::ModelSource;
use crate::inference::candidate::Candidate;
use crate::inference::device::DeviceChoice;
use crate::remedy::Remedy;
use flipscope_base::inbox::Next;

/// How long the input must be idle before a background request is answered: the next input should not have to wait for it.
pub(super) const IDLE_DELAY: Duration = Duration::from_millis(350);

/// Batches of jobs after which one request of the rest of the list takes a job's turn: a long study leaves the list a small
/// share.
pub(super) const JOB_TURNS_PER_LIST_TURN: u32 = 8;

/// A change of a slot.
pub(super) enum Change {
    /// Another model is loaded, with a remedy or with that of the overrides; the closure reports the result.
    Load(ModelSource, DeviceChoice, Option<Remedy>, ReplyToLoad),
    /// It becomes empty.
    Unload,
}

/// The lanes that take turns: the one that has waited longest for a turn is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lane {
    Jobs,
    Wanted,
    Bands,
    InSight,
}

impl Lane {
    const ALL: [Self; 4] = [Self::Jobs, Self::Wanted, Self::Bands, Self::InSight];
}

/// When each lane had its last turn, counted in turns.
#[derive(Default)]
struct Turns {
    now: u64,
    jobs: u64,
    wanted: u64,
    bands: u64,
    in_sight: u64,
}

impl Turns {
    fn last(&self, lane: Lane) -> u64 {
        match lane {
            Lane::Jobs => self.jobs,
            Lane::Wanted => self.wanted,
            Lane::Bands => self.bands,
            Lane::InSight => self.in_sight,
        }
    }

    fn take(&mut self, lane: Lane) {
        self.now += 1;
        let place = match lane {
            Lane::Jobs => &mut self.jobs,
            Lane::Wanted => &mut self.wanted,
            Lane::Bands => &mut self.bands,
            Lane::InSight => &mut self.in_sight,
        };
        *place = self.now;
    }
}

/// What is waiting.
#[derive(Default)]
pub(super) struct Queues {
    /// Models to load or unload.
    pub(super) models: PerModel<Option<Change>>,
    /// The interactive request: the newest request to a slot replaces an older one.
    pub(super) interactive: PerModel<Option<Request>>,
    /// When the last interactive request came.
    pub(super) last_interactive: Option<Instant>,
    /// The originals of the explored lesion: one for each model at most.
    pub(super) originals: VecDeque<Request>,
    /// Jobs, in the order of their turns.
    pub(super) jobs: VecDeque<Job>,
    /// What a person has asked for about a list, and waits for.
    pub(super) wanted: VecDeque<Request>,
    /// The bands of the explored lesion's sliders.
    pub(super) bands: VecDeque<Request>,
    /// The visible part of a list.
    pub(super) in_sight: VecDeque<Request>,
    /// The rest of a list.
    pub(super) out_of_sight: VecDeque<Request>,
    turns: Turns,
    /// Batches of jobs since the rest of the list had a turn.
    job_batches: u32,
    /// Jobs of the lowest priority, in the order of their turns.
    pub(super) lowest: VecDeque<Job>,
    /// When a job had its last turn.
    pub(super) last_job: Option<Instant>,
    /// Whether the rest of the list had the last of the turns that are left.
    list_had_the_last_turn: bool,
}

/// The thread's next task.
pub(super) enum Task {
    /// Change the model of a slot.
    ChangeModel(ModelSlot, Change),
    /// Have a slot answer one request.
    Answer(ModelSlot, Candidate, Reply),
    /// Score some of this job's candidates; the rest is returned by [`Queues::put_back`].
    Work(Job),
}

impl From<Request> for Task {
    fn from(request: Request) -> Self {
        Self::Answer(request.slot, request.candidate, request.reply)
    }
}

impl Queues {
    /// The next task, or how long to wait for one.
    pub(super) fn next(&mut self, now: Instant) -> Next<Task> {
        for slot in ModelSlot::ALL {
            if let Some(change) = self.models.of_mut(slot).take() {
                return Next::Take(Task::ChangeModel(slot, change));
            }
        }
        for slot in ModelSlot::ALL {
            if let Some(request) = self.interactive.of_mut(slot).take() {
                return Next::Take(request.into());
            }
        }
        if let Some(request) = self.originals.pop_front() {
            return Next::Take(request.into());
        }
        let rest = self.last_interactive.map_or(Duration::ZERO, |at| {
            IDLE_DELAY.saturating_sub(now.saturating_duration_since(at))
        });
        let rested = rest.is_zero();
        if let Some(task) = self.in_turn(rested) {
            if matches!(task, Task::Work(_)) {
                self.last_job = Some(now);
            }
            return Next::Take(task);
        }
        // A search puts its next job soon after the last: it should not find another batch in its way.
        let pause = self.last_job.map_or(Duration::ZERO, |at| {
            IDLE_DELAY.saturating_sub(now.saturating_duration_since(at))
        });
        if rested && let Some(task) = self.left_over(pause.is_zero()) {
            return Next::Take(task);
        }
        let waits = [
            &self.wanted,
            &self.bands,
            &self.in_sight,
            &self.out_of_sight,
        ];
        if waits.iter().any(|queue| !queue.is_empty()) {
            return Next::WaitFor(rest);
        }
        if self.lowest.is_empty() {
            Next::WaitForRequest
        } else {
            Next::WaitFor(rest.max(pause))
        }
    }

    /// The rest of the list and jobs of the lowest priority take the turns that nobody else wants.
    fn left_over(&mut self, jobs_are_idle: bool) -> Option<Task> {
        self.list_had_the_last_turn = !self.list_had_the_last_turn && !self.out_of_sight.is_empty();
        if self.list_had_the_last_turn || self.lowest.is_empty() || !jobs_are_idle {
            return self.out_of_sight.pop_front().map(Task::from);
        }
        self.lowest.pop_front().map(Task::Work)
    }

    /// The next of the lanes that take turns. Jobs do not wait for the input to be idle; the others do. Bands and what is in
    /// sight wait until a person has everything that was asked for.
    fn in_turn(&mut self, rested: bool) -> Option<Task> {
        let waits = |lane: &Lane| match lane {
            Lane::Jobs => !self.jobs.is_empty(),
            Lane::Wanted => rested && !self.wanted.is_empty(),
            Lane::Bands => rested && self.wanted.is_empty() && !self.bands.is_empty(),
            Lane::InSight => rested && self.wanted.is_empty() && !self.in_sight.is_empty(),
        };
        let waiting = Lane::ALL.into_iter().filter(waits);
        let lane = waiting.min_by_key(|lane| self.turns.last(*lane))?;
        self.turns.take(lane);
        match lane {
            Lane::Wanted => self.wanted.pop_front().map(Task::from),
            Lane::Bands => self.bands.pop_front().map(Task::from),
            Lane::InSight => self.in_sight.pop_front().map(Task::from),
            Lane::Jobs => {
                if rested
                    && self.job_batches >= JOB_TURNS_PER_LIST_TURN
                    && let Some(request) = self.out_of_sight.pop_front()
                {
                    self.job_batches = 0;
                    return Some(request.into());
                }
                self.job_batches = self.job_batches.saturating_add(1);
                self.jobs.pop_front().map(Task::Work)
            }
        }
    }

    /// Whether a job waits for the model of this generation.
    pub(super) fn needs(&self, generation: u64) -> bool {
        let mut jobs = self.jobs.iter().chain(&self.lowest);
        jobs.any(|job| job.generation == generation)
    }

    /// The rest of a job goes behind the others.
    pub(super) fn put_back(&mut self, job: Job) {
        if job.is_done() {
            return;
        }
        match job.priority {
            Priority::InTurn => self.jobs.push_back(job),
            Priority::Lowest => self.lowest.push_back(job),
        }
    }
}

#[cfg(test)]
#[path = "queues_tests.rs"]
mod tests;

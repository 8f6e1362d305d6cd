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
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use super::super::job::{JobOutput, JobReply};
    use super::*;
    use flipscope_image::lesion::Frame;
    use flipscope_image::perturb::Perturbation;

    fn candidate(rotate: f64) -> Candidate {
        Candidate {
            frame: Arc::new(Frame::from_rgb(vec![0; Frame::BYTES]).unwrap()),
            perturbation: Arc::new(Perturbation {
                rotate,
                ..Perturbation::default()
            }),
        }
    }

    fn request(rotate: f64) -> Request {
        Request {
            slot: ModelSlot::Primary,
            candidate: candidate(rotate),
            reply: Box::new(|_| {}),
        }
    }

    fn requests(rotations: impl IntoIterator<Item = f64>) -> VecDeque<Request> {
        rotations.into_iter().map(request).collect()
    }

    fn job(rotate: f64) -> Job {
        Job {
            generation: 1,
            priority: Priority::InTurn,
            candidates: [candidate(rotate)].into(),
            reply: JobReply {
                wanted: JobOutput::Scores(crossbeam_channel::unbounded().0),
                cancelled: Arc::new(AtomicBool::new(false)),
            },
        }
    }

    /// The rotation of the next request, or how long to wait.
    fn next(queues: &mut Queues, now: Instant) -> Next<f64> {
        match queues.next(now) {
            Next::Take(Task::ChangeModel(..)) => Next::Take(f64::NAN),
            Next::Take(Task::Answer(_, candidate, _)) => Next::Take(candidate.perturbation.rotate),
            Next::Take(Task::Work(job)) => Next::Take(job.candidates[0].perturbation.rotate),
            Next::WaitFor(time) => Next::WaitFor(time),
            Next::WaitForRequest => Next::WaitForRequest,
        }
    }

    /// The same, where one must be there.
    fn taken(queues: &mut Queues, now: Instant) -> Option<f64> {
        match next(queues, now) {
            Next::Take(rotation) => Some(rotation),
            Next::WaitFor(_) | Next::WaitForRequest => None,
        }
    }

    fn order(queues: &mut Queues) -> Vec<f64> {
        let now = Instant::now();
        std::iter::from_fn(|| taken(queues, now)).collect()
    }

    #[test]
    fn interactive_requests_go_first_and_background_requests_wait_until_the_input_is_idle() {
        let start = Instant::now();
        let mut queues = Queues {
            interactive: PerModel {
                primary: Some(request(1.0)),
                comparison: None,
            },
            last_interactive: Some(start),
            bands: requests([2.0]),
            in_sight: requests([3.0]),
            out_of_sight: requests([4.0]),
            ..Queues::default()
        };
        assert_eq!(next(&mut queues, start), Next::Take(1.0));
        let soon = start + Duration::from_millis(100);
        assert_eq!(
            next(&mut queues, soon),
            Next::WaitFor(Duration::from_millis(250))
        );
        for expected in [2.0, 3.0, 4.0] {
            assert_eq!(next(&mut queues, start + IDLE_DELAY), Next::Take(expected));
        }
        assert_eq!(next(&mut queues, start + IDLE_DELAY), Next::WaitForRequest);
    }

    #[test]
    fn the_explored_model_is_asked_before_the_one_beside_it() {
        let mut queues = Queues {
            interactive: PerModel {
                primary: Some(request(1.0)),
                comparison: Some(request(2.0)),
            },
            jobs: [job(3.0)].into(),
            ..Queues::default()
        };
        assert_eq!(order(&mut queues), [1.0, 2.0, 3.0]);
    }

    #[test]
    fn the_explored_original_waits_neither_for_idle_input_nor_for_a_job() {
        let start = Instant::now();
        let mut queues = Queues {
            last_interactive: Some(start),
            originals: requests([2.0]),
            jobs: [job(1.0)].into(),
            bands: requests([3.0]),
            ..Queues::default()
        };
        assert_eq!(next(&mut queues, start), Next::Take(2.0));
        assert_eq!(
            next(&mut queues, start),
            Next::Take(1.0),
            "a job does not wait for the input to be idle"
        );
        assert_eq!(next(&mut queues, start), Next::WaitFor(IDLE_DELAY));
    }

    #[test]
    fn jobs_bands_and_what_is_in_sight_take_turns() {
        let mut queues = Queues {
            jobs: [job(1.0), job(2.0), job(3.0)].into(),
            bands: requests([10.0, 20.0]),
            in_sight: requests([100.0, 200.0]),
            out_of_sight: requests([1000.0]),
            ..Queues::default()
        };
        assert_eq!(
            order(&mut queues),
            [1.0, 10.0, 100.0, 2.0, 20.0, 200.0, 3.0, 1000.0]
        );
    }

    #[test]
    fn what_a_person_waits_for_goes_before_bands_and_list_and_shares_with_jobs() {
        let start = Instant::now();
        let mut queues = Queues {
            last_interactive: Some(start),
            wanted: requests([10_000.0, 20_000.0, 30_000.0]),
            jobs: [job(1.0), job(2.0)].into(),
            bands: requests([10.0, 20.0]),
            in_sight: requests([100.0]),
            out_of_sight: requests([1000.0]),
            ..Queues::default()
        };
        assert_eq!(
            next(&mut queues, start),
            Next::Take(1.0),
            "the person is still moving a slider"
        );
        let rested: Vec<f64> =
            std::iter::from_fn(|| taken(&mut queues, start + IDLE_DELAY)).collect();
        assert_eq!(
            rested,
            [10_000.0, 2.0, 20_000.0, 30_000.0, 10.0, 100.0, 20.0, 1000.0]
        );
    }

    #[test]
    fn whoever_comes_after_a_long_pause_is_next() {
        let now = Instant::now();
        let mut queues = Queues {
            bands: requests([10.0, 20.0, 30.0]),
            in_sight: requests([100.0, 200.0, 300.0]),
            ..Queues::default()
        };
        let four: Vec<_> = (0..4).map(|_| taken(&mut queues, now).unwrap()).collect();
        assert_eq!(four, [10.0, 100.0, 20.0, 200.0]);
        queues.put_back(job(1.0));
        assert_eq!(
            next(&mut queues, now),
            Next::Take(1.0),
            "it has not had a turn yet"
        );
    }

    #[test]
    fn a_long_job_leaves_the_rest_of_the_list_a_small_share() {
        let now = Instant::now();
        let mut queues = Queues {
            jobs: [job(1.0)].into(),
            out_of_sight: requests((0..500).map(|n| 1000.0 + f64::from(n))),
            ..Queues::default()
        };
        let mut of_the_list = 0;
        for _ in 0..900 {
            let next = taken(&mut queues, now).unwrap();
            if next >= 1000.0 {
                assert_eq!(next, 1000.0 + f64::from(of_the_list), "in its order");
                of_the_list += 1;
            } else {
                queues.put_back(job(1.0));
            }
        }
        assert_eq!(of_the_list, 100, "one in {}", JOB_TURNS_PER_LIST_TURN + 1);
    }

    #[test]
    fn jobs_of_the_lowest_priority_wait_for_all_others_and_for_idle_input() {
        let start = Instant::now();
        let mut queues = Queues {
            jobs: [job(1.0)].into(),
            in_sight: requests([10.0]),
            out_of_sight: requests([100.0, 200.0]),
            last_interactive: Some(start),
            ..Queues::default()
        };
        for rotate in [2.0, 3.0, 4.0] {
            queues.put_back(Job {
                priority: Priority::Lowest,
                ..job(rotate)
            });
        }
        assert!(queues.needs(1));
        assert_eq!(next(&mut queues, start), Next::Take(1.0));
        assert_eq!(next(&mut queues, start), Next::WaitFor(IDLE_DELAY));
        let later = start + IDLE_DELAY;
        // The job was a moment ago: another one may follow.
        queues.last_job = Some(later);
        assert_eq!(next(&mut queues, later), Next::Take(10.0));
        assert_eq!(next(&mut queues, later), Next::Take(100.0));
        assert_eq!(next(&mut queues, later), Next::Take(200.0));
        assert_eq!(next(&mut queues, later), Next::WaitFor(IDLE_DELAY));
        queues.out_of_sight = requests([300.0]);
        queues.list_had_the_last_turn = true;
        let later = later + IDLE_DELAY;
        for expected in [2.0, 300.0, 3.0, 4.0] {
            assert_eq!(next(&mut queues, later), Next::Take(expected));
        }
        assert_eq!(next(&mut queues, later), Next::WaitForRequest);
    }
}

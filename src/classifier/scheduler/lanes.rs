//! Who is next: the hand, then the jobs in turn, then what has time.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::{
    Candidate, DeviceChoice, Later, ModelSource, Question, Reply, ReplyToLoad, Seat, Seats, ToJob,
};

/// How long the hand rests before what has time is answered: the next move of the hand should not have to wait for it.
pub(super) const REST: Duration = Duration::from_millis(350);

/// A list of candidates to score with one model.
pub(super) struct Job {
    pub(super) generation: u64,
    /// What is left to score.
    pub(super) candidates: VecDeque<Candidate>,
    pub(super) reply: ToJob,
}

/// What becomes of a seat.
pub(super) enum Change {
    /// Another model takes it; who wants to know.
    Load(ModelSource, DeviceChoice, ReplyToLoad),
    /// It becomes empty.
    Unload,
}

/// What waits.
#[derive(Default)]
pub(super) struct Lanes {
    /// Models to load, or to let go.
    pub(super) models: Seats<Option<Change>>,
    /// What the hand asks: the newest question to a seat replaces an older one.
    pub(super) newest: Seats<Option<Question>>,
    /// When the hand asked last.
    pub(super) last_move: Option<Instant>,
    /// Jobs, the one whose turn it is first.
    pub(super) jobs: VecDeque<Job>,
    /// What has time.
    pub(super) later: VecDeque<Later>,
    /// Whether the last turn of the background was a job's, so that jobs and `later` take turns.
    job_was_last: bool,
}

/// What the thread does next.
pub(super) enum Task {
    /// Change who sits in a seat.
    Seat(Seat, Change),
    /// Have a seat answer one question.
    Answer(Seat, Candidate, Reply),
    /// Score some of this job's candidates; what is left of it comes back by [`Lanes::put_back`].
    Work(Job),
}

impl Lanes {
    /// The next task, or how long to wait for one (`None`: until something is put).
    pub(super) fn next(&mut self, now: Instant) -> Result<Task, Option<Duration>> {
        for seat in Seat::ALL {
            if let Some(change) = self.models.of_mut(seat).take() {
                return Ok(Task::Seat(seat, change));
            }
        }
        for seat in Seat::ALL {
            if let Some(question) = self.newest.of_mut(seat).take() {
                return Ok(Task::Answer(seat, question.candidate, question.reply));
            }
        }
        let rest = self.last_move.map_or(Duration::ZERO, |at| {
            REST.saturating_sub(now.saturating_duration_since(at))
        });
        let urgent = self.later.front().is_some_and(|later| later.urgent);
        let may_answer = !self.later.is_empty() && (urgent || rest.is_zero());
        let job_first = !urgent && !self.job_was_last && !self.jobs.is_empty();
        if may_answer
            && !job_first
            && let Some(Later { question, .. }) = self.later.pop_front()
        {
            self.job_was_last = false;
            return Ok(Task::Answer(
                question.seat,
                question.candidate,
                question.reply,
            ));
        }
        if let Some(job) = self.jobs.pop_front() {
            self.job_was_last = true;
            return Ok(Task::Work(job));
        }
        Err((!self.later.is_empty()).then_some(rest))
    }

    /// Whether a job waits for the model of this generation.
    pub(super) fn needs(&self, generation: u64) -> bool {
        self.jobs.iter().any(|job| job.generation == generation)
    }

    /// What is left of a job goes behind the others.
    pub(super) fn put_back(&mut self, job: Job) {
        if !job.candidates.is_empty() {
            self.jobs.push_back(job);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::lesion::Frame;
    use crate::perturb::Perturbation;

    fn candidate(rotate: f64) -> Candidate {
        Candidate {
            frame: Arc::new(Frame::from_rgb(vec![0; Frame::BYTES]).unwrap()),
            perturbation: Arc::new(Perturbation {
                rotate,
                ..Perturbation::default()
            }),
        }
    }

    fn later(rotate: f64, urgent: bool) -> Later {
        let question = Question {
            seat: Seat::First,
            candidate: candidate(rotate),
            reply: Box::new(|_| {}),
        };
        Later { question, urgent }
    }

    fn job(rotate: f64) -> Job {
        Job {
            generation: 1,
            candidates: [candidate(rotate)].into(),
            reply: ToJob {
                wanted: crate::classifier::scheduler::Wanted::Scores(
                    crossbeam_channel::unbounded().0,
                ),
                cancelled: Arc::new(AtomicBool::new(false)),
            },
        }
    }

    /// The rotation of what comes next, or how long it waits.
    fn next(lanes: &mut Lanes, now: Instant) -> Result<f64, Option<Duration>> {
        lanes.next(now).map(|task| match task {
            Task::Seat(..) => f64::NAN,
            Task::Answer(_, candidate, _) => candidate.perturbation.rotate,
            Task::Work(job) => job.candidates[0].perturbation.rotate,
        })
    }

    #[test]
    fn the_hand_goes_first_and_what_has_time_waits_until_it_rests() {
        let start = Instant::now();
        let mut lanes = Lanes {
            newest: Seats {
                first: Some(later(1.0, false).question),
                second: None,
            },
            last_move: Some(start),
            later: [later(2.0, false)].into(),
            ..Lanes::default()
        };
        assert_eq!(next(&mut lanes, start), Ok(1.0));
        let soon = start + Duration::from_millis(100);
        assert_eq!(
            next(&mut lanes, soon),
            Err(Some(Duration::from_millis(250)))
        );
        assert_eq!(next(&mut lanes, start + REST), Ok(2.0));
        assert_eq!(next(&mut lanes, start + REST), Err(None));
    }

    #[test]
    fn the_explored_model_is_asked_before_the_one_beside_it() {
        let now = Instant::now();
        let mut lanes = Lanes {
            newest: Seats {
                first: Some(later(1.0, false).question),
                second: Some(later(2.0, false).question),
            },
            jobs: [job(3.0)].into(),
            ..Lanes::default()
        };
        let order: Vec<f64> = std::iter::from_fn(|| next(&mut lanes, now).ok()).collect();
        assert_eq!(order, [1.0, 2.0, 3.0]);
    }

    #[test]
    fn what_is_urgent_waits_for_neither_the_hand_nor_a_job() {
        let start = Instant::now();
        let mut lanes = Lanes {
            last_move: Some(start),
            jobs: [job(1.0)].into(),
            later: [later(2.0, true), later(3.0, false)].into(),
            ..Lanes::default()
        };
        assert_eq!(next(&mut lanes, start), Ok(2.0));
        assert_eq!(
            next(&mut lanes, start),
            Ok(1.0),
            "a job does not wait for the hand to rest"
        );
        assert_eq!(next(&mut lanes, start), Err(Some(REST)));
    }

    #[test]
    fn jobs_and_what_has_time_take_turns() {
        let now = Instant::now();
        let mut lanes = Lanes {
            jobs: [job(1.0), job(2.0)].into(),
            later: [later(10.0, false), later(20.0, false)].into(),
            ..Lanes::default()
        };
        let order: Vec<f64> = std::iter::from_fn(|| next(&mut lanes, now).ok()).collect();
        assert_eq!(order, [1.0, 10.0, 2.0, 20.0]);
    }
}

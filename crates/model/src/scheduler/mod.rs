//! One thread owns the network and its device, and decides who is served next.
//!
//! - **The hand** ([`Scheduler::ask`]): the newest question replaces an older one that still waits, and goes first. Two models may be
//!   asked, each in its own [`Seat`]: the first one's question goes before the second one's.
//! - **Jobs** ([`Jobs::start`], [`Jobs::gradient`]: searches, studies): long lists of candidates, cut into batches that take no
//!   longer than 50 ms at the measured rate, and one candidate at least; or one gradient. Between batches the hand goes first, and jobs take turns. Whoever drops
//!   the [`Batches`] of a job has cancelled it: nothing of it runs after the batch in flight.
//! - **Background questions** ([`Scheduler::ask_later`], [`Scheduler::ask_list`]), one frame each, once the hand has rested. The bands of
//!   the explored lesion's sliders, the verdicts of a list that are in sight, and jobs take turns, and whoever has waited longest is
//!   next. What of the list is not in sight comes last; while jobs run it is given one turn in nine of theirs.
//!
//! A batch that does not fit into the device's memory is halved and tried again. A lost device answers every question with an
//! error that says so until a model is loaded again ([`Scheduler::load`]), on that device or on the processor.

mod lanes;
mod pace;
#[cfg(test)]
mod tests;
mod thread;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use flipscope_base::inbox::Inbox;

use super::{
    Candidate, Classifier, ClassifierError, DeviceChoice, ModelInfo, ModelSource, Overrides,
    Scored, Verdict,
};
use lanes::{Change, Job, Lanes};

/// Told the score of one candidate. Dropped unused where a newer question takes its place, or no model is loaded.
pub type Reply = Box<dyn FnOnce(Result<Scored, ClassifierError>) + Send>;

/// Told what has been loaded, or why nothing has.
pub type ReplyToLoad = Box<dyn FnOnce(Result<Loaded, ClassifierError>) + Send>;

/// Which of two models answers: the one that is explored, or the one that it is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Seat {
    /// The model that is explored.
    #[default]
    First,
    /// The one beside it.
    Second,
}

/// One of something for either model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seats<T> {
    /// Of the model that is explored.
    pub first: T,
    /// Of the one beside it.
    pub second: T,
}

impl Seat {
    /// Both, the first one first.
    pub const ALL: [Self; 2] = [Self::First, Self::Second];
}

impl<T> Seats<T> {
    /// That of a seat.
    pub fn of(&self, seat: Seat) -> &T {
        match seat {
            Seat::First => &self.first,
            Seat::Second => &self.second,
        }
    }

    /// That of a seat, to be changed.
    pub fn of_mut(&mut self, seat: Seat) -> &mut T {
        match seat {
            Seat::First => &mut self.first,
            Seat::Second => &mut self.second,
        }
    }
}

/// A candidate, and who wants to know its score. Called on the scheduler's thread: it must not take long.
pub struct Question {
    /// Who is asked.
    pub seat: Seat,
    /// What is scored.
    pub candidate: Candidate,
    /// Told the score.
    pub reply: Reply,
}

/// A model that answers from now on.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What its checkpoint says.
    pub info: ModelInfo,
    /// The device that answers, in words.
    pub device: Arc<str>,
    /// Why it is not the device that was hoped for.
    pub note: Option<String>,
    /// The type that it computes in.
    pub precision: &'static str,
    /// Counts the models that this scheduler has loaded: what a job names.
    pub generation: u64,
}

/// The thread's handle; dropping it ends the thread after the batch in flight.
pub struct Scheduler {
    inbox: Inbox<Lanes>,
    thread: Option<JoinHandle<()>>,
}

impl Scheduler {
    /// Starts the thread; it has no model until [`Scheduler::load`].
    ///
    /// # Errors
    /// If the system starts no thread.
    pub fn start(overrides: Overrides) -> std::io::Result<Self> {
        Self::start_with(move |source: &ModelSource, device| {
            Classifier::load_with(source, device, &overrides)
        })
    }

    fn start_with<S: thread::Scorer>(
        load: impl FnMut(&ModelSource, DeviceChoice) -> Result<S, ClassifierError> + Send + 'static,
    ) -> std::io::Result<Self> {
        let inbox = Inbox::<Lanes>::new();
        let theirs = inbox.clone();
        let thread = std::thread::Builder::new()
            .name("network".to_owned())
            .spawn(move || thread::run(&theirs, load))?;
        Ok(Self {
            inbox,
            thread: Some(thread),
        })
    }

    /// Loads another model onto a device; the one in its seat answers until it is there. Jobs go on with the model that they began
    /// with.
    pub fn load(&self, seat: Seat, source: ModelSource, device: DeviceChoice, reply: ReplyToLoad) {
        self.inbox
            .put(|lanes| *lanes.models.of_mut(seat) = Some(Change::Load(source, device, reply)));
    }

    /// Lets the model of a seat go, and what was still to be loaded for it.
    pub fn unload(&self, seat: Seat) {
        self.inbox.put(|lanes| {
            *lanes.models.of_mut(seat) = Some(Change::Unload);
            *lanes.newest.of_mut(seat) = None;
        });
    }

    /// Asks for the hand: goes before all else, and in the place of an earlier question to the same seat that still waits.
    pub fn ask(&self, question: Question) {
        self.inbox.put(|lanes| {
            lanes.last_move = Some(std::time::Instant::now());
            let place = lanes.newest.of_mut(question.seat);
            *place = Some(question);
        });
    }

    /// Asks about the explored lesion, in this order; in the place of what is left of earlier such questions. `originals` wait for
    /// nothing but the hand's own questions; `bands` take turns with jobs once the hand has rested.
    pub fn ask_later(&self, originals: Vec<Question>, bands: Vec<Question>) {
        self.inbox.put(|lanes| {
            lanes.originals = originals.into();
            lanes.bands = bands.into();
        });
    }

    /// Asks about a list, in this order; in the place of what is left of earlier such questions. What is `in_sight` takes turns with
    /// jobs and bands once the hand has rested; the rest comes last.
    pub fn ask_list(&self, in_sight: Vec<Question>, out_of_sight: Vec<Question>) {
        self.inbox.put(|lanes| {
            lanes.in_sight = in_sight.into();
            lanes.out_of_sight = out_of_sight.into();
        });
    }

    /// A handle by which other threads have lists of candidates scored.
    #[must_use]
    pub fn jobs(&self) -> Jobs {
        Jobs(self.inbox.clone())
    }
}

impl Drop for Scheduler {
    fn drop(&mut self) {
        self.inbox.close();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been shown on standard error already.
            thread.join().ok();
        }
    }
}

/// Where threads other than the scheduler's put their jobs.
#[derive(Clone)]
pub struct Jobs(Inbox<Lanes>);

/// A verdict, and the gradient of the cross entropy towards a class, as [`Classifier::gradients`] gives it.
pub type WithGradient = (Verdict, Vec<f32>);

/// What a job wants of its candidates, and where it goes.
pub(super) enum Wanted {
    /// Scores, a batch at a time.
    Scores(crossbeam_channel::Sender<Result<Vec<Scored>, ClassifierError>>),
    /// The gradient towards a class, of its one candidate.
    Gradient(
        usize,
        crossbeam_channel::Sender<Result<WithGradient, ClassifierError>>,
    ),
}

/// Where a job's answers go, and whether anybody still wants them.
pub(super) struct ToJob {
    wanted: Wanted,
    cancelled: Arc<AtomicBool>,
}

impl ToJob {
    fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Says why there is no answer, or no further one. (Nobody listens to a cancelled job.)
    fn fail(&self, error: ClassifierError) {
        match &self.wanted {
            Wanted::Scores(sender) => sender.send(Err(error)).ok(),
            Wanted::Gradient(_, sender) => sender.send(Err(error)).ok(),
        };
    }
}

impl Jobs {
    /// Has candidates scored, in their order, by the model of a generation ([`Loaded::generation`]).
    #[must_use = "dropping the batches cancels the job"]
    pub fn start(&self, generation: u64, candidates: Vec<Candidate>) -> Batches {
        let (sender, receiver) = crossbeam_channel::unbounded();
        let cancelled = self.put(generation, candidates, Wanted::Scores(sender));
        Batches {
            receiver,
            cancelled,
        }
    }

    /// Has the gradient towards a class made of one candidate, by the model of a generation.
    #[must_use = "dropping it cancels the job"]
    pub fn gradient(&self, generation: u64, candidate: Candidate, class: usize) -> Gradient {
        let (sender, receiver) = crossbeam_channel::unbounded();
        let wanted = Wanted::Gradient(class, sender);
        let cancelled = self.put(generation, vec![candidate], wanted);
        Gradient {
            receiver,
            cancelled,
        }
    }

    fn put(&self, generation: u64, candidates: Vec<Candidate>, wanted: Wanted) -> Arc<AtomicBool> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let job = Job {
            generation,
            candidates: candidates.into(),
            reply: ToJob {
                wanted,
                cancelled: Arc::clone(&cancelled),
            },
        };
        self.0.put(|lanes| lanes.put_back(job));
        cancelled
    }
}

/// A gradient that is on its way. Dropping it cancels the job.
pub struct Gradient {
    receiver: crossbeam_channel::Receiver<Result<WithGradient, ClassifierError>>,
    cancelled: Arc<AtomicBool>,
}

impl Gradient {
    /// Waits for it; `None` only if the scheduler itself has ended.
    #[must_use]
    pub fn wait(self) -> Option<Result<WithGradient, ClassifierError>> {
        self.receiver.recv().ok()
    }
}

impl Drop for Gradient {
    fn drop(&mut self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// The scores of a job, batch by batch, as they come; the candidates' order. Dropping it cancels the job.
///
/// An error ends the job. It ends early, with no error, only if the scheduler itself has ended.
pub struct Batches {
    receiver: crossbeam_channel::Receiver<Result<Vec<Scored>, ClassifierError>>,
    cancelled: Arc<AtomicBool>,
}

impl Iterator for Batches {
    type Item = Result<Vec<Scored>, ClassifierError>;

    /// Waits for the next batch.
    fn next(&mut self) -> Option<Self::Item> {
        self.receiver.recv().ok()
    }
}

impl Drop for Batches {
    fn drop(&mut self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

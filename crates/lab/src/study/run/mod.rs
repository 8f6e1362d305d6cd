//! Runs a study.
//!
//! One thread reads photographs and alters them, at most [`AHEAD`] batches ahead of the network, so that the processor is
//! always busy and memory does not grow with the study. The caller's thread has the network judge batch by batch, and commits
//! each before the next: a kill loses only the batch in flight. Several runs may work on one file, each on all of it or on a
//! [`Shard`](crate::study::plan::Shard).
//!
//! The results are the same whatever is killed, resumed, shared or reordered: nothing random depends on the order of work, and
//! on the processor a frame's verdict does not depend on its batch.

mod attacks;
mod estimate;
mod feed;
mod others;
mod places;
mod progress;
mod proofs;
mod proposer;
mod settings;

use flipscope_language::carried;
use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};

pub use estimate::{Estimate, estimate};
pub use places::photographs_not_in;
pub use progress::{Event, Progress};
pub use proposer::{LoadIn, Proposer};
pub use settings::Settings;

use super::error::StudyError;
use super::plan::{Job, Model, Plan, WorkUnit};
use super::store::{Queue, Score, Store};
use crate::search::{Scorer, together_on};
use feed::{Batch, Feeder, Reading};
use flipscope_base::{cancel::Cancel, untrusted};
use flipscope_model::Classifier;
pub(super) use places::{Places, Unopened};
use progress::Pace;

/// Batches that are prepared before the network needs them.
const AHEAD: usize = 2;
/// How often it is told how many photographs have been read for the first batch.
const OFTEN: Duration = Duration::from_millis(100);

/// The network of a model, and its batch sizes.
pub struct ModelRunner {
    /// The network.
    pub scorer: Box<dyn Scorer>,
    /// Frames that are judged and committed together, at least 1.
    pub batch: usize,
    /// Pictures that are attacked together, at least 1: those of [`together_on`], where nothing else is wanted.
    pub together: usize,
    /// Judges the candidates of attacks in a faster type, where that pays; without it, the network itself does.
    pub proposer: Option<Proposer>,
}

impl ModelRunner {
    /// Frames of a batch on the processor: a second or two of Inception-v3.
    pub const BATCH: usize = 32;
    /// Frames of a batch on a card: several of its own, so that the next of them is sent while one runs.
    pub const BATCH_ON_A_CARD: usize = 4 * Classifier::MAX_BATCH;

    /// A network in the same thread: on a card it gets larger batches.
    #[must_use]
    pub fn new(classifier: Classifier) -> Self {
        let on_processor = classifier.on_processor();
        let together = together_on(classifier.device_kind());
        Self {
            proposer: Proposer::of(&classifier),
            scorer: Box::new(classifier),
            batch: if on_processor {
                Self::BATCH
            } else {
                Self::BATCH_ON_A_CARD
            },
            together,
        }
    }
}

/// How a run ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunReport {
    /// Units that this run finished, none of them another run's.
    pub units: u64,
    /// Frames that this run judged and kept; without those of attacks that were cancelled.
    pub frames: u64,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// One sentence for each picture that could not be read, or has changed.
    pub problems: Vec<String>,
    /// Those of them that are nowhere to be found, by their paths in the data set.
    pub missing: Vec<String>,
    /// Descriptions of damaged results that were removed, to be computed again.
    pub damaged: Vec<String>,
}

/// Loads the network of a model of the study; called once for each model that has something to do.
pub type Load<'a> = dyn FnMut(&Model) -> Result<ModelRunner, StudyError> + 'a;

/// Carries out what remains of a study; damaged results are removed first and computed again. `tell` is called with events, on
/// this thread; if cancelled, it ends after the batch in flight.
///
/// # Errors
/// If the file cannot be read or written, a model cannot be loaded or differs from the study's, or the network fails; what was
/// committed remains. Pictures that cannot be read are not an error: they are reported, and left for another run.
pub fn run(
    file: &Path,
    settings: &Settings,
    load: &mut Load<'_>,
    cancel: &Cancel,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<RunReport, StudyError> {
    let mut store = Store::open(file)?;
    let plan = store.plan()?;
    let mut report = RunReport::default();
    let damage = store.damage(&plan)?;
    if !damage.is_empty() {
        store.mend(&damage)?;
        for name in &damage.names {
            tell(Event::Damaged(name));
        }
        report.damaged = damage.names;
    }
    let done = store.done()?;
    let places = Places::new(&plan, settings, Some(&store))?;
    // Figures and reports show them as well.
    if let Some(root) = settings
        .root
        .as_deref()
        .filter(|root| Places::holds(&plan, root))
    {
        store.move_photographs(root)?;
    }
    let mut missed = HashSet::new();
    let mut pace = Pace::new(&plan, settings.shard, &done);
    for (model, number) in plan.models.iter().zip(0..) {
        let left: Vec<WorkUnit> = plan
            .units(number, settings.shard)
            .filter(|unit| !done.contains(unit))
            .collect();
        if left.is_empty() || cancel.is_requested() {
            continue;
        }
        let mut network = load(model)?;
        let scorer = network.scorer.as_ref();
        check(model, scorer)?;
        tell(Event::Model(model));
        let device = format!("{}, {}", scorer.device(), scorer.precision());
        let runner = store.enter(&device, settings.shard)?;
        let mut work = Work {
            plan: &plan,
            model,
            places: &places,
            missed: &mut missed,
            scorer,
            batch: network.batch.max(1),
            together: network.together.max(1),
            proposer: network.proposer.as_mut(),
            runner,
            cancel,
            pace: &mut pace,
            report: &mut report,
            tell,
        };
        let outcome = work.carry_out(&mut store, left);
        // A full disk has been reported already, and claims do not block anyone.
        let released = store.release(runner);
        outcome?;
        released?;
    }
    report.cancelled = cancel.is_requested();
    Ok(report)
}

/// A run on one model.
struct Work<'a> {
    plan: &'a Plan,
    model: &'a Model,
    places: &'a Places,
    /// Pictures that could not be read, for all models and jobs.
    missed: &'a mut HashSet<u32>,
    scorer: &'a dyn Scorer,
    batch: usize,
    together: usize,
    proposer: Option<&'a mut Proposer>,
    runner: i64,
    cancel: &'a Cancel,
    pace: &'a mut Pace,
    report: &'a mut RunReport,
    tell: &'a mut dyn FnMut(Event<'_>),
}

impl Work<'_> {
    fn carry_out(&mut self, store: &mut Store, left: Vec<WorkUnit>) -> Result<(), StudyError> {
        let plan = self.plan;
        let is_attack = |unit: &WorkUnit| matches!(plan.job(*unit), Some(Job::Attack(_)));
        let is_proof = |unit: &WorkUnit| matches!(plan.job(*unit), Some(Job::Proof(_)));
        let (attacks, rest): (Vec<WorkUnit>, Vec<WorkUnit>) = left.into_iter().partition(is_attack);
        let (proofs, frames): (Vec<WorkUnit>, Vec<WorkUnit>) = rest.into_iter().partition(is_proof);
        self.pace.begin();
        self.judge(store, Queue::new(frames.clone()))?;
        let judging = self.pace.begin();
        self.attack(store, &mut Queue::new(attacks.clone()))?;
        let attacking = self.pace.begin();
        self.prove(store, &mut Queue::new(proofs.clone()))?;
        let proving = self.pace.begin();
        // What other runs have claimed: theirs, unless they are dead.
        while let Some(queue) = self.left_by_others(store, &frames, judging)? {
            self.judge(store, queue)?;
        }
        while let Some(mut queue) = self.left_by_others(store, &attacks, attacking)? {
            self.attack(store, &mut queue)?;
        }
        while let Some(mut queue) = self.left_by_others(store, &proofs, proving)? {
            self.prove(store, &mut queue)?;
        }
        Ok(())
    }

    /// Everything except attacks and proofs: frames to be judged.
    fn judge(&mut self, store: &mut Store, queue: Queue) -> Result<(), StudyError> {
        let (sender, batches) = bounded(AHEAD);
        let reading = Reading::default();
        let mut feeder = Feeder {
            plan: self.plan,
            framing: self.model.framing,
            places: self.places,
            batch: self.batch,
            runner: self.runner,
            cancel: self.cancel,
            store: Store::open(store.path())?,
            queue,
            reading: &reading,
        };
        std::thread::scope(|scope| {
            std::thread::Builder::new()
                .name("study pictures".to_owned())
                .spawn_scoped(scope, carried(move || feeder.feed(&sender)))
                .map_err(StudyError::Thread)?;
            // Owned here, so that the channel closes when this thread ends early: the feeder, which may be waiting to hand over
            // a batch, then ends too, and the scope with it.
            let batches = batches;
            while let Some(batch) = self.next(&batches, &reading) {
                self.one_batch(store, batch?)?;
                if self.cancel.is_requested() {
                    break;
                }
            }
            Ok(())
        })
    }

    /// The next batch. Until the first is there, it is told how many photographs have been read for it.
    fn next(
        &mut self,
        batches: &Receiver<Result<Batch, StudyError>>,
        reading: &Reading,
    ) -> Option<Result<Batch, StudyError>> {
        while self.report.frames == 0 {
            match batches.recv_timeout(OFTEN) {
                Ok(batch) => return Some(batch),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {
                    let [done, of] = reading.so_far();
                    (self.tell)(Event::Reading(done, of));
                }
            }
        }
        batches.recv().ok()
    }

    fn one_batch(&mut self, store: &mut Store, mut batch: Batch) -> Result<(), StudyError> {
        for (image, problem) in std::mem::take(&mut batch.problems) {
            self.problem(image, problem);
        }
        // Another run may have finished some while they were prepared.
        let mut asked: Vec<WorkUnit> = batch.places.iter().map(|(unit, _)| *unit).collect();
        asked.dedup();
        let left: HashSet<WorkUnit> = (store.left(&asked)?.into_iter().map(|one| one.0)).collect();
        batch.keep(&left);
        let of = batch.candidates.len();
        let mut scores = Vec::with_capacity(of);
        let is_first = self.report.frames == 0;
        if is_first {
            (self.tell)(Event::Judging(0, of));
        }
        self.scorer.score(&batch.candidates, &mut |verdicts| {
            let places = batch.places.iter().skip(scores.len());
            let new = places
                .zip(verdicts)
                .map(|((unit, variant), verdict)| Score {
                    unit: *unit,
                    variant: *variant,
                    p_melanoma: verdict.p_melanoma,
                });
            scores.extend(new.collect::<Vec<_>>());
            if is_first {
                (self.tell)(Event::Judging(scores.len(), of));
            }
            if self.cancel.is_requested() {
                std::ops::ControlFlow::Break(())
            } else {
                std::ops::ControlFlow::Continue(())
            }
        })?;
        // Cancelled in the middle, it has finished the units before.
        let open: HashSet<WorkUnit> =
            (batch.places.iter().skip(scores.len()).map(|one| one.0)).collect();
        batch.finished.retain(|(unit, _)| !open.contains(unit));
        let kept = store.keep_scores(self.runner, &scores, &batch.finished)?;
        self.did(kept.frames, scores.len() as u64, kept.units, batch.job);
        Ok(())
    }

    /// Counts what was committed and what was planned, and reports progress.
    fn did(&mut self, frames: u64, planned: u64, units: u64, job: u32) {
        self.report.units += units;
        self.report.frames += frames;
        let job = self.plan.jobs.get(job as usize);
        let job = job.map(Job::name).unwrap_or_default();
        let progress = self
            .pace
            .did(frames, planned, units, &job, &self.model.name);
        (self.tell)(Event::Progress(&progress));
    }

    /// Reports a picture that cannot be read: once, however many jobs need it.
    fn problem(&mut self, image: u32, problem: Unopened) {
        if self.missed.insert(image) {
            let Unopened { said, is_there } = problem;
            (self.tell)(if is_there {
                Event::Problem(&said)
            } else {
                Event::Missing(&said)
            });
            self.report.problems.push(said);
            let missing = self.plan.images.get(image as usize).filter(|_| !is_there);
            (self.report.missing).extend(missing.map(|one| untrusted::path(&one.path)));
        }
    }
}

/// Refuses a network that is not the study's.
fn check(model: &Model, scorer: &dyn Scorer) -> Result<(), StudyError> {
    let info = scorer.info();
    if info.sha256 == model.sha256 && scorer.precision() == model.precision {
        return Ok(());
    }
    let found = format!("{}, {}", info.sha256, scorer.precision());
    Err(StudyError::OtherModel {
        name: model.name.clone(),
        wanted: format!("{}, {}", model.sha256, model.precision),
        found,
    })
}

//! The thread that runs ahead of the network: it claims units, reads their photographs and alters the frames.

use flipscope_language::{current, within};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crossbeam_channel::Sender;
use rayon::prelude::*;

use super::places::{Places, Unopened};
use crate::study::error::StudyError;
use crate::study::plan::{Job, Plan, WorkUnit};
use crate::study::store::{Queue, Store};
use crate::study::sweep::Variant;
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::{Frame, Framing};
use flipscope_model::Candidate;

/// Photographs that are decoded at the same time, as far as memory allows.
const DECODED_TOGETHER: usize = 8;

/// Frames to be judged and committed together.
pub(super) struct Batch {
    /// What the network gets.
    pub(super) candidates: Vec<Candidate>,
    /// For each candidate the unit, and the index of the variant in its job.
    pub(super) places: Vec<(WorkUnit, u32)>,
    /// Units that this batch completes, with the number of their frames.
    pub(super) finished: Vec<(WorkUnit, u64)>,
    /// The job of the first unit.
    pub(super) job: u32,
    /// Pictures that could not be read.
    pub(super) problems: Vec<(u32, Unopened)>,
}

impl Batch {
    /// Leaves out what is not of these units.
    pub(super) fn keep(&mut self, units: &HashSet<WorkUnit>) {
        let kept: Vec<bool> = (self.places.iter())
            .map(|(unit, _)| units.contains(unit))
            .collect();
        let mut of_candidates = kept.iter();
        self.candidates
            .retain(|_| of_candidates.next().is_some_and(|kept| *kept));
        self.places.retain(|(unit, _)| units.contains(unit));
        self.finished.retain(|(unit, _)| units.contains(unit));
    }
}

/// How many photographs have been read, and how many were to be.
#[derive(Default)]
pub(super) struct Reading {
    done: AtomicUsize,
    of: AtomicUsize,
}

impl Reading {
    /// Both so far.
    pub(super) fn so_far(&self) -> [usize; 2] {
        [&self.done, &self.of].map(|count| count.load(Ordering::Relaxed))
    }
}

pub(super) struct Feeder<'a> {
    pub(super) plan: &'a Plan,
    pub(super) framing: Framing,
    pub(super) places: &'a Places,
    pub(super) batch: usize,
    pub(super) runner: i64,
    pub(super) cancel: &'a Cancel,
    pub(super) store: Store,
    pub(super) queue: Queue,
    pub(super) reading: &'a Reading,
}

/// A frame that is still to be altered.
struct Item<'a> {
    unit: WorkUnit,
    variant: u32,
    what: &'a Variant,
    frame: Arc<Frame>,
    sha256: &'a str,
    last: bool,
}

/// Frames, and the pictures that could not be read.
type Items<'a> = (Vec<Item<'a>>, Vec<(u32, Unopened)>);

impl<'a> Feeder<'a> {
    /// Sends batches until nothing is left, it is cancelled, or the receiver is gone.
    pub(super) fn feed(&mut self, batches: &Sender<Result<Batch, StudyError>>) {
        loop {
            match self.claimed(batches) {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    batches.send(Err(error)).ok();
                    return;
                }
            }
        }
    }

    /// Claims units for about one batch and sends it; false at the end.
    fn claimed(&mut self, batches: &Sender<Result<Batch, StudyError>>) -> Result<bool, StudyError> {
        if self.cancel.is_requested() {
            return Ok(false);
        }
        let units = self.claim()?;
        let Some(first) = units.first() else {
            return Ok(false);
        };
        let job = first.job;
        let (items, problems) = self.items(&units)?;
        let mut problems = Some(problems);
        let size = self.batch;
        if items.is_empty() {
            let batch = render(self.plan, &[], job, problems.take().unwrap_or_default())?;
            return Ok(batches.send(Ok(batch)).is_ok());
        }
        for items in items.chunks(size) {
            if self.cancel.is_requested() {
                return Ok(false);
            }
            let batch = render(self.plan, items, job, problems.take().unwrap_or_default())?;
            if batches.send(Ok(batch)).is_err() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// As many units as fill a batch, at least one.
    fn claim(&mut self) -> Result<Vec<WorkUnit>, StudyError> {
        let mut units = self.store.claim(self.runner, &mut self.queue, 1)?;
        let first = units.first().and_then(|unit| self.plan.job(*unit));
        let frames = first.map_or(1, |job| job.variants().len().max(1));
        let more = (self.batch / frames).saturating_sub(1);
        if !units.is_empty() && more > 0 {
            units.append(&mut self.store.claim(self.runner, &mut self.queue, more)?);
        }
        Ok(units)
    }

    /// The frames needed for some units, and the problems with those that cannot be read.
    fn items(&self, units: &[WorkUnit]) -> Result<Items<'a>, StudyError> {
        let mut items = Vec::new();
        let mut problems = Vec::new();
        let (plan, places, framing) = (self.plan, self.places, self.framing);
        let language = current();
        self.reading.of.fetch_add(units.len(), Ordering::Relaxed);
        for units in units.chunks(DECODED_TOGETHER) {
            let frames: Vec<Option<Result<Frame, Unopened>>> = units
                .par_iter()
                .map(|unit| {
                    let image = plan.image(*unit)?;
                    let frame = within(language, || places.open(plan, image, framing));
                    self.reading.done.fetch_add(1, Ordering::Relaxed);
                    Some(frame)
                })
                .collect();
            for (unit, frame) in units.iter().zip(frames) {
                let (Some(job), Some(image)) = (plan.job(*unit), plan.image(*unit)) else {
                    continue;
                };
                let frame = match frame {
                    Some(Ok(frame)) => Arc::new(frame),
                    Some(Err(problem)) => {
                        problems.push((unit.image, problem));
                        continue;
                    }
                    None => continue,
                };
                let all = job.variants();
                let mut missing = self.store.missing(*unit, all.len() as u32)?;
                // All scores are there, but the unit was never marked as done: the last one is judged again, and changes
                // nothing.
                if missing.is_empty() {
                    missing.push((all.len() as u32).saturating_sub(1));
                }
                let last = missing.last().copied();
                items.extend(missing.iter().filter_map(|variant| {
                    Some(Item {
                        unit: *unit,
                        variant: *variant,
                        what: all.get(*variant as usize)?,
                        frame: Arc::clone(&frame),
                        sha256: image.sha256.as_str(),
                        last: Some(*variant) == last,
                    })
                }));
            }
        }
        Ok((items, problems))
    }
}

/// Alters the frames, on all cores.
fn render(
    plan: &Plan,
    items: &[Item<'_>],
    job: u32,
    problems: Vec<(u32, Unopened)>,
) -> Result<Batch, StudyError> {
    let candidates: Vec<Candidate> = items
        .par_iter()
        .map(|item| {
            let (corrupted, perturbation) = item
                .what
                .prepare(&item.frame, plan.seed, item.sha256)
                .map_err(|error| StudyError::Plan(error.to_string()))?;
            Ok(Candidate {
                frame: corrupted.map_or_else(|| Arc::clone(&item.frame), Arc::new),
                perturbation: Arc::new(perturbation),
            })
        })
        .collect::<Result<_, StudyError>>()?;
    let last = items.iter().filter(|item| item.last);
    let frames = |unit: WorkUnit| plan.job(unit).map_or(0, Job::frames);
    Ok(Batch {
        candidates,
        places: items.iter().map(|item| (item.unit, item.variant)).collect(),
        finished: last.map(|item| (item.unit, frames(item.unit))).collect(),
        job,
        problems,
    })
}

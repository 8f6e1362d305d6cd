//! The progress of a run, and its speed.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::proof::ProofProgress;
use crate::search;
use crate::study::plan::{Job, Model, Plan, Shard, WorkUnit};

/// Weight of the newest batch in the rate.
const NEWEST: f64 = 0.1;

/// What a run reports.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A model is loaded and its work begins.
    Model(&'a Model),
    /// Before the first batch is committed: photographs are being read for it, so many so far, of how many.
    Reading(usize, usize),
    /// The same: it is being judged, so many frames so far, of how many.
    Judging(usize, usize),
    /// Another run is at the last units, so many: they are waited for, unless it does not get on.
    Waiting(usize),
    /// A batch was committed.
    Progress(&'a Progress),
    /// The progress of an attack on a picture.
    Search(&'a str, &'a search::Progress),
    /// The progress of a proof on a picture.
    Proof(&'a str, &'a ProofProgress),
    /// A picture cannot be read, or has changed.
    Problem(&'a str),
    /// A picture is in none of the places where it may be.
    Missing(&'a str),
    /// The candidates of attacks are judged in the type of the model, since the network cannot be loaded in the faster one: why.
    WithoutProposals(&'a str),
    /// A result was damaged, and will be computed again.
    Damaged(&'a str),
}

/// The progress of a run, reported after every commit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Progress {
    /// The job.
    pub job: String,
    /// The model.
    pub model: String,
    /// Units that this run has finished.
    pub units: u64,
    /// Units that were left of the study, or of its shard, when it began.
    pub units_total: u64,
    /// Frames that this run has judged and kept.
    pub frames: u64,
    /// Frames that were left then; for attacks and proofs, the most that they take.
    pub frames_at_most: u64,
    /// Recent frames per second.
    pub frames_per_second: f64,
    /// Seconds since it began.
    pub seconds: f64,
    /// Seconds left, at most.
    pub eta_seconds: f64,
}

/// Counts what a run does.
pub(super) struct Pace {
    began: Instant,
    last: Instant,
    /// The longest time from one commit to the next of this kind of work.
    longest: Duration,
    /// Seconds per planned frame, smoothed: an attack may use less than its budget.
    planned: Option<f64>,
    /// Frames judged per second, smoothed.
    rate: Option<f64>,
    units: u64,
    frames: u64,
    frames_planned: u64,
    units_total: u64,
    frames_at_most: u64,
}

impl Pace {
    pub(super) fn new(plan: &Plan, shard: Shard, done: &HashSet<WorkUnit>) -> Self {
        let left = plan.all_units(shard).filter(|unit| !done.contains(unit));
        let (mut units, mut frames) = (0, 0);
        for unit in left {
            units += 1;
            frames += plan.job(unit).map_or(0, Job::frames);
        }
        Self {
            began: Instant::now(),
            last: Instant::now(),
            longest: Duration::ZERO,
            planned: None,
            rate: None,
            units: 0,
            frames: 0,
            frames_planned: 0,
            units_total: units,
            frames_at_most: frames,
        }
    }

    /// Another kind of work begins: what has passed since the last commit says nothing about its speed. Returns the longest time from
    /// one commit to the next of the kind before.
    pub(super) fn begin(&mut self) -> Duration {
        self.last = Instant::now();
        std::mem::take(&mut self.longest)
    }

    /// Counts frames that were planned and need not be judged: they say nothing about the speed.
    pub(super) fn skip(&mut self, planned: u64) {
        self.frames_planned += planned;
    }

    /// Counts frames that were judged, those that had been planned for them, and units; returns the progress.
    pub(super) fn did(
        &mut self,
        frames: u64,
        planned: u64,
        units: u64,
        job: &str,
        model: &str,
    ) -> Progress {
        self.longest = self.longest.max(self.last.elapsed());
        let took = self.last.elapsed().as_secs_f64().max(1e-9);
        self.last = Instant::now();
        self.units += units;
        self.frames += frames;
        self.frames_planned += planned;
        if planned > 0 {
            smooth(&mut self.planned, took / planned as f64);
            smooth(&mut self.rate, frames as f64 / took);
        }
        let left = self.frames_at_most.saturating_sub(self.frames_planned);
        Progress {
            job: job.to_owned(),
            model: model.to_owned(),
            units: self.units,
            units_total: self.units_total,
            frames: self.frames,
            frames_at_most: self.frames_at_most,
            frames_per_second: self.rate.unwrap_or_default(),
            seconds: self.began.elapsed().as_secs_f64(),
            eta_seconds: self.planned.unwrap_or_default() * left as f64,
        }
    }
}

/// Updates an exponential mean with the newest value.
fn smooth(mean: &mut Option<f64>, newest: f64) {
    *mean = Some(mean.map_or(newest, |mean| mean + NEWEST * (newest - mean)));
}

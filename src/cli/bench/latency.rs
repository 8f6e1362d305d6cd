//! How long an interactive request takes without a window: from a request to the scheduler to its answer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use crossbeam_channel::bounded;
use serde::Serialize;

use crate::explorer::explore::controls::Control;
use flipscope_image::lesion::Framing;
use flipscope_image::lesion::synthetic::{self, Recipe};
use flipscope_image::perturb::Perturbation;
use flipscope_model::Candidate;
use flipscope_model::scheduler::{Loaded, ModelSlot, Request, Scheduler};

use super::maps::beside_maps;
use super::quantile::{milliseconds, quantile};
use crate::cli::arguments::ModelArguments;

/// Candidates of the job in the background: a generation of the letter's largest population.
const JOB: usize = 300;

/// Medians, milliseconds.
#[derive(Serialize)]
pub(super) struct SchedulerLatency {
    /// From request to answer, with nothing else to do.
    pub(super) alone: f64,
    /// The same, at a random moment of a job of 300 candidates.
    pub(super) during_job: f64,
    /// The same, at a random moment of an occlusion map and a landscape.
    pub(super) during_maps: f64,
    /// Duration of one batch of that job: an interactive request waits for the rest of one.
    pub(super) batch: f64,
}

pub(super) fn measure(model: &ModelArguments, repeat: u16) -> anyhow::Result<SchedulerLatency> {
    let scheduler =
        Scheduler::start(model.overrides()).context("the system cannot start a thread")?;
    let loaded = load(&scheduler, model)?;
    let raster = synthetic::draw(&Recipe::between(1, 0.5), 600, 450)?;
    let frame = Arc::new(Framing::Squash.apply(&raster));
    let turned = |degrees: f64| Candidate {
        frame: Arc::clone(&frame),
        perturbation: Arc::new(Control::Rotation.set(&Perturbation::default(), degrees)),
    };
    let ask = |step: u16| -> anyhow::Result<f64> {
        let (sender, answer) = bounded(1);
        let asked = Instant::now();
        scheduler.ask(Request {
            slot: ModelSlot::Primary,
            candidate: turned(f64::from(step)),
            reply: Box::new(move |scored| {
                sender.send(scored.map(|_| asked.elapsed())).ok();
            }),
        });
        let took = answer.recv().context("the network gave no answer")??;
        Ok(milliseconds(took))
    };
    ask(0)?;
    let mut alone = Vec::new();
    for step in 0..repeat {
        alone.push(ask(step)?);
    }
    let (mut during, mut batches) = (Vec::new(), Vec::new());
    let mut job = None;
    for step in 0..repeat {
        let running = job.get_or_insert_with(|| {
            let candidates = (0..JOB).map(|at| turned(at as f64)).collect();
            scheduler.jobs().start(loaded.generation, candidates)
        });
        // The job is running.
        match running.next() {
            Some(scored) => batches.extend(scored?.first().map(|one| f64::from(one.provenance.ms))),
            None => job = None,
        }
        sleep_a_little(step);
        during.push(ask(step)?);
    }
    let beside = || -> anyhow::Result<Vec<f64>> {
        let one = |step| {
            sleep_a_little(step);
            ask(step)
        };
        (0..repeat).map(one).collect()
    };
    let during_maps = beside_maps((&scheduler, &loaded), &frame, beside)?;
    Ok(SchedulerLatency {
        alone: quantile(alone, 0.5),
        during_job: quantile(during, 0.5),
        during_maps: quantile(during_maps, 0.5),
        batch: quantile(batches, 0.5),
    })
}

/// So that each request comes at another moment of a batch.
fn sleep_a_little(step: u16) {
    std::thread::sleep(Duration::from_millis(u64::from(step) * 7 % 40));
}

fn load(scheduler: &Scheduler, model: &ModelArguments) -> anyhow::Result<Loaded> {
    let (sender, answer) = bounded(1);
    let reply = Box::new(move |loaded| {
        sender.send(loaded).ok();
    });
    scheduler.load(ModelSlot::Primary, model.source(), model.device(), reply);
    Ok(answer.recv().context("no model was loaded")??)
}

//! A running training: epochs of steps, validation after each, the best kept, the state saved.

use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use super::best;
use super::draw::{self, Purpose};
use super::error::TrainError;
use super::events::{Event, Outcome, StepDone};
use super::feed::{self, Batch, Feed, Source};
use super::log_files::Records;
use super::pictures::Pictures;
use super::progress::{self, EpochMetrics, Progress};
use super::validation::{Validation, validate};
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::{Frame, Framing};
use flipscope_model::DeviceChoice;
use flipscope_model::training::Learner;
use flipscope_model::training::{Dropout, Objective};

/// A running training.
pub(super) struct Session<'a> {
    pub(super) out: &'a Path,
    pub(super) device: DeviceChoice,
    pub(super) save_every: u64,
    pub(super) framing: Framing,
    pub(super) training: Arc<Pictures>,
    pub(super) validation: Pictures,
    pub(super) learner: Learner,
    pub(super) progress: Progress,
    pub(super) records: Records,
    pub(super) cancel: &'a Cancel,
    pub(super) watch: &'a mut dyn FnMut(Event<'_>),
}

impl Session<'_> {
    /// Trains until the recipe is finished or it is cancelled.
    pub(super) fn run(mut self) -> Result<Outcome, TrainError> {
        if self.progress.steps_done == 0 {
            // From here on there is something to resume, however the program ends.
            self.save()?;
        }
        self.records.write(&self.progress)?;
        let mut cancelled = false;
        if self.progress.recipe.epochs == 0 && self.progress.best.is_none() {
            cancelled = !self.judge_start()?;
            self.save()?;
        }
        while !self.progress.is_over() && !cancelled {
            cancelled = !self.epoch()?;
            if !cancelled {
                cancelled = !self.judge()?;
            }
            self.save()?;
        }
        Ok(Outcome {
            progress: self.progress,
            cancelled,
        })
    }

    /// The remaining steps of an epoch; false if it was cancelled.
    fn epoch(&mut self) -> Result<bool, TrainError> {
        let training = Arc::clone(&self.training);
        let recipe = self.progress.recipe.clone();
        let first = self.progress.step;
        let of = Source {
            pictures: &training,
            framing: self.framing,
            recipe: &recipe,
            epoch: self.progress.epoch,
        };
        thread::scope(|scope| {
            let feed = Feed::start(scope, feed::threads(), of, first);
            let mut feed = feed.map_err(|source| TrainError::Io {
                file: self.out.to_owned(),
                source,
            })?;
            for _ in first..feed.len {
                let batch = feed.next().ok_or_else(|| {
                    TrainError::Data(
                        "a thread that prepares frames has ended: start again with --resume"
                            .to_owned(),
                    )
                })??;
                self.step(batch, feed.len)?;
                if self.cancel.is_requested() {
                    return Ok(false);
                }
                if self.save_every > 0 && self.progress.steps_done.is_multiple_of(self.save_every) {
                    self.save()?;
                }
            }
            Ok(true)
        })
    }

    /// One step on a batch, of `steps` in this epoch.
    fn step(&mut self, batch: Batch, steps: usize) -> Result<(), TrainError> {
        let began = Instant::now();
        let recipe = &self.progress.recipe;
        let (epoch, step) = (self.progress.epoch, self.progress.step);
        let frames = choose(&self.learner, batch.frames, &batch.labels)?;
        let mut rng = draw::stream(recipe.seed, Purpose::Dropout, epoch, step);
        let objective = Objective {
            smoothing: recipe.smoothing,
            auxiliary: recipe.auxiliary,
            dropout: Some(Dropout {
                p: recipe.dropout,
                seed: rng.seed(),
            }),
        };
        let done = self.progress.steps_done;
        let factor = recipe.schedule.factor(done, steps as u64, recipe.epochs);
        let lr = recipe.lr * factor;
        let loss = self.learner.step(&objective, lr, &frames, &batch.labels)?;
        if !loss.is_finite() {
            return Err(self.diverged("the loss is", lr));
        }
        self.progress.step += 1;
        self.progress.steps_done += 1;
        self.progress.loss_sum += loss;
        let report = StepDone {
            epoch: epoch + 1,
            epochs: self.progress.recipe.epochs,
            step: step + 1,
            steps,
            loss,
            mean_loss: self.progress.loss_sum / self.progress.step as f64,
            lr,
            seconds: began.elapsed().as_secs_f64(),
            best: self.progress.best.map(|best| best.validation.auc),
        };
        let precision = self.progress.recipe.precision;
        self.records
            .step(self.progress.steps_done, &report, precision)?;
        self.progress.lr = lr;
        (self.watch)(Event::Step(&report));
        Ok(())
    }

    /// Validates the weights after an epoch and keeps them if they are the best; false if it was cancelled.
    fn judge(&mut self) -> Result<bool, TrainError> {
        let loss = self.progress.loss_sum / self.progress.step.max(1) as f64;
        let Some(row) = self.validate(self.progress.epoch + 1, loss)? else {
            return Ok(false);
        };
        self.progress.rows.push(row);
        self.progress.epoch += 1;
        self.progress.step = 0;
        self.progress.loss_sum = 0.0;
        self.records.write(&self.progress)?;
        self.records.epoch(&row)?;
        (self.watch)(Event::Epoch(&row));
        Ok(true)
    }

    /// Validates and keeps the initial weights, where there is nothing to train; false if it was cancelled.
    fn judge_start(&mut self) -> Result<bool, TrainError> {
        Ok(self.validate(0, 0.0)?.is_some())
    }

    /// The figures of the current weights, which are kept if they are the best; none if it was cancelled.
    fn validate(&mut self, epoch: usize, loss: f64) -> Result<Option<EpochMetrics>, TrainError> {
        let mut checkpoint = self.learner.checkpoint()?;
        let finite = |values: &[f32]| values.iter().all(|value| value.is_finite());
        if !checkpoint.tensors.values().all(|one| finite(&one.values)) {
            return Err(self.diverged("weights are", self.progress.lr));
        }
        let judged = validate(
            &checkpoint,
            &self.validation,
            self.framing,
            self.progress.recipe.sensitivity,
            self.device,
            self.cancel,
        )?;
        let Some(validation) = judged else {
            return Ok(None);
        };
        let row = EpochMetrics {
            epoch,
            loss,
            lr: self.progress.lr,
            validation,
        };
        let better = |best: EpochMetrics| validation.auc > best.validation.auc;
        if self.progress.best.is_none_or(better) {
            self.progress.best = Some(row);
            checkpoint
                .metadata
                .extend(self.card(&validation, row.epoch));
            self.progress.best_sha256 = Some(best::write(self.out, &checkpoint)?);
        }
        Ok(Some(row))
    }

    /// The part of a checkpoint's header that says how it was made.
    fn card(&self, validation: &Validation, epoch: usize) -> Vec<(String, String)> {
        let json = |value: serde_json::Result<String>| value.unwrap_or_default();
        // The operating point has a key of its own, where other programs look for it.
        let at_half = Validation {
            operating_point: None,
            ..*validation
        };
        let averaged = &self.progress.averaged;
        let averaged =
            (!averaged.is_empty()).then(|| ("averaged", json(serde_json::to_string(averaged))));
        [
            (
                "trained_by",
                concat!("flipscope ", env!("CARGO_PKG_VERSION")).to_owned(),
            ),
            ("init", self.progress.init.clone()),
            ("data", json(serde_json::to_string(&self.progress.data))),
            ("recipe", json(serde_json::to_string(&self.progress.recipe))),
            ("epoch", epoch.to_string()),
            ("validation", json(serde_json::to_string(&at_half))),
            (
                "operating_point",
                json(serde_json::to_string(&validation.operating_point)),
            ),
            (
                "intended_use",
                "research and teaching; no medical device, and no diagnosis".to_owned(),
            ),
        ]
        .into_iter()
        .chain(averaged)
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
    }

    fn save(&mut self) -> Result<(), TrainError> {
        let header = self.learner.net().info().header();
        progress::write(self.out, &self.progress, &header, self.learner.state()?)?;
        best::put(self.out)?;
        (self.watch)(Event::Saved);
        Ok(())
    }

    fn diverged(&self, what: &'static str, lr: f64) -> TrainError {
        TrainError::Diverged {
            step: self.progress.steps_done,
            epoch: self.progress.epoch + 1,
            what,
            lr,
            folder: self.out.to_owned(),
        }
    }
}

/// Chooses, for each example, the frame with the largest loss.
fn choose(
    learner: &Learner,
    frames: Vec<Vec<Frame>>,
    labels: &[u32],
) -> Result<Vec<Frame>, TrainError> {
    let mut chosen = Vec::with_capacity(frames.len());
    for (mut frames, label) in frames.into_iter().zip(labels) {
        let worst = if frames.len() > 1 {
            let losses = learner.net().losses(&frames, &vec![*label; frames.len()])?;
            let numbered = losses.into_iter().enumerate();
            numbered
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .map_or(0, |(at, _)| at)
        } else {
            0
        };
        if worst < frames.len() {
            chosen.push(frames.swap_remove(worst));
        }
    }
    Ok(chosen)
}

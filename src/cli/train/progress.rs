//! What a person sees of a running training, on standard error.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::output;
use flipscope_lab::train::{Event, StepDone};

/// The display: a bar for the epoch, and a line for each finished epoch.
pub(super) struct ProgressDisplay {
    pub(super) bar: ProgressBar,
    /// Files that could not be used.
    pub(super) problems: usize,
    /// Seconds per step, smoothed.
    pace: f64,
}

impl ProgressDisplay {
    pub(super) fn new() -> Self {
        let bar = ProgressBar::new(0);
        let template = "{prefix} {pos} of {len} {bar:24} {wide_msg}";
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        Self {
            bar,
            problems: 0,
            pace: 0.0,
        }
    }

    pub(super) fn tell(&mut self, event: &Event<'_>) {
        let bar = &self.bar;
        let say = |text: &str| bar.suspend(|| output::report(text));
        match event {
            Event::Note(note) => say(note),
            Event::Problem(problem) => {
                self.problems += 1;
                say(problem);
            }
            Event::Reading { done, of } => {
                bar.set_prefix("reading photographs,");
                bar.set_length(*of as u64);
                bar.set_position(*done as u64);
            }
            Event::Read(training, validation) => say(&format!(
                "{training} training and {validation} validation photographs"
            )),
            Event::Device(device) => say(&format!("training on {device}")),
            Event::Step(step) => self.step(step),
            Event::Epoch(row) => say(&format!(
                "epoch {}: loss {:.4}, validation AUC {:.4}, sensitivity {:.3}, specificity {:.3}, loss {:.4}",
                row.epoch,
                row.loss,
                row.validation.auc,
                row.validation.sensitivity,
                row.validation.specificity,
                row.validation.loss
            )),
            _ => {}
        }
    }

    fn step(&mut self, step: &StepDone) {
        self.pace = if self.pace == 0.0 {
            step.seconds
        } else {
            0.9 * self.pace + 0.1 * step.seconds
        };
        let left = step.steps * (step.epochs - step.epoch) + step.steps - step.step;
        let left = Duration::from_secs_f64(self.pace * left as f64);
        self.bar.set_length(step.steps as u64);
        self.bar.set_position(step.step as u64);
        self.bar
            .set_prefix(format!("epoch {} of {}, step", step.epoch, step.epochs));
        let best = step
            .best
            .map_or_else(String::new, |auc| format!(", best AUC {auc:.4}"));
        self.bar.set_message(format!(
            "loss {:.4} (mean {:.4}){best}, {:.2} s a step, left {}",
            step.loss,
            step.mean_loss,
            self.pace,
            indicatif::HumanDuration(left)
        ));
    }
}

//! What a training reports while it runs, and how it ended.

use super::progress::{EpochMetrics, Progress};

/// What a training reports.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Something that was assumed, initialised or counted.
    Note(String),
    /// A file that cannot be used.
    Problem(String),
    /// Pictures are being read, of the training or of the validation part.
    Reading {
        /// How many so far.
        done: usize,
        /// Of how many.
        of: usize,
    },
    /// The pictures have been read: training and validation examples that can be used.
    Read(usize, usize),
    /// The network is on its device.
    Device(&'a str),
    /// A step is done.
    Step(&'a StepDone),
    /// An epoch is done and validated.
    Epoch(&'a EpochMetrics),
    /// The state has been saved.
    Saved,
}

/// A finished step.
#[derive(Clone, Debug)]
pub struct StepDone {
    /// The epoch, from 1.
    pub epoch: usize,
    /// Epochs of the recipe.
    pub epochs: usize,
    /// The step within the epoch, from 1.
    pub step: usize,
    /// Steps of the epoch.
    pub steps: usize,
    /// Its loss.
    pub loss: f64,
    /// Mean loss of the epoch so far.
    pub mean_loss: f64,
    /// Its learning rate.
    pub lr: f64,
    /// Its duration, without waiting for its frames.
    pub seconds: f64,
    /// The best validation AUC so far.
    pub best: Option<f64>,
}

/// How a training ended.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its progress.
    pub progress: Progress,
    /// Whether it was cancelled, and can be resumed.
    pub cancelled: bool,
}

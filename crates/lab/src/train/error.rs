//! Why a training cannot start or continue: every message says what, which file, and what to do.

use std::path::PathBuf;

use crate::statistics::StatisticsError;
use flipscope_image::lesion::LesionError;
use flipscope_image::perturb::PerturbationError;
use flipscope_model::ClassifierError;

/// Why a training cannot start or continue.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// A number of the recipe is invalid.
    #[error("{name} is {value}, and must be {range}")]
    Recipe {
        /// Its name on the command line.
        name: &'static str,
        /// Its value.
        value: String,
        /// The allowed values.
        range: &'static str,
    },

    /// The name or strength of an augmentation is invalid.
    #[error("{0}")]
    Augmentation(String),

    /// There is no block of this name to freeze.
    #[error("--freeze {block}: the network has no such block; its blocks are {blocks}")]
    Freeze {
        /// The requested name.
        block: String,
        /// The existing names.
        blocks: String,
    },

    /// The examples are not sufficient.
    #[error("{0}")]
    Data(String),

    /// The folder already holds a training.
    #[error(
        "{folder} holds a training already: resume it with --resume, or name another folder with --out",
        folder = folder.display()
    )]
    Occupied {
        /// The folder.
        folder: PathBuf,
    },

    /// The folder holds a file that a training would replace.
    #[error(
        "{file} exists already, and is not replaced: move it away, or name another folder with --out",
        file = file.display()
    )]
    InTheWay {
        /// The file.
        file: PathBuf,
    },

    /// There is nothing to resume.
    #[error(
        "{file} does not exist, so there is no training to resume: leave --resume out, or name its folder with --out",
        file = file.display()
    )]
    NothingToResume {
        /// The state's file.
        file: PathBuf,
    },

    /// The state belongs to another training, or is damaged.
    #[error("{file}: {reason}", file = file.display())]
    State {
        /// The state's file.
        file: PathBuf,
        /// What is wrong, and the remedy.
        reason: String,
    },

    /// The training has diverged.
    #[error(
        "at step {step} (epoch {epoch}) {what} not finite: the training has diverged. The last saved state is in {folder}, and \
         so is the best checkpoint if there is one. Start again in another folder with a lower --lr (it was {lr}) or a longer \
         --warmup",
        folder = folder.display()
    )]
    Diverged {
        /// Steps done before this one, over all epochs.
        step: u64,
        /// The epoch, from 1.
        epoch: usize,
        /// What is not finite, e.g. "the loss is".
        what: &'static str,
        /// The learning rate of the step.
        lr: f64,
        /// The training's folder.
        folder: PathBuf,
    },

    /// A file cannot be read or written.
    #[error("{file}: {source}", file = file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },

    /// A photograph that could be read before can no longer be read.
    #[error(transparent)]
    Lesion(#[from] LesionError),

    /// The network, its checkpoint or its device.
    #[error(transparent)]
    Classifier(#[from] ClassifierError),

    /// A statistic of the validation part that cannot be computed.
    #[error("the validation part: {0}")]
    Statistics(#[from] StatisticsError),

    /// An invalid perturbation.
    #[error(transparent)]
    Perturbation(#[from] PerturbationError),

    /// It was cancelled before the first step.
    #[error("cancelled before the first step: nothing was written")]
    Cancelled,
}

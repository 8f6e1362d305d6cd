//! Why a training does not begin or does not go on: every message says what, which file, and what to do.

use std::path::PathBuf;

use crate::statistics::StatisticsError;
use flipscope_image::lesion::LesionError;
use flipscope_image::perturb::PerturbationError;
use flipscope_model::ClassifierError;

/// Why a training does not begin or does not go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// A number of the recipe means nothing.
    #[error("{name} is {value}, and must be {range}")]
    Recipe {
        /// What, as the command line calls it.
        name: &'static str,
        /// What it is.
        value: String,
        /// What it may be.
        range: &'static str,
    },

    /// A name or strength of an augmentation means nothing.
    #[error("{0}")]
    Augmentation(String),

    /// There is nothing to freeze by this name.
    #[error("--freeze {block}: the network has no such block; its blocks are {blocks}")]
    Freeze {
        /// What was asked for.
        block: String,
        /// The names that there are.
        blocks: String,
    },

    /// The examples do not suffice.
    #[error("{0}")]
    Data(String),

    /// The folder holds a training already.
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
        "{file} stands there already, and a training would write over it: move it away, or name another folder with --out",
        file = file.display()
    )]
    InTheWay {
        /// The file.
        file: PathBuf,
    },

    /// There is nothing to resume.
    #[error(
        "{file} is not there, so that there is no training to resume: leave --resume out, or name its folder with --out",
        file = file.display()
    )]
    NothingToResume {
        /// The state's file.
        file: PathBuf,
    },

    /// The state is of another training, or damaged.
    #[error("{file}: {reason}", file = file.display())]
    State {
        /// The state's file.
        file: PathBuf,
        /// What is wrong, and the remedy.
        reason: String,
    },

    /// The training has diverged.
    #[error(
        "at step {step} (epoch {epoch}) {what} not finite: the training has diverged. The state of the last save stands in {folder}, \
         the best checkpoint too if there is one. Begin again in another folder with a lower --lr (it was {lr}) or a longer --warmup",
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

    /// A photograph that could be read before can be read no more.
    #[error(transparent)]
    Lesion(#[from] LesionError),

    /// The network, its checkpoint or its device.
    #[error(transparent)]
    Classifier(#[from] ClassifierError),

    /// Figures of the validation part that cannot be computed.
    #[error("the validation part: {0}")]
    Statistics(#[from] StatisticsError),

    /// A perturbation without a meaning.
    #[error(transparent)]
    Perturbation(#[from] PerturbationError),

    /// It was cancelled before the first step.
    #[error("cancelled before the first step: nothing was written")]
    Cancelled,
}

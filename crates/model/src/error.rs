//! Why there is no model or no verdict: every message names the file, what is wrong, and the remedy.

use flipscope_language::{as_text, text};
use std::path::PathBuf;

use flipscope_image::lesion::why_unread;
use flipscope_image::perturb::PerturbationError;

/// Why there is no model or no verdict.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClassifierError {
    /// This build has no embedded demo model.
    #[error(
        "{}", text!("model-none-embedded"))]
    NoDemoModel,

    /// The file cannot be read.
    #[error("{file}: {why}", file = path.display(), why = why_unread(source))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },

    /// The file cannot be written.
    #[error("{}", text!("model-file-unwritable", file = as_text(&path.display()), source = as_text(source)))]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },

    /// The file exists and is not overwritten.
    #[error("{file} {what}", file = path.display(), what = if *own {
        "is the checkpoint itself, which is never overwritten: name another file to write"
    } else {
        "exists already, and is not replaced: name another file, or replace it with --force"
    })]
    Exists {
        /// The file.
        path: PathBuf,
        /// Whether it is the one being read.
        own: bool,
    },

    /// The file is not a readable checkpoint.
    #[error("{file}: {reason}", file = path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong, and the remedy.
        reason: String,
    },

    /// The tensors do not match the architecture.
    #[error("{file}: {reason}", file = path.display())]
    Tensors {
        /// The file.
        path: PathBuf,
        /// What is wrong with which tensors, and the remedy.
        reason: String,
    },

    /// What the file, its sidecar or the command line state about the model is impossible or incomplete.
    #[error("{file}: {reason}", file = path.display())]
    Metadata {
        /// The file.
        path: PathBuf,
        /// What is wrong, and the remedy.
        reason: String,
    },

    /// The device is not available.
    #[error("{}", text!("model-device", choice = as_text(choice), reason = as_text(reason)))]
    Device {
        /// The requested device, e.g. "cuda:0".
        choice: String,
        /// What is wrong, and the remedy.
        reason: String,
    },

    /// The device has not enough memory.
    #[error(
        "{}", text!("model-no-memory", device = as_text(device), count = *batch))]
    OutOfMemory {
        /// The device.
        device: String,
        /// Frames that were judged together.
        batch: usize,
    },

    /// The device no longer responds.
    #[error(
        "{}", text!("device-lost", device = as_text(device), reason = as_text(reason)))]
    DeviceLost {
        /// The device.
        device: String,
        /// What the device reports.
        reason: String,
    },

    /// A job names a model that has been replaced.
    #[error("{}", text!("model-replaced"))]
    NoSuchModel,

    /// An invalid perturbation.
    #[error(transparent)]
    Perturbation(#[from] PerturbationError),

    /// The network failed while running.
    #[error("{}", text!("device-failed", device = as_text(device), reason = as_text(reason)))]
    Run {
        /// The device.
        device: String,
        /// What the device reports.
        reason: String,
    },
}

//! Why there is no model or no verdict: every message names the file, what is wrong, and the remedy.

use std::path::PathBuf;

use crate::lesion::why_unread;

/// Why there is no model or no verdict.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClassifierError {
    /// This build has no demo model inside.
    #[error(
        "this build has no demo model inside: name a checkpoint with --model FILE, or build with the feature `demo-model`"
    )]
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
    #[error("{file} cannot be written: {source}", file = path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },

    /// The file is no checkpoint that can be read.
    #[error("{file}: {reason}", file = path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong, and the remedy.
        reason: String,
    },

    /// The tensors are not those of the architecture.
    #[error("{file}: {reason}", file = path.display())]
    Tensors {
        /// The file.
        path: PathBuf,
        /// What is wrong with which tensors, and the remedy.
        reason: String,
    },

    /// What the file, its sidecar or the command line say of the model is impossible or incomplete.
    #[error("{file}: {reason}", file = path.display())]
    Metadata {
        /// The file.
        path: PathBuf,
        /// What is wrong, and the remedy.
        reason: String,
    },

    /// The device is not there.
    #[error("device {choice}: {reason}")]
    Device {
        /// What was asked for, e.g. "cuda:0".
        choice: String,
        /// What is wrong, and the remedy.
        reason: String,
    },

    /// The network failed while running (out of memory, a fault of the device).
    #[error("the network failed on {device}: {reason}")]
    Run {
        /// The device.
        device: String,
        /// What the device says.
        reason: String,
    },
}

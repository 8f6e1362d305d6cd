//! The state of a photograph's file when it could not be read. As long as it is the same, reading it again would say the same.

use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

/// The state of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileState {
    /// It is not there, or out of reach.
    Missing,
    /// It is there.
    Found {
        /// Its length.
        bytes: u64,
        /// When it was changed: seconds since 1970, and nanoseconds; none where the system does not say.
        modified: Option<(u64, u32)>,
    },
}

impl FileState {
    /// The state of a file now. It asks the system: for threads, not for `apply`.
    pub(crate) fn of(path: &Path) -> Self {
        let Ok(metadata) = path.metadata() else {
            return Self::Missing;
        };
        let modified = metadata.modified().ok();
        let since = modified.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        Self::Found {
            bytes: metadata.len(),
            modified: since.map(|since| (since.as_secs(), since.subsec_nanos())),
        }
    }
}

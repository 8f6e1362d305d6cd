//! How a study is run.

use std::path::PathBuf;

use crate::study::plan::Shard;

/// How a study is run: nothing here changes a result.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The shard.
    pub shard: Shard,
    /// A folder of the pictures, if they are neither where they were when the study was made nor next to its file.
    pub root: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            shard: Shard::WHOLE,
            root: None,
        }
    }
}

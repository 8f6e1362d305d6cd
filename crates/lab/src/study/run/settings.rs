//! How a study is carried out.

use std::path::PathBuf;

use crate::study::plan::Shard;

/// How a study is carried out: nothing here changes a result.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which part of it.
    pub shard: Shard,
    /// A folder of the pictures, where they are not where they were when the study was made, nor beside its file.
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

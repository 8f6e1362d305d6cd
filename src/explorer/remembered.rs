//! What is remembered from one start to the next besides the session, as the small file holds it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::explorer::appearance::Appearance;

/// Version of the file format.
pub(super) const VERSION: u32 = 1;

/// The file's content. It names no photograph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remembered {
    /// [`VERSION`].
    pub(super) version: u32,
    /// Recent models, the newest first.
    pub models: Vec<PathBuf>,
    /// Sessions that were saved or opened by name, the newest first.
    #[serde(default)]
    pub sessions: Vec<PathBuf>,
    /// The window.
    #[serde(default)]
    pub appearance: Appearance,
}

impl Remembered {
    pub(super) fn new(
        models: Vec<PathBuf>,
        sessions: Vec<PathBuf>,
        appearance: Appearance,
    ) -> Self {
        Self {
            version: VERSION,
            models,
            sessions,
            appearance,
        }
    }
}

impl Default for Remembered {
    fn default() -> Self {
        Self::new(Vec::new(), Vec::new(), Appearance::default())
    }
}

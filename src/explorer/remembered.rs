//! What is remembered from one start to the next besides the session, as the small file holds it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::explorer::appearance::Appearance;

/// Version of the file format.
pub(super) const VERSION: u32 = 1;
/// Studies, and reader studies, that a page offers.
const STUDIES: usize = 8;

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
    /// Studies, the newest first.
    #[serde(default)]
    pub studies: Vec<RecentStudy>,
    /// Reader studies, the newest first.
    #[serde(default)]
    pub reader_studies: Vec<RecentStudy>,
    /// The window.
    #[serde(default)]
    pub appearance: Appearance,
}

impl Default for Remembered {
    fn default() -> Self {
        Self {
            version: VERSION,
            models: Vec::new(),
            sessions: Vec::new(),
            studies: Vec::new(),
            reader_studies: Vec::new(),
            appearance: Appearance::default(),
        }
    }
}

/// A study or reader study that was open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentStudy {
    /// Its file.
    pub file: PathBuf,
    /// What it consists of, in one sentence.
    pub what: String,
    /// How far it was when it was last seen.
    pub progress: String,
}

impl RecentStudy {
    /// Puts it at the top of those that a page offers.
    pub(super) fn remember(self, recent: &mut Vec<Self>) {
        recent.retain(|earlier| earlier.file != self.file);
        recent.insert(0, self);
        recent.truncate(STUDIES);
    }

    /// Takes a file off the list.
    pub(super) fn forget(recent: &mut Vec<Self>, file: &Path) {
        recent.retain(|earlier| earlier.file != file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recent_studies_are_few_and_the_newest_first() {
        let study = |name: &str| RecentStudy {
            file: PathBuf::from(name),
            what: String::new(),
            progress: String::new(),
        };
        let mut recent = Vec::new();
        for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "c"] {
            study(name).remember(&mut recent);
        }
        let names: Vec<_> = recent
            .iter()
            .map(|one| one.file.to_str().unwrap())
            .collect();
        assert_eq!(names, ["c", "i", "h", "g", "f", "e", "d", "b"]);
        RecentStudy::forget(&mut recent, Path::new("h"));
        assert_eq!(recent.len(), 7);
    }
}

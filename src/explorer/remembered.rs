//! What is remembered from one start to the next besides the session, as the small file holds it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use flipscope_base::untrusted::printable;
use flipscope_language::text;

use crate::explorer::appearance::Appearance;
use crate::explorer::figures::state::Settings;
use crate::explorer::wording;

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
    /// Whether the smallest changes that flip are looked for without being asked.
    #[serde(default = "on")]
    pub summaries: bool,
    /// How figures are drawn.
    #[serde(default)]
    pub figures: Settings,
}

fn on() -> bool {
    true
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
            summaries: on(),
            figures: Settings::default(),
        }
    }
}

/// A study or reader study that was open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentStudy {
    /// Its file.
    pub file: PathBuf,
    /// What it consists of.
    pub what: Contents,
    /// How far it was when it was last seen.
    pub progress: StudyProgress,
}

/// What a study or reader study consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Contents {
    /// Lesions of a labelled set.
    Lesions {
        /// The name of the set.
        dataset: String,
        /// How many melanomas.
        melanomas: usize,
        /// How many nevi.
        nevi: usize,
    },
    /// A sentence of the library; earlier versions kept sentences only.
    Said(String),
}

impl Contents {
    /// One sentence, without control characters.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Lesions {
                dataset,
                melanomas,
                nevi,
            } => text!(
                "recent-lesions",
                dataset = printable(dataset),
                melanomas = *melanomas,
                nevi = *nevi,
            ),
            Self::Said(sentence) => wording::in_window(sentence),
        }
    }
}

/// How far a study or reader study was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum StudyProgress {
    /// A study: how much of its work is done.
    Study {
        /// Units of work that are done.
        done: u64,
        /// All of them.
        of: u64,
    },
    /// A reader study.
    Readers {
        /// How many readers have begun.
        joined: usize,
        /// How many have answered every case.
        finished: usize,
        /// Whether they are classes, by show of hands.
        #[serde(default)]
        classroom: bool,
    },
    /// A sentence, as earlier versions kept it.
    Said(String),
}

impl StudyProgress {
    /// In words, without control characters.
    #[must_use]
    pub fn in_words(&self) -> String {
        match *self {
            Self::Study { done, of } if done >= of => text!("study-complete").to_owned(),
            Self::Study { done: 0, .. } => text!("recent-not-started").to_owned(),
            Self::Study { done, of } => {
                // Integers: it must not say 100 % before the last one.
                let percent = u128::from(done) * 100 / u128::from(of.max(1));
                text!("recent-done", percent = percent.to_string())
            }
            Self::Readers {
                joined,
                finished,
                classroom: true,
            } => text!(
                "readers-classes-counts",
                joined = joined,
                finished = finished
            ),
            Self::Readers { joined: 0, .. } => text!("recent-nobody").to_owned(),
            Self::Readers {
                joined, finished, ..
            } => text!("recent-readers", joined = joined, finished = finished),
            Self::Said(ref sentence) => wording::in_window(sentence),
        }
    }
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
    fn what_is_known_of_a_study_is_said_in_the_language_of_the_window() {
        use flipscope_language::{Language, within};

        let standing = [
            (
                StudyProgress::Study { done: 0, of: 9 },
                "Not started",
                "Nicht begonnen",
            ),
            (
                StudyProgress::Study { done: 8, of: 9 },
                "88 % done",
                "88 % erledigt",
            ),
            (
                StudyProgress::Study { done: 9, of: 9 },
                "Complete",
                "Fertig",
            ),
            (
                StudyProgress::Readers {
                    joined: 1,
                    finished: 0,
                    classroom: false,
                },
                "1 reader joined, 0 finished",
                "1 Befunder dabei, 0 fertig",
            ),
            (
                StudyProgress::Readers {
                    joined: 1,
                    finished: 0,
                    classroom: true,
                },
                "1 class has joined, 0 finished",
                "1 Klasse dabei, 0 fertig",
            ),
            (
                StudyProgress::Said("40 % done".to_owned()),
                "40 % done",
                "40 % done",
            ),
        ];
        for (standing, english, german) in standing {
            assert_eq!(standing.in_words(), english);
            assert_eq!(within(Language::German, || standing.in_words()), german);
        }
        let one = Contents::Lesions {
            dataset: "mine".to_owned(),
            melanomas: 1,
            nevi: 2,
        };
        assert_eq!(one.in_words(), "mine: 1 melanoma, 2 nevi");
    }

    #[test]
    fn recent_studies_are_few_and_the_newest_first() {
        let study = |name: &str| RecentStudy {
            file: PathBuf::from(name),
            what: Contents::Said(String::new()),
            progress: StudyProgress::Said(String::new()),
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

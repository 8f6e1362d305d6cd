//! What is kept about a photograph that could not be read, so that the same is not said twice. It does not tell whether the photograph can be
//! read by now: a repair may change neither length nor time of the file.

use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use flipscope_language::Language;

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

/// That a photograph could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The language of the words that say why.
    pub language: Language,
    /// The state of its file then.
    pub file: FileState,
}

impl Refused {
    /// Whether these words say what others said before. That a file is not there is said in more than one way; and words of two languages
    /// cannot be compared, so that the file has to do.
    pub(crate) fn repeats(self, words: &str, before: Self, words_before: &str) -> bool {
        let missing = [self.file, before.file] == [FileState::Missing; 2];
        let same = if self.language == before.language {
            words == words_before
        } else {
            self.file == before.file
        };
        missing || same
    }
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

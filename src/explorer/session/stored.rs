//! The entries of a session's tables: a lesion, a model, a step of the history, a finding, a path, each as its file has it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use flipscope_lab::search::SearchOutcome;
use flipscope_lab::study::plan::Draft;
use flipscope_language::Language;

use crate::explorer::explore::file_state::FileState;
use crate::explorer::search::state::Curve;
use crate::explorer::study::state::StudyForm;

/// A place in the table of perturbations; none for an unaltered frame.
pub type Altered = Option<usize>;

/// An alteration that was applied to many lesions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredApplied {
    /// The alteration.
    pub altered: usize,
    /// The lesions.
    pub lesions: Vec<usize>,
    /// Whether verdicts that are missing are asked for.
    pub asking: bool,
}

/// Where labels come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StoredLabels {
    /// A folder that was opened.
    Folder(StoredPath),
    /// A table that a person named.
    Table(StoredPath),
}

/// A model by its name or path, and the hash of what was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredModel {
    /// Where it comes from.
    pub source: StoredSource,
    /// SHA-256 of its file, once it was loaded.
    pub sha256: Option<String>,
}

/// Where a model comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StoredSource {
    /// An embedded model, by its name on the command line.
    Embedded(String),
    /// A checkpoint.
    File(StoredPath),
}

/// One lesion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredLesion {
    /// Where it is read from.
    pub origin: StoredOrigin,
    /// SHA-256 of its file, once it was read.
    pub sha256: Option<String>,
    /// Its sliders.
    pub altered: Altered,
    /// Why it could not be read; none in older sessions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<StoredRefusal>,
}

/// Why a photograph could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRefusal {
    /// In words.
    pub why: String,
    /// Their language.
    pub language: Language,
    /// The state of its file then.
    pub file: FileState,
}

/// Where a lesion is read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StoredOrigin {
    /// A photograph.
    File(StoredPath),
    /// A synthetic sample, by its name.
    Sample(String),
}

/// One step of the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StoredEdit {
    /// A lesion was altered.
    Alter {
        /// Which.
        lesion: usize,
        /// Before.
        before: Altered,
        /// After.
        after: Altered,
    },
    /// One alteration was applied to several lesions.
    AlterMany {
        /// Those that it changed, each with what was before.
        before: Vec<(usize, Altered)>,
        /// The alteration.
        after: Altered,
    },
    /// A finding was deleted.
    DeleteFinding {
        /// Its position in the tray.
        index: usize,
        /// Which.
        finding: usize,
    },
    /// Lesions were closed.
    Close {
        /// Which, in the order of the list.
        lesions: Vec<StoredClosed>,
        /// Their findings that were in no file: the position of each in the tray, and which it is.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<(usize, usize)>,
    },
}

/// A lesion that was closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredClosed {
    /// Its position in the list.
    pub index: usize,
    /// Which.
    pub lesion: usize,
    /// Its sliders then.
    pub altered: Altered,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct StoredFinding {
    /// Its number in the tray.
    pub number: usize,
    /// The lesion that it was found on.
    pub lesion: usize,
    /// How the search converged.
    pub curve: Curve,
    /// Whether it was exported.
    pub exported: bool,
    /// What was found.
    pub found: Arc<SearchOutcome>,
}

/// The form for the next study.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredStudyForm {
    /// The labelled photographs.
    pub data: Option<StoredPath>,
    /// Folder with the table's photographs.
    pub images: Option<StoredPath>,
    /// The split of a training.
    pub split: Option<StoredPath>,
    /// The labelled photographs that were proposed.
    pub proposed: Option<StoredPath>,
    /// The jobs and the pictures.
    pub draft: Draft,
    /// Whether the comparison model is studied too.
    pub include_comparison: bool,
}

impl StoredStudyForm {
    /// A form as it is.
    pub fn new(form: &StudyForm) -> Self {
        let stored = |path: &Option<PathBuf>| path.as_deref().map(StoredPath::new);
        Self {
            data: stored(&form.data),
            images: stored(&form.images),
            split: stored(&form.split),
            proposed: stored(&form.proposed),
            draft: form.draft.clone(),
            include_comparison: form.include_comparison,
        }
    }

    /// The form.
    pub fn form(&self) -> StudyForm {
        let path = |stored: &Option<StoredPath>| stored.as_ref().map(StoredPath::path);
        StudyForm {
            data: path(&self.data),
            images: path(&self.images),
            split: path(&self.split),
            proposed: path(&self.proposed),
            draft: self.draft.clone(),
            include_comparison: self.include_comparison,
        }
    }

    /// Its paths.
    pub(super) fn paths_mut(&mut self) -> impl Iterator<Item = &mut StoredPath> {
        let paths = [&mut self.data, &mut self.images, &mut self.split];
        paths.into_iter().chain([&mut self.proposed]).flatten()
    }
}

/// A path from the root: as text, or as its bytes where it is no Unicode.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum StoredPath {
    /// As text.
    Text(String),
    /// As the system's bytes.
    Bytes(Vec<u8>),
}

impl StoredPath {
    /// A path as it is.
    pub fn new(path: &Path) -> Self {
        match path.to_str() {
            Some(text) => Self::Text(text.to_owned()),
            None => Self::Bytes(path.as_os_str().as_encoded_bytes().to_vec()),
        }
    }

    /// The same, valid from any folder.
    pub(super) fn whole(&self) -> Self {
        let path = self.path();
        Self::new(&std::path::absolute(&path).unwrap_or(path))
    }

    /// The path.
    pub fn path(&self) -> PathBuf {
        match self {
            Self::Text(text) => PathBuf::from(text),
            #[cfg(unix)]
            Self::Bytes(bytes) => {
                use std::os::unix::ffi::OsStrExt as _;
                PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
            }
            #[cfg(not(unix))]
            Self::Bytes(bytes) => PathBuf::from(String::from_utf8_lossy(bytes).into_owned()),
        }
    }
}

//! The form for the next reader study as a session's file has it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use flipscope_lab::reader::plan::{Draft, Length, Settings};
use flipscope_model::Label;

use crate::explorer::readers::state::{Proposed, ReaderForm, Source};
use crate::explorer::session::stored::StoredPath;

/// A form with its paths.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredReaderForm {
    /// Whether the findings are those of the tray.
    tray: bool,
    /// Chosen findings, or folders of them.
    findings: Vec<StoredPath>,
    /// The labelled photographs.
    data: Option<StoredPath>,
    /// Folder with the table's photographs.
    images: Option<StoredPath>,
    /// The truth about lesions that are not among them.
    truth: Option<Label>,
    /// What is asked of readers.
    settings: Settings,
    /// The labelled photographs that were proposed.
    proposed_data: Option<StoredPath>,
    /// Cases, gap and practice that were proposed.
    proposed_length: Length,
    /// Whether the tray was.
    proposed_tray: bool,
}

impl StoredReaderForm {
    /// A form as it is.
    pub fn new(form: &ReaderForm) -> Self {
        let ReaderForm {
            source,
            draft,
            proposed,
        } = form;
        let stored = |path: &Option<PathBuf>| path.as_deref().map(StoredPath::new);
        let findings = draft.findings.iter();
        Self {
            tray: *source == Source::Tray,
            findings: findings.map(|path| StoredPath::new(path)).collect(),
            data: stored(&draft.data),
            images: stored(&draft.images),
            truth: draft.truth,
            settings: draft.settings.clone(),
            proposed_data: stored(&proposed.data),
            proposed_length: proposed.length,
            proposed_tray: proposed.tray,
        }
    }

    /// The form.
    pub fn form(&self) -> ReaderForm {
        let path = |stored: &Option<StoredPath>| stored.as_ref().map(StoredPath::path);
        ReaderForm {
            source: if self.tray {
                Source::Tray
            } else {
                Source::Files
            },
            draft: Draft {
                findings: self.findings.iter().map(StoredPath::path).collect(),
                data: path(&self.data),
                images: path(&self.images),
                truth: self.truth,
                settings: self.settings.clone(),
            },
            proposed: Proposed {
                data: path(&self.proposed_data),
                length: self.proposed_length,
                tray: self.proposed_tray,
            },
        }
    }

    /// Its paths.
    pub(super) fn paths_mut(&mut self) -> impl Iterator<Item = &mut StoredPath> {
        let single = [&mut self.data, &mut self.images, &mut self.proposed_data];
        let single = single.into_iter().flatten();
        self.findings.iter_mut().chain(single)
    }
}

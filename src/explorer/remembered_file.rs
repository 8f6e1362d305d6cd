//! What the window remembers from one start to the next besides the session: recent checkpoints and sessions, its size and look. A
//! small JSON file of our own, written whole or not at all. It contains nothing about photographs.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::explorer::appearance::Appearance;
use crate::explorer::remembered::{Remembered, VERSION};
use crate::explorer::worker::{Answer, Outbox};
use directories::BaseDirs;
use flipscope_base::atomic::{self, Existing};
use flipscope_base::read;
use flipscope_base::system::in_words;
use flipscope_language::{Language, text};

/// The file, and what is written to it.
#[derive(Clone, Debug)]
pub(super) struct RememberedFile {
    file: PathBuf,
    /// Counts the write requests; an older list does not replace a newer one.
    newest: Arc<AtomicU64>,
    writing: Arc<std::sync::Mutex<()>>,
}

/// Where this user's file is, by the conventions of the system; none if no home folder is known.
pub(crate) fn file() -> Option<PathBuf> {
    let folders = BaseDirs::new()?;
    // Only Linux has a folder for state.
    let state = folders.state_dir().unwrap_or(folders.data_local_dir());
    Some(state.join("flipscope/window.json"))
}

/// The language of this user's system, as far as the window speaks it.
pub(crate) fn system_language() -> Language {
    let locale = sys_locale::get_locale();
    locale
        .and_then(|locale| Language::of_locale(&locale))
        .unwrap_or_default()
}

/// The window's size and look in the last run, if its file can be read.
pub(super) fn remembered_appearance(file: &Path) -> Appearance {
    let text = read::text(file, read::MAX_JSON).ok();
    let remembered = text.and_then(|text| serde_json::from_str::<Remembered>(&text).ok());
    remembered.map_or_else(Appearance::default, |remembered| remembered.appearance)
}

impl RememberedFile {
    pub(super) fn new(file: PathBuf) -> Self {
        Self {
            file,
            newest: Arc::default(),
            writing: Arc::default(),
        }
    }

    /// What earlier runs left. Of checkpoints and sessions it does not check whether they still exist: an unreachable network disk would keep the
    /// window from opening. A file that cannot be understood is set aside, and a message says so.
    pub(super) fn recall(&self) -> (Remembered, Option<String>) {
        let text = match read::text(&self.file, read::MAX_JSON) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return (Remembered::default(), None);
            }
            Err(error) => {
                let warning = text!(
                    "recent-forgotten",
                    file = self.file.display().to_string(),
                    error = error.to_string(),
                );
                return (Remembered::default(), Some(warning));
            }
        };
        match serde_json::from_str::<Remembered>(&text) {
            Ok(remembered) if remembered.version == VERSION => (remembered, None),
            _ => (Remembered::default(), Some(self.set_aside())),
        }
    }

    fn set_aside(&self) -> String {
        let aside = self.file.with_extension("json.set-aside");
        let file = self.file.display().to_string();
        match std::fs::rename(&self.file, &aside).map_err(in_words) {
            Ok(()) => {
                let aside = aside.display().to_string();
                text!("recent-set-aside", file = file, aside = aside)
            }
            Err(error) => {
                let error = error.to_string();
                text!("recent-not-set-aside", file = file, error = error)
            }
        }
    }

    /// Writes it on a separate thread; a failure comes back as an answer.
    ///
    /// # Errors
    /// If the system cannot start a thread.
    pub(super) fn keep(&self, remembered: Remembered, outbox: Outbox) -> io::Result<()> {
        let memory = self.clone();
        let own = self.newest.fetch_add(1, Ordering::SeqCst) + 1;
        std::thread::Builder::new()
            .name("memory".to_owned())
            .spawn(flipscope_language::carried(move || {
                let writing = memory.writing.lock();
                if memory.newest.load(Ordering::SeqCst) == own
                    && let Err(error) = write(&memory.file, remembered)
                {
                    outbox.send(Answer::Forgotten(text!(
                        "recent-will-be-forgotten",
                        file = memory.file.display().to_string(),
                        error = error.to_string(),
                    )));
                }
                drop(writing);
            }))?;
        Ok(())
    }
}

fn write(file: &Path, mut remembered: Remembered) -> io::Result<()> {
    // JSON holds only Unicode: a name that is not Unicode is forgotten, without the others.
    for paths in [&mut remembered.models, &mut remembered.sessions] {
        paths.retain(|path| path.to_str().is_some());
    }
    for studies in [&mut remembered.studies, &mut remembered.reader_studies] {
        studies.retain(|study| study.file.to_str().is_some());
    }
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(in_words)?;
    }
    atomic::write(
        file,
        serde_json::to_string_pretty(&remembered)?.as_bytes(),
        Existing::Replace,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::appearance::ThemeChoice;
    use crate::explorer::remembered::{Contents, RecentStudy, StudyProgress};

    #[test]
    fn what_is_written_is_recalled_and_what_is_damaged_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let memory = RememberedFile::new(folder.path().join("deep/window.json"));
        assert_eq!(memory.recall(), (Remembered::default(), None));
        let paths = ["b.pth", "a.safetensors"].map(|name| folder.path().join(name));
        let appearance = Appearance {
            size: Some([1000.5, 700.0]),
            zoom: 1.1,
            theme: ThemeChoice::Dark,
            ..Appearance::default()
        };
        let remembered = Remembered {
            models: paths.to_vec(),
            sessions: paths.to_vec(),
            studies: vec![RecentStudy {
                file: folder.path().join("mine.study"),
                what: Contents::Lesions {
                    dataset: "isic2017".to_owned(),
                    melanomas: 3,
                    nevi: 4,
                },
                progress: StudyProgress::Study { done: 2, of: 5 },
            }],
            appearance,
            ..Remembered::default()
        };
        write(&memory.file, remembered.clone()).unwrap();
        assert_eq!(memory.recall(), (remembered, None));
        // As an earlier version wrote it.
        std::fs::write(&memory.file, r#"{"version": 1, "models": ["/a.pth"]}"#).unwrap();
        assert_eq!(memory.recall().0.models, [PathBuf::from("/a.pth")]);
        let old = r#"{"version": 1, "models": [], "studies": [{"file": "/a.study", "what": "isic2017: 3 melanomas, 4 nevi",
            "progress": "40 % done"}]}"#;
        std::fs::write(&memory.file, old).unwrap();
        let studies = memory.recall().0.studies;
        assert_eq!(studies.len(), 1);
        assert_eq!(studies[0].what.in_words(), "isic2017: 3 melanomas, 4 nevi");
        assert_eq!(studies[0].progress.in_words(), "40 % done");

        for damaged in ["{", r#"{"version": 2, "models": []}"#] {
            std::fs::write(&memory.file, damaged).unwrap();
            let (remembered, warning) = memory.recall();
            assert!(remembered.models.is_empty() && warning.unwrap().contains("set aside as"));
            let aside = memory.file.with_extension("json.set-aside");
            assert_eq!(std::fs::read_to_string(aside).unwrap(), damaged);
            assert!(!memory.file.exists());
        }
    }
}

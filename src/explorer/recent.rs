//! What the window remembers from one start to the next: the most recently loaded checkpoints. A small JSON file of our own,
//! written whole or not at all. It contains nothing about photographs.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use directories::BaseDirs;
use serde::{Deserialize, Serialize};

use crate::explorer::worker::{Answer, Outbox};
use flipscope_base::atomic::{self, Existing};
use flipscope_base::read;

/// Version of the file format.
const VERSION: u32 = 1;

/// The file's content.
#[derive(Debug, Serialize, Deserialize)]
struct Remembered {
    version: u32,
    /// The newest first.
    models: Vec<PathBuf>,
}

/// The file, and what is written to it.
#[derive(Clone, Debug)]
pub(super) struct RecentModels {
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

impl RecentModels {
    pub(super) fn new(file: PathBuf) -> Self {
        Self {
            file,
            newest: Arc::default(),
            writing: Arc::default(),
        }
    }

    /// The checkpoints of earlier runs. It does not check whether they still exist: an unreachable network disk would keep the
    /// window from opening. A file that cannot be understood is set aside, and a message says so.
    pub(super) fn recall(&self) -> (Vec<PathBuf>, Option<String>) {
        let text = match read::text(&self.file, read::MAX_JSON) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return (Vec::new(), None),
            Err(error) => {
                let warning = format!(
                    "{}: {error}: recent models are not offered",
                    self.file.display()
                );
                return (Vec::new(), Some(warning));
            }
        };
        match serde_json::from_str(&text) {
            Ok(Remembered {
                version: VERSION,
                models,
            }) => (models, None),
            _ => (Vec::new(), Some(self.set_aside())),
        }
    }

    fn set_aside(&self) -> String {
        let aside = self.file.with_extension("json.set-aside");
        let done = match std::fs::rename(&self.file, &aside) {
            Ok(()) => format!("set aside as {}", aside.display()),
            Err(error) => format!("and cannot be set aside ({error})"),
        };
        format!(
            "{}: is damaged or of another version of flipscope, {done}: recent models are not offered",
            self.file.display()
        )
    }

    /// Writes the list on a separate thread; a failure comes back as an answer.
    ///
    /// # Errors
    /// If the system cannot start a thread.
    pub(super) fn keep(&self, models: Vec<PathBuf>, outbox: Outbox) -> io::Result<()> {
        let memory = self.clone();
        let own = self.newest.fetch_add(1, Ordering::SeqCst) + 1;
        std::thread::Builder::new()
            .name("memory".to_owned())
            .spawn(move || {
                let writing = memory.writing.lock();
                if memory.newest.load(Ordering::SeqCst) == own
                    && let Err(error) = write(&memory.file, models)
                {
                    let file = memory.file.display();
                    outbox.send(Answer::Forgotten(format!(
                        "{file}: {error}: the models used now will not be offered at the next start"
                    )));
                }
                drop(writing);
            })?;
        Ok(())
    }
}

fn write(file: &Path, models: Vec<PathBuf>) -> io::Result<()> {
    // JSON holds only Unicode: a name that is not Unicode is forgotten, without the others.
    let models = (models.into_iter())
        .filter(|path| path.to_str().is_some())
        .collect();
    let remembered = Remembered {
        version: VERSION,
        models,
    };
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
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

    #[test]
    fn what_is_written_is_recalled_and_what_is_damaged_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let memory = RecentModels::new(folder.path().join("deep/window.json"));
        assert_eq!(memory.recall(), (Vec::new(), None));
        let models = ["b.pth", "a.safetensors"].map(|name| folder.path().join(name));
        write(&memory.file, models.to_vec()).unwrap();
        assert_eq!(memory.recall(), (models.to_vec(), None));

        for damaged in ["{", r#"{"version": 2, "models": []}"#] {
            std::fs::write(&memory.file, damaged).unwrap();
            let (models, warning) = memory.recall();
            assert!(models.is_empty() && warning.unwrap().contains("set aside as"));
            let aside = memory.file.with_extension("json.set-aside");
            assert_eq!(std::fs::read_to_string(aside).unwrap(), damaged);
            assert!(!memory.file.exists());
        }
    }
}

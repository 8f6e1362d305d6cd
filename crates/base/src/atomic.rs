//! Files that appear whole or not at all, and survive a power cut once the call returns.
//!
//! A file is written under a temporary name in the target's folder, synced, and renamed; then the folder is synced too, since a
//! rename that is only in memory is lost with the power. A process that is killed leaves its temporary file behind. Each
//! process holds a lock on its temporary files while it runs, so that a later one that writes into the same folder can tell
//! which are abandoned, and removes them.

use flipscope_language::{as_text, text};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tempfile::{NamedTempFile, TempPath};

use crate::system::in_words;

/// The prefix of every temporary file's name.
const PREFIX: &str = ".flipscope-";

/// The process that is making a younger file may not have locked it yet.
const YOUNGEST_ABANDONED: Duration = Duration::from_mins(1);

/// What happens to a file that already has the target's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It is replaced.
    Replace,
    /// It stays, and the call fails with [`io::ErrorKind::AlreadyExists`].
    Refuse,
}

/// A file that is being written and does not have its name yet. If it is dropped before [`AtomicFile::commit`], it is removed.
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    temporary: NamedTempFile,
}

impl AtomicFile {
    /// Begins a file in the target's folder, which must exist.
    ///
    /// # Errors
    /// If no file can be created there.
    pub fn create(target: &Path) -> io::Result<Self> {
        Ok(Self {
            target: target.to_owned(),
            temporary: temporary_in(&folder_of(target))?,
        })
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// If it cannot be written or named, or [`Existing::Refuse`] forbids it.
    pub fn commit(self, existing: Existing) -> io::Result<()> {
        let named = || -> io::Result<()> {
            self.temporary.as_file().sync_all()?;
            match existing {
                Existing::Replace => self.temporary.persist(&self.target)?,
                Existing::Refuse => self.temporary.persist_noclobber(&self.target)?,
            };
            sync_folder(&folder_of(&self.target))
        };
        named().map_err(with_remedy)
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let file = self.temporary.as_file_mut();
        file.write(bytes).map_err(with_remedy)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.temporary.as_file_mut().flush().map_err(with_remedy)
    }
}

/// Writes a whole file.
///
/// # Errors
/// As [`AtomicFile::create`] and [`AtomicFile::commit`].
pub fn write(target: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    let mut file = AtomicFile::create(target)?;
    file.write_all(bytes)?;
    file.commit(existing)
}

/// An empty file that other code (SQLite) opens by its path, and that gets the target's name at the end.
#[derive(Debug)]
pub struct AtomicPath {
    target: PathBuf,
    temporary: TempPath,
    /// Holds the lock that marks the file as in use.
    lock: File,
}

impl AtomicPath {
    /// Begins a file in the target's folder, which must exist.
    ///
    /// # Errors
    /// If no file can be created there.
    pub fn create(target: &Path) -> io::Result<Self> {
        let (lock, temporary) = temporary_in(&folder_of(target))?.into_parts();
        Ok(Self {
            target: target.to_owned(),
            temporary,
            lock,
        })
    }

    /// Where the file is until it has its name.
    pub fn path(&self) -> &Path {
        &self.temporary
    }

    /// Gives the file its name; whatever opened it by its path must have closed it.
    ///
    /// # Errors
    /// As [`AtomicFile::commit`].
    pub fn commit(self, existing: Existing) -> io::Result<()> {
        let named = || -> io::Result<()> {
            self.lock.sync_all()?;
            match existing {
                Existing::Replace => self.temporary.persist(&self.target)?,
                Existing::Refuse => self.temporary.persist_noclobber(&self.target)?,
            }
            sync_folder(&folder_of(&self.target))
        };
        named().map_err(with_remedy)
    }
}

/// Makes the names in a folder survive a power cut. On systems that cannot open a folder there is nothing to do.
///
/// # Errors
/// If the folder cannot be opened or written.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// The folder of a file: the current one for a bare name.
pub fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn temporary_in(folder: &Path) -> io::Result<NamedTempFile> {
    remove_abandoned_once(folder);
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    // Temporary files are private; this one becomes an ordinary file.
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    // The error names the temporary file, which means nothing to the user.
    let file = (builder.tempfile_in(folder)).map_err(|error| said(error.kind(), folder))?;
    // On file systems without locks, only the tidying up is lost, not the file.
    file.as_file().try_lock().ok();
    Ok(file)
}

/// Why a folder takes no file, in words that name the folder where it is the folder's fault.
fn said(kind: io::ErrorKind, folder: &Path) -> io::Error {
    let is_there = folder.is_dir();
    let folder = folder.display();
    match kind {
        io::ErrorKind::NotFound if !is_there => {
            io::Error::new(kind, text!("folder-missing", folder = as_text(&folder)))
        }
        io::ErrorKind::NotADirectory => {
            io::Error::new(kind, text!("folder-is-a-file", folder = as_text(&folder)))
        }
        // Some file systems (/proc) say of a file that nobody may create that it is not found.
        io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => io::Error::new(
            kind,
            text!("folder-not-writable", folder = as_text(&folder)),
        ),
        _ => with_remedy(kind.into()),
    }
}

/// What to do is said where there is no room, since the system says only that there is none; anything else in plain words.
fn with_remedy(error: io::Error) -> io::Error {
    let kind = error.kind();
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            io::Error::new(kind, text!("disk-full"))
        }
        _ => in_words(error),
    }
}

/// Removes what killed processes left in a folder, the first time that this process writes into it. A failure to do so is no
/// reason not to write.
fn remove_abandoned_once(folder: &Path) {
    static TIDIED: Mutex<Option<HashSet<PathBuf>>> = Mutex::new(None);
    let mut tidied = TIDIED.lock().unwrap_or_else(PoisonError::into_inner);
    if tidied.get_or_insert_default().insert(folder.to_owned()) {
        remove_abandoned(folder, YOUNGEST_ABANDONED).ok();
    }
}

/// Removes temporary files (and the journals of SQLite beside them) that no living process holds.
fn remove_abandoned(folder: &Path, youngest: Duration) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else {
            continue;
        };
        // Another process may be tidying up too.
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        let old = (metadata.modified()?.elapsed()).is_ok_and(|age| age >= youngest);
        // A journal is removed with its file.
        if !metadata.is_file() || !old || name.ends_with("-journal") {
            continue;
        }
        let Ok(file) = File::open(entry.path()) else {
            continue;
        };
        if file.try_lock().is_ok() {
            fs::remove_file(entry.path())?;
            fs::remove_file(entry.path().with_file_name(format!("{name}-journal"))).ok();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_whole_and_replaces_only_where_it_may() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(b"one").unwrap();
        assert!(!path.exists());
        file.commit(Existing::Refuse).unwrap();
        let error = write(&path, b"two", Existing::Refuse).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write(&path, b"three", Existing::Replace).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        drop(AtomicFile::create(&path).unwrap());
        assert_eq!(names(folder.path()), ["a.json"]);
    }

    #[test]
    fn a_folder_that_takes_no_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let nowhere = folder.path().join("nowhere");
        let error = AtomicFile::create(&nowhere.join("a.png")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        let said = error.to_string();
        assert!(
            said.contains(&format!("no folder {}", nowhere.display())) && said.contains("make it"),
            "{said}"
        );
        let of = |kind| super::said(kind, folder.path()).to_string();
        let denied = of(io::ErrorKind::PermissionDenied);
        assert_eq!(of(io::ErrorKind::NotFound), denied);
        fs::write(&nowhere, "").unwrap();
        let error = AtomicFile::create(&nowhere.join("a.png")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotADirectory);
        assert!(error.to_string().contains("is a file"), "{error}");
    }

    #[test]
    fn where_there_is_no_room_it_is_said_what_to_do() {
        use io::ErrorKind;
        for kind in [ErrorKind::StorageFull, ErrorKind::QuotaExceeded] {
            let error = with_remedy(kind.into());
            assert_eq!(error.kind(), kind);
            assert!(error.to_string().contains("free some space"), "{error}");
            assert_eq!(said(kind, Path::new(".")).to_string(), error.to_string());
        }
        let other = with_remedy(ErrorKind::AlreadyExists.into());
        assert!(!other.to_string().contains("space"), "{other}");
    }

    #[test]
    fn only_abandoned_temporary_files_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        for name in [".flipscope-dead", ".flipscope-dead-journal", ".other"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let living = AtomicPath::create(&folder.path().join("a.study")).unwrap();
        let journal = format!("{}-journal", living.path().display());
        fs::write(&journal, "").unwrap();
        remove_abandoned(folder.path(), Duration::from_mins(1)).unwrap();
        assert_eq!(names(folder.path()).len(), 5, "too young");
        remove_abandoned(folder.path(), Duration::ZERO).unwrap();
        assert!(living.path().exists() && Path::new(&journal).exists());
        assert_eq!(names(folder.path()).len(), 3, "{:?}", names(folder.path()));
    }
}

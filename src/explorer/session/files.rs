//! Which files a window keeps its session in: each window that is open at the same time has its own.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flipscope_base::system::in_words;
use flipscope_language::text;

use crate::explorer::session::shelf::{self, Replaced};

/// Windows that are open at once and keep a session each.
const WINDOWS: usize = 16;

/// How long the last session's lock is tried: a window that was killed holds it until the system has taken it down.
const PATIENCE: Duration = Duration::from_secs(2);

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(50);

/// The files of this window.
pub(super) struct Files {
    folder: PathBuf,
    pub(super) last: PathBuf,
    pub(super) previous: PathBuf,
    /// Whether another window has the last session.
    pub(super) elsewhere: bool,
    /// Held for as long as the window is open.
    _lock: File,
}

impl Files {
    /// The first ones that no other window has.
    pub(super) fn find(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder).map_err(in_words)?;
        for window in 1..=WINDOWS {
            let suffix = match window {
                1 => String::new(),
                more => format!("-{more}"),
            };
            let lock = File::create(folder.join(format!("session{suffix}.lock")))?;
            // Only the first: whoever waits there for nothing is not to wait for the others too.
            let patience = if window == 1 {
                PATIENCE
            } else {
                Duration::ZERO
            };
            if is_held(&lock, patience) {
                continue;
            }
            return Ok(Self {
                folder: folder.to_owned(),
                last: folder.join(format!("last{suffix}.session")),
                previous: folder.join(format!("previous{suffix}.session")),
                elsewhere: window > 1,
                _lock: lock,
            });
        }
        Err(io::Error::other(text!("session-too-many-windows")))
    }

    /// The sessions that were replaced.
    pub(super) fn replaced(&self) -> Replaced {
        Replaced::find(&self.folder, &self.previous)
    }

    /// Makes room for another previous session, while another one may be `open`.
    pub(super) fn make_room(&self, open: Option<&Path>) -> io::Result<()> {
        shelf::make_room(&self.folder, &self.previous, open)
    }
}

/// Whether another window still has a lock after so long; if not, this one has it.
fn is_held(lock: &File, patience: Duration) -> bool {
    let begun = Instant::now();
    loop {
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => {}
            // On file systems without locks, one window at a time has to do.
            Ok(()) | Err(TryLockError::Error(_)) => return false,
        }
        if begun.elapsed() >= patience {
            return true;
        }
        std::thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(folder: &Path) -> File {
        let lock = File::create(folder.join("session.lock")).unwrap();
        lock.try_lock().unwrap();
        lock
    }

    #[test]
    fn a_window_that_is_being_taken_down_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let dying = held(folder.path());
        let down = std::thread::Builder::new().name("dying window".to_owned());
        let down = down.spawn(move || {
            std::thread::sleep(Duration::from_millis(300));
            drop(dying);
        });
        let files = Files::find(folder.path()).unwrap();
        down.unwrap().join().unwrap();
        assert_eq!(files.last, folder.path().join("last.session"));
        assert!(!files.elsewhere);
    }

    #[test]
    fn the_session_of_a_window_that_stays_is_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let _open = held(folder.path());
        let files = Files::find(folder.path()).unwrap();
        assert_eq!(files.last, folder.path().join("last-2.session"));
        assert!(files.elsewhere);
    }
}

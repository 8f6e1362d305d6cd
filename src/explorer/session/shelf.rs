//! Sessions that were replaced: the newest is the previous one; older ones that hold work are kept under their date, as far as there is room.

use std::cmp::Reverse;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use flipscope_base::system::in_words;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::explorer::session::content::Worth;
use crate::explorer::session::file::{self, SessionError};

/// Sessions that are kept besides the previous one.
const KEPT: usize = 5;
/// How their files are called, before the date.
const NAME: &str = "earlier-";
/// And after it.
const ENDING: &str = ".session";

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its file.
    pub path: PathBuf,
    /// When it was saved, to the second.
    pub saved: Timestamp,
}

impl Earlier {
    /// When it was saved, in the time zone of this machine: `2026-11-29 23:09`.
    #[must_use]
    pub fn date(&self) -> String {
        let here = self.saved.to_zoned_datetime(TimeZone::system());
        here.strftime("%Y-%m-%d %H:%M").to_string()
    }
}

/// What the menu offers of the sessions that were replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    /// Whether there is a previous one.
    pub previous: bool,
    /// Older ones, the newest first.
    pub earlier: Vec<Earlier>,
}

impl Replaced {
    /// What there is in a folder.
    pub(super) fn find(folder: &Path, previous: &Path) -> Self {
        let mut earlier: Vec<Earlier> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                let saved = saved_at(path.file_name()?.to_str()?)?;
                Some(Earlier { path, saved })
            })
            .collect();
        earlier.sort_by_key(|one| Reverse(one.saved));
        Self {
            previous: previous.exists(),
            earlier,
        }
    }
}

/// Makes room for another previous session: one that holds work gets a name of its own. What cannot be read may hold work. The file
/// that is `open`, if it is one of them, is kept: the window may not have saved yet what it has read from it.
pub(super) fn make_room(folder: &Path, previous: &Path, open: Option<&Path>) -> io::Result<()> {
    match file::open(previous) {
        Ok(read) if read.problems.is_empty() && read.session.worth() < Worth::Work => return Ok(()),
        Err(SessionError::Read { source, .. }) if source.kind() == ErrorKind::NotFound => {
            return Ok(());
        }
        Ok(_) | Err(_) => {}
    }
    let saved = Timestamp::try_from(previous.metadata()?.modified()?).map_err(io::Error::other)?;
    // Of two of the same second, one is named by the next.
    let mut free = (0..)
        .map_while(|second| saved.checked_add(SignedDuration::from_secs(second)).ok())
        .map(|saved| folder.join(name_of(saved)))
        .filter(|path| path.symlink_metadata().is_err());
    if let Some(path) = free.next() {
        std::fs::rename(previous, path).map_err(in_words)?;
    }
    let earlier = Replaced::find(folder, previous).earlier;
    let oldest = earlier.iter().skip(KEPT);
    for oldest in oldest.filter(|one| Some(one.path.as_path()) != open) {
        // One too many is no reason not to keep the next.
        std::fs::remove_file(&oldest.path).ok();
    }
    Ok(())
}

/// Gives a copy of a session the time at which the session was saved: its date. Without it, the copy is as good.
pub(super) fn keep_date(copy: &Path, saved: SystemTime) {
    let file = File::options().write(true).open(copy);
    file.and_then(|file| file.set_modified(saved)).ok();
}

/// Its name: `earlier-20261129T230905Z.session`, so that names are in the order of time.
fn name_of(saved: Timestamp) -> String {
    format!("{NAME}{}{ENDING}", saved.strftime("%Y%m%dT%H%M%SZ"))
}

/// The time in a name; none if the name is not one of an earlier session.
fn saved_at(name: &str) -> Option<Timestamp> {
    let saved = name.strip_prefix(NAME)?.strip_suffix(ENDING)?;
    saved.parse().ok().filter(|saved| name_of(*saved) == name)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    /// Against `date -u -d @1795993745 +%Y%m%dT%H%M%SZ`.
    #[test]
    fn a_name_says_when_the_session_was_saved_in_utc() {
        let saved = Timestamp::from_second(1_795_993_745).unwrap();
        let name = "earlier-20261129T230905Z.session";
        assert_eq!(name_of(saved), name);
        assert_eq!(saved_at(name), Some(saved));
        let sooner = Timestamp::from_millisecond(1_795_993_745_700).unwrap();
        assert_eq!(name_of(sooner), name, "whole seconds");
        for name in [
            "previous.session",
            "earlier-.session",
            "earlier-2026Ü129T230905Z.session",
            "earlier-2026-11-29T23:09:05Z.session",
        ] {
            assert_eq!(saved_at(name), None, "{name}");
        }
    }

    /// One that cannot be read may be of a newer version: it is not lost either. No more than five are kept, but for the one that was
    /// opened.
    #[test]
    fn the_oldest_goes_when_there_is_no_room() {
        let folder = tempfile::tempdir().unwrap();
        let previous = folder.path().join("previous.session");
        make_room(folder.path(), &previous, None).unwrap();
        let opened = folder.path().join("earlier-19700101T001640Z.session");
        for session in 0..7_u64 {
            std::fs::write(&previous, session.to_string()).unwrap();
            let saved = UNIX_EPOCH + Duration::from_secs(1_000 + session / 2);
            keep_date(&previous, saved);
            make_room(folder.path(), &previous, Some(&opened)).unwrap();
        }
        let kept = || {
            let replaced = Replaced::find(folder.path(), &previous);
            assert!(!replaced.previous);
            let contents = replaced.earlier.into_iter();
            let contents = contents.map(|one| std::fs::read_to_string(one.path).unwrap());
            contents.collect::<Vec<_>>()
        };
        assert_eq!(kept(), ["6", "5", "4", "3", "2", "0"]);
        std::fs::write(&previous, "7").unwrap();
        make_room(folder.path(), &previous, None).unwrap();
        assert_eq!(kept(), ["7", "6", "5", "4", "3"]);
    }
}

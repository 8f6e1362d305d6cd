//! Sessions that were replaced: the newest is the previous one; older ones that hold work are kept under their date, as far as there is room.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

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
    /// When it was saved, in UTC: `2026-11-29 23:09`.
    pub date: String,
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
                let date = date_of(path.file_name()?.to_str()?)?;
                Some(Earlier { path, date })
            })
            .collect();
        // Their names begin with the year and have the same length.
        earlier.sort_by(|a, b| b.path.cmp(&a.path));
        Self {
            previous: previous.exists(),
            earlier,
        }
    }
}

/// Makes room for another previous session: one that holds work gets a name of its own. What cannot be read may hold work.
pub(super) fn make_room(folder: &Path, previous: &Path) -> io::Result<()> {
    match file::open(previous) {
        Ok(read) if read.problems.is_empty() && read.session.worth() < Worth::Work => return Ok(()),
        Err(SessionError::Read { source, .. }) if source.kind() == ErrorKind::NotFound => {
            return Ok(());
        }
        Ok(_) | Err(_) => {}
    }
    let saved = previous.metadata()?.modified()?;
    let seconds = saved.duration_since(UNIX_EPOCH).unwrap_or_default();
    // Of two of the same second, one is named by the next.
    let mut free = (seconds.as_secs()..)
        .map(|second| folder.join(format!("{NAME}{}{ENDING}", stamp(second))))
        .filter(|path| path.symlink_metadata().is_err());
    if let Some(path) = free.next() {
        std::fs::rename(previous, path)?;
    }
    for oldest in Replaced::find(folder, previous).earlier.iter().skip(KEPT) {
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

/// `20261129T230905Z`, in UTC: what a library would tell of the time zone is not worth one.
fn stamp(seconds: u64) -> String {
    let (day, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(day);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

/// Year, month and day of a number of days since 1970, in the Gregorian calendar (Howard Hinnant, `civil_from_days`).
fn civil(days: u64) -> (u64, u64, u64) {
    // Days since 0000-03-01: a leap day is the last of its year.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day_of_month = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    (year, month, day_of_month)
}

/// The date in a name, as it is shown; none if the name is not one of an earlier session.
fn date_of(name: &str) -> Option<String> {
    let stamp = name.strip_prefix(NAME)?.strip_suffix(ENDING)?;
    let (day, second) = stamp.strip_suffix('Z')?.split_once('T')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if day.len() != 8 || second.len() != 6 || !digits(day) || !digits(second) {
        return None;
    }
    let (year, rest) = day.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    let (hour, rest) = second.split_at_checked(2)?;
    let (minute, _) = rest.split_at_checked(2)?;
    Some(format!("{year}-{month}-{day} {hour}:{minute}"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Against `date -u -d @SECONDS +%Y%m%dT%H%M%SZ`.
    #[test]
    fn a_stamp_is_the_date_in_utc() {
        for (seconds, words) in [
            (0, "19700101T000000Z"),
            (951_782_400, "20000229T000000Z"),
            (1_709_251_199, "20240229T235959Z"),
            (1_795_993_745, "20261129T230905Z"),
            (4_107_542_400, "21000301T000000Z"),
        ] {
            assert_eq!(stamp(seconds), words);
        }
    }

    #[test]
    fn only_names_of_earlier_sessions_have_a_date() {
        let date = date_of("earlier-20261129T230905Z.session");
        assert_eq!(date.as_deref(), Some("2026-11-29 23:09"));
        for name in [
            "previous.session",
            "earlier-.session",
            "earlier-2026Ü129T230905Z.session",
        ] {
            assert_eq!(date_of(name), None, "{name}");
        }
    }

    /// One that cannot be read may be of a newer version: it is not lost either. No more than five are kept.
    #[test]
    fn the_oldest_goes_when_there_is_no_room() {
        let folder = tempfile::tempdir().unwrap();
        let previous = folder.path().join("previous.session");
        make_room(folder.path(), &previous).unwrap();
        for session in 0..7_u64 {
            std::fs::write(&previous, session.to_string()).unwrap();
            keep_date(
                &previous,
                UNIX_EPOCH + Duration::from_secs(1_000 + session / 2),
            );
            make_room(folder.path(), &previous).unwrap();
        }
        let replaced = Replaced::find(folder.path(), &previous);
        assert!(!replaced.previous);
        let contents = replaced.earlier.iter();
        let contents = contents.map(|one| std::fs::read_to_string(&one.path).unwrap());
        assert_eq!(contents.collect::<Vec<_>>(), ["6", "5", "4", "3", "2"]);
    }
}

//! Opening the window for a reader, and watching the readers' progress.

use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use flipscope_base::cancel::Cancel;
use flipscope_lab::reader::store::Store;
use flipscope_language::text;

use crate::explorer::readers::request::ReaderAnswer;

/// How often the file is read, and how soon watching stops.
const OFTEN: Duration = Duration::from_secs(2);
const SOON: Duration = Duration::from_millis(200);

/// Opens the window for readers, and waits until it is closed.
pub(super) fn read(file: &Path, slot: Option<u32>) -> Result<(), String> {
    let failed = |error: std::io::Error| text!("readers-no-window", error = error.to_string());
    // A file, not a pipe: nobody empties a pipe while the other program runs, and a full one would block it.
    let mut errors = tempfile::tempfile().map_err(failed)?;
    let mut command = Command::new(std::env::current_exe().map_err(failed)?);
    command.args(["reader", "read"]).arg(file);
    if let Some(slot) = slot {
        command.args(["--slot", &slot.to_string()]);
    }
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(errors.try_clone().map_err(failed)?)
        .status()
        .map_err(failed)?;
    if status.success() {
        return Ok(());
    }
    let mut output = Vec::new();
    let read = errors
        .seek(SeekFrom::Start(0))
        .and_then(|_| errors.read_to_end(&mut output));
    let output = String::from_utf8_lossy(&output);
    let why = (output.lines().rev()).find_map(|line| line.strip_prefix("flipscope: "));
    Err(match why {
        Some(why) if read.is_ok() => text!("readers-not-started", why = why),
        _ => {
            text!("readers-window-ended", status = status.to_string())
        }
    })
}

/// Reports the readers' progress, whenever it has changed, until stopped.
pub(super) fn follow(file: &Path, stop: &Cancel, tell: &dyn Fn(ReaderAnswer)) {
    let mut last_standing = None;
    let mut looked: Option<Instant> = None;
    while !stop.is_requested() {
        if looked.is_none_or(|at| at.elapsed() >= OFTEN) {
            looked = Some(Instant::now());
            // If it cannot be read now, it is read the next time.
            if let Ok(readers) = Store::open(file).and_then(|store| store.status())
                && last_standing.as_ref() != Some(&readers)
            {
                tell(ReaderAnswer::ReaderStatus(file.to_owned(), readers.clone()));
                last_standing = Some(readers);
            }
        }
        std::thread::sleep(SOON);
    }
}

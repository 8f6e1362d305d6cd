//! Where text goes: results to standard output, everything else to standard error. Both escape control characters, since the
//! text contains names and texts from untrusted files.

use std::io::{self, Write as _};
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use super::assumed::with_remedy;
use flipscope_base::system::in_words;
use flipscope_base::untrusted::{self, printable, printable_lines};
use flipscope_model::ModelInfo;

/// A result, in the format asked for.
pub(super) enum Line {
    /// For people.
    Text(String),
    /// For programs.
    Json(Value),
}

impl Line {
    /// Writes it to standard output, at once.
    pub(super) fn write(&self) -> io::Result<()> {
        match self {
            Self::Text(text) => line(text),
            Self::Json(value) => json(value),
        }
    }
}

/// Writes one line to standard output, at once. A line feed in it comes from a name, and is escaped like any other control
/// character.
pub(super) fn line(text: &str) -> io::Result<()> {
    write(&printable(text))
}

/// Writes one line of JSON to standard output, at once.
pub(super) fn json(value: &impl Serialize) -> io::Result<()> {
    write(&untrusted::json(&serde_json::to_string(value)?))
}

fn write(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| {
            let text = format!("standard output cannot be written: {error}");
            io::Error::new(error.kind(), text)
        })
}

/// An object with the name of a file under `key`. JSON holds only Unicode: for any other name it has what can be read of it,
/// and its bytes, in hexadecimal, under `KEY_bytes`.
pub(super) fn with_file(key: &str, path: &Path, mut object: Value) -> Value {
    if let Value::Object(fields) = &mut object {
        fields.insert(key.to_owned(), path.to_string_lossy().into());
        if let Some(bytes) = untrusted::bytes_of_name(path) {
            fields.insert(format!("{key}_bytes"), bytes.into());
        }
    }
    object
}

/// Writes one line to standard error. If that is closed, there is no one to tell.
pub(super) fn report(text: &str) {
    writeln!(io::stderr(), "flipscope: {}", printable(text)).ok();
}

/// As [`report`], for text of several lines.
pub(super) fn report_lines(text: &str) {
    writeln!(io::stderr(), "flipscope: {}", printable_lines(text)).ok();
}

/// Reports on standard error what was assumed about a model, the most serious first, with the remedy.
pub(super) fn assumptions(info: &ModelInfo) {
    for assumption in &info.assumptions {
        report(&format!("{}: {}", info.name, with_remedy(assumption)));
    }
}

/// Writes what is wrong with the command line to standard error.
pub(super) fn misunderstood(text: &str) {
    write!(io::stderr(), "{}", printable_lines(text)).ok();
}

/// Writes what the graphics libraries log.
pub(super) fn log(to: &mut env_logger::fmt::Formatter, record: &log::Record<'_>) -> io::Result<()> {
    let said = record.args().to_string();
    let (level, target) = (record.level(), record.target());
    writeln!(to, "[{level} {target}] {}", printable_lines(&said))
}

/// Says that this program has a bug, and where: the file and line, which `info` has, and with `RUST_BACKTRACE=1` the functions that led
/// there, which a release build has no names for (see its profile in `Cargo.toml`).
pub(super) fn panicked(info: &std::panic::PanicHookInfo<'_>) {
    let backtrace = std::backtrace::Backtrace::capture();
    let mut text = format!("a bug in flipscope: {info}");
    if backtrace.status() == std::backtrace::BacktraceStatus::Captured {
        text = format!("{text}\n{backtrace}");
    }
    report_lines(&text);
}

/// An error and its causes in one line, each only once: the libraries' messages contain their cause already. What the system says of a
/// file is in plain words.
pub(super) fn describe(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain() {
        let raw = cause.downcast_ref::<io::Error>();
        let raw = raw.and_then(io::Error::raw_os_error);
        let cause = match raw {
            Some(number) => in_words(io::Error::from_raw_os_error(number)).to_string(),
            None => cause.to_string(),
        };
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
    }
    text
}

/// An error about a file that is in the way, with the flag that would let it be replaced.
pub(super) fn or_force(
    error: impl std::error::Error + Send + Sync + 'static,
    forced: bool,
) -> anyhow::Error {
    let error = anyhow::Error::new(error);
    let in_the_way = (error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>()))
    .any(|error| error.kind() == io::ErrorKind::AlreadyExists);
    if in_the_way && !forced {
        anyhow::anyhow!("{}, or replace it with --force", describe(&error))
    } else {
        error
    }
}

/// Whether the program that reads standard output has closed it.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

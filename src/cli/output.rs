//! Where words go: results to standard output, everything else to standard error. Both escape control characters, since what
//! is said holds names and texts of strangers' files.

use std::io::{self, Write as _};

use crate::base::text::printable_lines;
use crate::classifier::ModelInfo;

/// Writes one line to standard output, at once.
pub(super) fn line(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(printable_lines(text).as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Writes one line to standard error. Where that is closed there is nobody left to tell.
pub(super) fn report(text: &str) {
    writeln!(io::stderr(), "flipscope: {}", printable_lines(text)).ok();
}

/// Says on standard error what was assumed of a model, the gravest first, with the remedy.
pub(super) fn assumptions(info: &ModelInfo) {
    for assumption in &info.assumptions {
        report(&format!("{}: {}", info.name, assumption.with_remedy()));
    }
}

/// An error and its causes in one line, each said once: messages of the library name their cause themselves.
pub(super) fn describe(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
    }
    text
}

/// Whether standard output was closed by whoever read it.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

//! Ctrl-C.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use flipscope_base::cancel::Cancel;

/// The exit status of a program that SIGINT ends, as shells have it.
const INTERRUPTED: i32 = 130;

/// What comes sooner is the same press: `timeout -s INT` signals both the program and its group.
const AGAIN: Duration = Duration::from_secs(1);

/// What the first Ctrl-C requests: that work stops at the next batch, and says so. A second one ends the program at once; what has
/// been committed stays.
///
/// # Errors
/// If the system does not let Ctrl-C be caught.
#[expect(
    clippy::disallowed_methods,
    reason = "who presses it twice does not wait for destructors"
)]
pub(super) fn on_ctrl_c() -> anyhow::Result<Cancel> {
    let cancel = Cancel::default();
    let theirs = cancel.clone();
    // Work may request its own end too: that is no first Ctrl-C.
    let first = OnceLock::new();
    ctrlc::set_handler(move || {
        let first: &Instant = first.get_or_init(Instant::now);
        if first.elapsed() >= AGAIN {
            std::process::exit(INTERRUPTED);
        }
        theirs.request();
    })
    .context("Ctrl-C cannot be caught")?;
    Ok(cancel)
}

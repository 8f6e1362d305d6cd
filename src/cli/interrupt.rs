//! Ctrl-C.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context as _;

use flipscope_base::cancel::Cancel;

/// The exit status of a program that SIGINT ends, as shells have it.
const INTERRUPTED: i32 = 130;

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
    let pressed = AtomicBool::new(false);
    ctrlc::set_handler(move || {
        if pressed.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED);
        }
        theirs.request();
    })
    .context("Ctrl-C cannot be caught")?;
    Ok(cancel)
}

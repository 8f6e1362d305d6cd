//! What studies and reader studies share: names of new files, paths of reports.

use flipscope_language::text;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::explorer::apply::Effect;
use crate::explorer::message::Severity;
use crate::explorer::state::State;

/// A new file's name: dialogs on some systems leave out the extension.
pub(crate) fn named(file: PathBuf, ending: &str) -> PathBuf {
    if file.extension().is_none() {
        file.with_extension(ending)
    } else {
        file
    }
}

/// Copies the path of a report to the clipboard, if there is one.
pub(crate) fn copy_place(
    state: &mut State,
    report: impl FnOnce(&State) -> Option<&Path>,
    now: Instant,
) -> Vec<Effect> {
    let Some(text) = report(state).map(|page| page.display().to_string()) else {
        return Vec::new();
    };
    state.say(Severity::Note, text!("window-report-path"), now);
    vec![Effect::Copy(text)]
}

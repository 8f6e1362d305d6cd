//! `flipscope [PHOTOGRAPH|FOLDER]...`: the window.

use std::path::PathBuf;

use crate::explorer::{self, Launch};

use super::arguments::ModelArguments;
use super::{Incomplete, output};
use crate::explorer::window::WindowError;

pub(super) fn run(paths: Vec<PathBuf>, model: &ModelArguments) -> Result<(), Incomplete> {
    let shown = explorer::window::run(Launch {
        paths,
        model: model.source(),
        overrides: model.overrides(),
        device: model.device(),
        framing: model.framing(),
        reading: model.color_handling(),
        threshold: model.threshold(),
        memory: explorer::memory_file(),
        searches_together: None,
        language: explorer::system_language(),
    });
    outcome(shown)
}

/// How a window's run ended; if it could not open, the reason takes several lines.
pub(super) fn outcome(shown: Result<(), WindowError>) -> Result<(), Incomplete> {
    shown.map_err(|error| {
        output::report_lines(&error.to_string());
        Incomplete
    })
}

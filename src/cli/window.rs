//! `flipscope [PHOTOGRAPH|FOLDER]...`: the window.

use std::path::PathBuf;

use crate::explorer::{self, Launch};

use super::Outcome;
use super::arguments::ModelArguments;

pub(super) fn run(paths: Vec<PathBuf>, model: &ModelArguments) -> Outcome {
    explorer::window::run(Launch {
        paths,
        model: model.source(),
        overrides: model.overrides(),
        device: model.device(),
        framing: model.framing(),
        reading: model.reading(),
        threshold: model.threshold(),
        memory: explorer::memory_file(),
    })?;
    Ok(Ok(()))
}

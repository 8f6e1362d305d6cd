//! Carries out what a person asks for about many lesions.

use std::path::PathBuf;
use std::time::Instant;

use flipscope_base::untrusted;
use flipscope_language::text;

use crate::explorer::apply::{Dialog, Effect, named};
use crate::explorer::batch::command::BatchCommand;
use crate::explorer::batch::request::{BatchAnswer, BatchWork, CsvTable};
use crate::explorer::batch::{applying, csv, exporting, searching, study};
use crate::explorer::message::Severity;
use crate::explorer::state::State;

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: BatchCommand, now: Instant) -> Vec<Effect> {
    match command {
        BatchCommand::Apply(whom) => return applying::apply(state, whom, now),
        BatchCommand::StopApplying => applying::stop(state, now),
        BatchCommand::Search(whom) => searching::start(state, whom, false, now),
        BatchCommand::SearchAgain(whom) => searching::start(state, whom, true, now),
        BatchCommand::Sort(column) => state.batch.sort = state.batch.sort.clicked(column),
        BatchCommand::Ask(asked) => return vec![Effect::Dialog(Dialog::Batch(asked))],
        BatchCommand::Export(folder) => return exporting::start(state, folder, now),
        BatchCommand::StopExport => {
            if let Some(run) = &state.batch.export {
                run.cancel.request();
            }
        }
        BatchCommand::ListCsv(path) => return write(state, path, csv::list),
        BatchCommand::FindingsCsv(path) => return write(state, path, csv::findings),
        BatchCommand::MakeStudy => study::make(state, now),
    }
    Vec::new()
}

/// Processes one answer.
pub(crate) fn receive(state: &mut State, answer: BatchAnswer, now: Instant) {
    match answer {
        BatchAnswer::Exported(id, result) => exporting::exported(state, id, result),
        BatchAnswer::ExportEnded(why) => exporting::ended(state, why, now),
        BatchAnswer::Csv(path, result) => {
            state.batch.writing = state.batch.writing.saturating_sub(1);
            match result {
                Ok(()) => state.say(
                    Severity::Note,
                    text!("batch-saved", file = untrusted::path(&path)),
                    now,
                ),
                Err(error) => state.say(Severity::Error, error, now),
            }
        }
    }
}

/// After every change of the state: counts again, and starts the next searches.
pub(crate) fn settle(state: &mut State, now: Instant) -> Vec<Effect> {
    applying::count(state);
    searching::advance(state, now)
}

fn write(state: &mut State, path: PathBuf, table: fn(&State, PathBuf) -> CsvTable) -> Vec<Effect> {
    let table = table(state, named(path, "csv"));
    state.batch.writing += 1;
    vec![Effect::Batch(BatchWork::Csv(table))]
}

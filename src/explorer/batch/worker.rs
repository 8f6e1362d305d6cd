//! Writes findings and tables, each on a thread of its own; the system's dialogs for them.

use std::path::PathBuf;

use flipscope_base::overwrite::{Overwrite, concerns_every_file};
use flipscope_base::untrusted;
use flipscope_lab::search::save::SaveError;
use flipscope_language::text;

use crate::explorer::batch::command::{AskBatch, BatchCommand};
use crate::explorer::batch::request::{BatchAnswer, BatchWork, CsvTable};
use crate::explorer::command::Command;
use crate::explorer::search::worker::write;
use crate::explorer::worker::choice::{Choice, folder, new_file};
use crate::explorer::worker::{Answer, Outbox};

/// Starts writing; answers come from the outbox.
///
/// # Errors
/// If the system cannot start a thread.
pub(crate) fn start(work: BatchWork, outbox: Outbox) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("export".to_owned())
        .spawn(flipscope_language::carried(move || {
            carry_out(work, &outbox);
        }))?;
    Ok(())
}

fn carry_out(work: BatchWork, outbox: &Outbox) {
    let tell = |answer| outbox.send(Answer::Batch(answer));
    match work {
        BatchWork::Export {
            findings,
            folder,
            cancel,
        } => {
            let mut ended_by = None;
            for one in findings {
                if cancel.is_requested() {
                    break;
                }
                let label = one.label.as_deref();
                let result = match write((&one.found, label), &folder, &one.name) {
                    // It would be the same with every other file.
                    Err(SaveError::Write { source, .. }) if concerns_every_file(&source) => {
                        ended_by = Some(source.to_string());
                        break;
                    }
                    result => result.map_err(|error| error.to_string()),
                };
                tell(BatchAnswer::Exported(one.id, result));
            }
            tell(BatchAnswer::ExportEnded(ended_by));
        }
        BatchWork::Csv(table) => {
            let path = table.path.clone();
            let result = write_csv(&table);
            tell(BatchAnswer::Csv(path, result));
        }
    }
}

fn write_csv(table: &CsvTable) -> Result<(), String> {
    let overwrite = Overwrite::new(true, table.never.iter().map(PathBuf::as_path));
    flipscope_lab::csv_bytes(&table.header, &table.rows)
        .and_then(|bytes| overwrite.write(&table.path, &bytes))
        .map_err(|error| format!("{}: {error}", untrusted::path(&table.path)))
}

/// A dialog about many lesions.
pub(crate) fn dialog(files: &rfd::AsyncFileDialog, asked: &AskBatch) -> Choice {
    let csv = |title: &str, name: &str, made: fn(PathBuf) -> BatchCommand| {
        let files = files.clone().set_title(title);
        let files = files.add_filter(text!("batch-tables"), &["csv"]);
        new_file(files, name, move |path| Command::Batch(made(path)))
    };
    match asked {
        AskBatch::Export => folder(
            files.clone().set_title(text!("batch-export-folder")),
            |path| Command::Batch(BatchCommand::Export(path)),
        ),
        AskBatch::ListCsv => csv(
            text!("batch-save-list"),
            "lesions.csv",
            BatchCommand::ListCsv,
        ),
        AskBatch::FindingsCsv => csv(
            text!("batch-save-findings"),
            "findings.csv",
            BatchCommand::FindingsCsv,
        ),
    }
}

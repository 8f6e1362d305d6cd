//! `flipscope reader status`: the progress of readers, or classes.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use flipscope_lab::reader::store::Store;

use crate::cli::{Incomplete, Outcome, judged_by, output};

/// Shows the progress of a study's readers, also while they read, without revealing their answers.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Status {
    pub(super) fn run(self) -> Outcome {
        let store = Store::open(&self.file)?;
        let plan = store.plan();
        let of = plan.settings.cases;
        let rows = store.status()?;
        let damage = store.damage()?;
        let complete = || {
            if damage.is_empty() {
                Ok(())
            } else {
                Err(Incomplete)
            }
        };
        let finished = rows.iter().filter(|row| row.answered == of).count();
        if self.json {
            let readers: Vec<_> = rows
                .iter()
                .map(|row| {
                    json!({
                        "pseudonym": row.reader.pseudonym, "slot": row.reader.slot + 1, "practised": row.practised,
                        "answered": row.answered, "of": of,
                    })
                })
                .collect();
            let text = json!({
                "plan_sha256": plan.sha256()?, "network": judged_by::reference(&plan.network), "readers": readers, "finished": finished,
                "planned": plan.settings.readers, "cases": of, "practice": plan.practice.len(),
                "classroom": plan.settings.classroom,
                "checksums": store.has_checksums(), "damaged": damage.names,
            });
            output::json(&text)?;
            return Ok(complete());
        }
        let network = &plan.network;
        output::line(&format!("network {}: {}", network.name, network.terms()))?;
        for row in &rows {
            let (reader, practised) = (&row.reader, row.practised);
            let practice = if row.answered == 0 && (practised as usize) < plan.practice.len() {
                format!("  (practice {practised} of {})", plan.practice.len())
            } else {
                String::new()
            };
            output::line(&format!(
                "{:>6} of {of:<6}  {}  slot {}{practice}",
                row.answered,
                reader.pseudonym,
                reader.slot + 1
            ))?;
        }
        // Classes are not planned: whichever comes answers.
        output::line(&match (plan.settings.classroom, rows.len()) {
            (true, 0) => "no class has answered yet".to_owned(),
            (true, 1) => format!("1 class has joined, {finished} finished"),
            (true, joined) => format!("{joined} classes have joined, {finished} finished"),
            (false, joined) => format!(
                "{finished} finished, {} in progress, {} planned",
                joined - finished,
                plan.settings.readers
            ),
        })?;
        if !store.has_checksums() {
            output::report(
                "the file was made by an older flipscope, and its answers have no checksums: only damage that makes no sense can \
                be seen",
            );
        }
        for name in &damage.names {
            output::report(&format!("damaged: {name}"));
        }
        Ok(complete())
    }
}

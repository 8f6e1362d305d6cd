//! What a run prints: a line for each photograph, and a summary at the end.

use std::path::Path;

use serde_json::{Value, json};

use crate::cli::output::{self, Line};
use flipscope_base::human::probability_beside;
use flipscope_lab::json::value;
use flipscope_lab::proof::{ProofBox, ProofOutcome, ProofRecord};
use flipscope_lab::search::Finding;

/// Outcomes so far.
#[derive(Debug, Default)]
pub(super) struct Counts {
    outcomes: Vec<ProofOutcome>,
    /// How many proofs were left before their end.
    pub(super) unfinished: usize,
    pub(super) errors: usize,
}

impl Counts {
    pub(super) fn add(&mut self, record: &ProofRecord) {
        self.outcomes.push(record.outcome);
        self.unfinished += usize::from(!record.finished);
    }

    /// How many of so many photographs were not begun.
    pub(super) fn left_of(&self, photographs: usize) -> usize {
        photographs.saturating_sub(self.outcomes.len() + self.errors)
    }

    /// "offsets of each channel within ±5: 3 steady, 1 fragile".
    pub(super) fn table(&self, region: &ProofBox) -> String {
        let counts = [
            ProofOutcome::Steady,
            ProofOutcome::Fragile,
            ProofOutcome::Screened,
            ProofOutcome::Bounded,
            ProofOutcome::Open,
        ]
        .map(|outcome| {
            let count = self.outcomes.iter().filter(|&&one| one == outcome).count();
            (count, outcome.name())
        });
        let errors = (self.errors, "not proved");
        let parts: Vec<String> = (counts.into_iter().chain([errors]))
            .filter(|(count, _)| *count > 0)
            .map(|(count, name)| format!("{count} {name}"))
            .collect();
        let parts = if parts.is_empty() {
            "nothing judged".to_owned()
        } else {
            parts.join(", ")
        };
        format!("{region}: {parts}")
    }
}

/// The line of a photograph. In JSON it is the record without the probabilities of all frames, with `file`, and what was written
/// where.
pub(super) fn line(
    record: &ProofRecord,
    file: &Path,
    [record_file, finding_file]: [Option<&str>; 2],
    finding: Option<&Finding>,
    json: bool,
) -> Line {
    if json {
        let mut object = value(record);
        if let Value::Object(fields) = &mut object {
            for inside in ["axes", "probabilities", "checksum", "frame_png"] {
                fields.remove(inside);
            }
            fields.insert("said".to_owned(), record.in_words().into());
            fields.insert("record".to_owned(), json!(record_file));
            fields.insert("finding_file".to_owned(), json!(finding_file));
            fields.insert("finding".to_owned(), value(&finding));
        }
        return Line::Json(output::with_file("file", file, object));
    }
    Line::Text(format!(
        "{:<8}  {}  {}  {}",
        record.outcome.name(),
        probability_beside(record.p_before, record.threshold, 3),
        file.display(),
        record.in_words()
    ))
}

//! The tables of results: their keys, whether a row can be a result of the plan, and how rows of another file are taken over.

use flipscope_language::text;

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::proof_rows;
use crate::results_file::checksum;
use crate::study::plan::{Job, Plan, WorkUnit};

/// A table of results, with the names of its key columns (empty where it has fewer) and the number of all columns except the
/// checksum.
#[derive(PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) keys: [&'static str; 4],
    pub(super) columns: usize,
}

pub(super) const SCORE: Table = Table {
    name: "score",
    keys: ["job", "model", "variant", "image"],
    columns: 5,
};
pub(super) const OUTCOME: Table = Table {
    name: "outcome",
    keys: ["job", "model", "image", ""],
    columns: 11,
};
pub(super) const PROOF: Table = Table {
    name: "proof",
    keys: ["job", "model", "image", ""],
    columns: 13,
};
pub(super) const PART: Table = Table {
    name: "proof_part",
    keys: ["job", "model", "image", "part"],
    columns: 5,
};
pub(super) const DONE: Table = Table {
    name: "done",
    keys: ["job", "model", "image", ""],
    columns: 6,
};

/// The whole number in a column; none if it is another value.
pub(super) fn number(row: &[Value], at: usize) -> Option<i64> {
    match row.get(at) {
        Some(Value::Integer(number)) => Some(*number),
        _ => None,
    }
}

/// The unit of a row; an invalid number becomes one that no plan has.
pub(super) fn unit_of(table: &Table, row: &[Value]) -> WorkUnit {
    let at = |name: &str| {
        let place = table.keys.iter().position(|key| *key == name);
        let found = place.and_then(|place| number(row, place));
        found
            .and_then(|found| u32::try_from(found).ok())
            .unwrap_or(u32::MAX)
    };
    WorkUnit {
        job: at("job"),
        model: at("model"),
        image: at("image"),
    }
}

/// Why a row cannot be a result of the plan.
pub(super) fn impossible(table: &Table, plan: &Plan, row: &[Value]) -> Option<&'static str> {
    let unit = unit_of(table, row);
    let asked = plan.job(unit).zip(plan.image(unit));
    let asked = asked.filter(|(job, image)| job.applies_to(image));
    let Some((job, _)) = asked.filter(|_| (unit.model as usize) < plan.models.len()) else {
        return Some(text!("studies-study-has-no-such"));
    };
    let is_campaign = matches!(job, Job::Attack(_));
    let is_proof = matches!(job, Job::Proof(_));
    let real = |at: usize| match row.get(at) {
        Some(Value::Real(number)) => Some(*number),
        _ => None,
    };
    let is_probability = |p: Option<f64>| p.is_some_and(|p| (0.0..=1.0).contains(&p));
    let is_null = |at: usize| row.get(at) == Some(&Value::Null);
    match *table {
        SCORE => {
            let variant = number(row, 2).and_then(|at| usize::try_from(at).ok());
            if is_campaign || is_proof || variant.is_none_or(|at| at >= job.variants().len()) {
                return Some(text!("studies-study-has-no-such"));
            }
            (!is_probability(real(4))).then_some(text!("studies-score-not-probability"))
        }
        OUTCOME => {
            let is_flag = |at: usize| matches!(number(row, at), Some(0 | 1));
            if !is_campaign {
                return Some(text!("studies-study-has-no-such"));
            }
            if !is_probability(real(5)) || !(is_null(6) || is_probability(real(6))) {
                return Some(text!("studies-score-not-probability"));
            }
            let sizes = is_null(7) || real(7).is_some_and(|size| size.is_finite() && size >= 0.0);
            let attacked = number(row, 3) == Some(1);
            let fits = is_flag(3)
                && is_flag(4)
                && sizes
                && number(row, 9).is_some_and(|count| count >= 0)
                && (attacked || number(row, 4) == Some(0))
                && attacked != is_null(6);
            (!fits).then_some(text!("studies-contradicts-itself"))
        }
        PROOF if is_proof => proof_rows::impossible_proof(row),
        PART if is_proof => proof_rows::impossible_part(row),
        PROOF | PART => Some(text!("studies-study-has-no-such")),
        _ => None,
    }
}

/// In addition to the row's checksum: whether two rows with the same key have the same content.
pub(super) fn same(table: &Table, one: &[Value], two: &[Value]) -> bool {
    // When and by whom a unit was done may differ.
    *table == DONE || one == two
}

/// The key of a row, as SQL and values.
pub(super) fn key(table: &Table, row: &[Value]) -> (String, Vec<Value>) {
    let keys = table.keys.iter().filter(|key| !key.is_empty());
    let is: Vec<String> = keys.map(|key| format!("{key} = ?")).collect();
    let values = row.iter().take(is.len()).cloned().collect();
    (is.join(" AND "), values)
}

/// The row with this key that the file already has, without its checksum.
pub(super) fn stored_row(
    transaction: &rusqlite::Transaction<'_>,
    table: &Table,
    row: &[Value],
) -> rusqlite::Result<Vec<Value>> {
    let (is, values) = key(table, row);
    let query = format!("SELECT * FROM {} WHERE {is}", table.name);
    let read = |row: &rusqlite::Row<'_>| (0..table.columns).map(|at| row.get(at)).collect();
    transaction
        .prepare_cached(&query)?
        .query_row(params_from_iter(values), read)
}

/// Adds a row of another file; false if a different one has its key.
pub(super) fn take(
    transaction: &rusqlite::Transaction<'_>,
    seal: Option<&str>,
    table: &Table,
    row: &[Value],
) -> rusqlite::Result<bool> {
    if checksum::insert(transaction, seal, table.name, row.to_vec())? {
        return Ok(true);
    }
    Ok(same(table, row, &stored_row(transaction, table, row)?))
}

//! Checksums of rows: SHA-256, truncated to 64 bits, over the plan's hash, the table and every value. SQLite has none of its
//! own, and a flipped bit on a disk or a USB stick would otherwise be read as a result. They bind a row to its place and to its
//! plan.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, Transaction, params_from_iter};
use sha2::{Digest as _, Sha256};

/// The column in schemas of files with checksums; always the last one.
pub(crate) const COLUMN: &str = ", checksum INTEGER NOT NULL";

/// The most of SQLite's findings that are shown.
const SHOWN: usize = 3;

/// The checksum of a row; each value with its type and length, so that different rows never have the same encoding.
pub(crate) fn checksum(plan_sha256: &str, table: &str, row: &[Value]) -> i64 {
    let mut hash = Sha256::new();
    for text in [plan_sha256, table] {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    for value in row {
        match value {
            Value::Null => hash.update([0]),
            Value::Integer(number) => {
                hash.update([1]);
                hash.update(number.to_le_bytes());
            }
            Value::Real(number) => {
                hash.update([2]);
                hash.update(number.to_bits().to_le_bytes());
            }
            Value::Text(text) => {
                hash.update([3]);
                hash.update((text.len() as u64).to_le_bytes());
                hash.update(text);
            }
            Value::Blob(bytes) => {
                hash.update([4]);
                hash.update((bytes.len() as u64).to_le_bytes());
                hash.update(bytes);
            }
        }
    }
    let first = hash.finalize();
    let first = first.iter().take(8);
    first.fold(0_u64, |number, byte| number << 8 | u64::from(*byte)) as i64
}

/// Adds a row, with its checksum if the file has them; false if there is one in its place.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    plan_sha256: Option<&str>,
    table: &str,
    mut row: Vec<Value>,
) -> rusqlite::Result<bool> {
    if let Some(plan_sha256) = plan_sha256 {
        row.push(Value::Integer(checksum(plan_sha256, table, &row)));
    }
    let places = vec!["?"; row.len()].join(", ");
    let query = format!("INSERT INTO {table} VALUES ({places}) ON CONFLICT DO NOTHING");
    let added = (transaction.prepare_cached(&query)?).execute(params_from_iter(row))?;
    Ok(added == 1)
}

/// The values of a complete row, without its checksum; none if the checksum does not match.
pub(crate) fn verified(
    row: &Row<'_>,
    columns: usize,
    plan_sha256: Option<&str>,
    table: &str,
) -> rusqlite::Result<Result<Vec<Value>, Vec<Value>>> {
    let mut values: Vec<Value> = (0..columns)
        .map(|at| row.get(at))
        .collect::<rusqlite::Result<_>>()?;
    let Some(plan_sha256) = plan_sha256 else {
        return Ok(Ok(values));
    };
    let kept = values.pop();
    let fits = kept == Some(Value::Integer(checksum(plan_sha256, table, &values)));
    Ok(if fits { Ok(values) } else { Err(values) })
}

/// What SQLite finds wrong with the file's structure; none if that is sound, whatever the rows hold.
pub(crate) fn structure(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare("PRAGMA quick_check")?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut lines: Vec<String> = lines.collect::<rusqlite::Result<_>>()?;
    // A value of another type is damage to a row, which its checksum reports by name.
    lines.retain(|line| {
        !(line == "ok" || line.starts_with("NULL value") || line.starts_with("non-"))
    });
    lines.truncate(SHOWN);
    Ok((!lines.is_empty()).then(|| lines.join("; ").replace('\n', " ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_and_its_place_counts() {
        let of = |plan: &str, table: &str, row: &[Value]| checksum(plan, table, row);
        let row = [Value::Integer(1), Value::Real(0.5), Value::Null];
        let sum = of("a", "score", &row);
        assert_eq!(sum, of("a", "score", &row));
        assert_ne!(sum, of("b", "score", &row));
        assert_ne!(sum, of("a", "done", &row));
        let other = [
            vec![Value::Integer(2), Value::Real(0.5), Value::Null],
            vec![Value::Real(0.5), Value::Integer(1), Value::Null],
            vec![Value::Integer(1), Value::Real(0.500_000_1), Value::Null],
            vec![Value::Integer(1), Value::Real(0.5)],
        ];
        for row in other {
            assert_ne!(sum, of("a", "score", &row));
        }
        let text = |words: &str| Value::Text(words.to_owned());
        assert_ne!(
            of("a", "t", &[text("ab"), text("c")]),
            of("a", "t", &[text("a"), text("bc")])
        );
    }
}

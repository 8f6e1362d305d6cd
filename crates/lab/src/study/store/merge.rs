//! Merges shards: the files of several runners become one.

use flipscope_language::text;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::params;
use rusqlite::types::Value;

use super::Store;
use super::damage::Read;
use super::result_tables::{DONE, OUTCOME, PROOF, SCORE, stored_row, take, unit_of};
use super::schema::SCHEMA;
use crate::study::error::StudyError;
use crate::study::plan::{Plan, Shard, WorkUnit};
use crate::study::sweep::Variant;
use flipscope_base::atomic::{AtomicPath, Existing};
use flipscope_base::untrusted;

/// The most missing or contradicting results that are named.
const NAMED: usize = 100;

/// The result of merging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Files.
    pub files: usize,
    /// Units that are done.
    pub done: usize,
    /// Of how many.
    pub total: usize,
    /// Descriptions of damaged results that were left out.
    pub damaged: Vec<String>,
}

/// Merges the results of several files of one study into a new file, which appears whole or not at all. Results that are in
/// several of them must be the same; with `partial`, some may be missing, and damaged ones are left out. The new file has
/// checksums if all of them have.
///
/// # Errors
/// If the file exists already; if a file belongs to another study; if results contradict each other, are damaged or missing, by
/// name.
pub fn merge(out: &Path, files: &[PathBuf], partial: bool) -> Result<Merged, StudyError> {
    if out.exists() {
        return Err(StudyError::Exists {
            path: out.to_owned(),
        });
    }
    let Some(first) = files.first() else {
        return Err(StudyError::Plan(
            text!("studies-there-nothing-merge").to_owned(),
        ));
    };
    let one = Store::open(first)?;
    let plan = one.plan()?;
    let hash = one.plan_sha256.clone();
    drop(one);
    let mut others = Vec::with_capacity(files.len());
    for file in files {
        let other = Store::open(file)?;
        if other.plan_sha256 != hash {
            return Err(StudyError::OtherStudy {
                path: file.clone(),
                first: first.clone(),
            });
        }
        others.push(other);
    }
    let failed = |source| StudyError::Io {
        path: out.to_owned(),
        source,
    };
    let temporary = AtomicPath::create(out).map_err(failed)?;
    let mut merged = Store::connect(temporary.path())?;
    // Errors name the file that was asked for.
    out.clone_into(&mut merged.path);
    let schema = others.iter().map(|other| other.schema).min();
    merged.begin_file(&plan, schema.unwrap_or(SCHEMA))?;
    let mut damaged = Vec::new();
    for other in &others {
        damaged.append(&mut merged.take_in(other, &plan, partial)?);
    }
    let gaps = merged.gaps(&plan)?;
    let total = plan.all_units(Shard::WHOLE).count();
    if !gaps.is_empty() && !partial {
        let named = gaps.iter().take(NAMED);
        return Err(StudyError::Gaps {
            count: gaps.len(),
            total,
            names: named.map(|unit| plan.describe(*unit)).collect(),
        });
    }
    drop(merged);
    temporary.commit(Existing::Refuse).map_err(failed)?;
    Ok(Merged {
        files: files.len(),
        done: total - gaps.len(),
        total,
        damaged,
    })
}

/// A runner: number; software, device and shard; start time.
type Runner = (i64, [String; 3], i64);

impl Store {
    /// Adds the results of another file; adds nothing if one contradicts this file. Damaged ones are an error by name, or, if
    /// that is allowed, left out; returns their names.
    fn take_in(
        &mut self,
        other: &Store,
        plan: &Plan,
        partial: bool,
    ) -> Result<Vec<String>, StudyError> {
        let mut damaged = match other.damage(plan) {
            Ok(damage) => damage.names,
            Err(StudyError::Broken {
                reason,
                mut names,
                has_checksums: true,
                ..
            }) if partial => {
                names.push(format!("{}: {reason}", untrusted::path(&other.path)));
                names
            }
            Err(error) => return Err(error),
        };
        if !damaged.is_empty() && !partial {
            return Err(StudyError::Damaged {
                path: other.path.clone(),
                names: damaged,
            });
        }
        let seal = self.seal().map(str::to_owned);
        let runners = other.runners().unwrap_or_default();
        let mut contradictions = Vec::new();
        let mut unread = Vec::new();
        self.write(|transaction| {
            // Runners get new numbers, in order.
            let shift: i64 = transaction.query_row(
                "SELECT coalesce(max(number), 0) FROM runner",
                [],
                |row| row.get(0),
            )?;
            for (number, [software, device, shard], began) in &runners {
                let number = number.saturating_add(shift);
                transaction.execute(
                    "INSERT OR IGNORE INTO runner VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![number, software, device, shard, began],
                )?;
            }
            let mut whole: HashMap<WorkUnit, usize> = HashMap::new();
            // What is judged of an unfinished proof stays in its own file, where its run goes on.
            let proofs = other.has_proofs().then_some(&PROOF);
            for table in [&SCORE, &OUTCOME].into_iter().chain(proofs).chain([&DONE]) {
                let mut failed = None;
                let read = other.rows(table, plan, &mut |read| {
                    let Read::Sound(mut row) = read else { return };
                    let unit = unit_of(table, &row);
                    if table.name == DONE.name {
                        let wanted = plan.job(unit).map_or(0, |job| job.variants().len().max(1));
                        if whole.get(&unit).copied().unwrap_or_default() < wanted {
                            return;
                        }
                        if let Some(Value::Integer(runner)) = row.get_mut(3) {
                            *runner = runner.saturating_add(shift);
                        }
                    } else {
                        *whole.entry(unit).or_default() += 1;
                    }
                    match take(transaction, seal.as_deref(), table, &row) {
                        Ok(true) => {}
                        Ok(false) => contradictions.push((table.name, row)),
                        Err(error) => failed = failed.take().or(Some(error)),
                    }
                });
                if let Some(error) = failed {
                    return Err(error);
                }
                // What SQLite cannot read in a broken file is left out like damaged results.
                unread.extend(read.err().map(|error| error.to_string()));
            }
            if contradictions.is_empty() {
                return Ok(());
            }
            let mut names = Vec::new();
            for (table, row) in contradictions.iter().take(NAMED) {
                names.push(contradiction(transaction, plan, table, row)?);
            }
            Err(rusqlite::Error::ToSqlConversionFailure(Box::new(
                Contradicts(names),
            )))
        })
        .map_err(|error| match error {
            StudyError::Database {
                source: rusqlite::Error::ToSqlConversionFailure(inner),
                path,
            } => match inner.downcast::<Contradicts>() {
                Ok(found) => StudyError::Conflict {
                    path: other.path.clone(),
                    names: found.0,
                },
                Err(inner) => StudyError::Database {
                    path,
                    source: rusqlite::Error::ToSqlConversionFailure(inner),
                },
            },
            other => other,
        })?;
        damaged.append(&mut unread);
        Ok(damaged)
    }

    /// The runners: number; software, device and shard; start time.
    fn runners(&self) -> rusqlite::Result<Vec<Runner>> {
        let query = "SELECT number, software, device, shard, began FROM runner ORDER BY number";
        let mut statement = self.connection.prepare(query)?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get(0)?,
                [row.get(1)?, row.get(2)?, row.get(3)?],
                row.get(4)?,
            ))
        })?;
        rows.collect()
    }
}

/// Carries the names of contradictions out of a transaction, which is then rolled back.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join(", "))]
struct Contradicts(Vec<String>);

/// A description of how a row differs from the one with the same key.
fn contradiction(
    transaction: &rusqlite::Transaction<'_>,
    plan: &Plan,
    table: &str,
    row: &[Value],
) -> rusqlite::Result<String> {
    if table != SCORE.name {
        return Ok(plan.describe(unit_of(&OUTCOME, row)));
    }
    let unit = unit_of(&SCORE, row);
    let ours = stored_row(transaction, &SCORE, row)?;
    let p = |row: &[Value]| match row.get(4) {
        Some(Value::Real(p)) => *p as f32,
        _ => f32::NAN,
    };
    let variant = match row.get(2) {
        Some(Value::Integer(at)) => plan
            .job(unit)
            .and_then(|job| job.variants().get(*at as usize)),
        _ => None,
    };
    Ok(format!(
        "{}, {} ({} and {})",
        plan.describe(unit),
        variant.map(Variant::name).unwrap_or_default(),
        p(&ours),
        p(row)
    ))
}

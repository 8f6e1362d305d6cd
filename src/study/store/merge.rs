//! Shards put together: the files of several runners become one.

use std::path::{Path, PathBuf};

use rusqlite::params;

use super::Store;
use crate::base::atomic::{AtomicPath, Existing};
use crate::study::error::StudyError;
use crate::study::plan::{Plan, Shard, Unit};
use crate::study::sweep::Variant;

/// Of what is missing or contradicts, this many are named.
const NAMED: i64 = 100;

/// What was put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Files.
    pub files: usize,
    /// Units that are done.
    pub done: usize,
    /// Of how many.
    pub total: usize,
}

/// Puts the results of several files of one study into a new file, which appears whole or not at all. What several of them hold
/// must be the same; with `partial`, something may be missing.
///
/// # Errors
/// If there is a file already; if a file is of another study; if results contradict each other or are missing, by name.
pub fn merge(out: &Path, files: &[PathBuf], partial: bool) -> Result<Merged, StudyError> {
    if out.exists() {
        return Err(StudyError::Exists {
            path: out.to_owned(),
        });
    }
    let Some(first) = files.first() else {
        return Err(StudyError::Plan("there is nothing to merge".to_owned()));
    };
    let one = Store::open(first)?;
    let plan = one.plan()?;
    let hash = one.fact("plan_sha256")?;
    drop(one);
    let failed = |source| StudyError::Io {
        path: out.to_owned(),
        source,
    };
    let temporary = AtomicPath::create(out).map_err(failed)?;
    let mut merged = Store::connect(temporary.path())?;
    merged.begin_file(&plan)?;
    for file in files {
        if Store::open(file)?.fact("plan_sha256")? != hash {
            return Err(StudyError::OtherStudy {
                path: file.clone(),
                first: first.clone(),
            });
        }
        merged.take_in(file, &plan)?;
    }
    let gaps = merged.gaps(&plan)?;
    let total = plan.all_units(Shard::WHOLE).count();
    if !gaps.is_empty() && !partial {
        let named = gaps.iter().take(NAMED as usize);
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
    })
}

impl Store {
    /// Adds the results of another file; nothing, where one contradicts what is here.
    fn take_in(&mut self, other: &Path, plan: &Plan) -> Result<(), StudyError> {
        let attach = |store: &Self| -> rusqlite::Result<()> {
            let path = other.to_str().unwrap_or_default();
            (store.connection).execute("ATTACH DATABASE ?1 AS other", params![path])?;
            Ok(())
        };
        attach(self).map_err(StudyError::of(other))?;
        let outcome = self.add_attached(other, plan);
        let detached = self.connection.execute("DETACH DATABASE other", []);
        outcome?;
        detached.map_err(StudyError::of(other))?;
        Ok(())
    }

    fn add_attached(&mut self, other: &Path, plan: &Plan) -> Result<(), StudyError> {
        let names = self.contradictions(plan).map_err(StudyError::of(other))?;
        if !names.is_empty() {
            return Err(StudyError::Conflict {
                path: other.to_owned(),
                names,
            });
        }
        self.write(|transaction| {
            // Runners get new numbers, in their order.
            let shift: i64 = transaction.query_row(
                "SELECT coalesce(max(number), 0) FROM main.runner",
                [],
                |row| row.get(0),
            )?;
            transaction.execute(
                "INSERT INTO main.runner SELECT number + ?1, software, device, shard, began FROM other.runner",
                params![shift],
            )?;
            transaction.execute_batch(
                "INSERT OR IGNORE INTO main.score SELECT * FROM other.score;
                 INSERT OR IGNORE INTO main.outcome SELECT * FROM other.outcome;",
            )?;
            transaction.execute(
                "INSERT OR IGNORE INTO main.done
                 SELECT job, model, image, runner + ?1, frames, at FROM other.done",
                params![shift],
            )?;
            Ok(())
        })
    }

    /// Results that both files hold, and differ in.
    fn contradictions(&self, plan: &Plan) -> rusqlite::Result<Vec<String>> {
        let mut names = Vec::new();
        let mut scores = self.connection.prepare(
            "SELECT a.job, a.model, a.image, a.variant, a.p_melanoma, b.p_melanoma
             FROM main.score a JOIN other.score b USING (job, model, variant, image)
             WHERE a.p_melanoma IS NOT b.p_melanoma ORDER BY 1, 2, 3, 4 LIMIT ?1",
        )?;
        let mut rows = scores.query(params![NAMED])?;
        while let Some(row) = rows.next()? {
            let unit = unit(row)?;
            let variant: u32 = row.get(3)?;
            let (ours, theirs): (f64, f64) = (row.get(4)?, row.get(5)?);
            let job = plan.job(unit);
            let variant = job.and_then(|job| job.variants().get(variant as usize));
            let variant = variant.map(Variant::name).unwrap_or_default();
            names.push(format!(
                "{}, {variant} ({} and {})",
                plan.describe(unit),
                ours as f32,
                theirs as f32
            ));
        }
        let mut outcomes = self.connection.prepare(
            "SELECT a.job, a.model, a.image FROM main.outcome a JOIN other.outcome b USING (job, model, image)
             WHERE (a.attacked, a.flipped, a.p_before, a.p_after, a.size, a.evaluations, a.json)
                IS NOT (b.attacked, b.flipped, b.p_before, b.p_after, b.size, b.evaluations, b.json)
             ORDER BY 1, 2, 3 LIMIT ?1",
        )?;
        let mut rows = outcomes.query(params![NAMED])?;
        while let Some(row) = rows.next()? {
            names.push(plan.describe(unit(row)?));
        }
        Ok(names)
    }
}

fn unit(row: &rusqlite::Row<'_>) -> rusqlite::Result<Unit> {
    Ok(Unit {
        job: row.get(0)?,
        model: row.get(1)?,
        image: row.get(2)?,
    })
}

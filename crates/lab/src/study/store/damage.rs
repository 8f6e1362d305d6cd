//! Results that were changed after they were written: found by their checksums and by their possible values, reported by name,
//! and removed so that they are computed again.

use flipscope_language::text;
use std::collections::{HashMap, HashSet};

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::Store;
use super::result_tables::{DONE, OUTCOME, PART, PROOF, SCORE, Table, impossible, number, unit_of};
use super::schema::triggers;
use crate::results_file::checksum::{structure, verified};
use crate::study::error::StudyError;
use crate::study::plan::{Job, Plan, WorkUnit};
use crate::study::sweep::Variant;

/// What is damaged in a study's results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Damage {
    /// A description of each result: job, picture, model, and what is wrong.
    pub names: Vec<String>,
    rows: Vec<(&'static str, Vec<(&'static str, Value)>)>,
    units: Vec<WorkUnit>,
}

impl Damage {
    /// Whether there is no damage.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// A row as it was read.
pub(super) enum Read {
    /// It is as written, and plausible.
    Sound(Vec<Value>),
    /// It is not, and why.
    Damaged(Vec<Value>, String),
}

impl Store {
    /// Refuses damaged results, by name. Called whenever a table is made of them.
    ///
    /// # Errors
    /// If a result or the file's structure is damaged.
    pub fn check(&self, plan: &Plan) -> Result<(), StudyError> {
        let damage = self.damage(plan)?;
        if damage.is_empty() {
            return Ok(());
        }
        Err(StudyError::Damaged {
            path: self.path.clone(),
            names: damage.names,
        })
    }

    /// Looks for damaged results.
    ///
    /// # Errors
    /// If the file's structure is damaged, so that it cannot be repaired in place; or it cannot be read.
    pub fn damage(&self, plan: &Plan) -> Result<Damage, StudyError> {
        let found = self.scan(plan);
        let wrong = structure(&self.connection).map_err(StudyError::of(&self.path));
        let reason = match (wrong, &found) {
            (Ok(None), Ok(_)) => return found,
            (Ok(Some(reason)), _) => reason,
            (Err(error), _) => error.to_string(),
            (Ok(None), Err(error)) => error.to_string(),
        };
        Err(StudyError::Broken {
            path: self.path.clone(),
            reason,
            names: found.map(|damage| damage.names).unwrap_or_default(),
            has_checksums: self.seal().is_some(),
        })
    }

    /// Reads every result.
    fn scan(&self, plan: &Plan) -> Result<Damage, StudyError> {
        let mut damage = Damage::default();
        let mut scores: HashMap<WorkUnit, usize> = HashMap::new();
        let mut outcomes: HashSet<WorkUnit> = HashSet::new();
        let mut done = Vec::new();
        self.rows(&SCORE, plan, &mut |read| match read {
            Read::Sound(row) => *scores.entry(unit_of(&SCORE, &row)).or_default() += 1,
            Read::Damaged(row, why) => damage.add(plan, &SCORE, &row, &why),
        })?;
        self.rows(&OUTCOME, plan, &mut |read| match read {
            Read::Sound(row) => {
                outcomes.insert(unit_of(&OUTCOME, &row));
            }
            Read::Damaged(row, why) => damage.add(plan, &OUTCOME, &row, &why),
        })?;
        if self.has_proofs() {
            self.rows(&PROOF, plan, &mut |read| match read {
                Read::Sound(row) => {
                    outcomes.insert(unit_of(&PROOF, &row));
                }
                Read::Damaged(row, why) => damage.add(plan, &PROOF, &row, &why),
            })?;
            self.rows(&PART, plan, &mut |read| {
                if let Read::Damaged(row, why) = read {
                    damage.add(plan, &PART, &row, &why);
                }
            })?;
        }
        self.rows(&DONE, plan, &mut |read| match read {
            Read::Sound(row) => done.push(unit_of(&DONE, &row)),
            Read::Damaged(row, why) => damage.add(plan, &DONE, &row, &why),
        })?;
        let named: HashSet<WorkUnit> = damage.units.iter().copied().collect();
        for unit in done {
            let has = scores.get(&unit).copied().unwrap_or_default();
            let is_whole = match plan.job(unit) {
                Some(Job::Attack(_) | Job::Proof(_)) => outcomes.contains(&unit),
                Some(job) => has == job.variants().len(),
                None => false,
            };
            if !is_whole && !named.contains(&unit) {
                let why = text!("unit-results-missing");
                damage.names.push(with_reason(&plan.describe(unit), why));
                damage.units.push(unit);
            }
        }
        Ok(damage)
    }

    /// Calls a function with every row of a table, in the order of the file.
    pub(super) fn rows(
        &self,
        table: &Table,
        plan: &Plan,
        tell: &mut dyn FnMut(Read),
    ) -> Result<(), StudyError> {
        let seal = self.seal();
        let columns = table.columns + usize::from(seal.is_some());
        let mut read = || -> rusqlite::Result<()> {
            let mut statement =
                (self.connection).prepare(&format!("SELECT * FROM {}", table.name))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                tell(match verified(row, columns, seal, table.name)? {
                    Ok(values) => match impossible(table, plan, &values) {
                        None => Read::Sound(values),
                        Some(why) => Read::Damaged(values, why.to_owned()),
                    },
                    Err(values) => {
                        Read::Damaged(values, text!("studies-checksum-does-not-match").to_owned())
                    }
                });
            }
            Ok(())
        };
        read().map_err(StudyError::of(&self.path))
    }

    /// Removes damaged results, so that their units are done again.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn mend(&mut self, damage: &Damage) -> Result<(), StudyError> {
        let schema = self.schema;
        self.write(|transaction| {
            for (name, _) in triggers(schema) {
                transaction.execute_batch(&format!("DROP TRIGGER IF EXISTS {name}"))?;
            }
            for (table, key) in &damage.rows {
                let is: Vec<String> = key.iter().map(|(name, _)| format!("{name} IS ?")).collect();
                let values = key.iter().map(|(_, value)| value.clone());
                transaction.execute(
                    &format!("DELETE FROM {table} WHERE {}", is.join(" AND ")),
                    params_from_iter(values),
                )?;
            }
            for unit in &damage.units {
                for table in ["done", "claim"] {
                    transaction.execute(
                        &format!(
                            "DELETE FROM {table} WHERE job = ?1 AND model = ?2 AND image = ?3"
                        ),
                        [unit.job, unit.model, unit.image],
                    )?;
                }
            }
            for (_, statement) in triggers(schema) {
                transaction.execute_batch(statement)?;
            }
            Ok(())
        })
    }
}

impl Damage {
    fn add(&mut self, plan: &Plan, table: &Table, row: &[Value], why: &str) {
        let unit = unit_of(table, row);
        let mut name = plan.describe(unit);
        if table.name == SCORE.name {
            let variant = number(row, 2);
            let variant = variant.and_then(|at| plan.job(unit)?.variants().get(at as usize));
            let unknown = || text!("unit-unknown-variant").to_owned();
            let variant = variant.map_or_else(unknown, Variant::name);
            name = format!("{name}, {variant}");
        }
        if table.name == PART.name {
            name = format!("{name}, {}", text!("unit-judged-so-far"));
        }
        self.names.push(with_reason(&name, why));
        let keys = table.keys.iter().filter(|key| !key.is_empty());
        let key = keys.zip(row).map(|(key, value)| (*key, value.clone()));
        self.rows.push((table.name, key.collect()));
        self.units.push(unit);
    }
}

/// A result, and what is wrong with it.
fn with_reason(name: &str, why: &str) -> String {
    format!("{name} ({why})")
}

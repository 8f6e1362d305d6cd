//! Merges several readers' copies of one study into one file.

use flipscope_language::{as_text, text};
use std::path::{Path, PathBuf};

use rusqlite::params;

use super::answers::insert;
use super::damage::Damage;
use super::events::{EventRecord, happened_at};
use super::readers::{Reader, enter};
use super::schema::SCHEMA;
use super::{AnswerRecord, Phase, Store, begin_file};
use crate::reader::error::ReaderError;
use crate::results_file::file::commit_new;
use flipscope_base::atomic::AtomicPath;

/// The result of merging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Files.
    pub files: usize,
    /// Readers in them, or classes.
    pub readers: usize,
    /// Whether they are classes, which answer by show of hands.
    pub classroom: bool,
    /// Their answers, without practice.
    pub answers: usize,
    /// What was damaged and so left out, described.
    pub damaged: Vec<String>,
}

/// Merges the answers of several copies of one study into a new file, which appears whole or not at all. A pseudonym may be in
/// several of them, if one has everything that another has and continues from there. With `partial`, damaged answers are left
/// out, and will be asked again. The new file has checksums if all the copies have.
///
/// # Errors
/// If the file exists already; if an answer or a picture is damaged; if a file belongs to another study; if two files
/// contradict each other about a pseudonym, by name.
pub fn merge(out: &Path, files: &[PathBuf], partial: bool) -> Result<Merged, ReaderError> {
    let exists = || ReaderError::Exists {
        path: out.to_owned(),
    };
    if out.exists() {
        return Err(exists());
    }
    let Some(first) = files.first() else {
        return Err(ReaderError::Plan(
            text!("readers-there-nothing-merge").to_owned(),
        ));
    };
    let one = Store::open(first)?;
    let sha256 = one.plan().sha256()?;
    let temporary = AtomicPath::create(out).map_err(ReaderError::io(out))?;
    let mut others = Vec::with_capacity(files.len());
    for file in files {
        let other = Store::open(file)?;
        if other.plan().sha256()? != sha256 {
            return Err(ReaderError::OtherStudy {
                path: file.clone(),
                first: first.clone(),
            });
        }
        others.push(other);
    }
    let schema = others.iter().map(|other| other.schema).min();
    let schema = schema.unwrap_or(SCHEMA);
    begin_file(temporary.path(), out, one.plan(), schema, |_| Ok(()))?;
    let mut merged = Store::open(temporary.path())?;
    out.clone_into(&mut merged.path);
    merged.take_pictures(first)?;
    merged.check_pictures()?;
    let mut damaged = Vec::new();
    for other in &others {
        let damage = other.damage()?;
        if !damage.is_empty() && !partial {
            return Err(ReaderError::Damaged {
                path: other.path.clone(),
                names: damage.names,
                has_checksums: other.has_checksums(),
            });
        }
        merged.take_in(other, &damage)?;
        damaged.extend(damage.names);
    }
    let summary = Merged {
        files: files.len(),
        readers: merged.readers()?.len(),
        classroom: merged.plan().settings.classroom,
        answers: merged.answers(Phase::Reading)?.len(),
        damaged,
    };
    drop(merged);
    if commit_new(temporary).map_err(ReaderError::io(out))? {
        Ok(summary)
    } else {
        Err(exists())
    }
}

impl Store {
    /// Copies the pictures of another file, byte by byte.
    fn take_pictures(&mut self, other: &Path) -> Result<(), ReaderError> {
        let path = other.to_str().ok_or_else(|| {
            let shown = other.display();
            ReaderError::Plan(text!(
                "readers-not-name-sqlite-can",
                shown = as_text(&shown)
            ))
        })?;
        let copy = || -> rusqlite::Result<()> {
            (self.connection).execute("ATTACH DATABASE ?1 AS other", params![path])?;
            let copied = (self.connection)
                .execute("INSERT INTO main.picture SELECT * FROM other.picture", []);
            self.connection.execute("DETACH DATABASE other", [])?;
            copied.map(|_| ())
        };
        copy().map_err(ReaderError::of(other))
    }

    /// Adds the readers of another file with their answers and events; adds nothing if one contradicts this file.
    fn take_in(&mut self, other: &Store, damage: &Damage) -> Result<(), ReaderError> {
        let ours = self.readers()?;
        let mut theirs = other.readers()?;
        theirs.retain(|reader| !damage.has_reader(reader.number));
        // Events are not needed if they cannot be trusted.
        let events = if damage.has_events() {
            Vec::new()
        } else {
            other.events()?
        };
        let seal = self.seal().map(str::to_owned);
        let seal = seal.as_deref();
        let mut numbers: Vec<(u32, u32)> = Vec::new();
        let mut conflicts = Vec::new();
        let mut fresh = Vec::new();
        let mut next = ours.iter().map(|reader| reader.number).max().unwrap_or(0);
        for reader in &theirs {
            let known = ours.iter().find(|one| one.pseudonym == reader.pseudonym);
            if let Some(known) = known {
                conflicts.extend(self.conflict(known, other, reader, damage)?);
                numbers.push((reader.number, known.number));
            } else {
                next += 1;
                numbers.push((reader.number, next));
                fresh.push((reader, next));
            }
        }
        if !conflicts.is_empty() {
            return Err(ReaderError::Conflict {
                path: other.path.clone(),
                names: conflicts,
            });
        }
        let here = |number: u32| {
            numbers
                .iter()
                .find(|(from, _)| *from == number)
                .map(|(_, to)| *to)
        };
        let answers: Vec<(Phase, AnswerRecord)> = Phase::ALL
            .into_iter()
            .map(|phase| {
                Ok(other
                    .answers(phase)?
                    .into_iter()
                    .filter(move |given| !damage.has_answer(phase, given.reader, given.position))
                    .map(move |given| (phase, given)))
            })
            .collect::<Result<Vec<_>, ReaderError>>()?
            .into_iter()
            .flatten()
            .collect();
        self.write(|transaction| {
            for (reader, number) in fresh {
                let fresh = Reader {
                    number,
                    ..reader.clone()
                };
                enter(transaction, seal, &fresh)?;
            }
            for (phase, given) in answers {
                if let Some(reader) = here(given.reader) {
                    insert(transaction, seal, phase, &AnswerRecord { reader, ..given })?;
                }
            }
            // An event that both files hold is one event.
            for event in &events {
                let Some(reader) = here(event.reader) else { continue };
                let known: bool = transaction.query_row(
                    "SELECT EXISTS (SELECT 1 FROM event WHERE (reader, phase, position, what, at) = (?1, ?2, ?3, ?4, ?5))",
                    params![reader, event.phase.name(), event.position, event.what.name(), event.at],
                    |row| row.get(0),
                )?;
                if !known {
                    let event = EventRecord {
                        reader,
                        ..event.clone()
                    };
                    happened_at(transaction, seal, &event)?;
                }
            }
            Ok(())
        })
    }

    /// Where two files differ about one pseudonym: the slot, or an answer that is in both.
    fn conflict(
        &self,
        ours: &Reader,
        other: &Store,
        theirs: &Reader,
        damage: &Damage,
    ) -> Result<Option<String>, ReaderError> {
        let name = &ours.pseudonym;
        if ours.slot != theirs.slot {
            return Ok(Some(text!(
                "readers-slot-slot",
                name = as_text(&name),
                slot = as_text(&(ours.slot + 1)),
                slot_2 = as_text(&(theirs.slot + 1))
            )));
        }
        for phase in Phase::ALL {
            let of = |store: &Store, number: u32| -> Result<Vec<AnswerRecord>, ReaderError> {
                let mut all = store.answers(phase)?;
                all.retain(|given| given.reader == number);
                Ok(all)
            };
            let (mine, yours) = (of(self, ours.number)?, of(other, theirs.number)?);
            for b in &yours {
                let Some(a) = mine.iter().find(|a| a.position == b.position) else {
                    continue;
                };
                let is_damaged = damage.has_answer(phase, b.reader, b.position);
                if !is_damaged && (a.case, a.reply, a.at) != (b.case, b.reply, b.at) {
                    return Ok(Some(format!(
                        "{name} ({} case {})",
                        phase.name(),
                        a.position + 1
                    )));
                }
            }
        }
        Ok(None)
    }
}

//! Reads a table of labels and finds its pictures.

use flipscope_language::{as_text, text};
use std::collections::HashMap;
use std::path::Path;

use super::both::both;
use super::columns::Groups;
use super::diagnosis::in_doubt;
use super::error::DatasetError;
use super::example::{Dataset, Example};
use super::find::tables;
use super::layout::Layout;
use super::name::name_of;
use super::part::Part;
use super::pictures::{Hit, Pictures, key};
use super::problem::Problem;
use super::row::Row;
use super::text::Lines;
use super::unknown::known_group;
use super::{groups, misnamed};

/// The most pictures that are named one by one.
const NAMED: usize = 10;
/// The most of an unknown first line that is shown.
const SHOWN: usize = 200;

/// Reads the examples of a table; pictures are looked for in `images`, or else next to the table, and below.
pub(super) fn read(table: &Path, images: Option<&Path>) -> Result<Dataset, DatasetError> {
    let (mut lines, header) = Lines::open(table)?;
    let Some(layout) = Layout::of_header(&header) else {
        return Err(DatasetError::UnknownTable {
            path: table.to_owned(),
            columns: header.join(", ").chars().take(SHOWN).collect(),
        });
    };
    let misnamed = misnamed::say(&header, &layout);
    let beside = table.parent().unwrap_or(Path::new(""));
    let beside = if beside.as_os_str().is_empty() {
        Path::new(".")
    } else {
        beside
    };
    let mut pictures = Pictures::beneath(images.unwrap_or(beside));
    let mut dataset = Dataset {
        name: name_of(table),
        table: Some(table.to_owned()),
        found: None,
        format: layout.format,
        examples: Vec::new(),
        problems: std::mem::take(&mut pictures.problems),
        assumptions: layout.assumption().map(str::to_owned).into_iter().collect(),
    };
    let mut rows = Rows::default();
    let mut first = layout.headless.then_some((1, header));
    while let Some((line, fields)) = match first.take() {
        Some(first) => Some(first),
        None => lines
            .next()
            .map_err(|source| DatasetError::io(table, source))?,
    } {
        let row = match lines.swallowed(line, layout.width) {
            Some(reason) => Err(reason),
            None => layout.row(&fields),
        };
        match row {
            Ok(row) => rows.add(&mut pictures, line, row),
            Err(reason) => {
                // Its picture is not one that no row names.
                if let Some(id) = layout.id(&fields) {
                    pictures.find(id);
                }
                dataset.problems.push(Problem::Row { line, reason });
            }
        }
    }
    for subject in rows.subjects {
        add(&mut dataset, subject);
    }
    if !layout.has_groups() {
        join_groups(&mut dataset, table, beside)?;
    }
    say(&mut dataset);
    groups::say(&mut dataset);
    dataset.assumptions.extend(misnamed);
    let left = pictures.left();
    dataset
        .problems
        .extend(left.into_iter().map(|path| Problem::NoRow { path }));
    Ok(dataset)
}

/// The rows of a table by the picture that they name.
#[derive(Default)]
struct Rows {
    /// In the order of their first rows.
    subjects: Vec<Subject>,
    /// Where the rows of a picture, or of a name without one, are.
    places: HashMap<String, usize>,
}

/// A picture (or a name without one), and the rows that name it, with their lines.
struct Subject {
    hit: Hit,
    rows: Vec<(u64, Row)>,
}

impl Rows {
    fn add(&mut self, pictures: &mut Pictures, line: u64, row: Row) {
        let hit = pictures.find(&row.id);
        // However a row spells the name (with extension or folder, in any case), it is the same picture.
        let of = match &hit {
            Hit::Picture { path, .. } => format!("picture {}", path.display()),
            Hit::Mask(_) | Hit::Nothing => format!("name {}", key(&row.id)),
        };
        let next = self.subjects.len();
        let at = *self.places.entry(of).or_insert(next);
        match self.subjects.get_mut(at) {
            Some(subject) => subject.rows.push((line, row)),
            None => self.subjects.push(Subject {
                hit,
                rows: vec![(line, row)],
            }),
        }
    }
}

/// Adds the example of a picture, or the corresponding problem.
fn add(dataset: &mut Dataset, subject: Subject) {
    let Subject { hit, rows } = subject;
    let said = contradiction(&rows);
    let mut all = rows.into_iter();
    let Some((first_line, mut row)) = all.next() else {
        return;
    };
    let id = row.id.clone();
    let rest: Vec<(u64, Row)> = all.collect();
    if let Some(said) = said {
        let lines = std::iter::once(first_line).chain(rest.iter().map(|(line, _)| *line));
        return dataset.problems.push(Problem::Contradiction {
            lines: lines.collect(),
            id,
            said,
        });
    }
    for (line, other) in rest {
        row.lesion = row.lesion.or(other.lesion);
        row.patient = row.patient.or(other.patient);
        row.part = row.part.or(other.part);
        row.duplicate_of = row.duplicate_of.or(other.duplicate_of);
        dataset.problems.push(Problem::Repeated {
            line,
            id: id.clone(),
            first: first_line,
        });
    }
    if row.diagnosis.label.is_none() && in_doubt(&row.diagnosis.text) {
        dataset.problems.push(Problem::Doubtful {
            id: id.clone(),
            text: row.diagnosis.text.clone(),
        });
    } else if row.diagnosis.label.is_none() {
        dataset.problems.push(Problem::OtherDiagnosis {
            id: id.clone(),
            text: row.diagnosis.text.clone(),
        });
    }
    let (path, others) = match hit {
        Hit::Picture { path, others } => (path, others),
        Hit::Mask(path) => return dataset.problems.push(Problem::OnlyMask { id, path }),
        Hit::Nothing => return dataset.problems.push(Problem::NoImage { id }),
    };
    if !others.is_empty() {
        dataset.problems.push(Problem::SeveralImages {
            id: id.clone(),
            taken: path.clone(),
            others,
        });
    }
    dataset.examples.push(Example {
        id,
        path,
        diagnosis: row.diagnosis,
        lesion: row.lesion,
        patient: row.patient,
        part: row.part,
        duplicate_of: row.duplicate_of,
    });
}

/// How the rows of one picture contradict each other, if they do: about the diagnosis, or about the part.
fn contradiction(rows: &[(u64, Row)]) -> Option<String> {
    let (_, first) = rows.first()?;
    if let Some(said) = rows.iter().find_map(|(_, row)| row.contradiction.clone()) {
        return Some(said);
    }
    let label = rows
        .iter()
        .find(|(_, row)| row.diagnosis.label != first.diagnosis.label);
    if let Some((_, other)) = label {
        let word = |row: &Row| match row.diagnosis.text.as_str() {
            "" => text!("dataset-without-diagnosis").to_owned(),
            text => text.to_owned(),
        };
        return Some(both(&word(first), &word(other)));
    }
    let differing = |of: fn(&Row) -> Option<&str>| {
        let mut all = rows.iter().filter_map(|(_, row)| of(row));
        let one = all.next()?;
        Some((one, all.find(|other| *other != one)?))
    };
    if let Some((one, other)) = differing(|row| row.lesion.as_deref()) {
        return Some(of_lesions(one, other));
    }
    if let Some((one, other)) = differing(|row| row.patient.as_deref()) {
        return Some(of_patients(one, other));
    }
    let (part, other) = differing(|row| row.part.map(Part::name))?;
    Some(both(part, other))
}

fn of_lesions(one: &str, other: &str) -> String {
    text!("dataset-lesion-lesion", one = one, other = other)
}

fn of_patients(one: &str, other: &str) -> String {
    text!("dataset-patient-patient", one = one, other = other)
}

/// Reports individually what a person should look at: rows that contradict each other, and names that several pictures have.
pub(super) fn say(dataset: &mut Dataset) {
    let grave = |problem: &&Problem| {
        matches!(
            problem,
            Problem::Contradiction { .. }
                | Problem::Doubtful { .. }
                | Problem::Row { .. }
                | Problem::OtherKinds(_)
                | Problem::SeveralImages { .. }
                | Problem::OnlyMask { .. }
        )
    };
    let texts: Vec<String> = (dataset.problems.iter())
        .filter(grave)
        .map(Problem::to_string)
        .collect();
    let more = texts.len().saturating_sub(NAMED);
    dataset.assumptions.extend(texts.into_iter().take(NAMED));
    if more > 0 {
        dataset
            .assumptions
            .push(text!("dataset-more-rows-pictures-cannot", more = more));
    }
}

/// Takes lesions and patients from the other tables of the folder, if the table has neither.
fn join_groups(dataset: &mut Dataset, table: &Path, folder: &Path) -> Result<(), DatasetError> {
    for other in tables(folder)? {
        if other.file_name() == table.file_name() {
            continue;
        }
        let Ok((mut lines, header)) = Lines::open(&other) else {
            continue;
        };
        let Some(groups) = Groups::of_header(&header) else {
            continue;
        };
        let mut told: HashMap<String, (Option<String>, Option<String>)> = HashMap::new();
        let mut contradicted: HashMap<String, String> = HashMap::new();
        while let Some((_, fields)) = lines
            .next()
            .map_err(|source| DatasetError::io(&other, source))?
        {
            let text = |at: usize| {
                fields
                    .get(at)
                    .and_then(|text| known_group(text))
                    .map(str::to_owned)
            };
            if fields
                .iter()
                .skip(header.len())
                .any(|field| !field.is_empty())
            {
                // Its columns are shifted.
                continue;
            }
            if let Some(id) = fields.get(groups.id).filter(|id| !id.is_empty()) {
                let of = (groups.lesion.and_then(text), groups.patient.and_then(text));
                let of_both = told.entry(key(id)).or_default();
                for (said, known, new) in [
                    (of_lesions as fn(&str, &str) -> String, &mut of_both.0, of.0),
                    (of_patients, &mut of_both.1, of.1),
                ] {
                    match (known.as_ref(), new) {
                        (Some(one), Some(other)) if *one != other => {
                            contradicted.insert(key(id), said(one, &other));
                        }
                        (None, new) => *known = new,
                        _ => {}
                    }
                }
            }
        }
        let name = other.file_name().unwrap_or_default().display();
        let name = as_text(&name);
        let left_out = dataset
            .examples
            .extract_if(.., |example| contradicted.contains_key(&key(&example.id)));
        for example in left_out {
            let said = contradicted.get(&key(&example.id)).cloned();
            let said = said.unwrap_or_default();
            dataset.problems.push(Problem::Contradiction {
                lines: Vec::new(),
                said: text!("dataset-said-in", said = said, name = name.clone()),
                id: example.id,
            });
        }
        let mut joined = 0;
        for example in &mut dataset.examples {
            if let Some((lesion, patient)) = told.get(&key(&example.id)) {
                example.lesion = example.lesion.take().or_else(|| lesion.clone());
                example.patient = example.patient.take().or_else(|| patient.clone());
                joined += 1;
            }
        }
        if joined > 0 {
            dataset.assumptions.push(text!(
                "dataset-lesions-patients-pictures-were",
                joined = as_text(&joined),
                file_name = as_text(&other.file_name().unwrap_or_default().display())
            ));
        }
    }
    Ok(())
}

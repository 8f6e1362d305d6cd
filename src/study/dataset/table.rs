//! Reads a table of labels and finds its pictures.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

use super::error::DatasetError;
use super::layout::{Groups, Layout};
use super::pictures::Pictures;
use super::problem::Problem;
use super::{Dataset, Example, name_of};

/// Of the first line, no more than this is read to tell the delimiter.
const LONGEST_LINE: u64 = 1 << 16;
/// Endings of files that may be tables.
const ENDINGS: [&str; 3] = ["csv", "tsv", "txt"];
/// Of an unknown first line, no more than this is shown.
const SHOWN: usize = 200;

/// Reads the examples of a table; pictures are looked for in `images`, or else beside the table, and beneath.
pub(super) fn read(table: &Path, images: Option<&Path>) -> Result<Dataset, DatasetError> {
    let (mut lines, header) = Lines::open(table)?;
    let Some(layout) = Layout::of_header(&header) else {
        return Err(DatasetError::UnknownTable {
            path: table.to_owned(),
            columns: header.join(", ").chars().take(SHOWN).collect(),
        });
    };
    let beside = table.parent().unwrap_or(Path::new(""));
    let beside = if beside.as_os_str().is_empty() {
        Path::new(".")
    } else {
        beside
    };
    let mut pictures = Pictures::beneath(images.unwrap_or(beside));
    let mut dataset = Dataset {
        name: name_of(table),
        format: layout.format,
        examples: Vec::new(),
        problems: std::mem::take(&mut pictures.problems),
        assumptions: layout.assumption().map(str::to_owned).into_iter().collect(),
    };
    let mut seen = HashSet::new();
    let mut first = layout.headless.then_some((1, header));
    while let Some((line, fields)) = match first.take() {
        Some(first) => Some(first),
        None => lines.next().map_err(|source| io(table, source))?,
    } {
        add(
            &mut dataset,
            &mut seen,
            &mut pictures,
            &layout,
            line,
            &fields,
        );
    }
    if !layout.has_groups() {
        join_groups(&mut dataset, table, beside)?;
    }
    let left = pictures.left();
    dataset
        .problems
        .extend(left.into_iter().map(|path| Problem::NoRow { path }));
    Ok(dataset)
}

/// Adds the example of a row, or the problem that it is.
fn add(
    dataset: &mut Dataset,
    seen: &mut HashSet<String>,
    pictures: &mut Pictures,
    layout: &Layout,
    line: u64,
    fields: &[String],
) {
    let row = match layout.row(fields) {
        Ok(row) => row,
        Err(reason) => return dataset.problems.push(Problem::Row { line, reason }),
    };
    let id = row.id;
    if !seen.insert(id.clone()) {
        return dataset.problems.push(Problem::Repeated { line, id });
    }
    if row.diagnosis.label.is_none() {
        dataset.problems.push(Problem::OtherDiagnosis {
            id: id.clone(),
            text: row.diagnosis.text.clone(),
        });
    }
    let Some(hit) = pictures.take(&id) else {
        return dataset.problems.push(Problem::NoImage { id });
    };
    if hit.others > 0 {
        dataset.problems.push(Problem::SeveralImages {
            id: id.clone(),
            taken: hit.path.clone(),
            others: hit.others,
        });
    }
    dataset.examples.push(Example {
        id,
        path: hit.path,
        diagnosis: row.diagnosis,
        lesion: row.lesion,
        patient: row.patient,
        part: row.part,
        duplicate_of: row.duplicate_of,
    });
}

/// Takes lesions and patients from the other tables of the folder, where the table has neither.
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
        let mut known = std::collections::HashMap::new();
        while let Some((_, fields)) = lines.next().map_err(|source| io(&other, source))? {
            let text = |at: usize| fields.get(at).filter(|text| !text.is_empty()).cloned();
            if let Some(id) = text(groups.id) {
                let of = (groups.lesion.and_then(text), groups.patient.and_then(text));
                known.insert(id, of);
            }
        }
        let mut joined = 0;
        for example in &mut dataset.examples {
            if let Some((lesion, patient)) = known.get(&example.id) {
                example.lesion = example.lesion.take().or_else(|| lesion.clone());
                example.patient = example.patient.take().or_else(|| patient.clone());
                joined += 1;
            }
        }
        if joined > 0 {
            dataset.assumptions.push(format!(
                "Lesions and patients of {joined} pictures were taken from {}.",
                other.file_name().unwrap_or_default().display()
            ));
        }
    }
    Ok(())
}

/// The one table of labels in a folder; none if there is none.
pub(super) fn find(folder: &Path) -> Result<Option<PathBuf>, DatasetError> {
    let mut found = Vec::new();
    for table in tables(folder)? {
        // A file that cannot be read as a table is none; the error shows if it is named itself.
        if Lines::open(&table).is_ok_and(|(_, header)| Layout::of_header(&header).is_some()) {
            found.push(table);
        }
    }
    if found.len() > 1 {
        let name = |table: PathBuf| Some(table.file_name()?.to_string_lossy().into_owned());
        return Err(DatasetError::SeveralTables {
            path: folder.to_owned(),
            tables: found.into_iter().filter_map(name).collect(),
        });
    }
    Ok(found.pop())
}

/// The files of a folder that may be tables, sorted.
fn tables(folder: &Path) -> Result<Vec<PathBuf>, DatasetError> {
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|source| io(folder, source))? {
        let path = entry.map_err(|source| io(folder, source))?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        let fits = ending.is_some_and(|ending| {
            let is = |known: &&str| ending.eq_ignore_ascii_case(known);
            ENDINGS.iter().any(is)
        });
        if fits && path.is_file() {
            tables.push(path);
        }
    }
    tables.sort();
    Ok(tables)
}

fn io(path: &Path, source: std::io::Error) -> DatasetError {
    DatasetError::Io {
        path: path.to_owned(),
        source,
    }
}

/// The rows of a table of fields, without spaces around them; bytes that are no UTF-8 are replaced.
struct Lines {
    reader: csv::Reader<File>,
    record: csv::ByteRecord,
}

impl Lines {
    /// Opens a table and reads its first line.
    fn open(path: &Path) -> Result<(Self, Vec<String>), DatasetError> {
        let delimiter = delimiter(path).map_err(|source| io(path, source))?;
        let file = File::open(path).map_err(|source| io(path, source))?;
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .delimiter(delimiter)
            .from_reader(file);
        let mut lines = Self {
            reader,
            record: csv::ByteRecord::new(),
        };
        let header = lines.next().map_err(|source| io(path, source))?;
        Ok((lines, header.map(|(_, fields)| fields).unwrap_or_default()))
    }

    /// The next row with its line, from 1.
    fn next(&mut self) -> Result<Option<(u64, Vec<String>)>, std::io::Error> {
        // Fields may be any bytes and rows of any length, so that only reading itself can fail.
        if !self.reader.read_byte_record(&mut self.record)? {
            return Ok(None);
        }
        let line = self.record.position().map_or(0, csv::Position::line);
        let fields = self
            .record
            .iter()
            .map(|field| String::from_utf8_lossy(field).into_owned())
            .collect();
        Ok(Some((line, fields)))
    }
}

/// Comma, semicolon or tab: whichever the first line has most of.
fn delimiter(path: &Path) -> std::io::Result<u8> {
    let mut first = Vec::new();
    BufReader::new(File::open(path)?.take(LONGEST_LINE)).read_until(b'\n', &mut first)?;
    let count = |delimiter: &u8| first.split(|byte| byte == delimiter).count();
    Ok([b'\t', b';', b',']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(b','))
}

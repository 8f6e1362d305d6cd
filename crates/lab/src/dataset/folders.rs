//! A folder per class: the names of the folders are the diagnoses.

use std::path::Path;

use super::diagnosis::{Diagnosis, in_doubt};
use super::error::DatasetError;
use super::example::{Dataset, Example};
use super::name::name_of;
use super::part::Part;
use super::pictures::is_mask;
use super::problem::Problem;
use super::table;
use flipscope_base::natural;
use flipscope_image::lesion;

/// The most pictures that one class may have.
const MOST: usize = 1_000_000;

/// Reads `ROOT/CLASS/...` and `ROOT/PART/CLASS/...`; at least one class must be melanoma or nevus.
pub(super) fn read(root: &Path) -> Result<Dataset, DatasetError> {
    let mut dataset = Dataset {
        name: name_of(root),
        table: None,
        found: None,
        format: "a folder per class",
        examples: Vec::new(),
        problems: Vec::new(),
        assumptions: Vec::new(),
    };
    let mut names = Vec::new();
    for name in folders(root)? {
        let folder = root.join(&name);
        if let Some(part) = Part::of_word(&name) {
            for class in folders(&folder)? {
                add(&mut dataset, root, &folder.join(&class), &class, Some(part));
                names.push(class);
            }
        } else {
            add(&mut dataset, root, &folder, &name, None);
            names.push(name);
        }
    }
    if !names.iter().any(|name| Diagnosis::of(name).label.is_some()) {
        return Err(DatasetError::NoLabels {
            path: root.to_owned(),
            folders: names,
        });
    }
    table::say(&mut dataset);
    Ok(dataset)
}

/// Adds the pictures of a class.
fn add(dataset: &mut Dataset, root: &Path, folder: &Path, class: &str, part: Option<Part>) {
    let listing = lesion::pictures_beneath(folder, MOST);
    dataset
        .problems
        .extend(Problem::of_listing(listing.problems, listing.left_out));
    let diagnosis = Diagnosis::of(class);
    for path in listing.files {
        if is_mask(path.strip_prefix(folder).unwrap_or(&path)) {
            dataset.problems.push(Problem::Mask { path });
            continue;
        }
        let below = path.strip_prefix(root).unwrap_or(&path);
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let id = parts.join("/");
        if diagnosis.label.is_none() && in_doubt(&diagnosis.text) {
            dataset.problems.push(Problem::Doubtful {
                id: id.clone(),
                text: diagnosis.text.clone(),
            });
        } else if diagnosis.label.is_none() {
            dataset.problems.push(Problem::OtherDiagnosis {
                id: id.clone(),
                text: diagnosis.text.clone(),
            });
        }
        dataset.examples.push(Example {
            id,
            path,
            diagnosis: diagnosis.clone(),
            lesion: None,
            patient: None,
            part,
            duplicate_of: None,
        });
    }
}

/// The names of the subfolders of a folder in natural order, without hidden ones.
fn folders(root: &Path) -> Result<Vec<String>, DatasetError> {
    let failed = |source| DatasetError::io(root, source);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && !name.starts_with('.') {
            names.push(name.into_owned());
        }
    }
    names.sort_by(|a, b| natural::order(a, b));
    Ok(names)
}

//! Finds the pictures that the rows of a table name.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::problem::Problem;
use crate::lesion;

/// Pictures that one set may have: the whole ISIC archive has about half a million.
const MOST: usize = 2_000_000;

/// The pictures in a folder and beneath, by name.
pub(super) struct Pictures {
    /// By [`key`], each list sorted by path.
    by_name: HashMap<String, Vec<PathBuf>>,
    /// Folders that could not be listed.
    pub(super) problems: Vec<Problem>,
}

/// The picture of a row.
pub(super) struct Hit {
    pub(super) path: PathBuf,
    /// How many others have the name too.
    pub(super) others: usize,
}

impl Pictures {
    pub(super) fn beneath(folder: &Path) -> Self {
        let listing = lesion::pictures_beneath(folder, MOST);
        let mut by_name: HashMap<String, Vec<PathBuf>> = HashMap::new();
        for path in listing.files {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            by_name.entry(key(&name)).or_default().push(path);
        }
        Self {
            by_name,
            problems: listing.problems.into_iter().map(Problem::Folder).collect(),
        }
    }

    /// Takes out the pictures of an id, which is a name with or without ending, or a path that ends with one: of several,
    /// the one that the path fits, or else the first.
    pub(super) fn take(&mut self, id: &str) -> Option<Hit> {
        let found = self.by_name.remove(&key(id))?;
        let named = Path::new(id);
        let path = found
            .iter()
            .find(|path| path.ends_with(named) || path.with_extension("").ends_with(named))
            .or(found.first())?
            .clone();
        Some(Hit {
            path,
            others: found.len() - 1,
        })
    }

    /// What no row has taken, sorted by path.
    pub(super) fn left(self) -> Vec<PathBuf> {
        let mut left: Vec<PathBuf> = self.by_name.into_values().flatten().collect();
        left.sort();
        left
    }
}

/// The name without folders and without a picture's ending, in lower case.
fn key(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let path = Path::new(name);
    let stem = if lesion::has_picture_ending(path) {
        path.file_stem().and_then(|stem| stem.to_str())
    } else {
        None
    };
    stem.unwrap_or(name).to_lowercase()
}

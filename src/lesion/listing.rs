//! Finds the pictures in files and folders.

use std::path::{Path, PathBuf};

/// Folders within folders are followed this far down.
const DEPTH: usize = 6;
/// Files that one folder may add.
const MOST: usize = 20_000;
/// Endings of the files that a folder adds; a file that is named itself is taken whatever its ending.
const ENDINGS: [&str; 8] = ["jpg", "jpeg", "jpe", "png", "tif", "tiff", "webp", "bmp"];

/// What [`find_pictures`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Files as they were named, and the pictures of folders, sorted by path within each folder.
    pub files: Vec<PathBuf>,
    /// One sentence for each folder that could not be listed, or holds nothing.
    pub problems: Vec<String>,
}

/// Files as they are named; the pictures of folders (and of folders in them), sorted by path. Nothing is opened.
pub fn find_pictures(paths: &[PathBuf]) -> Listing {
    let mut listing = Listing::default();
    for path in paths {
        if !path.is_dir() {
            listing.files.push(path.clone());
            continue;
        }
        let mut found = pictures_beneath(path, MOST);
        listing.files.append(&mut found.files);
        listing.problems.append(&mut found.problems);
    }
    listing
}

/// The pictures of a folder and of folders in it, sorted by path; of more than `most`, only some.
pub(crate) fn pictures_beneath(folder: &Path, most: usize) -> Listing {
    let mut listing = Listing::default();
    let Listing { files, problems } = &mut listing;
    walk(folder, DEPTH, most, files, problems);
    files.sort();
    if files.is_empty() && problems.is_empty() {
        problems.push(format!(
            "{} holds no pictures ({}).",
            folder.display(),
            ENDINGS.join(", ")
        ));
    }
    listing
}

/// Whether a file is called as pictures are.
pub(crate) fn has_picture_ending(path: &Path) -> bool {
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}

fn walk(
    folder: &Path,
    depth: usize,
    most: usize,
    found: &mut Vec<PathBuf>,
    problems: &mut Vec<String>,
) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(format!(
                "{}: the folder cannot be listed: {error}",
                folder.display()
            ));
            return;
        }
    };
    for entry in entries.flatten() {
        if found.len() >= most {
            problems.push(format!(
                "{}: only the first {most} pictures were taken.",
                folder.display()
            ));
            return;
        }
        let path = entry.path();
        // Links to folders are not followed: they may form a circle.
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() && depth > 0 {
            walk(&path, depth - 1, most, found, problems);
        } else if has_picture_ending(&path)
            && (kind.is_file() || kind.is_symlink() && path.is_file())
        {
            found.push(path);
        }
    }
}

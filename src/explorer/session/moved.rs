//! Files of a session that are no longer where they were: looked for below a folder, by the end of their former path.
//!
//! So a session is found with its photographs where both were copied to another machine, and a person can name the folder that photographs
//! are in now. A photograph is taken only if it is the same file.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use flipscope_base::{hex, read};

use crate::explorer::session::content::{Contents, StoredOrigin};
use crate::explorer::session::stored::StoredPath;

/// The most bytes of a file that are hashed.
const LARGEST: u64 = 2 << 30;

/// Where a file or a folder is below `folder` now: at the longest end of its former path that is there; `sha256`: of the file's bytes.
pub(super) fn find(folder: &Path, former: &Path, sha256: Option<&str>) -> Option<PathBuf> {
    // A session may come from another system.
    let former = former.to_string_lossy();
    let parts: Vec<&str> = former
        .split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .collect();
    let ends = (0..parts.len()).filter_map(|skipped| parts.get(skipped..));
    let places = ends.map(|end| folder.join(end.iter().collect::<PathBuf>()));
    let mut there = places.filter(|place| place.exists());
    there.find(|place| sha256.is_none_or(|sha256| has_hash(place, sha256)))
}

fn has_hash(file: &Path, sha256: &str) -> bool {
    read::bytes(file, LARGEST).is_ok_and(|bytes| hex(Sha256::digest(bytes)) == sha256)
}

/// Whether a file or folder is not where it was; one that is out of reach may be there.
pub(super) fn is_missing(path: &Path) -> bool {
    matches!(path.try_exists(), Ok(false))
}

/// Looks for what is missing below a folder, photographs first: they tell where the folders are that they were in.
pub(super) struct Search<'a> {
    folder: &'a Path,
    /// The only photograph that is looked at, if a person has named it rather than its folder.
    only: Option<&'a Path>,
    /// Folders of photographs that were found: where they were, and where they are now.
    moved: Vec<(PathBuf, PathBuf)>,
}

impl<'a> Search<'a> {
    /// Below this folder.
    pub(super) fn below(folder: &'a Path) -> Self {
        Self {
            folder,
            only: None,
            moved: Vec::new(),
        }
    }

    /// Below a folder, or for a photograph, as a person has named it.
    pub(super) fn named(path: &'a Path) -> Self {
        if path.is_dir() {
            return Self::below(path);
        }
        Self {
            only: Some(path),
            ..Self::below(path.parent().unwrap_or(Path::new("")))
        }
    }

    /// Where a photograph is now; none if it is where it was, or is not found.
    pub(super) fn photograph(&mut self, former: &Path, sha256: Option<&str>) -> Option<PathBuf> {
        if !is_missing(former) {
            return None;
        }
        let now = find(self.folder, former, sha256)?;
        if self.only.is_some_and(|only| only != now) {
            return None;
        }
        let moved = roots(former, &now);
        if !self.moved.contains(&moved) {
            self.moved.push(moved);
        }
        Some(now)
    }

    /// The same of another file, or of a folder.
    pub(super) fn other(&self, former: &Path) -> Option<PathBuf> {
        if !is_missing(former) {
            return None;
        }
        let moved = self.moved.iter().find_map(|(before, now)| {
            let now = now.join(former.strip_prefix(before).ok()?);
            now.exists().then_some(now)
        });
        moved.or_else(|| match self.only {
            Some(_) => None,
            None => find(self.folder, former, None),
        })
    }

    /// Gives what is missing of a session its place; returns for how many photographs.
    pub(super) fn relocate(mut self, contents: &mut Contents) -> usize {
        let mut found = 0;
        for lesion in &mut contents.lesions {
            if let StoredOrigin::File(path) = &mut lesion.origin
                && let Some(now) = self.photograph(&path.path(), lesion.sha256.as_deref())
            {
                *path = StoredPath::new(&now);
                found += 1;
            }
        }
        for path in contents.paths_mut() {
            if let Some(now) = self.other(&path.path()) {
                *path = StoredPath::new(&now);
            }
        }
        found
    }
}

/// Two paths without the end that they have in common.
fn roots(former: &Path, now: &Path) -> (PathBuf, PathBuf) {
    let (mut former, mut now) = (former.to_owned(), now.to_owned());
    while former.file_name().is_some() && former.file_name() == now.file_name() {
        former.pop();
        now.pop();
    }
    (former, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_at_the_longest_end_of_its_path_that_is_the_same_file() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for (name, bytes) in [("a.png", "other"), ("clinic/a.png", "a")] {
            std::fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            std::fs::write(at(name), bytes).unwrap();
        }
        let sha256 = hex(Sha256::digest("a"));
        let found = |former: &str, sha256| find(folder.path(), Path::new(former), sha256);
        for former in ["/home/x/clinic/a.png", r"C:\Users\x\clinic\a.png"] {
            assert_eq!(found(former, Some(&sha256)), Some(at("clinic/a.png")));
            assert_eq!(found(former, None), Some(at("clinic/a.png")));
        }
        // The name alone is another file's.
        assert_eq!(found("/home/x/a.png", Some(&sha256)), None);
        assert_eq!(found("/home/x/a.png", None), Some(at("a.png")));
        assert_eq!(found("/home/x/b.png", None), None);
        assert_eq!(found("/home/x/../clinic", None), Some(at("clinic")));
    }

    #[test]
    fn a_folder_is_found_with_the_photographs_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.png"), "a").unwrap();
        let mut search = Search::below(folder.path());
        let gone = Path::new("/never/there");
        assert_eq!(search.other(gone), None);
        let found = search.photograph(&gone.join("a.png"), None);
        assert_eq!(found, Some(at("a.png")));
        assert_eq!(search.other(gone), Some(at("")));
        assert_eq!(search.other(&gone.join("b.csv")), None);
        // What is where it was is not looked for.
        assert_eq!(search.photograph(&at("a.png"), None), None);
    }

    #[test]
    fn a_photograph_that_is_named_stands_for_itself_only() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["a.png", "b.png"] {
            std::fs::write(at(name), name).unwrap();
        }
        let gone = Path::new("/never/there");
        let named = at("a.png");
        let mut search = Search::named(&named);
        assert_eq!(search.photograph(&gone.join("b.png"), None), None);
        assert_eq!(search.other(&gone.join("b.png")), None);
        let found = search.photograph(&gone.join("a.png"), None);
        assert_eq!(found.as_deref(), Some(&*named));
        assert_eq!(search.other(gone), Some(at("")));
    }
}

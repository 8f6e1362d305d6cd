//! Names for the files that are written for a photograph: its own name, or if several share that, its path below the folder
//! that they have in common.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Component, Path, PathBuf};

use flipscope_base::untrusted::exact_name;

/// A photograph, and the name of its files.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Its path, as listed.
    pub(super) path: PathBuf,
    /// Unique within the run: the file name without its extension, if that is enough.
    pub(super) name: String,
}

/// A photograph that does not have its name yet.
struct Unnamed {
    path: PathBuf,
    /// Its canonical path: its folder without links, and its name.
    place: PathBuf,
    /// Which of [`Self::candidates`] is its current name.
    level: usize,
    candidates: [String; 4],
}

/// Gives each photograph a unique name. A file that is given twice is taken once.
pub(super) fn named(paths: Vec<PathBuf>) -> Vec<Named> {
    let mut places = Places::default();
    let mut once = HashSet::new();
    let mut all: Vec<Unnamed> = Vec::new();
    for path in paths {
        let place = places.of(&path);
        if once.insert(place.clone()) {
            all.push(Unnamed {
                path,
                place,
                level: 0,
                candidates: Default::default(),
            });
        }
    }
    let common = common_folder(all.iter().map(|one| one.place.as_path())).to_owned();
    for one in &mut all {
        one.candidates = candidates(&one.place, &common);
    }
    while take_longer_names(&mut all) {}
    numbered(all)
}

/// Canonical paths of files, each folder resolved once.
#[derive(Default)]
pub(super) struct Places {
    folders: HashMap<PathBuf, PathBuf>,
}

impl Places {
    /// The file's canonical path: different spellings of one path give the same.
    pub(super) fn of(&mut self, path: &Path) -> PathBuf {
        let Some(name) = path.file_name() else {
            return path.to_owned();
        };
        let folder = flipscope_base::atomic::folder_of(path);
        let folder = (self.folders.entry(folder.clone())).or_insert_with(|| {
            let absolute = || std::path::absolute(&folder).unwrap_or(folder.clone());
            folder.canonicalize().unwrap_or_else(|_| absolute())
        });
        folder.join(name)
    }
}

/// The longest folder that holds all of these.
fn common_folder<'a>(mut places: impl Iterator<Item = &'a Path>) -> &'a Path {
    let nowhere = Path::new("");
    let Some(first) = places.next().and_then(Path::parent) else {
        return nowhere;
    };
    places.fold(first, |common, place| {
        let mut above = common.ancestors();
        above
            .find(|folder| place.starts_with(folder) && *folder != place)
            .unwrap_or(nowhere)
    })
}

/// Names from the shortest to the longest.
fn candidates(place: &Path, common: &Path) -> [String; 4] {
    let name = exact_name(place.file_name().unwrap_or_default());
    let stem = exact_name(place.file_stem().unwrap_or_default());
    let below = place
        .parent()
        .and_then(|folder| folder.strip_prefix(common).ok());
    let mut folders = String::new();
    for part in below.unwrap_or(Path::new("")).components() {
        if let Component::Normal(part) = part {
            folders.push_str(&exact_name(part));
            folders.push('-');
        }
    }
    let [long_stem, long_name] = [&stem, &name].map(|name| format!("{folders}{name}"));
    [stem, name, long_stem, long_name]
}

impl Unnamed {
    fn name(&self) -> &str {
        self.candidates.get(self.level).map_or("", String::as_str)
    }

    /// On some systems, names that differ only in case are the same file.
    fn key(&self) -> String {
        self.name().to_lowercase()
    }
}

/// Photographs that share a name take their next longer ones; returns whether any did.
fn take_longer_names(all: &mut [Unnamed]) -> bool {
    let mut shared: HashMap<String, usize> = HashMap::new();
    for one in all.iter() {
        *shared.entry(one.key()).or_default() += 1;
    }
    let mut any = false;
    for one in all {
        let last = one.candidates.len() - 1;
        if one.level < last && shared.get(&one.key()).is_some_and(|&count| count > 1) {
            one.level += 1;
            any = true;
        }
    }
    any
}

/// The last resort, for `a/b/x.png` and `a-b/x.png`: a number, in the order of their paths.
fn numbered(all: Vec<Unnamed>) -> Vec<Named> {
    let mut by_key: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for one in &all {
        by_key.entry(one.key()).or_default().push(one.place.clone());
    }
    let mut taken: HashSet<String> = by_key.keys().cloned().collect();
    let mut suffixes: HashMap<PathBuf, String> = HashMap::new();
    for (key, mut places) in by_key {
        places.sort();
        let mut number = 2;
        for place in places.into_iter().skip(1) {
            while !taken.insert(format!("{key}-{number}")) {
                number += 1;
            }
            suffixes.insert(place, format!("-{number}"));
        }
    }
    all.into_iter()
        .map(|one| {
            let suffix = suffixes.get(&one.place).map_or("", String::as_str);
            Named {
                name: format!("{}{suffix}", one.name()),
                path: one.path,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(paths: &[&str]) -> Vec<String> {
        let paths = paths.iter().map(PathBuf::from).collect();
        named(paths).into_iter().map(|one| one.name).collect()
    }

    #[test]
    fn a_photograph_has_its_own_name_where_that_tells_it_apart() {
        assert_eq!(names(&["a/x.jpg", "b/z.png"]), ["x", "z"]);
        assert_eq!(names(&["a/x.jpg", "a/x.png"]), ["x.jpg", "x.png"]);
        assert_eq!(names(&["x.jpg"]), ["x"]);
        assert!(names(&[]).is_empty());
    }

    #[test]
    fn of_the_same_name_their_places_below_the_common_folder_tell_them_apart() {
        assert_eq!(
            names(&["m/a/x.jpg", "m/b/x.jpg", "m/b/y.jpg"]),
            ["a-x", "b-x", "y"]
        );
        assert_eq!(
            names(&["m/x.jpg", "m/b/x.jpg", "m/b/c/x.jpg"]),
            ["x", "b-x", "b-c-x"]
        );
        assert_eq!(
            names(&["a/x.jpg", "a/x.png", "b/x.jpg"]),
            ["a-x", "x.png", "b-x"]
        );
        // No file is lost if folders and dashes make names equal.
        let mut all = names(&["a/b/x.png", "a-b/x.png", "a/b-x.png", "A-B/X.PNG"]);
        for name in &mut all {
            *name = name.to_lowercase();
        }
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 4, "{all:?}");
    }

    #[test]
    fn one_file_is_taken_once_however_it_is_written() {
        assert_eq!(names(&["a/x.jpg", "./a/x.jpg", "a//x.jpg"]), ["x"]);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.jpg");
        std::fs::create_dir(folder.path().join("b")).unwrap();
        std::fs::write(&path, "").unwrap();
        let round = folder.path().join("b/../x.jpg");
        assert_eq!(named(vec![path, round]).len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_unicode_stay_apart() {
        use std::os::unix::ffi::OsStringExt as _;
        let path = |byte| PathBuf::from(std::ffi::OsString::from_vec(vec![b'm', byte]));
        let names: Vec<String> = (named(vec![path(0xe8), path(0xe9)]).into_iter())
            .map(|one| one.name)
            .collect();
        assert_eq!(names, ["m%E8", "m%E9"]);
    }
}

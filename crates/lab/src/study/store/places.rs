//! Paths as stored in a study's file: relative to its own folder, so that the study and its files can be moved, copied and
//! shared together, and no path of a machine travels with it further than necessary.

use std::io;
use std::path::{Component, Path, PathBuf};

/// The absolute folder of a study's file.
pub(crate) fn folder_of(file: &Path) -> io::Result<PathBuf> {
    let whole = std::path::absolute(file)?;
    Ok(whole.parent().unwrap_or(&whole).to_owned())
}

/// The relative path from a folder to a path, both absolute, with `..` where it leads upwards; the path itself if there is none
/// (another drive).
pub(super) fn relative(path: &Path, folder: &Path) -> PathBuf {
    let (path, folder) = (plain(path), plain(folder));
    let (ours, theirs): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (folder.components().collect(), path.components().collect());
    let common = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return path;
    }
    let up = ours.iter().skip(common).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(theirs.iter().skip(common).copied()).collect();
    if way.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        way
    }
}

/// Resolves a path relative to a folder.
pub(super) fn resolved(path: &Path, folder: &Path) -> PathBuf {
    plain(&folder.join(path))
}

/// Where the way from a folder to a path leads from each folder above it: what was moved down finds so what has stayed.
pub(crate) fn from_above(path: &Path, folder: &Path) -> Vec<PathBuf> {
    let way = relative(path, folder);
    let above = folder.ancestors().skip(1);
    above.map(|above| resolved(&way, above)).collect()
}

/// Without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn ways_lead_where_they_came_from() {
        for (path, folder, way) in [
            ("/data/isic", "/data", "isic"),
            ("/data/isic", "/data/studies", "../isic"),
            ("/somewhere", "/tmp/x", "../../somewhere"),
            ("/data", "/data", "."),
            ("/data/./a/../b", "/data", "b"),
        ] {
            let (path, folder) = (Path::new(path), Path::new(folder));
            assert_eq!(relative(path, folder), Path::new(way));
            assert_eq!(resolved(Path::new(way), folder), plain(path));
        }
    }

    #[test]
    fn what_was_moved_down_finds_what_has_stayed() {
        // Made in /x, with photographs in /x/data and in /photos, and moved into /x/old/er.
        for (way, is_at) in [("data", "/x/data"), ("../photos", "/photos")] {
            let folder = Path::new("/x/old/er");
            let found = from_above(&resolved(Path::new(way), folder), folder);
            assert!(found.contains(&PathBuf::from(is_at)), "{found:?}");
        }
    }
}

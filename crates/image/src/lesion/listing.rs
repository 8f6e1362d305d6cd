//! Finds the pictures in files and folders.

use flipscope_base::natural;
use flipscope_base::system::in_words;
use flipscope_language::{Text, as_text, id, text};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Folders within folders are followed this far down; if there are more, a message says so.
const DEPTH: usize = 50;
/// The most files that one folder may add.
const MOST: usize = 20_000;
/// The most files of an unsupported kind that are named.
const NAMED: usize = 3;
/// Extensions of the files that a folder adds; a file that is named explicitly is taken whatever its extension.
pub const ENDINGS: [&str; 14] = [
    "jpg", "jpeg", "jpe", "jfif", "jif", "jfi", "pjpeg", "pjp", "png", "tif", "tiff", "webp",
    "bmp", "dib",
];

/// What [`find_pictures`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Files as they were given, and the pictures of folders, sorted by path within each folder.
    pub files: Vec<PathBuf>,
    /// One sentence for each folder that could not be listed or holds nothing; from [`find_pictures`] also what was left out.
    pub problems: Vec<String>,
    /// One sentence for each unsupported kind of picture in a folder.
    pub left_out: Vec<String>,
}

/// Extensions of unsupported kinds of pictures, and what people call them.
const UNREAD: [(Text, &[&str]); 6] = [
    (id!("photo-kind-heic"), &["heic", "heif", "hif"]),
    (id!("photo-kind-avif"), &["avif", "avifs"]),
    (
        id!("photo-kind-jpeg-xl"),
        &["jxl", "jp2", "j2k", "jpx", "jpf"],
    ),
    (id!("photo-kind-gif"), &["gif"]),
    (id!("photo-kind-dicom"), &["dcm", "dicom"]),
    (
        id!("photo-kind-raw"),
        &[
            "cr2", "cr3", "crw", "nef", "nrw", "arw", "srf", "sr2", "dng", "orf", "rw2", "raf",
            "pef", "raw", "rwl", "srw",
        ],
    ),
];

/// The unsupported kind of picture that a file's extension stands for, if any.
fn unread_kind(path: &Path) -> Option<&'static str> {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let of = |(_, endings): &&(Text, &[&str])| endings.contains(&ending.as_str());
    let kind = UNREAD.iter().find(of).map(|(kind, _)| kind.get());
    kind.filter(|_| !name.starts_with(b"._"))
}

/// Files as they are given; the pictures of folders (and of folders in them) in natural order. Nothing is opened.
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
        listing.problems.append(&mut found.left_out);
    }
    listing
}

/// The pictures of a folder and of folders in it, in natural order; if there are more than `most`, only some.
pub fn pictures_beneath(folder: &Path, most: usize) -> Listing {
    let mut listing = Listing::default();
    let mut unread = BTreeMap::new();
    let Listing {
        files, problems, ..
    } = &mut listing;
    walk(folder, DEPTH, most, files, problems, &mut unread);
    if let Some(links) = unread.remove(TO_NOTHING) {
        problems.push(to_nothing(folder, links));
    }
    files.sort_by(|a, b| natural::order_of_paths(a, b));
    if files.is_empty() && problems.is_empty() {
        problems.push(text!(
            "photo-holds-no-pictures",
            folder = as_text(&folder.display()),
            endings = as_text(&ENDINGS.join(", "))
        ));
    }
    listing.left_out = (unread.into_iter())
        .map(|(kind, paths)| left_out(folder, kind, paths))
        .collect();
    listing
}

/// What links are counted under that lead to nothing.
const TO_NOTHING: &str = "";

/// "moles: 4 links in it lead to nothing (a.jpg, b.jpg, images, …)".
fn to_nothing(folder: &Path, links: Vec<PathBuf>) -> String {
    let count = links.len();
    let (mut named, more) = named(folder, links);
    if more > 0 {
        named.push_str(", …");
    }
    text!(
        "photo-links-to-nothing",
        folder = as_text(&folder.display()),
        count = count,
        named = as_text(&named)
    )
}

/// The first ones of a folder by name, and how many more there are.
fn named(folder: &Path, mut paths: Vec<PathBuf>) -> (String, usize) {
    paths.sort_by(|a, b| natural::order_of_paths(a, b));
    let named: Vec<String> = (paths.iter().take(NAMED))
        .map(|path| path.strip_prefix(folder).unwrap_or(path))
        .map(|path| path.display().to_string())
        .collect();
    (named.join(", "), paths.len().saturating_sub(NAMED))
}

/// "moles: 4 GIF files were left out (a.gif, b.gif, x/c.gif and 1 more): convert them to JPEG or PNG."
fn left_out(folder: &Path, kind: &str, paths: Vec<PathBuf>) -> String {
    let count = paths.len();
    let (mut named, more) = named(folder, paths);
    if more > 0 {
        named = text!("photo-and-more", named = as_text(&named), more = more);
    }
    text!(
        "photo-left-out",
        folder = as_text(&folder.display()),
        count = count,
        kind = as_text(&kind),
        named = as_text(&named)
    )
}

/// Whether a file has a picture's extension; macOS keeps a file's attributes next to it in a file whose name begins with `._`.
pub fn has_picture_ending(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    if name.starts_with(b"._") {
        return false;
    }
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}

/// Adds the pictures in a folder and below it; false if there are more than `most`, which is reported once.
fn walk(
    folder: &Path,
    depth: usize,
    most: usize,
    found: &mut Vec<PathBuf>,
    problems: &mut Vec<String>,
    unread: &mut BTreeMap<&'static str, Vec<PathBuf>>,
) -> bool {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(text!(
                "photo-folder-cannot-be-listed",
                folder = as_text(&folder.display()),
                error = as_text(&in_words(error))
            ));
            return true;
        }
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_symlink() && is_meant(&path) && !path.exists() {
            unread.entry(TO_NOTHING).or_default().push(path);
        } else if kind.is_symlink() && path.is_dir() {
            // It may form a circle, and so is not followed; where it does, all that it leads to is here.
            if !leads_above(&path, folder) {
                problems.push(text!(
                    "photo-link-not-followed",
                    path = as_text(&path.display())
                ));
            }
        } else if kind.is_dir() {
            if depth == 0 {
                problems.push(text!(
                    "photo-folders-within-folders-followed",
                    path = as_text(&path.display()),
                    depth = as_text(&DEPTH)
                ));
            } else if !walk(&path, depth - 1, most, found, problems, unread) {
                return false;
            }
        } else if has_picture_ending(&path)
            && (kind.is_file() || kind.is_symlink() && path.is_file())
        {
            if found.len() >= most {
                problems.push(text!(
                    "photo-only-first-pictures-were",
                    folder = as_text(&folder.display()),
                    most = as_text(&most)
                ));
                return false;
            }
            found.push(path);
        } else if let Some(kind) = unread_kind(&path) {
            unread.entry(kind).or_default().push(path);
        }
    }
    true
}

/// Whether a link is one to a picture, or to a folder as its name has it.
fn is_meant(link: &Path) -> bool {
    has_picture_ending(link) || link.extension().is_none()
}

/// Whether a link leads to a folder that holds it.
fn leads_above(link: &Path, folder: &Path) -> bool {
    let [to, here] = [link, folder].map(std::fs::canonicalize);
    to.is_ok_and(|to| here.is_ok_and(|here| here.starts_with(to)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use flipscope_language::{Language, within};

    #[test]
    fn endings_of_pictures_in_any_case() {
        for name in [
            "a.jfif", "b.JFIF", "c.jpe", "d.Jif", "e.TIFF", "f.pjpeg", "g.dib",
        ] {
            assert!(has_picture_ending(Path::new(name)), "{name}");
        }
        for name in ["a.csv", "jpg", ".jpg", "b.jpg.txt", "._a.jpg"] {
            assert!(!has_picture_ending(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn pictures_of_kinds_that_are_not_read_are_counted_and_named() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "a.jpg", "b.HEIC", "c.heif", "x/d.heic", "x/e.gif", "f.csv", "._g.heic", "x/h.heic",
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, b"").unwrap();
        }
        let listing = find_pictures(&[folder.path().to_owned()]);
        assert_eq!(listing.files.len(), 1);
        let said = listing.problems.join(" ");
        assert_eq!(listing.problems.len(), 2, "{said}");
        for words in [
            "4 HEIC files were left out (b.HEIC, c.heif, x/d.heic and 1 more): convert them to JPEG or PNG",
            "1 GIF file was left out (x/e.gif): convert it to",
        ] {
            let said = said.replace('\\', "/");
            assert!(said.contains(words), "{said}");
        }
        let german = within(Language::German, || {
            find_pictures(&[folder.path().to_owned()])
                .problems
                .join(" ")
        });
        for words in [
            "4 Dateien (HEIC) wurden ausgelassen: b.HEIC, c.heif, x/d.heic und 1 weitere. Wandeln Sie sie in JPEG oder PNG um.",
            "1 Datei (GIF) wurde ausgelassen: x/e.gif. Wandeln Sie sie in JPEG oder PNG um.",
        ] {
            let german = german.replace('\\', "/");
            assert!(german.contains(words), "{german}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_is_named_unless_it_leads_back() {
        use std::os::unix::fs::symlink;
        let [folder, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        fs::write(folder.path().join("a.jpg"), b"").unwrap();
        fs::write(other.path().join("b.jpg"), b"").unwrap();
        symlink(folder.path(), folder.path().join("back")).unwrap();
        let list = || find_pictures(&[folder.path().to_owned()]);
        assert_eq!(list().problems, Vec::<String>::new());
        symlink(other.path(), folder.path().join("images")).unwrap();
        let Listing {
            files, problems, ..
        } = list();
        assert_eq!(files.len(), 1);
        let said = problems.join(" ");
        assert!(
            said.contains("images is a link to a folder, which is not followed"),
            "{said}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_to_nothing_are_counted_and_named() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let list = || find_pictures(&[folder.path().to_owned()]).problems;
        fs::write(folder.path().join("a.jpg"), b"").unwrap();
        for name in ["b.jpg", "images", "notes.txt"] {
            symlink("gone", folder.path().join(name)).unwrap();
        }
        let problems = list();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(
            problems[0].contains("2 links in it lead to nothing (b.jpg, images)"),
            "{problems:?}"
        );
    }

    #[test]
    fn they_are_in_the_order_in_which_people_count() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["B.jpg", "m2.jpg", "M10.jpg", "a.jpg", "m9.jpg"];
        for name in names {
            fs::write(folder.path().join(name), b"").unwrap();
            fs::write(folder.path().join(name).with_extension("gif"), b"").unwrap();
        }
        let listing = find_pictures(&[folder.path().to_owned()]);
        let counted = ["a.jpg", "B.jpg", "m2.jpg", "m9.jpg", "M10.jpg"];
        assert_eq!(
            listing.files,
            counted.map(|name| folder.path().join(name)),
            "as in the window's list"
        );
        let said = listing.problems.join(" ");
        assert!(said.contains("a.gif, B.gif, m2.gif and 2 more"), "{said}");
    }

    #[test]
    fn pictures_far_down_are_found_and_the_bound_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let mut deep = folder.path().to_owned();
        for _ in 0..30 {
            deep.push("d");
        }
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("a.jfif"), b"").unwrap();
        let listing = find_pictures(&[folder.path().to_owned()]);
        assert_eq!(listing.files, [deep.join("a.jfif")]);
        assert_eq!(listing.problems, Vec::<String>::new());
        for _ in 30..=DEPTH {
            deep.push("d");
        }
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("b.jpg"), b"").unwrap();
        let listing = find_pictures(&[folder.path().to_owned()]);
        assert_eq!(listing.files.len(), 1);
        assert!(
            matches!(listing.problems.as_slice(), [one] if one.contains("50 deep")),
            "{:?}",
            listing.problems
        );
    }

    #[test]
    fn of_too_many_pictures_some_are_taken_and_that_is_said_once() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["x/1.png", "x/y/2.png", "x/y/3.png", "z/4.png", "5.png"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, b"").unwrap();
        }
        let listing = pictures_beneath(folder.path(), 3);
        assert_eq!((listing.files.len(), listing.problems.len()), (3, 1));
        let whole = pictures_beneath(folder.path(), 5);
        assert_eq!((whole.files.len(), whole.problems.len()), (5, 0));
    }
}

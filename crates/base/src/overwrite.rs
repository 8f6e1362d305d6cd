//! Whether a file may be written where another exists: never over an input, and over others only with permission.

use flipscope_language::{Text, id, text};
use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::atomic::{AtomicFile, Existing};
use super::read;
use super::system::in_words;

/// What is said about a file that is in the way, with the remedy.
const STANDS: Text = id!("file-exists");

/// What one command may overwrite.
#[derive(Debug, Default)]
pub struct Overwrite {
    force: bool,
    /// The files that the command reads. Filled only if anything may be replaced at all.
    inputs: HashSet<Identity>,
}

/// What all names of one file share: hard or symbolic links to it have the same identity.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Identity {
    #[cfg(unix)]
    Node(u64, u64),
    #[cfg(not(unix))]
    Place(PathBuf),
}

impl Overwrite {
    /// Nothing is replaced.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// With `force` everything may be replaced except what the command reads; without it nothing.
    pub fn new<'a>(force: bool, inputs: impl IntoIterator<Item = &'a Path>) -> Self {
        let inputs = if force {
            inputs.into_iter().filter_map(identity).collect()
        } else {
            HashSet::new()
        };
        Self { force, inputs }
    }

    /// How a file may get its name.
    pub fn existing(&self) -> Existing {
        if self.force {
            Existing::Replace
        } else {
            Existing::Refuse
        }
    }

    /// Whether a file may be written: nothing is there, or what is there may be replaced.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`] if not.
    pub fn check(&self, target: &Path) -> io::Result<()> {
        // A link that leads nowhere counts as an existing file.
        match fs::symlink_metadata(target) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(in_words(error)),
            Ok(_) => {}
        }
        if !self.force {
            return Err(io::Error::new(ErrorKind::AlreadyExists, STANDS.get()));
        }
        if identity(target).is_some_and(|one| self.inputs.contains(&one)) {
            return Err(io::Error::new(
                ErrorKind::AlreadyExists,
                text!("file-is-an-input"),
            ));
        }
        Ok(())
    }

    /// Whether these bytes still need to be written: not if the file already holds the same.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn wants(&self, target: &Path, bytes: &[u8]) -> io::Result<bool> {
        let length = bytes.len() as u64;
        let there = read::bytes(target, length);
        if there.is_ok_and(|there| there == bytes) {
            return Ok(false);
        }
        self.check(target).map(|()| true)
    }

    /// Writes files that belong together, the last of them last: if it exists, all exist. No file gets its name before
    /// everything is on disk, so that a full disk leaves none. A file that has the same bytes already is left alone.
    ///
    /// # Errors
    /// As [`Self::check`], for any of the files, before any is written; or if one cannot be written: with its path.
    pub fn write_all(&self, files: &[(PathBuf, &[u8])]) -> Result<(), (PathBuf, io::Error)> {
        let mut wanted = Vec::new();
        for (path, bytes) in files {
            if self
                .wants(path, bytes)
                .map_err(|error| (path.clone(), error))?
            {
                wanted.push((path, *bytes));
            }
        }
        let mut ready = Vec::new();
        for (path, bytes) in wanted {
            let file = begin(path, bytes).map_err(|error| (path.clone(), error))?;
            ready.push((path, bytes, file));
        }
        for (path, bytes, file) in ready {
            match file.commit(self.existing()) {
                // Another run has just written the same.
                Err(error)
                    if error.kind() == ErrorKind::AlreadyExists
                        && self.wants(path, bytes).is_ok_and(|wants| !wants) => {}
                ended => ended.map_err(|error| (path.clone(), said(error)))?,
            }
        }
        Ok(())
    }

    /// Writes one file, as [`Self::write_all`].
    ///
    /// # Errors
    /// As [`Self::write_all`].
    pub fn write(&self, target: &Path, bytes: &[u8]) -> io::Result<()> {
        self.write_all(&[(target.to_owned(), bytes)])
            .map_err(|(_, error)| error)
    }
}

fn begin(path: &Path, bytes: &[u8]) -> io::Result<AtomicFile> {
    let mut file = AtomicFile::create(path)?;
    io::Write::write_all(&mut file, bytes)?;
    Ok(file)
}

/// A file that another program created in the meantime is reported like one that existed before.
fn said(error: io::Error) -> io::Error {
    if error.kind() == ErrorKind::AlreadyExists {
        io::Error::new(ErrorKind::AlreadyExists, STANDS.get())
    } else {
        error
    }
}

/// Whether two names refer to one file.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    identity(one).is_some_and(|one| Some(one) == identity(other))
}

/// Whether an error with one file of a folder will also occur with the next: a full disk, a folder that is gone or not
/// writable. Not so: a name that is taken, too long, or not allowed by the file system.
pub fn concerns_every_file(error: &io::Error) -> bool {
    !matches!(
        error.kind(),
        ErrorKind::AlreadyExists | ErrorKind::InvalidFilename | ErrorKind::InvalidInput
    )
}

/// Checks that a folder can be written to, before hours of work rather than after.
///
/// # Errors
/// If it cannot.
pub fn try_folder(folder: &Path) -> io::Result<()> {
    AtomicFile::create(&folder.join("any")).map(drop)
}

fn identity(path: &Path) -> Option<Identity> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let about = fs::metadata(path).ok()?;
        Some(Identity::Node(about.dev(), about.ino()))
    }
    #[cfg(not(unix))]
    {
        fs::canonicalize(path).ok().map(Identity::Place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(result: io::Result<()>) -> Option<ErrorKind> {
        result.err().map(|error| error.kind())
    }

    #[test]
    fn nothing_is_replaced_without_being_told_and_an_input_never() {
        let folder = tempfile::tempdir().unwrap();
        let [own, input, hard, new] =
            ["own", "input", "hard", "new"].map(|name| folder.path().join(name));
        for path in [&own, &input] {
            fs::write(path, "mine").unwrap();
        }
        fs::hard_link(&input, &hard).unwrap();
        let careful = Overwrite::nothing();
        careful.write(&new, b"made").unwrap();
        careful.write(&new, b"made").unwrap();
        let error = careful.write(&own, b"made").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert!(error.to_string().contains("another folder"), "{error}");

        let forced = Overwrite::new(true, [input.as_path()]);
        forced.write(&own, b"made").unwrap();
        assert_eq!(fs::read(&own).unwrap(), b"made");
        for path in [&input, &hard] {
            let refused = kind(forced.write(path, b"made"));
            assert_eq!(refused, Some(ErrorKind::AlreadyExists));
            assert_eq!(fs::read(path).unwrap(), b"mine");
        }
        assert!(is_same_file(&input, &hard) && !is_same_file(&input, &own));
    }

    #[cfg(unix)]
    #[test]
    fn links_stand_in_the_way_and_lead_to_inputs() {
        let folder = tempfile::tempdir().unwrap();
        let [input, link, nowhere] =
            ["input", "link", "nowhere"].map(|name| folder.path().join(name));
        fs::write(&input, "mine").unwrap();
        std::os::unix::fs::symlink(&input, &link).unwrap();
        std::os::unix::fs::symlink("gone", &nowhere).unwrap();
        let forced = Overwrite::new(true, [input.as_path()]);
        assert_eq!(
            kind(forced.write(&link, b"made")),
            Some(ErrorKind::AlreadyExists)
        );
        assert_eq!(
            kind(Overwrite::nothing().write(&nowhere, b"made")),
            Some(ErrorKind::AlreadyExists)
        );
    }

    #[test]
    fn of_files_that_belong_together_all_are_written_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
        fs::write(&second, "mine").unwrap();
        let files: [(PathBuf, &[u8]); 2] = [(first.clone(), b"1"), (second.clone(), b"2")];
        let (path, error) = Overwrite::nothing().write_all(&files).unwrap_err();
        assert_eq!((path, error.kind()), (second, ErrorKind::AlreadyExists));
        assert!(!first.exists());
        assert!(!concerns_every_file(&error));
        assert!(concerns_every_file(&ErrorKind::StorageFull.into()));
        let nowhere = folder.path().join("gone");
        assert!(concerns_every_file(&try_folder(&nowhere).unwrap_err()));
    }
}

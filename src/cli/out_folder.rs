//! The folder that a command writes into, or a file of its own: made, tried before hours of work, and what an earlier run has left there.

use std::fmt::Display;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use flipscope_base::atomic::AtomicFile;
use flipscope_base::system::{about, in_words};
use flipscope_base::{overwrite, read};

/// What to do about a file that is in the way.
const REMEDY: &str = "move it away, give another --out, or replace it with --force";

/// The folders that [`make`] made, the innermost first; those that were there are not among them.
#[derive(Debug, Default)]
pub(super) struct Made(Vec<PathBuf>);

impl Made {
    /// Removes them as far as they are empty: of a run that came to nothing.
    pub(super) fn remove_empty(&self) {
        for folder in &self.0 {
            if std::fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

/// Makes the folder, and says what was made; an error if nothing can be written there.
pub(super) fn make(folder: &Path) -> anyhow::Result<Made> {
    let missing = |one: &&Path| !one.as_os_str().is_empty() && one.symlink_metadata().is_err();
    let made = Made(
        folder
            .ancestors()
            .take_while(missing)
            .map(Path::to_owned)
            .collect(),
    );
    let shown = folder.display();
    std::fs::create_dir_all(folder).map_err(|error| {
        let error = if folder.is_symlink() && !folder.exists() {
            about(folder, ErrorKind::NotFound.into())
        } else {
            in_words(error)
        };
        let said = format!("{shown}: the folder cannot be created: {error}: name another folder");
        anyhow::Error::new(error).context(said)
    })?;
    overwrite::try_folder(folder).map_err(|error| {
        let kind = error.kind();
        let error = anyhow::Error::new(error);
        match kind {
            // What is said of these names the folder, and another place.
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::PermissionDenied => error,
            _ => error.context(format!("{shown}: nothing can be written there")),
        }
    })?;
    Ok(made)
}

/// Checks that a file can be written, before the work that leads to it; whether one of its name is there is another question.
pub(super) fn try_file(file: &Path) -> anyhow::Result<()> {
    AtomicFile::create(file)
        .map(drop)
        .with_context(|| format!("{}: cannot be written", file.display()))
}

/// What an earlier run of the same command left at this path; nothing if no file is there. `same` compares it with what is asked now:
/// each answer, and what the file holds where the answer is no. With `force`, whatever cannot be used counts as nothing.
///
/// # Errors
/// Without `force`, if the file is something else.
pub(super) fn earlier<T, E: Display>(
    path: &Path,
    force: bool,
    parse: impl FnOnce(&str) -> Result<T, E>,
    same: impl FnOnce(&T) -> anyhow::Result<Vec<(bool, &'static str)>>,
) -> anyhow::Result<Option<T>> {
    let shown = path.display();
    let text = match read::text(path, read::MAX_JSON) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        // Whatever it is, it is not a result.
        Err(_) if force => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("{shown}: cannot be read")),
    };
    let found = match parse(&text) {
        Ok(found) => found,
        Err(_) if force => return Ok(None),
        Err(error) => bail!("{shown}: {REMEDY}: {error}"),
    };
    let other = same(&found)?.into_iter().find(|(same, _)| !same);
    match other {
        None => Ok(Some(found)),
        Some(_) if force => Ok(None),
        Some((_, what)) => bail!("{shown}: holds {what}: {REMEDY}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_that_takes_nothing_is_named_once() {
        let folder = Path::new("/proc/self");
        let said = crate::cli::output::describe(&make(folder).unwrap_err());
        assert_eq!(
            said,
            "the folder /proc/self may not be written to: name another place"
        );
    }

    #[cfg(unix)]
    #[test]
    fn of_a_folder_that_is_a_link_to_nothing_it_is_said_where_it_leads() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("out");
        std::os::unix::fs::symlink("gone/away", &link).unwrap();
        let said = make(&link).unwrap_err().to_string();
        let words = "the folder cannot be created: it is a link to gone/away, where nothing is";
        assert!(said.contains(words), "{said}");
    }

    #[test]
    fn of_what_it_made_the_empty_folders_go() {
        let folder = tempfile::tempdir().unwrap();
        let (mine, out) = (folder.path().join("mine"), folder.path().join("mine/a/b"));
        std::fs::create_dir(&mine).unwrap();
        make(&out).unwrap().remove_empty();
        assert!(mine.exists() && !mine.join("a").exists());
        let made = make(&out).unwrap();
        std::fs::write(mine.join("a/note"), "").unwrap();
        made.remove_empty();
        assert!(!out.exists() && mine.join("a/note").exists());
        make(&mine).unwrap().remove_empty();
        assert!(mine.exists());
    }

    #[test]
    fn what_is_there_is_taken_refused_or_with_force_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        let find = |force, same| {
            let parse = |text: &str| text.parse::<u8>();
            earlier(&path, force, parse, move |_| {
                Ok(vec![(true, "more"), (same, "another number")])
            })
        };
        assert_eq!(find(false, true).unwrap(), None, "nothing is there");
        std::fs::write(&path, "7").unwrap();
        assert_eq!(find(false, true).unwrap(), Some(7));
        let said = find(false, false).unwrap_err().to_string();
        assert!(
            said.contains("holds another number") && said.contains("--force"),
            "{said}"
        );
        assert_eq!(find(true, false).unwrap(), None);
        std::fs::write(&path, "seven").unwrap();
        let said = find(false, true).unwrap_err().to_string();
        assert!(
            said.contains("invalid digit") && said.contains("--out"),
            "{said}"
        );
        assert_eq!(find(true, true).unwrap(), None);
    }
}

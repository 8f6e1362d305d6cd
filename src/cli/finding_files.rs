//! The files of findings that a command is given: those of a folder by name, and what to do about one that cannot be read.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use flipscope_base::{natural, read};
use flipscope_image::lesion::why_unread;

/// What makes findings, for all who have none.
pub(super) const REMEDY: &str = "give a .json that `flipscope attack --out` or the window wrote";

/// The files, and whether each was named explicitly; in a folder, its `.json` files by name.
pub(super) fn listed(paths: &[PathBuf]) -> anyhow::Result<Vec<(PathBuf, bool)>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push((path.clone(), true));
            continue;
        }
        let shown = || format!("{}: cannot be listed", path.display());
        let mut within = Vec::new();
        for entry in std::fs::read_dir(path).with_context(shown)? {
            let file = entry.with_context(shown)?.path();
            if file.extension().is_some_and(|ending| ending == "json") {
                within.push((file, false));
            }
        }
        within.sort_by(|(a, _), (b, _)| natural::order_of_paths(a, b));
        files.append(&mut within);
    }
    Ok(files)
}

/// "a, b": what was looked through in vain.
pub(super) fn names(paths: &[PathBuf]) -> String {
    let names: Vec<String> = (paths.iter().map(|path| path.display().to_string())).collect();
    names.join(", ")
}

/// The text of a finding's file.
pub(super) fn text(path: &Path) -> anyhow::Result<String> {
    read::text(path, read::MAX_JSON).map_err(|error| {
        let remedy = match error.kind() {
            ErrorKind::InvalidData | ErrorKind::InvalidInput => format!(": {REMEDY}"),
            // What is said of a file that is not there has a remedy.
            _ => String::new(),
        };
        anyhow!("{}: {}{remedy}", path.display(), why_unread(&error))
    })
}

/// What to do about a picture of a finding that cannot be read; nothing where its name says all.
pub(super) fn picture_remedy(error: &io::Error) -> &'static str {
    if error.kind() == ErrorKind::NotFound {
        ": put it back next to its finding, or let `flipscope attack` make the finding again in another folder"
    } else {
        ""
    }
}
